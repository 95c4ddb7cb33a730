import { useEffect, useState } from 'react'

/** A window that is in the page only while it is open hands the focus back to where it was, so that keys go on working there. */
export function useFocusBack(): void {
  const [from] = useState(focused)
  useEffect(
    () => () => {
      // The window lets go of the focus as it goes; a page that has left with it has nothing to hand back to.
      requestAnimationFrame(() => {
        if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) from.focus()
      })
    },
    [from],
  )
}

/**
 * What has the focus, or had it last and is still there. A menu goes when something of it is chosen, and what opened it stays; the
 * window may come later than that, because it is fetched first.
 */
function focused(): Element | null {
  const now = document.activeElement
  return now && stays(now) ? now : (before.findLast(stays) ?? null)
}
const stays = (one: Element) => one.isConnected && one !== document.body && !one.closest('[role=menu]')

const MOST = 6
let before: readonly Element[] = []
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element) before = [...before.filter((one) => one !== target && one.isConnected), target].slice(-MOST)
})
