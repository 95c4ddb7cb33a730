import type { PaperKind } from './goods.rules.ts'
import { EMPTY, type GoodsDraft, type GoodsLine, type SavedPaper, type ShelfLot } from './useGoods.tsx'

const lotOf = (line: GoodsLine) => (line.lot?.trim() ? { lot: line.lot.trim() } : {})

/** What is posted at once, without having been a draft: the lines that say how many. */
export function inputOf(kind: PaperKind, draft: GoodsDraft, lines: readonly GoodsLine[]) {
  const head = { location: draft.location, ...(draft.note.trim() && { note: draft.note.trim() }) }
  if (kind === 'receipt')
    return {
      ...head,
      source: draft.source,
      ...(draft.source === 'supplier' && { supplier: draft.supplier }),
      lines: lines.map((line) => ({
        variant: line.variant,
        quantity: line.quantity,
        unitCost: line.unitCost ?? '0',
        ...lotOf(line),
        ...(line.lot?.trim() && line.expiresOn && { expiresOn: line.expiresOn }),
      })),
    }
  return {
    ...head,
    ...(kind === 'transfer' ? { toLocation: draft.toLocation } : { reason: draft.reason }),
    lines: lines.map((line) => ({ variant: line.variant, quantity: line.quantity, ...lotOf(line) })),
  }
}

/** What is kept for later: everything that stands there, whatever is still missing. */
export const draftOf = (kind: PaperKind, draft: GoodsDraft) => ({
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
      lines: lines.map(({ isCostHidden = false, ...line }): GoodsLine => {
        // What is scanned once more raises the first line of its article.
        const key = known.has(line.variant) ? line.id : line.variant
        known.add(line.variant)
        return { ...line, key, ...(isCostHidden && { isCostHidden }) }
      }),
    },
  }
}
