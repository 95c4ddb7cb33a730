import { QueryClient } from '@tanstack/react-query'
import { isOffline, isProblem } from './request.ts'

/** One cache for the page. What the server refused is not asked again; what the network lost is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 15 * 60_000,
      retry: (count, error) => (isOffline(error) || (isProblem(error) && error.status >= 500)) && count < 2,
      // The browser's own idea of being online is wrong on many shop networks; we try and see.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** Marks everything of some areas (`pos`, `catalog`) as old; what is on the screen is fetched again. */
export function refresh(areas: readonly string[], client: QueryClient = queryClient): Promise<void> {
  const names = new Set(areas)
  return client.invalidateQueries({
    predicate: ({ queryKey: [first] }) => typeof first === 'string' && names.has(first.split('.')[0] ?? ''),
  })
}
