import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, reading } from '#kit/web/base/api.ts'
import type { OneRow, WireRowOf } from '#kit/web/entity/entity.ts'
import { useLive } from '#kit/web/base/live.ts'
import { refresh } from '#kit/web/base/query.ts'
import { useT } from '#kit/web/base/words.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'
import type { stockCount } from './stock-count.ts'
import { tallyFault } from './stock-count.rules.ts'
import { useTallies } from './useTallies.tsx'

export interface CountingLine {
  readonly id: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly decimals: number
  readonly lot: string | null
  readonly round: number
  readonly nothingAt: string | null
  readonly counted: string | null
  readonly expected: string | null
}
export type ShownCount = OneRow<WireRowOf<typeof stockCount>> & { readonly lines: readonly CountingLine[] }

const AREA = 'counting'

/** The count that somebody counts, read anew when it takes a step or grows, and not at each figure: that tells who counted what. */
export function useShownCount(id: string) {
  const heard = useCallback(
    (event: { data: Readonly<Record<string, unknown>> }) => {
      if (event.data['id'] === id) void refresh([AREA])
    },
    [id],
  )
  useLive('inventory.stockCount.changed', heard)
  return useQuery(reading<ShownCount>('GET /inventory/stock-counts/:id', { id }, AREA))
}
export const readCountAnew = () => refresh([AREA])

/** Who counted which lines. */
export const useProgress = (id: string) =>
  useQuery(api<typeof stockCountRoutes>()('GET /inventory/stock-counts/:id/progress', { id })).data?.rows

/** Counting on this device: the lines of this round, what one said of each, and who else counted it. */
export function useCounting({ row, lines: all, refs }: ShownCount) {
  const t = useT()
  const progress = new Map(useProgress(row.id)?.map((one) => [one.line, one]))
  const lines = all.filter((line) => line.round === row.round)
  const byId = new Map(lines.map((line) => [line.id, line]))
  const tallies = useTallies(
    { id: row.id, round: row.round },
    (line, quantity) => tallyFault(quantity, byId.get(line)?.decimals ?? 6) === undefined,
  )
  const own = (line: CountingLine): string | null => {
    const said = tallies.of(line.id)
    return said === undefined ? (progress.get(line.id)?.mine ?? null) : said
  }
  const lotOf = (line: CountingLine) => (line.lot ? t('lot.named', { lot: refs[line.lot] ?? '' }) : null)
  const isCounted = (line: CountingLine) => own(line) !== null || (progress.get(line.id)?.by.length ?? 0) > 0
  return {
    lines,
    all,
    tallies,
    own,
    lotOf,
    hint: (line: CountingLine) => [line.sku, lotOf(line)].filter(Boolean).join(' · '),
    counted: lines.filter(isCounted).length,
    countedBy: (line: CountingLine) => ({ isMine: own(line) !== null, others: progress.get(line.id)?.by ?? [] }),
    /** What every field for a figure has in common. */
    input: (line: CountingLine) => {
      const value = own(line)
      const fault = tallyFault(value, line.decimals)
      return {
        value,
        fault: fault && t(`invalid.${fault}`, { n: line.decimals }),
        onChange: (quantity: string | null) => tallies.say(line.id, quantity),
        onFocus: () => tallies.setTyping(line.id),
        onBlur: () => tallies.setTyping(null),
      }
    },
    /** One scan more of a line. */
    scan: (line: CountingLine, more: bigint) => {
      const before = own(line)
      tallies.say(line.id, String((/^\d{1,15}$/.test(before ?? '') ? BigInt(before!) : 0n) + more))
    },
  }
}
export type Counting = ReturnType<typeof useCounting>
