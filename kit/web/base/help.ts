import { useEffect } from 'react'

const listeners = new Set<() => void>()

/** Asks for help on the page that stands here: whatever lies around it shows some. */
export const askHelp = (): void => {
  for (const hear of listeners) hear()
}

/** Hears who asks for help, by a button of a page or by F1. */
export function useHelpAsked(hear: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // An open window has the keys.
      if (event.key !== 'F1' || document.querySelector('[role=dialog][aria-modal=true]')) return
      event.preventDefault()
      hear()
    }
    listeners.add(hear)
    addEventListener('keydown', onKey)
    return () => {
      listeners.delete(hear)
      removeEventListener('keydown', onKey)
    }
  }, [hear])
}
