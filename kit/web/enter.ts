import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { queryClient } from './query.ts'
import { sessionQuery } from './session.tsx'
import { splitHref, useGo, useSearch } from './url.tsx'

/** After a sign-in: learns who this is now, and goes to where they wanted to (`?to=`), or to `fallback`. */
export function useEnter(): (fallback?: string) => Promise<void> {
  const router = useRouter()
  const go = useGo()
  const [search] = useSearch()
  const wanted = search['to']
  return useCallback(
    async (fallback = '/') => {
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await router.invalidate()
      // Only a path of ours: a link from elsewhere must not lead away with a fresh session.
      const isOurs = wanted?.startsWith('/') && !wanted.startsWith('//')
      const { to, search: query } = splitHref(isOurs ? wanted! : fallback)
      go(to, { search: query, replace: true })
    },
    [router, go, wanted],
  )
}
