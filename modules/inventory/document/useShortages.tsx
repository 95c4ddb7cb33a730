import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { send, type Wire } from '#kit/web/base/api.ts'
import type { stockPaperRoutes } from './document.routes.ts'
import type { PaperKind } from './goods.rules.ts'
import type { GoodsLine } from './useGoods.tsx'

type Found = Wire<Awaited<ReturnType<(typeof stockPaperRoutes)['POST /inventory/shortages']>>>
export type Shortage = Found['rows'][number]

/** Which lines of a paper ask for more than may be taken, told while they are typed. */
export function useShortages(kind: PaperKind, location: string | null, lines: readonly GoodsLine[]) {
  const taken = lines.flatMap(({ variant, lot, quantity }) => {
    const wanted = taking(kind, quantity)
    return wanted ? [{ variant, quantity: wanted, ...(lot?.trim() && { lot: lot.trim() }) }] : []
  })
  const [asked] = useDebouncedValue(taken.length > 0 && location ? JSON.stringify({ location, lines: taken }) : null, 200)
  const { data } = useQuery({
    queryKey: ['inventory', 'shortages', asked],
    queryFn: ({ signal }) =>
      send<typeof stockPaperRoutes>()('POST /inventory/shortages', JSON.parse(asked!), { signal }) as Promise<Found>,
    enabled: asked !== null,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const rows = taken.length > 0 ? (data?.rows ?? []) : []
  return {
    first: rows[0],
    of: (line: GoodsLine) =>
      taking(kind, line.quantity)
        ? rows.find((row) => row.variant === line.variant && (row.lot ?? '') === (line.lot?.trim() ?? ''))
        : undefined,
  }
}
export type Shortages = ReturnType<typeof useShortages>

/** How much a line takes off the shelf. */
function taking(kind: PaperKind, quantity: string | null): string | undefined {
  const wanted = /^(-?)([1-9]\d{0,15})$/.exec(quantity ?? '')
  const isTaken = kind === 'transfer' ? wanted?.[1] === '' : kind === 'adjustment' && wanted?.[1] === '-'
  return isTaken ? wanted?.[2] : undefined
}
