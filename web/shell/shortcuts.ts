import { useEffect, useRef } from 'react'
import { useGo } from '#kit/web/base/url.tsx'

/** Keys that work on every page; shown by `?`. */
export const shortcuts = [
  { keys: ['mod', 'K'], words: 'shortcut.palette' },
  { keys: ['/'], words: 'shortcut.search' },
  { keys: ['N'], words: 'shortcut.new' },
  { keys: ['G', 'H'], words: 'shortcut.home' },
  { keys: ['F9'], words: 'shortcut.complete' },
  { keys: ['F1'], words: 'help.ask' },
  { keys: ['?'], words: 'shortcut.help' },
  { keys: ['Esc'], words: 'shortcut.close' },
] as const

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
const visible = (name: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-shortcut="${name}"]`)].find((element) => element.offsetParent !== null)

export function useShortcuts(open: { palette: () => void; help: () => void }): void {
  const go = useGo()
  const latest = useRef({ open, go })
  latest.current = { open, go }
  useEffect(() => {
    let afterG = 0
    const heard = (event: KeyboardEvent) => {
      const { open, go } = latest.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        open.palette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('[role="dialog"]'))
        return
      if (event.key === '?') open.help()
      else if (event.key === '/')
        press(event, () => visible('search')?.querySelector('input')?.focus() ?? visible('search')?.focus())
      else if (event.code === 'KeyN') press(event, () => visible('new')?.click())
      else if (event.code === 'KeyH' && event.timeStamp - afterG < 1000) go('/')
      if (event.code === 'KeyG') afterG = event.timeStamp
    }
    const press = (event: KeyboardEvent, act: () => void) => {
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [])
}
