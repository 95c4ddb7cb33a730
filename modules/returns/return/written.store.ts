import { newId } from '#kit/id.ts'
import { minor, sum, type Minor, type Rate } from '#kit/money.ts'
import { series } from '#kit/number.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { nextNumber } from '#kit/server/door/series.ts'
import type { Costing } from '#modules/inventory/index.ts'
import { accountFor, post } from '#modules/ledger/index.ts'
import type { MethodFacts } from '#modules/payments/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { revenueLines } from '#modules/pricing/index.ts'
import { putBack } from './goods.store.ts'
import { exchanges } from './return.chart.ts'
import type { BackAmounts, Refund } from './return.rules.ts'
import { returned, returnTaken, type dispositions, type reasons } from './return.ts'

export const returns = series('return', 'RET{YYMMDD}{NNNN}')

/** Where it is taken back: the desk and its drawer, and the shelf. */
export interface Desk {
  readonly id: string
  readonly shift: string
  readonly place: string
  readonly location: string
  readonly drawer: string
  readonly businessDay: string
  readonly returnDays: number | null
  readonly currency: string
  readonly costing: Costing
}

/** What a return came to. */
export interface Taken {
  readonly id: string
  readonly number: string
  readonly total: Minor
  readonly exchanged: Minor
  readonly refunded: Minor
  readonly refunds: readonly Refund[]
}

/** An article as a paper names it. */
export interface Article {
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly taxCode: string
  readonly taxRate: Rate
  /** Are there goods to put back; a service has none. */
  readonly isStocked: boolean
}

export interface WrittenLine {
  /** By which line it was sold, where that is known. */
  readonly line: Article & { readonly id: string | null }
  readonly quantity: Qty
  readonly disposition: (typeof dispositions)[number]
  readonly amounts: BackAmounts
}

interface Said {
  readonly id: string
  readonly reason: (typeof reasons)[number]
  readonly note?: string | null | undefined
}

interface Back {
  readonly desk: Desk
  readonly methods: readonly MethodFacts[]
  /** What it was sold by; nothing where nobody can show a receipt. */
  readonly sold: { readonly kind: string; readonly id: string; readonly number: string } | null
  readonly customer: string | null
  /** The document for which a part of it is taken, and how much of it. */
  readonly exchange: string | null
  readonly exchanged: Minor
  /** How the rest is paid back. */
  readonly parts: readonly Refund[]
  readonly agreedBy: string | null
  readonly lines: readonly WrittenLine[]
  /** How much of each article came back of the same document before. */
  readonly before: ReadonlyMap<string, bigint>
}

/** Writes what came back: the paper with its number, the goods where they can be used, and both ledgers. */
export async function writeBack(tx: Tx, input: Said, back: Back): Promise<Taken> {
  const { desk, sold, lines, parts, exchanged } = back
  const sums = sumsOf(lines.map((one) => one.amounts))
  const refunded = sum(parts.map((one) => one.amount))
  const total = minor(exchanged + refunded)
  const number = await nextNumber(tx, returns, null, { day: desk.businessDay })
  await writeReturn(tx, input, back, { number, refunded, total, sums })
  const { entry: goods } = await putBack(
    tx,
    lines
      .filter((one) => one.line.isStocked)
      .map(({ line, quantity, disposition, amounts }) => ({ variant: line.variant, quantity, disposition, cost: amounts.cost })),
    {
      documentKind: returned.name,
      document: input.id,
      businessDay: desk.businessDay,
      place: desk.place,
      location: desk.location,
      costing: desk.costing,
      sold: sold?.id ?? null,
      before: back.before,
    },
  )
  const rounding = minor(total - sums.total)
  const [clearing, revenue] = await Promise.all([
    accountFor(tx, exchanges),
    revenueLines(tx, { totals: { net: minor(-sums.net), tax: minor(-sums.tax) }, rounding: minor(-rounding), cost: minor(0) }),
  ])
  post(tx, {
    businessDay: desk.businessDay,
    place: desk.place,
    documentKind: returned.name,
    document: input.id,
    number,
    source: desk.id,
    headline: total,
    lines: [
      ...parts.map(({ method, kind, amount }) => ({
        account: kind === 'cash' ? desk.drawer : accountOf(back.methods, method),
        amount: minor(-amount),
        party: kind === 'credit' ? back.customer : null,
      })),
      { account: clearing, amount: minor(-exchanged) },
      ...revenue,
      ...goods,
    ],
  })
  tx.about('return_note', input.id, desk.place)
  tx.emit(returnTaken, { return: input.id, number, place: desk.place, total: String(total) })
  return { id: input.id, number, total, exchanged, refunded, refunds: parts }
}

const sumsOf = (lines: readonly BackAmounts[]): BackAmounts => {
  const over = (of: keyof BackAmounts) => sum(lines.map((one) => one[of]))
  return { net: over('net'), tax: over('tax'), total: over('total'), discount: over('discount'), cost: over('cost') }
}

const accountOf = (methods: readonly MethodFacts[], id: string): string => {
  const found = methods.find((one) => one.id === id)?.account
  if (!found) throw PaymentProblem.unknownMethod()
  return found
}

interface Figures {
  readonly number: string
  readonly refunded: Minor
  readonly total: Minor
  readonly sums: BackAmounts
}

async function writeReturn(tx: Tx, input: Said, back: Back, { sums, ...figures }: Figures): Promise<void> {
  const { desk, sold } = back
  await tx.db
    .insertInto('returnNote')
    .values({
      ...figures,
      id: input.id,
      soldKind: sold?.kind ?? null,
      sold: sold?.id ?? null,
      soldNumber: sold?.number ?? null,
      exchange: back.exchange,
      exchanged: back.exchanged,
      agreedBy: back.agreedBy,
      place: desk.place,
      desk: desk.id,
      shift: desk.shift,
      businessDay: desk.businessDay,
      customer: back.customer,
      reason: input.reason,
      note: input.note ?? null,
      net: sums.net,
      tax: sums.tax,
      discount: sums.discount,
      rounding: minor(figures.total - sums.total),
      cost: sums.cost,
      takenBy: tx.actor.id!,
      takenByName: tx.actor.name,
      takenAt: tx.now,
    })
    .execute()
  await tx.db
    .insertInto('returnLine')
    .values(
      back.lines.map(({ line, quantity, disposition, amounts }, position) => ({
        id: newId(),
        return: input.id,
        position,
        soldLine: line.id,
        variant: line.variant,
        name: line.name,
        sku: line.sku,
        quantity,
        unit: line.unit,
        disposition,
        taxCode: line.taxCode,
        taxRate: line.taxRate,
        discount: amounts.discount,
        net: amounts.net,
        tax: amounts.tax,
        cost: amounts.cost,
      })),
    )
    .execute()
  if (back.parts.length > 0)
    await tx.db
      .insertInto('returnRefund')
      .values(
        back.parts.map((part) => ({
          id: newId(),
          return: input.id,
          ...part,
          name: back.methods.find((one) => one.id === part.method)?.name ?? '',
        })),
      )
      .execute()
}
