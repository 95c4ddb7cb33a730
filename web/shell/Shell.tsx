import { useQuery } from '@tanstack/react-query'
import { useLocalStorage } from '@mantine/hooks'
import { notifications, notificationsStore } from '@mantine/notifications'
import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { knownFieldsQuery } from '#kit/web/entity/custom.ts'
import { useHelpAsked } from '#kit/web/base/help.ts'
import { startLive } from '#kit/web/base/live.ts'
import { usePages } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { T } from '#kit/web/base/words.tsx'
import { menuOf, useCountedUse, useHere } from './menu.ts'
import { PhoneBar } from './PhoneBar.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useTitle } from './title.ts'
import classes from './shell.module.css'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))
const HelpWindow = lazy(async () => ({ default: (await import('../help/HelpWindow.tsx')).HelpWindow }))
const ShortcutHelp = lazy(async () => ({ default: (await import('./ShortcutHelp.tsx')).ShortcutHelp }))

/** What stands around every page: menu, top bar, and what opens from anywhere. */
export function Shell() {
  const session = useSession()
  const pages = usePages()
  const groups = useMemo(() => menuOf(pages, session), [pages, session])
  const { group, page } = useHere(groups)
  const [isNarrow, setNarrow] = useLocalStorage({ key: 'duka.sidebar', defaultValue: false, getInitialValueInEffect: false })
  const [open, setOpen] = useState<'palette' | 'help' | 'keys' | null>(null)
  const close = useCallback(() => setOpen(null), [])
  const content = useRef<HTMLElement>(null)
  useHelpAsked(useCallback(() => setOpen('help'), []))
  useShortcuts({ palette: () => setOpen('palette'), help: () => setOpen('keys') })
  useTitle()
  useCountedUse(page)
  useFocusOnNewPage(content)
  useRefusalsStay()
  useEffect(() => (session.user ? startLive() : undefined), [session.user])
  // A form that opens has the company's own fields from its first moment; without them, when they can't be had.
  const isKnown = !useQuery(knownFieldsQuery).isPending

  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a href="#content" className={classes.skip}>
        <T k="shell.skip" />
      </a>
      <Sidebar groups={groups} group={group} here={page} isNarrow={isNarrow} onNarrow={() => setNarrow(!isNarrow)} />
      <TopBar onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} onKeys={() => setOpen('keys')} />
      <main id="content" className={classes.content} ref={content} tabIndex={-1}>
        {isKnown && <Outlet />}
      </main>
      <PhoneBar groups={groups} here={page} />
      <Suspense>
        {open === 'palette' && <Palette groups={groups} onClose={close} />}
        {open === 'help' && <HelpWindow onClose={close} />}
        {open === 'keys' && <ShortcutHelp onClose={close} />}
      </Suspense>
    </div>
  )
}

/** Why something was refused is said where it was tried, not on the page after it; what was done is said there too. */
function useRefusalsStay() {
  const { pathname } = useLocation()
  useEffect(() => {
    for (const { id, color } of notificationsStore.getState().notifications) if (id && color === 'red') notifications.hide(id)
  }, [pathname])
}

/** A screen reader and the keyboard go on where the new page begins, not where the old link was. */
function useFocusOnNewPage(content: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation()
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const frame = requestAnimationFrame(() => {
      const isInside = content.current?.contains(document.activeElement) && document.activeElement !== content.current
      if (!isInside) content.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [pathname, content])
}
