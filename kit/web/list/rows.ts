import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { filterField, filtersOf as allFilters, type Entity } from '../../entity.ts'
import { rowsQuery, sumsQuery, type Refs, type WireRow } from '../entity/entity.ts'
import { useSession } from '../session/session.tsx'
import type { Search } from '../base/url.tsx'
import { resolvePeriod, type Clock } from '../session/period.ts'

export interface List {
  readonly rows: readonly WireRow[]
  readonly refs: Refs
  /** What the figures of all rows that the filters leave add up to, by field, once it is known. */
  readonly sums: Readonly<Record<string, string>>
  /** How many rows the filters leave, where that was counted with the sums. */
  readonly count: number | null
  readonly isLoading: boolean
  readonly isEmpty: boolean
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly error: unknown
  readonly more: () => void
  readonly retry: () => void
}

const NONE = {}

/** The filters among the values of an address. */
export const filtersOf = (entity: Entity, search: Search): Search =>
  Object.fromEntries(Object.entries(search).filter(([name]) => allFilters(entity).includes(name) || name === 'archived'))

/** What the server is asked for an address: "this month" becomes days, days of a moment become moments. */
export function askedOf(entity: Entity, search: Search, clock: Clock, fixed: Search = {}): Search {
  const filters = Object.entries(filtersOf(entity, search)).map(([name, value]) => [
    name,
    resolvePeriod(value, filterField(entity, name)?.kind, clock),
  ])
  return {
    ...(search['q'] && { q: search['q'] }),
    ...(search['sort'] && { sort: search['sort'] }),
    ...Object.fromEntries(filters),
    ...fixed,
  }
}

/** The rows, page after page as they are scrolled to. The pages stay in the cache, so going back finds its place again. */
export function useRows(
  entity: Entity,
  search: Search,
  fixed: Search | undefined,
  { from, hasSums = true }: { from?: string | undefined; hasSums?: boolean } = {},
): List {
  const { clock } = useSession()
  const asked = askedOf(entity, search, clock, fixed)
  const query = useInfiniteQuery({ ...rowsQuery(entity, asked, from), placeholderData: (before) => before })
  const { sort: _, ...filters } = asked
  const hasRows = query.data?.pages[0]?.rows.length !== undefined && query.data.pages[0].rows.length > 0
  const sums = useQuery({
    ...sumsQuery(entity, filters, from),
    enabled: hasSums && entity.sums !== undefined && hasRows && (from === undefined || from === entity.path),
    placeholderData: undefined,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const refs = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.refs)) as Refs, [pages])
  return {
    rows,
    refs,
    sums: sums.data?.sums ?? NONE,
    count: sums.data?.count ?? null,
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
