import { sql } from 'kysely'
import { reachOf, reaches } from '#kit/access.ts'
import type { LineRow } from '#kit/document.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import { accountFor, post } from '#modules/ledger/index.ts'
import type { ChartAccount } from '#modules/ledger/account/chart.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { locationOf, locationPlace } from '../location/location.store.ts'
import { LocationProblem } from '../location/location.ts'
import { goods } from '../stock/stock.chart.ts'
import type { OnTheWay } from './transfer.rules.ts'
import { transfer, TransferProblem } from './transfer.ts'

type Of<D> = D extends { fields: infer F; lines: { fields: infer LF } } ? [F, LF] : never
type Hooks = DocumentHooks<Of<typeof transfer>[0], Of<typeof transfer>[1]>
export type TransferLine = LineRow<Of<typeof transfer>[1]>

const REQUEST = 'inventory.transfer.request'

export const transferHooks: Hooks = {
  async write(tx, head, lines, before) {
    const [from, to] = [head.location ?? before!.row.location, head.toLocation ?? before!.row.toLocation]
    if (from === to) throw TransferProblem.sameLocation()
    const [fromPlace, place] = [await locationPlace(tx.db, from), await locationPlace(tx.db, to)]
    if (!fromPlace || !place) throw LocationProblem.unknown()
    // Who needs goods asks for them, and who has too many offers them: a right at one end is enough.
    const reach = reachOf(tx.actor, REQUEST)
    if (!reach || !(reaches(reach, place) || reaches(reach, fromPlace))) throw CommonProblem.notFound()
    const known = await articlesOf(tx, lines)
    const named = lines.map((line) => {
      const { name, sku, isStocked } = known.get(line.variant) ?? {}
      if (!name || !isStocked) throw TransferProblem.service({ name: name ?? '?' })
      return { ...line, name, sku }
    })
    const twice = named.find((line, index) => named.findIndex((one) => one.variant === line.variant) !== index)
    if (twice) throw TransferProblem.twice({ name: twice.name })
    const day = before?.row.businessDay ?? (await businessDayAt(tx.db, place, tx.now))
    return { values: { place, fromPlace, businessDay: day }, lines: named as never, isJudged: true }
  },
  async describe(reading, lines) {
    const facts = await articlesOf(reading, lines)
    return new Map(lines.map((line) => [line.id, { unit: facts.get(line.variant)?.unit }]))
  },
  also: async ({ db }, { id }) => ({
    receipts: (
      await sql<{ id: string; receivedAt: Temporal.Instant; receivedBy: string | null; reason: string | null }>`
        select r.id, r.received_at, u.name as received_by, r.reason from inventory_transfer_receipt r
        left join access_user_name u on u.id = r.received_by where r.transfer = ${id} order by r.id`.execute(db)
    ).rows,
  }),
}

interface Article {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly isStocked: boolean
}

async function articlesOf(
  { db }: Pick<Tx | Reading, 'db'>,
  lines: readonly { variant: string }[],
): Promise<Map<string, Article>> {
  const { rows } = await sql<Article>`select id, name, sku, unit, kind = 'stocked' and not is_archived as "isStocked"
    from catalog_variant_fact where id = any(${lines.map((line) => line.variant)}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What was sent and has neither arrived nor been explained, by article and lot, under the lock of its transfer. */
export async function onTheWay(tx: Tx, id: string): Promise<OnTheWay[]> {
  const transit = await locationOf(tx, 'transit')
  const { rows } = await sql<OnTheWay>`
    select variant, lot, sum(case when to_location = ${transit} then quantity::bigint else -quantity::bigint end)::bigint as quantity,
      sum(case when to_location = ${transit} then cost::bigint else -cost::bigint end)::bigint as cost
    from inventory_move where document = ${id} and ${transit} in (from_location, to_location)
    group by variant, lot having sum(case when to_location = ${transit} then quantity::bigint else -quantity::bigint end) > 0
    order by variant, min(at), lot`.execute(tx.db)
  return rows.map((row) => ({ ...row, cost: minor(row.cost) }))
}

/** Books what goods of a transfer are worth from one account to another. `purpose` names the act: each is booked once. */
export async function postBetween(
  tx: Tx,
  of: { id: string; number: string; place: string; day: string; purpose: string },
  from: ChartAccount,
  to: ChartAccount,
  values: readonly Minor[],
): Promise<void> {
  const value = sum(values)
  if (value === 0n) return
  post(tx, {
    businessDay: of.day,
    place: of.place,
    documentKind: transfer.kind.name,
    document: of.id,
    purpose: `${of.purpose} ${to.part}`,
    number: of.number,
    lines: [
      { account: await accountFor(tx, to), amount: value },
      { account: await accountFor(tx, from), amount: minor(-value) },
    ],
  })
}

/** Goods that were sold before they came: their cost follows them. */
export const postFollowing = (tx: Tx, of: Parameters<typeof postBetween>[1], covered: Minor): Promise<void> =>
  postBetween(tx, { ...of, purpose: `${of.purpose} below` }, goods.stock, goods.costOfSales, [covered])
