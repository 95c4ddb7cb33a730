import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useLive } from '#kit/web/base/live.ts'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import type { DraftLine } from './draft.rules.ts'

interface Stock {
  readonly free: readonly (readonly [string, string])[]
  readonly isLimited: boolean
}
// A busy shop moves goods every second; a till of ten thousand articles asks for all of them at most this often.
const PAUSE_MS = 10_000

/** What there is to sell, as the till knows it: from the server, less what was sold here since. */
export function useStock(till: string) {
  const client = useQueryClient()
  // Its area is its own, so that an event does not fetch it at once.
  const query = useMemo(() => api<typeof shiftRoutes>('tillStock')('GET /pos/tills/:id/stock', { id: till }), [till])
  const { data, refetch } = useQuery({ ...query, staleTime: Number.POSITIVE_INFINITY })
  const stock = data as Stock | undefined
  const free = useMemo(() => new Map(stock?.free.map(([variant, quantity]) => [variant, BigInt(quantity)])), [stock])
  const left = useCallback(
    (variant: string): bigint | null => (stock?.isLimited ? (free.get(variant) ?? 0n) : null),
    [free, stock?.isLimited],
  )

  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  const hear = useCallback(() => {
    waiting.current ??= setTimeout(() => {
      waiting.current = null
      void refetch()
    }, PAUSE_MS)
  }, [refetch])
  useEffect(() => () => void (waiting.current && clearTimeout(waiting.current)), [])
  useLive('inventory.', hear)
  useLive('pos.sale.completed', hear)

  const take = useCallback(
    (lines: readonly DraftLine[]) =>
      client.setQueryData<Stock>(query.queryKey, (now) => {
        if (!now) return now
        const sold = new Map<string, bigint>()
        for (const line of lines) sold.set(line.variant, (sold.get(line.variant) ?? 0n) + BigInt(line.quantity))
        return {
          ...now,
          free: now.free.map((one) => (sold.has(one[0]) ? [one[0], String(BigInt(one[1]) - sold.get(one[0])!)] : one)),
        }
      }),
    [client, query],
  )
  return { left, take }
}
