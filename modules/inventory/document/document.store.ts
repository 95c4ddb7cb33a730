import { minor, sum, type Minor } from '#kit/money.ts'
import { problems } from '#kit/problem.ts'
import { QTY_DECIMALS, type Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { series } from '#kit/number.ts'
import { nextNumber } from '#kit/server/door/series.ts'
import type { ChartAccount } from '#modules/ledger/account/chart.ts'
import { accountFor, post } from '#modules/ledger/index.ts'
import { loadPlace, theCompany } from '#modules/places/index.ts'
import { businessDay } from '#kit/time.ts'
import { goods } from '../stock/stock.chart.ts'
import { storageAt } from '../location/location.store.ts'
import { stockMoved } from '../stock/stock.ts'
import type { Costing } from '../stock/stock.store.ts'
import { inLedgers } from './document.ts'

export const PaperProblem = problems('inventory.document', {
  tooFine: {
    status: 422,
    say: 'The unit of {name} has no parts as small as that. Change the quantity, or the decimals of its unit.',
  },
  reversed: { status: 409, say: 'This paper has been taken back already.' },
  isReversal: { status: 409, say: 'This paper takes another one back. Write a new one instead.' },
  ofDocument: {
    status: 409,
    say: 'This paper belongs to an order, which counts on it. Correct the goods by an adjustment instead.',
  },
  movedNothing: { status: 409, say: 'This paper moved nothing, so there is nothing to take back.' },
  noLines: { status: 422, say: 'Put goods on the paper and say how many, then post it.' },
  noReason: { status: 422, say: 'Choose the reason first: it says where the difference goes in the books.' },
  noTarget: { status: 422, say: 'Choose where the goods go first.' },
  noCost: { status: 422, say: 'Say what {name} costs: stock and books rise by it.' },
  wrongQuantity: { status: 422, say: 'There can’t be that many of {name} on this paper. Change the quantity.' },
  otherReason: { status: 422, say: 'This paper can’t have that reason. Choose another one.' },
  otherStep: { status: 409, say: 'This paper is posted another way. Open it and post it from its page.' },
  countIt: { status: 422, say: 'Counts have a page of their own. Open a count instead.' },
})

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

/** The numbers of each kind of paper. */
export const papers = {
  receipt: series('receipt', 'GRN-{YYYY}-{NNNN}'),
  adjustment: series('adjustment', 'ADJ-{YYYYMM}-{NNNNNN}'),
  count: series('count', 'CNT-{YYYYMM}-{NNNNNN}'),
  transfer: series('transfer', 'TRF-{YYYYMM}-{NNNNNN}'),
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
    number: await nextNumber(tx, papers[kind], null, { day }),
    place: place.id,
    location: location.id,
    day,
    costing: company.costing,
  }
}

/** Half a piece is none: what comes in or is counted has no smaller parts than its unit, as the till sells it. @throws `inventory.document.tooFine` */
export async function refuseParts(tx: Tx, lines: readonly { variant: string; quantity: Qty }[]): Promise<void> {
  const { rows } = await tx.client.query<{ name: string }>(
    `select v.name from unnest($1::uuid[], $2::bigint[]) as l(variant, quantity) join catalog_variant_fact v on v.id = l.variant
     where l.quantity % (10 ^ (${QTY_DECIMALS} - v.decimals))::bigint <> 0 limit 1`,
    [lines.map((line) => line.variant), lines.map((line) => line.quantity)],
  )
  if (rows[0]) throw PaperProblem.tooFine({ name: rows[0].name })
}

/** Writes a paper that is posted as it is written, with its lines. */
export async function writePaper(
  tx: Tx,
  paper: Paper,
  more: {
    toLocation?: string
    supplier?: string | null
    reason?: string
    note?: string | undefined
    value: Minor
    /** The paper that it takes back. */
    reverses?: string
    /** The document that made it: there it is taken back. */
    origin?: string | undefined
  },
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
      reverses: more.reverses ?? null,
      origin: more.origin ?? null,
      state: 'posted',
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
  tellMoved(tx, paper, lines)
}

/** Screens that show the stock of its place hear that it is another one. */
export const tellMoved = (tx: Tx, { place, kind }: Paper, lines: readonly { readonly variant: string }[]): void =>
  tx.emit(stockMoved, {
    place,
    variants: [...new Set(lines.map((line) => line.variant))].slice(0, 200),
    documentKind: inLedgers[kind],
  })

/** The entry for goods that came or went without a sale: stock on one side, the reason's account on the other. */
export async function postValue(
  tx: Tx,
  paper: Paper,
  against: ChartAccount,
  values: readonly Minor[],
  memo?: string,
): Promise<void> {
  const value = sum(values)
  if (value === 0n) return
  post(tx, {
    businessDay: paper.day,
    place: paper.place,
    documentKind: inLedgers[paper.kind],
    document: paper.id,
    purpose: against.part,
    number: paper.number,
    ...(memo && { memo }),
    lines: [
      { account: await accountFor(tx, goods.stock), amount: value },
      { account: await accountFor(tx, against), amount: minor(-value) },
    ],
  })
}

/** Goods that were sold below zero left without their cost: now that they came, it follows them. */
export const postCovered = (tx: Tx, paper: Paper, cost: Minor): Promise<void> =>
  postValue(tx, paper, goods.costOfSales, [minor(-cost)], 'belowZero')
