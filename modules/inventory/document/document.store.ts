import { minor, sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/context.ts'
import { nextNumber } from '#kit/server/series.ts'
import { accountFor, post } from '#modules/ledger/index.ts'
import { loadPlace, theCompany } from '#modules/places/index.ts'
import { businessDay } from '#kit/time.ts'
import { storageAt } from '../location/location.store.ts'
import { stockMoved } from '../stock/stock.ts'
import type { Costing } from '../stock/stock.store.ts'

export interface DocumentLine {
  readonly variant: string
  readonly quantity: Qty
  readonly lot?: string | null
  readonly expected?: Qty | null
  readonly unitCost?: Minor | null
  readonly countedAt?: Temporal.Instant
}

export interface Paper {
  readonly kind: 'receipt' | 'adjustment' | 'count' | 'transfer'
  readonly id: string
  readonly number: string
  readonly place: string
  readonly location: string
  readonly day: string
  readonly costing: Costing
}

/** Opens a paper at a storage location that the actor may use: its place, its business day and its number. */
export async function openPaper(
  tx: Tx,
  permission: string,
  kind: Paper['kind'],
  input: { id: string; location: string },
): Promise<Paper> {
  const location = await storageAt(tx, permission, input.location)
  const [place, company] = await Promise.all([loadPlace(tx.db, location.place), theCompany(tx.db)])
  const day = businessDay(tx.now, place)
  return {
    kind,
    id: input.id,
    number: await nextNumber(tx, kind, null, { day }),
    place: place.id,
    location: location.id,
    day,
    costing: company.costing,
  }
}

/** Writes the paper with its lines. */
export async function writePaper(
  tx: Tx,
  paper: Paper,
  more: { toLocation?: string; supplier?: string | null; reason?: string; note?: string | undefined; value: Minor },
  lines: readonly DocumentLine[],
): Promise<void> {
  await tx.db
    .insertInto('inventoryDocument')
    .values({
      id: paper.id,
      number: paper.number,
      kind: paper.kind,
      place: paper.place,
      location: paper.location,
      toLocation: more.toLocation ?? null,
      supplier: more.supplier ?? null,
      reason: more.reason ?? null,
      note: more.note ?? null,
      businessDay: paper.day,
      value: more.value,
      createdBy: tx.actor.id,
      createdAt: tx.now,
      postedAt: tx.now,
    })
    .execute()
  await tx.client.query(
    `insert into inventory_document_line (id, document, position, variant, lot, quantity, expected, unit_cost, counted_at)
     select uuidv7(), $1, l.position, l.variant, l.lot, l.quantity, l.expected, l.unit_cost, l.counted_at
     from unnest($2::int[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[])
       as l(position, variant, lot, quantity, expected, unit_cost, counted_at)`,
    [
      paper.id,
      lines.map((_, index) => index),
      lines.map((l) => l.variant),
      lines.map((l) => l.lot ?? null),
      lines.map((l) => l.quantity),
      lines.map((l) => l.expected ?? null),
      lines.map((l) => l.unitCost ?? null),
      lines.map((l) => l.countedAt?.toString() ?? null),
    ],
  )
  tx.about('inventory_document', paper.id, paper.place)
  tx.changed({
    table: 'inventory_document',
    record: paper.id,
    version: 1,
    before: null,
    after: { number: paper.number, kind: paper.kind, value: more.value, lines: lines.length },
  })
  tx.emit(stockMoved, {
    place: paper.place,
    variants: [...new Set(lines.map((l) => l.variant))].slice(0, 200),
    documentKind: paper.kind,
  })
}

/** The entry for goods that came or went without a sale: stock on one side, the reason's account on the other. */
export async function postValue(
  tx: Tx,
  paper: Paper,
  against: 'goodsReceived' | 'openingEquity' | 'stockLoss' | 'stockGain' | 'costOfSales',
  values: readonly Minor[],
  memo?: string,
): Promise<void> {
  const value = sum(values)
  if (value === 0n) return
  post(tx, {
    businessDay: paper.day,
    place: paper.place,
    documentKind: `inventory.${paper.kind}`,
    document: paper.id,
    purpose: against,
    number: paper.number,
    ...(memo && { memo }),
    lines: [
      { account: await accountFor(tx, 'stock'), amount: value },
      { account: await accountFor(tx, against), amount: minor(-value) },
    ],
  })
}

/** Goods that were sold below zero left without their cost: now that they came, it follows them. */
export const postCovered = (tx: Tx, paper: Paper, cost: Minor): Promise<void> =>
  postValue(tx, paper, 'costOfSales', [minor(-cost)], 'belowZero')
