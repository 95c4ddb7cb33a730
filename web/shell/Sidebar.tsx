import { ScrollArea, Tooltip } from '@mantine/core'
import { useLocation, useRouter } from '@tanstack/react-router'
import { IconHome, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { pageTitle, type PageDeclaration, type PageIcon } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Mark } from '#kit/web/look/Mark.tsx'
import { AreaSwitch } from './AreaSwitch.tsx'
import type { MenuGroup } from './menu.ts'
import classes from './shell.module.css'

/** The menu of a desk: the area that we are in, and in it the pages that this person may see. */
export function Sidebar({
  groups,
  group,
  here,
  isNarrow,
  onNarrow,
}: {
  groups: readonly MenuGroup[]
  group: MenuGroup | undefined
  here: PageDeclaration | undefined
  isNarrow: boolean
  onNarrow: () => void
}) {
  const t = useT()
  const { company } = useSession()
  const { pathname } = useLocation()
  const scroller = useMenuPlace()
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <aside className={classes.sidebar} aria-label={t('shell.menu')}>
      <Link to="/" className={classes.brand ?? ''}>
        <Mark />
        <span className={classes.brandName}>{company?.name ?? 'Duka'}</span>
      </Link>
      {group && <AreaSwitch groups={groups} current={group} />}
      <ScrollArea className={classes.menuScroll ?? ''} type="hover" scrollbarSize={6} viewportRef={scroller}>
        <nav aria-label={t('shell.menu')}>
          <ul className={classes.menu}>
            <MenuLink
              to={group?.home ?? '/'}
              name={t('page.home')}
              icon={IconHome}
              isHere={here === undefined && pathname === (group?.home ?? '/')}
              isNarrow={isNarrow}
            />
            {group?.pages.map((page) => (
              <MenuLink
                key={page.path}
                to={page.path}
                name={pageTitle(t, page)}
                icon={page.icon ?? group.icon}
                isHere={page === here}
                isNarrow={isNarrow}
              />
            ))}
          </ul>
        </nav>
      </ScrollArea>
      <button
        type="button"
        className={classes.narrow}
        onClick={onNarrow}
        aria-label={t(isNarrow ? 'shell.widen' : 'shell.narrow')}
      >
        <Icon size={18} stroke={1.6} />
      </button>
    </aside>
  )
}

const KEPT = 'duka.menu'

/** The menu stays where it was scrolled, after a reload as well, and the page that is shown is always in view in it. */
function useMenuPlace() {
  const router = useRouter()
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const menu = scroller.current
    if (!menu) return undefined
    menu.scrollTop = Number(sessionStorage.getItem(KEPT) ?? 0)
    const keep = () => sessionStorage.setItem(KEPT, String(Math.round(menu.scrollTop)))
    menu.addEventListener('scroll', keep, { passive: true })
    return () => menu.removeEventListener('scroll', keep)
  }, [])
  // The router puts scrollers back where they were once a page has been drawn; only after that it holds.
  useEffect(() => {
    const show = () => scroller.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })
    show()
    return router.subscribe('onRendered', show)
  }, [router])
  return scroller
}

function MenuLink({
  to,
  name,
  icon: Icon,
  isHere,
  isNarrow,
}: {
  to: string
  name: string
  icon: PageIcon
  isHere: boolean
  isNarrow: boolean
}) {
  return (
    <li>
      <Tooltip label={name} position="right" disabled={!isNarrow} openDelay={100}>
        <Link to={to} className={classes.item ?? ''} data-here={isHere || undefined} aria-current={isHere ? 'page' : undefined}>
          <Icon size={18} stroke={1.6} />
          <span className={classes.itemName}>{name}</span>
        </Link>
      </Tooltip>
    </li>
  )
}
