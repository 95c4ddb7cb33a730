import { Link as RouterLink, useLocation, useNavigate, useParams, useSearch as useRouterSearch } from '@tanstack/react-router'
import { useCallback, type AnchorHTMLAttributes } from 'react'

/** The path of this page, to come back to. */
export const useLocationPath = (): string => useLocation().pathname

/** What stands behind the `?`, as plain text values. */
export type Search = Readonly<Record<string, string>>

/** A parameter of the path: `usePathParam('id')`. */
export const usePathParam = (name: string): string =>
  (useParams({ strict: false }) as Record<string, string | undefined>)[name] ?? ''

/** The state of a page that a link should keep: filters, tab, sort. Setting `undefined` or '' takes a value out. */
export function useSearch(): [Search, (changes: Readonly<Record<string, string | undefined>>, how?: { push?: boolean }) => void] {
  const search = useRouterSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const set = useCallback(
    (changes: Readonly<Record<string, string | undefined>>, { push = false } = {}) => {
      const next = (before: Search) => Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value))
      void navigate({ to: '.', search: next as never, replace: !push, resetScroll: false })
    },
    [navigate],
  )
  return [search, set]
}

/** Goes somewhere: `const go = useGo(); go('/pos/sales')`. */
export function useGo(): (to: string, options?: { search?: Search; replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback((to, options) => void navigate({ to, ...(options as object) } as never), [navigate])
}

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: string
  readonly search?: Search
}

/** A link inside the program; a real one, so it opens in a new tab and is read as a link. */
export function Link({ to, search, ...rest }: LinkProps) {
  return <RouterLink {...({ to, search, ...rest } as Parameters<typeof RouterLink>[0])} />
}

/** A link from an address with its query in it, as the server writes them (`/pos/sales/…?tab=history`). */
export function splitHref(href: string): { to: string; search: Search } {
  const [to = '/', query = ''] = href.split('?')
  return { to, search: Object.fromEntries(new URLSearchParams(query)) }
}
