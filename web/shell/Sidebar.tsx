import { ScrollArea, Tooltip } from '@mantine/core'
import { useLocation, useRouter } from '@tanstack/react-router'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { pageTitle, type PageDeclaration } from '#kit/web/page.ts'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { Mark } from '#kit/web/Mark.tsx'
import { areaIcons, isHere, type MenuGroup } from './menu.ts'
import classes from './shell.module.css'

/** The menu of a desk: areas, and in them the pages that this person may see. */
export function Sidebar({
  groups,
  isNarrow,
  onNarrow,
}: {
  groups: readonly MenuGroup[]
  isNarrow: boolean
  onNarrow: () => void
}) {
  const t = useT()
  const { company } = useSession()
  const all = groups.flatMap((group) => group.pages)
  const scroller = useMenuPlace()
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <aside className={classes.sidebar} aria-label={t('shell.menu')}>
      <Link to="/" className={classes.brand ?? ''}>
        <Mark />
        <span className={classes.brandName}>{company?.name ?? 'Duka'}</span>
      </Link>
      <ScrollArea className={classes.menuScroll ?? ''} type="hover" scrollbarSize={6} viewportRef={scroller}>
        <nav aria-label={t('shell.menu')}>
          {groups.map((group) => (
            <section key={group.area} className={classes.group}>
              <h2 className={classes.groupName}>
                <T k={`menu.${group.area}`} />
              </h2>
              <ul>
                {group.pages.map((page) => (
                  <MenuLink key={page.path} page={page} isNarrow={isNarrow} all={all} />
                ))}
              </ul>
            </section>
          ))}
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

function MenuLink({ page, isNarrow, all }: { page: PageDeclaration; isNarrow: boolean; all: readonly PageDeclaration[] }) {
  const t = useT()
  const { pathname } = useLocation()
  const Icon = page.icon ?? areaIcons[page.menu!]
  const here = isHere(page, pathname, all)
  return (
    <li>
      <Tooltip label={pageTitle(t, page)} position="right" disabled={!isNarrow} openDelay={100}>
        <Link
          to={page.path}
          className={classes.item ?? ''}
          data-here={here || undefined}
          aria-current={here ? 'page' : undefined}
        >
          <Icon size={18} stroke={1.6} />
          <span className={classes.itemName}>{pageTitle(t, page)}</span>
        </Link>
      </Tooltip>
    </li>
  )
}
