import { sql } from 'kysely'
import { may } from '#kit/access.ts'
import type { ApprovalKind } from '#kit/approval.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import { QTY_DECIMALS, quantityText, type Qty } from '#kit/quantity.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Db } from '#kit/server/data/db.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { returnDaysOf } from '#modules/catalog/index.ts'
import type { MethodFacts } from '#modules/payments/index.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { coinsOf } from '#modules/payments/method/settle.rules.ts'
import { backOf, isLate, nothingGone, refundBy, refundTo, type Gone, type Took } from './return.rules.ts'
import { largeRefund, lateReturn, otherWay, ReturnProblem, type backInput } from './return.ts'
import { writeBack, type Article, type Desk, type Taken, type WrittenLine } from './written.store.ts'
import type { z } from 'zod'

onConstraint('return_counter_left', () => ReturnProblem.unknownLine())

/** A line as it was sold. */
export interface SoldLine extends Article {
  readonly id: string
  readonly quantity: Qty
  readonly net: Minor
  readonly tax: Minor
  readonly discount: Minor
  readonly cost: Minor
  /** How many decimals its unit has; what is divisible has as many as there are. */
  readonly decimals: number
}

/** What was sold by one document, as those know it who sold it. They hold it while something of it comes back. */
export interface SoldDocument {
  readonly kind: string
  readonly id: string
  readonly number: string
  readonly place: string
  readonly customer: string | null
  /** On which it was sold: of the place, not of a shift. */
  readonly businessDay: string
  readonly lines: readonly SoldLine[]
  readonly tenders: readonly (Omit<Took, 'tender' | 'left'> & {
    readonly id: string
    readonly amount: Minor
    readonly name: string
  })[]
}

export type BackInput = z.output<typeof backInput>

/** What of sold lines came back so far. Rows that nobody has touched are not there. */
export async function goneOf(db: Db, lines: readonly string[]): Promise<Map<string, Gone>> {
  const { rows } = await sql<Gone & { line: string }>`
    select line, gone::bigint as gone, total::bigint as total, tax::bigint as tax, discount::bigint as discount, cost::bigint as cost
    from return_counter where line = any(${lines}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.line, row]))
}

interface Given {
  readonly owed: Minor
  readonly given: Minor
  /** Of what was given, what went back as money. */
  readonly refunded: Minor
  readonly byTender: Map<string, Minor>
}

/** What went back so far of what a document brought: in all, and by payment. */
export async function givenOf(db: Db, sold: string): Promise<Given> {
  const [{ rows: notes }, { rows: refunds }] = await Promise.all([
    sql<Omit<Given, 'byTender'>>`select coalesce(sum(net + tax), 0)::bigint as owed, coalesce(sum(total), 0)::bigint as given,
        coalesce(sum(refunded), 0)::bigint as refunded from return_note where sold = ${sold}`.execute(db),
    sql<{ tender: string; amount: Minor }>`select f.tender, sum(f.amount)::bigint as amount
      from return_note n join return_refund f on f.return = n.id where n.sold = ${sold} and f.tender is not null group by 1`.execute(
      db,
    ),
  ])
  return { ...notes[0]!, byTender: new Map(refunds.map((one) => [one.tender, one.amount])) }
}

/** The payments of a document, with what they can still take back. */
export const tookOf = (tenders: SoldDocument['tenders'], byTender: ReadonlyMap<string, Minor>): Took[] =>
  tenders.map(({ id, method, kind, amount }) => ({ tender: id, method, kind, left: minor(amount - (byTender.get(id) ?? 0n)) }))

/**
 * Takes back what was sold: the units come off what is left of their lines, goods go back at their cost, the money goes back the way
 * it came, both ledgers are written.
 * Lock order: the document (by the caller), its lines, then stock and the sums of the books.
 * @param exchangeFor what is bought at the same moment, and which document that is: the goods pay for it as far as they go
 */
export async function takeBackSold(
  tx: Tx,
  sold: SoldDocument,
  input: BackInput,
  { desk, methods, exchangeFor }: { desk: Desk; methods: readonly MethodFacts[]; exchangeFor?: { id: string; total: Minor } },
): Promise<Taken> {
  const before = await lockCounters(tx, sold, input)
  const back = linesBack(sold, input, before)
  const { owed, given, byTender, refunded: earlier } = await givenOf(tx.db, sold.id)
  const due = minor(owed + sum(back.map((one) => one.amounts.total)) - given)
  const exchanged = exchangeFor ? leastOf(due, exchangeFor.total) : minor(0)
  const plan = planOf(minor(due - exchanged), tookOf(sold.tenders, byTender), input, methods, desk.currency)
  const refunded = sum(plan.parts.map((one) => one.amount))
  if (plan.parts.some((one) => one.kind === 'credit') && !sold.customer) throw ReturnProblem.needsCustomer()
  const agreedBy = await agree(tx, sold, desk, back, {
    isOther: plan.isOther,
    refunded,
    earlier,
    total: minor(exchanged + refunded),
  })

  await countBack(tx, back)
  // A way that is archived is called what it was when it was paid by, and nothing goes to its account any more.
  const archived = sold.tenders.map(({ method, kind, name }) => ({
    id: method,
    kind,
    name,
    account: null,
    needsReference: false,
  }))
  return writeBack(tx, input, {
    desk,
    methods: [...methods, ...archived],
    sold,
    customer: sold.customer,
    exchange: exchangeFor?.id ?? null,
    exchanged,
    parts: plan.parts,
    agreedBy,
    lines: back,
    before: goneByVariant(sold, before),
  })
}

type BackLine = WrittenLine & { readonly line: SoldLine }

/** Opens the counter of each line and holds it, in their order: two who take back the same unit wait for each other here. */
async function lockCounters(tx: Tx, sold: SoldDocument, { lines }: BackInput): Promise<Map<string, Gone>> {
  const asked = new Set(lines.map((one) => one.line))
  if (asked.size !== lines.length) throw ReturnProblem.twice()
  const own = sold.lines.filter((one) => asked.has(one.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if (own.length !== asked.size) throw ReturnProblem.unknownLine()
  await tx.db
    .insertInto('returnCounter')
    .values(own.map((one) => ({ line: one.id, sold: one.quantity })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await sql`select line from return_counter where line = any(${own.map((one) => one.id)}::uuid[]) order by line for update`.execute(
    tx.db,
  )
  // Read once they are held, with the other lines of the same articles: whose lots are next depends on all of them.
  return goneOf(
    tx.db,
    sold.lines.map((one) => one.id),
  )
}

function linesBack(sold: SoldDocument, { lines }: BackInput, before: ReadonlyMap<string, Gone>): BackLine[] {
  return lines.map(({ line: id, quantity, disposition }) => {
    const line = sold.lines.find((one) => one.id === id)!
    const gone = before.get(id) ?? nothingGone
    const left = line.quantity - gone.gone
    const { name } = line
    if (quantity > left) {
      const facts = { name, left: quantityText(left), sold: quantityText(line.quantity) }
      throw ReturnProblem.tooMuch(facts, { line: id, left: String(left) })
    }
    if (quantity !== left && quantity % 10n ** BigInt(QTY_DECIMALS - line.decimals) !== 0n) throw ReturnProblem.tooFine({ name })
    return { line, quantity, disposition, amounts: backOf(line, gone, quantity) }
  })
}

/** Counts what comes back as gone of its line. */
async function countBack(tx: Tx, back: readonly BackLine[]): Promise<void> {
  await sql`update return_counter c set gone = c.gone + b.gone, total = c.total + b.total, tax = c.tax + b.tax,
      discount = c.discount + b.discount, cost = c.cost + b.cost
    from unnest(${back.map((b) => b.line.id)}::uuid[], ${back.map((b) => b.quantity)}::bigint[], ${back.map((b) => b.amounts.total)}::bigint[],
      ${back.map((b) => b.amounts.tax)}::bigint[], ${back.map((b) => b.amounts.discount)}::bigint[],
      ${back.map((b) => b.amounts.cost)}::bigint[]) as b(line, gone, total, tax, discount, cost)
    where c.line = b.line`.execute(tx.db)
}

const leastOf = (a: Minor, b: Minor): Minor => (a < b ? (a > 0n ? a : minor(0)) : b)

function planOf(due: Minor, took: readonly Took[], input: BackInput, methods: readonly MethodFacts[], currency: string) {
  const coins = coinsOf(currency)
  if (!input.method) {
    const plan = refundTo(due, took, coins)
    if (plan.rest > 0n) throw ReturnProblem.noWay({ rest: plan.rest, currency })
    return { ...plan, isOther: false }
  }
  const chosen = methods.find((one) => one.id === input.method)
  if (!chosen) throw PaymentProblem.unknownMethod()
  // Whoever chooses the way by which it came anyway asks for nothing special.
  const usual = refundTo(due, took, coins)
  if (usual.rest === 0n && usual.parts.every((one) => one.method === chosen.id)) return { ...usual, isOther: false }
  return { ...refundBy(due, { method: chosen.id, kind: chosen.kind }, coins), isOther: true }
}

/**
 * A late return, another way and a large refund need somebody who may agree to them. A refund is as large as all that went back of
 * the same receipt: who takes its goods back one by one asks as well.
 */
async function agree(
  tx: Tx,
  sold: SoldDocument,
  desk: Desk,
  back: readonly BackLine[],
  { isOther, refunded, earlier, total }: { isOther: boolean; refunded: Minor; earlier: Minor; total: Minor },
): Promise<string | null> {
  const days = await returnDaysOf(
    tx.db,
    back.map((one) => one.line.variant),
  )
  // Not the day of the shift: one that is left open would keep all that it sold from ever being late.
  const today = await businessDayAt(tx.db, desk.place, tx.now)
  const late = back.filter(({ line }) =>
    isLate(sold.businessDay, today, { category: days.get(line.variant) ?? null, place: desk.returnDays }),
  )
  const isAlone = may(tx.actor, lateReturn.permission, desk.place)
  const kinds: ApprovalKind[] = [
    ...(late.length > 0 && !isAlone ? [lateReturn] : []),
    ...(isOther ? [otherWay] : []),
    largeRefund,
  ]
  return secondPerson(tx, kinds, {
    place: desk.place,
    amount: refunded > 0n ? refunded + earlier : 0n,
    facts: { number: sold.number, total, goods: back.map((one) => one.line.name) },
  })
}

const goneByVariant = (sold: SoldDocument, before: ReadonlyMap<string, Gone>): Map<string, bigint> => {
  const gone = new Map<string, bigint>()
  for (const { id, variant } of sold.lines) gone.set(variant, (gone.get(variant) ?? 0n) + (before.get(id)?.gone ?? 0n))
  return gone
}
