import { isCustom } from '#kit/custom.ts'
import type { PaperKind } from './goods.rules.ts'
import { EMPTY, type GoodsDraft, type GoodsLine, type SavedPaper, type ShelfLot } from './useGoods.tsx'

/** What is kept for later: everything that stands there, whatever is still missing. */
export const draftOf = (kind: PaperKind, draft: GoodsDraft) => ({
  ...draft.own,
  location: draft.location,
  note: draft.note.trim() || null,
  reason: kind === 'receipt' ? draft.source : kind === 'adjustment' ? draft.reason : null,
  supplier: kind === 'receipt' && draft.source === 'supplier' ? draft.supplier : null,
  toLocation: kind === 'transfer' ? draft.toLocation : null,
  lines: draft.lines.map((line) => ({
    ...(line.id && { id: line.id }),
    variant: line.variant,
    quantity: line.quantity,
    unitCost: kind === 'receipt' ? line.unitCost : null,
    lotCode: line.lot?.trim() || null,
    expiresOn: kind === 'receipt' && line.lot?.trim() ? line.expiresOn : null,
  })),
})

/** What a paper begins with on the server. */
export const newPaper = (kind: PaperKind, id: string, input: ReturnType<typeof draftOf>) => ({
  id,
  kind,
  ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== '')),
})

/** A line of a draft as the server shows it. */
export interface KeptLine {
  readonly id: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly decimals: number
  readonly quantity: string | null
  readonly unitCost: string | null
  readonly isCostHidden?: boolean
  readonly priceUnit: '1' | '100' | '1000'
  readonly unit: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly onHand: string
  readonly lots: readonly ShelfLot[]
}

/** The head of a draft as the server shows it. */
export interface KeptHead {
  readonly id: string
  readonly version: number
  readonly kind: PaperKind
  readonly state: string
  readonly location: string
  readonly toLocation: string | null
  readonly supplier: string | null
  readonly reason: string | null
  readonly note: string | null
}
export interface Kept {
  readonly row: KeptHead
  readonly lines: readonly KeptLine[]
}

/** What stands in the company's own fields. */
export const ownIn = (head: object) => Object.fromEntries(Object.entries(head).filter(([name]) => isCustom(name)))

/** A draft as it was kept, to go on with. */
export function keptPaper(head: Omit<KeptHead, 'state'>, lines: readonly KeptLine[]): SavedPaper {
  const { id, version, kind, location, toLocation, supplier, reason, note } = head
  const known = new Set<string>()
  return {
    id,
    version,
    draft: {
      ...EMPTY,
      location,
      toLocation,
      supplier,
      source: reason === 'opening' ? 'opening' : 'supplier',
      reason: kind === 'adjustment' ? reason : null,
      note: note ?? '',
      own: ownIn(head),
      lines: lines.map(({ isCostHidden = false, ...line }): GoodsLine => {
        // What is scanned once more raises the first line of its article.
        const key = known.has(line.variant) ? line.id : line.variant
        known.add(line.variant)
        return { ...line, key, ...(isCostHidden && { isCostHidden }) }
      }),
    },
  }
}
