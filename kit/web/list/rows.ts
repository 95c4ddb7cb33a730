import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Entity } from '../../entity.ts'
import { rowsQuery, type Refs, type WireRow } from '../entity.ts'
import { useSession } from '../session.tsx'
import type { Search } from '../url.tsx'
import { resolvePeriod } from './period.ts'

export interface List {
  readonly rows: readonly WireRow[]
  readonly refs: Refs
  readonly isLoading: boolean
  readonly isEmpty: boolean
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly error: unknown
  readonly more: () => void
  readonly retry: () => void
}

/** The filters among the values of an address. */
export const filtersOf = (entity: Entity, search: Search): Search =>
  Object.fromEntries(
    Object.entries(search).filter(
      ([name]) => (entity.filters as readonly string[] | undefined)?.includes(name) || name === 'archived',
    ),
  )

/** What the server is asked for an address: "this month" becomes days, days of a moment become moments. */
export function askedOf(entity: Entity, search: Search, timeZone: string, fixed: Search = {}): Search {
  const filters = Object.entries(filtersOf(entity, search)).map(([name, value]) => [
    name,
    resolvePeriod(value, entity.fields[name]?.kind, timeZone),
  ])
  return {
    ...(search['q'] && { q: search['q'] }),
    ...(search['sort'] && { sort: search['sort'] }),
    ...Object.fromEntries(filters),
    ...fixed,
  }
}

/** The rows, page after page as they are scrolled to. The pages stay in the cache, so going back finds its place again. */
export function useRows(entity: Entity, search: Search, fixed: Search | undefined, from?: string): List {
  const { timeZone } = useSession()
  const asked = askedOf(entity, search, timeZone, fixed)
  const query = useInfiniteQuery({ ...rowsQuery(entity, asked, from), placeholderData: (before) => before })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const refs = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.refs)) as Refs, [pages])
  return {
    rows,
    refs,
    isLoading: query.isPending,
    isEmpty: !query.isPending && !query.error && rows.length === 0,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    error: query.error,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}
