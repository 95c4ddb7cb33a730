import { z } from 'zod'
import { minor, sum, type Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { readTogether } from '#kit/server/read.ts'
import { numberOf, numberRead } from '#kit/server/series.ts'
import { heldRead, locationOf, recordMoves, take } from '#modules/inventory/index.ts'
import { accountFor, partyBalance, post } from '#modules/ledger/index.ts'
import { lockParty } from '#modules/parties/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { coinsOf, settle, type Settlement, type Tender } from '#modules/payments/method/settle.rules.ts'
import { methodsRead, type MethodFacts } from '#modules/payments/index.ts'
import { agreeTo } from '../agreement/agreement.store.ts'
import { takeParked } from '../parked/parked.store.ts'
import type { BasketTotals } from './basket.rules.ts'
import { basketReads, priceBasket, TILL } from './basket.store.ts'
import { saleCompleted, saleInput, SaleProblem } from './sale.ts'
import { writeSale } from './sale.store.ts'

type Input = z.output<typeof saleInput>

onConstraint('pos_tender_reference', () => PaymentProblem.referenceUsed())

/**
 * Takes payment and completes a sale: goods leave the shelf, money enters the drawer, both ledgers are written, in one
 * transaction. Two round trips: what the sale is made of, with its number drawn and its goods locked; everything else with
 * COMMIT. What the rules refuse in between rolls back, and the number with it.
 * Lock order: the shift, the series of the till, stock by variant, then the sums of the books.
 */
export const completeSale = command({
  name: 'pos.completeSale',
  can: 'pos.sale.complete',
  input: saleInput,
  async run(tx, input) {
    const read = await readTogether(tx.client, {
      ...basketReads(input),
      methods: methodsRead,
      number: numberRead('sale', { from: 'till', holder: 'till.id', day: 'till."businessDay"' }),
      held: heldRead(input.lines, TILL),
    })
    const { till, company, prices, lines, totals } = await priceBasket(tx, input, read)
    const { methods } = read
    const number = numberOf('sale', read.number[0]!, till.businessDay, till.code)
    if (totals.total !== input.total) throw SaleProblem.totalChanged({ total: totals.total, currency: company.currency })
    await agreeTo(tx, input, { lines, totals, place: till.place })
    const tenders = input.tenders.map((tender) => tenderOf(tender, methods, input.customer))
    const settlement = settle(totals.total, tenders, coinsOf(company.currency))
    await refuseUncoveredCredit(tx, input.customer, tenders, settlement, company.currency)

    const stocked = lines
      .map((line, index) => ({ ...line, index }))
      .filter((line) => prices.get(line.variant)?.kind === 'stocked')
    const taken =
      stocked.length > 0 ? await take(tx, till.location, stocked, till.businessDay, company.costing, read.held) : undefined
    const costs = lines.map((_, index) => taken?.costs[stocked.findIndex((line) => line.index === index)] ?? minor(0))

    const customers = await locationOf(tx, 'customer')
    const sale = {
      ...till,
      id: input.id,
      number,
      till: till.id,
      shift: till.shift,
      customer: input.customer ?? null,
      pricesIncludeTax: company.pricesIncludeTax,
      note: input.note ?? null,
    }
    const entry = await entryOf(tx, till.drawer, methods, {
      totals,
      settlement,
      tenders,
      cost: sum(costs),
      customer: sale.customer,
    })
    writeSale(tx, { ...sale, totals, settlement, lines, costs, tenders })
    if (taken)
      recordMoves(tx, till.location, customers, taken.moved, {
        documentKind: 'pos.sale',
        document: input.id,
        businessDay: till.businessDay,
      })
    post(tx, {
      businessDay: till.businessDay,
      place: till.place,
      documentKind: 'pos.sale',
      document: input.id,
      number: sale.number,
      source: till.id,
      headline: settlement.due,
      lines: entry,
    })
    if (input.parked) await takeParked(tx, input.parked, till.id)
    tx.about('pos_sale', input.id, till.place)
    tx.emit(saleCompleted, {
      sale: input.id,
      number: sale.number,
      place: till.place,
      till: till.id,
      total: String(settlement.due),
      lines: lines.length,
    })
    return {
      id: input.id,
      number: sale.number,
      total: settlement.due,
      rounding: settlement.rounding,
      change: settlement.change,
      tax: totals.tax,
      discount: totals.discount,
    }
  },
})

function tenderOf(
  tender: Input['tenders'][number],
  methods: readonly MethodFacts[],
  customer: string | null | undefined,
): Tender {
  const method = methods.find((one) => one.id === tender.method)
  if (!method) throw PaymentProblem.unknownMethod()
  if (method.needsReference && !tender.reference) throw PaymentProblem.referenceNeeded({ method: method.name })
  if (method.kind === 'credit' && !customer) throw PaymentProblem.creditNeedsCustomer()
  return { ...tender, kind: method.kind }
}

/** Store credit is a debt of ours: a customer can spend what is owed to them and no more, at however many tills. */
async function refuseUncoveredCredit(
  tx: Tx,
  customer: string | null | undefined,
  tenders: readonly Tender[],
  settlement: Settlement,
  currency: string,
): Promise<void> {
  const wanted = sum(tenders.map((tender, index) => (tender.kind === 'credit' ? settlement.kept[index]! : minor(0))))
  if (wanted === 0n || !customer) return
  await lockParty(tx, customer)
  const owed = minor(-(await partyBalance(tx, await accountFor(tx, 'storeCredit'), customer)))
  if (owed < wanted) throw PaymentProblem.creditTooSmall({ left: owed, currency })
}

/** The entry of a sale: money in, sales and tax out; cost of sales against stock. */
async function entryOf(
  tx: Tx,
  drawer: string,
  methods: readonly MethodFacts[],
  {
    totals,
    settlement,
    tenders,
    cost,
    customer,
  }: { totals: BasketTotals; settlement: Settlement; tenders: readonly Tender[]; cost: Minor; customer: string | null },
) {
  const [sales, taxOutput, rounding, costOfSales, stock] = await Promise.all(
    (['sales', 'taxOutput', 'rounding', 'costOfSales', 'stock'] as const).map((part) => accountFor(tx, part)),
  )
  const money = tenders.map((tender, index) => ({
    account: tender.kind === 'cash' ? drawer : methods.find((one) => one.id === tender.method)!.account!,
    amount: settlement.kept[index]!,
    party: tender.kind === 'credit' ? customer : null,
  }))
  return [
    ...money,
    { account: sales!, amount: minor(-totals.net) },
    { account: taxOutput!, amount: minor(-totals.tax) },
    { account: rounding!, amount: minor(-settlement.rounding) },
    { account: costOfSales!, amount: cost },
    { account: stock!, amount: minor(-cost) },
  ]
}

/** Counts a print, so that every one after the first says COPY. */
export const countPrint = command({
  name: 'pos.countPrint',
  can: 'pos.sale.complete',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await tx.db.selectFrom('posSale').select(['place', 'prints']).where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    tx.mayAt('pos.sale.complete', row.place)
    await tx.db
      .updateTable('posSale')
      .set({ prints: row.prints + 1 })
      .where('id', '=', id)
      .execute()
    tx.about('pos_sale', id, row.place)
    return { prints: row.prints + 1, copy: row.prints > 0 }
  },
})
