import { useEffect, useState } from 'react'
import { newId } from '#kit/id.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import type { stockRoutes } from '../stock/stock.routes.ts'
import type { PaperKind } from './goods.rules.ts'

/** Goods as they are found for a paper, with what lies at its location. */
export type FoundGoods = OutputOf<typeof stockRoutes, 'GET /inventory/goods'>['rows'][number]

/** A line as it is typed: quantities in millionths and costs in minor units, as text; what is no number stays as typed. */
export interface GoodsLine {
  /** Names the line on the paper: an article may stand on several, one a lot. */
  readonly key: string
  /** Names it on the draft that is kept on the server. */
  readonly id?: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly decimals: number
  readonly onHand: string
  readonly quantity: string | null
  readonly unitCost: string | null
  /** It has a cost that this person isn't told; it stays unless they say another one. */
  readonly isCostHidden?: boolean
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
  /** What is said in the company's own fields, by their names. */
  readonly own: Readonly<Record<string, unknown>>
  readonly lines: readonly GoodsLine[]
  /** Where “Everything” of a location was cut: after which of its goods this paper began, and the next one does. */
  readonly rest: { readonly location: string; readonly from: string; readonly after: string } | null
}

/** A draft that is kept on the server, as it was when it was opened. */
export interface SavedPaper {
  readonly id: string
  readonly version: number
  readonly draft: GoodsDraft
}

export const EMPTY: GoodsDraft = {
  location: null,
  toLocation: null,
  supplier: null,
  source: 'supplier',
  reason: null,
  note: '',
  own: {},
  lines: [],
  rest: null,
}

/** What this device kept of it, and on which version of the draft it was typed. */
type Stored = GoodsDraft & { readonly since?: number }

function stored(key: string, start: GoodsDraft): Stored {
  try {
    return { ...start, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Stored>) }
  } catch {
    return start
  }
}

/**
 * A paper that is being written: kept on this device until it is saved or posted, so that nothing typed is lost.
 * @param opened the draft that it goes on with
 */
export function useGoods(kind: PaperKind, opened?: SavedPaper) {
  const key = `duka.goods.${opened?.id ?? kind}`
  const [saved, setSaved] = useState(opened)
  const start = saved?.draft ?? EMPTY
  const [{ since: first = opened?.version, ...beginning }] = useState(() => stored(key, start))
  const [since, setSince] = useState(first)
  const [draft, setDraft] = useState<GoodsDraft>(beginning)
  const isSame = saved !== undefined && JSON.stringify(draft) === JSON.stringify(start)
  const isEmpty = draft.lines.length === 0 && draft.note === '' && draft.rest === null
  useEffect(() => {
    if (saved ? isSame : isEmpty) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ ...draft, ...(since && { since }) }))
  }, [draft, key, saved, isSame, isEmpty, since])
  const change = (values: Partial<GoodsDraft>) => setDraft((before) => ({ ...before, ...values }))
  return {
    draft,
    change,
    isEmpty,
    saved,
    /** It was saved: what the server has now is the new beginning. */
    settle: (now: SavedPaper) => {
      setSaved(now)
      setSince(now.version)
      setDraft(({ rest }) => ({ ...now.draft, rest }))
    },
    /** Is there something that the server doesn't have? */
    isDirty: !isSame,
    /** The version of the draft that this was typed on. */
    since,
    /** It is saved or posted: this device keeps nothing of it. */
    forget: () => localStorage.removeItem(key),
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
        lines: before.lines.flatMap((one) => (one.key === line.key ? [one, another(one)] : [one])),
      })),
    set: (key: string, values: Partial<GoodsLine>) =>
      setDraft((before) => ({
        ...before,
        lines: before.lines.map((line) => (line.key === key ? { ...line, ...values } : line)),
      })),
    remove: (key: string) => setDraft((before) => ({ ...before, lines: before.lines.filter((line) => line.key !== key) })),
    /** Posted: what did not fit on it is still to come. */
    clear: () => setDraft(({ location, rest }) => ({ ...EMPTY, location, rest: rest?.after ? rest : null })),
    /** Thrown away: the same goods are to come again. */
    discard: () =>
      setDraft(({ location, rest }) =>
        saved ? start : { ...EMPTY, location, rest: rest?.from ? { ...rest, after: rest.from } : null },
      ),
  }
}
export type Goods = ReturnType<typeof useGoods>

/** The same article for another lot, which the server doesn't know yet. */
const another = ({ id: _, isCostHidden: __, ...line }: GoodsLine): GoodsLine => ({
  ...line,
  key: newId(),
  quantity: null,
  lot: '',
  expiresOn: null,
})

const raised = (line: GoodsLine, more: bigint): GoodsLine => ({
  ...line,
  quantity: String((/^-?\d+$/.test(line.quantity ?? '') ? BigInt(line.quantity!) : 0n) + more),
})
