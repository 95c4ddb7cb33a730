import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { usePages, type PageDeclaration } from '../base/page.ts'
import { queryClient } from '../base/query.ts'
import { mayDo, sessionQuery, type SessionFacts } from './session.tsx'
import { splitHref, useGo, useSearch } from '../base/url.tsx'

/** After a sign-in: learns who this is now, and goes to where they wanted to (`?to=`), to `fallback`, or to where their day begins. */
export function useEnter(): (fallback?: string) => Promise<void> {
  const router = useRouter()
  const go = useGo()
  const [search] = useSearch()
  const wanted = search['to']
  const pages = usePages()
  return useCallback(
    async (fallback) => {
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      const facts = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await router.invalidate()
      // Only a path of ours: a link from elsewhere must not lead away with a fresh session.
      const isOurs = wanted?.startsWith('/') && !wanted.startsWith('//')
      const { to, search: query } = splitHref(isOurs ? wanted! : (fallback ?? beginOf(pages, facts)))
      go(to, { search: query, replace: true })
    },
    [router, go, wanted, pages],
  )
}

/** The page that is somebody's whole work, or the home. */
function beginOf(pages: readonly PageDeclaration[], facts: SessionFacts | undefined): string {
  const roles = facts?.user?.roles ?? []
  const isTheirs = ({ lands, can }: PageDeclaration) =>
    lands && roles.length > 0 && roles.every((role) => lands.some((one) => one === role)) && mayDo(facts!, can)
  return pages.find(isTheirs)?.path ?? '/'
}
