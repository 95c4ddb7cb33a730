import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Wire } from '#kit/web/base/api.ts'
import type { Refs } from '#kit/web/entity/entity.ts'
import { resolvePeriod, type Clock } from '#kit/web/session/period.ts'
import { useLive } from '#kit/web/base/live.ts'
import { request, toQuery } from '#kit/web/base/request.ts'
import type { Search } from '#kit/web/base/url.tsx'
import type { trailRoutes } from './trail.routes.ts'

export type TrailPage = Wire<NonNullable<(typeof trailRoutes)['GET /audit']['__output']>>
export type TrailRow = TrailPage['rows'][number]

export const filterNames = ['who', 'command', 'table', 'about', 'place', 'when'] as const

/** What the server is asked for the filters of an address. `who` may be a person or the program itself. */
export function askedOf(search: Search, clock: Clock): Search {
  const { who, command, table, about, place, when } = search
  const [from, to] = when ? resolvePeriod(when, 'instant', clock).split('..') : []
  const asked = {
    ...(who && (who === 'system' ? { kind: 'system' } : { who })),
    ...{ command, table, about, place, from, to },
  }
  return Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

const LIMIT = 60
const NEWEST = 25
const POLL_MS = 5000

const read = (asked: Search, limit: number, cursor: string, signal: AbortSignal) =>
  request<TrailPage>('GET', `/audit${toQuery({ ...asked, limit, cursor })}`, undefined, { signal })

export interface Trail {
  readonly rows: readonly TrailRow[]
  readonly refs: Refs
  readonly isPending: boolean
  readonly error: unknown
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly more: () => void
  readonly retry: () => void
}

/**
 * The trail, page by page, with what happens meanwhile on top. Only the newest entries are asked for again, so an open
 * trail costs as little after an hour as at the start.
 */
export function useTrail(asked: Search): Trail {
  const client = useQueryClient()
  const key = useMemo(() => ['audit', 'pages', asked], [asked])
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(asked, LIMIT, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
    staleTime: Infinity,
  })
  // A time that was over when the page opened gets no new entries.
  const [openedAt] = useState(() => new Date().toISOString())
  const isFixed = asked['to'] !== undefined && asked['to'] < openedAt
  const newest = useQuery({
    queryKey: ['audit', 'newest', asked],
    queryFn: ({ signal }) => read(asked, NEWEST, '', signal),
    refetchInterval: isFixed ? false : POLL_MS,
    enabled: pages.isSuccess && !isFixed,
  })
  const { refetch } = newest
  useLive(
    '',
    useCallback(() => void refetch(), [refetch]),
  )
  const known = pages.data?.pages
  const first = known?.[0]?.rows[0]?.id
  const fresh = newest.data?.rows
  const seam = fresh?.findIndex((row) => row.id === first) ?? -1
  const isTorn = !pages.isPlaceholderData && fresh !== undefined && fresh.length === NEWEST && seam < 0
  // More happened than the newest entries hold: between them and the known ones would be a gap.
  useEffect(() => {
    if (isTorn) void client.resetQueries({ queryKey: key })
  }, [isTorn, client, key])
  const rows = useMemo(() => {
    const old = known?.flatMap((page) => page.rows) ?? []
    const ids = new Set(old.map((row) => row.id))
    return [...(isTorn ? [] : (fresh ?? []).filter((row) => !ids.has(row.id))), ...old]
  }, [known, fresh, isTorn])
  const refs = useMemo(
    () => Object.assign({}, ...(known ?? []).map((page) => page.refs), newest.data?.refs) as Refs,
    [known, newest.data],
  )
  return {
    rows,
    refs,
    isPending: pages.isPending,
    error: pages.error,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    more: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  }
}
