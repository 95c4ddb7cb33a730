import { useEffect, useSyncExternalStore } from 'react'

let crumb: string | undefined
const watchers = new Set<() => void>()

function setCrumb(next: string | undefined): void {
  crumb = next
  for (const watcher of watchers) watcher()
}

/** Names the record of the page in the breadcrumbs and the window's title, for as long as the page is shown. */
export function useCrumb(title: string | undefined): void {
  useEffect(() => {
    setCrumb(title)
    return () => setCrumb(undefined)
  }, [title])
}

/** What the page called its record. */
export const useCurrentCrumb = (): string | undefined =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => crumb,
  )
