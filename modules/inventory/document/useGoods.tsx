import { useEffect, useState } from 'react'
import { newId } from '#kit/id.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { serverNow } from '#kit/web/clock.ts'
import type { documentKinds } from './document.ts'

export type PaperKind = (typeof documentKinds)[number]

/** A line as it is typed: quantities in millionths and costs in minor units, as text; what is no number stays as typed. */
export interface GoodsLine {
  /** Names the line on the paper: an article may stand on several, one a lot. */
  readonly key: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly decimals: number
  readonly onHand: string
  readonly quantity: string | null
  /** When the quantity was typed or scanned last: what moves after that is no difference of a count. */
  readonly countedAt?: string
  readonly unitCost: string | null
  /** For how many of which unit the cost is; one where nothing is said. */
  readonly priceUnit?: PriceUnit
  readonly unit?: string | null
  /** The code of its lot, as typed or chosen; `null` when the line names none. */
  readonly lot: string | null
  readonly expiresOn: string | null
  /** The lots that lie at the location. */
  readonly lots: readonly ShelfLot[]
}

/** What is known of a lot at a location; the quantity in millionths. */
export interface ShelfLot {
  readonly code: string
  readonly expiresOn: string | null
  readonly onHand: string
}

export interface GoodsDraft {
  readonly location: string | null
  readonly toLocation: string | null
  readonly supplier: string | null
  readonly source: 'supplier' | 'opening'
  readonly reason: string | null
  readonly note: string
  readonly lines: readonly GoodsLine[]
}

const EMPTY: GoodsDraft = {
  location: null,
  toLocation: null,
  supplier: null,
  source: 'supplier',
  reason: null,
  note: '',
  lines: [],
}

function stored(key: string): GoodsDraft {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<GoodsDraft>) }
  } catch {
    return EMPTY
  }
}

/** A paper that is being written: kept on this device until it is posted, so that nothing typed is lost. */
export function useGoods(kind: PaperKind) {
  const key = `duka.goods.${kind}`
  const [draft, setDraft] = useState(() => stored(key))
  useEffect(() => {
    if (draft.lines.length === 0 && draft.note === '') localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  }, [draft, key])
  const change = (values: Partial<GoodsDraft>) => setDraft((before) => ({ ...before, ...values }))
  return {
    draft,
    change,
    /** Adds what is new and leaves what is there; `more` is added to the quantity of the first of them. */
    add: (goods: readonly GoodsLine[], more?: bigint) =>
      setDraft((before) => {
        const known = new Set(before.lines.map((line) => line.key))
        const lines = [...goods.filter((line) => !known.has(line.key)), ...before.lines]
        return { ...before, lines: lines.map((line) => (more && line.key === goods[0]?.key ? raised(line, more) : line)) }
      }),
    /** The same article once more, for another lot. */
    again: (line: GoodsLine) =>
      setDraft((before) => ({
        ...before,
        lines: before.lines.flatMap((one) =>
          one.key === line.key ? [one, { ...one, key: newId(), quantity: null, lot: '', expiresOn: null }] : [one],
        ),
      })),
    set: (key: string, values: Partial<GoodsLine>) =>
      setDraft((before) => ({
        ...before,
        lines: before.lines.map((line) => (line.key === key ? { ...line, ...values, ...momentOf(values) } : line)),
      })),
    remove: (key: string) => setDraft((before) => ({ ...before, lines: before.lines.filter((line) => line.key !== key) })),
    clear: () => setDraft((before) => ({ ...EMPTY, location: before.location })),
  }
}
export type Goods = ReturnType<typeof useGoods>

const momentOf = (values: Partial<GoodsLine>) => ('quantity' in values ? { countedAt: serverNow() } : {})

const raised = (line: GoodsLine, more: bigint): GoodsLine => ({
  ...line,
  countedAt: serverNow(),
  quantity: String((/^-?\d+$/.test(line.quantity ?? '') ? BigInt(line.quantity!) : 0n) + more),
})
