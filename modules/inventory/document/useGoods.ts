import { useEffect, useState } from 'react'
import type { documentKinds } from './document.ts'

export type PaperKind = (typeof documentKinds)[number]

/** A line as it is typed: quantities in millionths and costs in minor units, as text; what is no number stays as typed. */
export interface GoodsLine {
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly decimals: number
  readonly onHand: string
  readonly quantity: string | null
  readonly unitCost: string | null
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
  const key = `duka.paper.${kind}`
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
        const known = new Set(before.lines.map((line) => line.variant))
        const lines = [...goods.filter((line) => !known.has(line.variant)), ...before.lines]
        return { ...before, lines: lines.map((line) => (more && line.variant === goods[0]?.variant ? raised(line, more) : line)) }
      }),
    set: (variant: string, values: Partial<GoodsLine>) =>
      setDraft((before) => ({
        ...before,
        lines: before.lines.map((line) => (line.variant === variant ? { ...line, ...values } : line)),
      })),
    remove: (variant: string) =>
      setDraft((before) => ({ ...before, lines: before.lines.filter((line) => line.variant !== variant) })),
    clear: () => setDraft((before) => ({ ...EMPTY, location: before.location })),
  }
}
export type Goods = ReturnType<typeof useGoods>

const raised = (line: GoodsLine, more: bigint): GoodsLine => ({
  ...line,
  quantity: String((/^-?\d+$/.test(line.quantity ?? '') ? BigInt(line.quantity!) : 0n) + more),
})
