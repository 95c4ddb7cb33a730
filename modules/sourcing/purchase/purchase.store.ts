import { sql } from 'kysely'
import { holdsAt, reachOf } from '#kit/access.ts'
import type { LineRow } from '#kit/document.ts'
import { minor } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import { canLeave } from '#kit/server/door/message.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import { storageAt } from '#modules/inventory/index.ts'
import { partyFacts } from '#modules/parties/index.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { PurchaseProblem, purchase } from './purchase.ts'
import { totalsOf, worthOf } from './purchase.rules.ts'

type Of<D> = D extends { fields: infer F; lines: { fields: infer LF } } ? [F, LF] : never
type Hooks = DocumentHooks<Of<typeof purchase>[0], Of<typeof purchase>[1]>
export type PurchaseLine = LineRow<Of<typeof purchase>[1]>

/** Where it comes in, what is on it, and what that costs. */
export const purchaseHooks: Hooks = {
  async write(tx, head, lines, before) {
    const location = head.location ?? before!.row.location
    const supplier = head.supplier ?? before!.row.supplier
    const [{ place }, known] = [await storageAt(tx, 'sourcing.purchase.edit', location), await articlesOf(tx, lines)]
    await refuseOthers(tx, supplier)
    const priced = lines.map((line) => {
      const { name, priceUnit, sells } = known.get(line.variant) ?? {}
      if (!name || !priceUnit || !sells) throw PurchaseProblem.service({ name: name ?? '?' })
      const full = { ...line, name, priceUnit }
      return { ...full, ...worthOf(full) }
    })
    const day = before?.row.businessDay ?? (await businessDayAt(tx.db, place, tx.now))
    return { values: { place, businessDay: day, ...totalsOf(priced) }, lines: priced as never }
  },
  async describe(reading, lines) {
    const facts = await articlesOf(reading, lines)
    return new Map(
      lines.map((line) => {
        const { sku, unit, decimals } = facts.get(line.variant) ?? {}
        return [line.id, { sku, unit, decimals }]
      }),
    )
  },
  async also(reading, row) {
    const [{ email }, receipts, bills] = await Promise.all([
      partyFacts(reading.db, row.supplier),
      receiptsOf(reading, row.id),
      holdsAt(reading.actor, 'catalog.cost.read', row.place) ? billsOf(reading, row.id) : [],
    ])
    const seesContact = reachOf(reading.actor, 'parties.party.contact') !== undefined
    return { receipts, bills, canMail: canLeave('mail'), email: seesContact ? email : null }
  },
}

interface Article {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly decimals: number
  readonly priceUnit: PriceUnit
  readonly sells: boolean
}

async function articlesOf(
  { db }: Pick<Tx | Reading, 'db'>,
  lines: readonly { variant: string }[],
): Promise<Map<string, Article>> {
  const { rows } =
    await sql<Article>`select id, name, sku, unit, decimals, price_unit as "priceUnit", kind = 'stocked' and not is_archived as sells
    from catalog_variant_fact where id = any(${lines.map((line) => line.variant)}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** An order goes to a supplier, whom somebody has named so. */
async function refuseOthers(tx: Tx, id: string): Promise<void> {
  const { name, roles } = await partyFacts(tx.db, id)
  if (!roles.includes('supplier')) throw PurchaseProblem.noSupplier({ name })
}

/** What came when, with the papers by which it came. */
async function receiptsOf({ db }: Reading, id: string) {
  const { rows } = await sql<{
    id: string
    paper: string
    number: string
    receivedAt: Temporal.Instant
    receivedBy: string
    deliveryNote: string | null
  }>`
    select r.id, r.paper, d.number, r.received_at, u.name as received_by, r.delivery_note, r.is_damaged
    from sourcing_receipt r join inventory_document_fact d on d.id = r.paper left join access_user_name u on u.id = r.received_by
    where r.purchase = ${id} order by r.id`.execute(db)
  return rows
}

async function billsOf({ db }: Reading, id: string) {
  const rows = await db
    .selectFrom('sourcingBill as b')
    .leftJoin('sourcingBillReversal as r', 'r.bill', 'b.id')
    .select(['b.id', 'b.number', 'b.dated', 'b.dueOn', 'b.net', 'b.tax', 'r.reversedAt', 'r.reason'])
    .where('b.purchase', '=', id)
    .orderBy('b.id')
    .execute()
  return rows.map((row) => ({ ...row, total: minor(row.net + row.tax) }))
}
