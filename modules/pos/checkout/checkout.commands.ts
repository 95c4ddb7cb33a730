import { z } from 'zod'
import { minor, sum, type Minor } from '#kit/money.ts'
import { command, onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { readTogether } from '#kit/server/data/read.ts'
import { numberOf, numberRead } from '#kit/server/door/series.ts'
import { heldRead, locationOf, recordMoves, take } from '#modules/inventory/index.ts'
import { accountFor, partyBalance, post } from '#modules/ledger/index.ts'
import { lockParty } from '#modules/parties/index.ts'
import { paid } from '#modules/payments/method/method.chart.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { isReference } from '#modules/payments/method/payment.rules.ts'
import { coinsOf, settle, type Coins, type Settlement, type Tender } from '#modules/payments/method/settle.rules.ts'
import { methodsRead, type MethodFacts } from '#modules/payments/index.ts'
import { agreeTo, revenueLines } from '#modules/pricing/index.ts'
import { exchanges } from '#modules/returns/return/return.chart.ts'
import { takeSaleBack } from '../back/back.commands.ts'
import { takeParked } from '../parked/parked.store.ts'
import type { BasketTotals } from '#modules/pricing/basket/basket.rules.ts'
import { basketReads, priceBasket, TILL } from '../basket/basket.store.ts'
import { discountLimit } from '../shift/shift.store.ts'
import { saleCompleted, sold } from '../sale/sale.ts'
import { PricingProblem } from '#modules/pricing/basket/basket.ts'
import { receipts, writeSale } from '../sale/sale.store.ts'
import { saleInput } from './checkout.ts'

type Input = z.output<typeof saleInput>

onConstraint('pos_sale_ceiling', () => PricingProblem.tooLarge())
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
    // What comes back pays first, and is locked first.
    const back = input.back ? await takeSaleBack(tx, input.till, input.back, { id: input.id, total: input.total }) : undefined
    const exchanged = back?.exchanged ?? minor(0)
    const read = await readTogether(tx.client, {
      ...basketReads(input),
      methods: methodsRead,
      number: numberRead(receipts, { from: 'till', holder: 'till.id', day: 'till."businessDay"' }),
      held: heldRead(input.lines, TILL),
    })
    const { till, company, prices, lines, totals } = await priceBasket(tx, input, read)
    const { methods } = read
    const number = numberOf(receipts, read.number[0]!, till.businessDay, till.code)
    if (totals.total !== input.total) throw PricingProblem.totalChanged({ total: totals.total, currency: company.currency })
    const asking = { ...input, desk: input.till, limit: () => discountLimit(tx.db) }
    await agreeTo(tx, asking, { lines, totals, place: till.place })
    const tenders = input.tenders.map((tender) => tenderOf(tender, methods, input.customer))
    const settlement = settleRest(totals.total, exchanged, tenders, coinsOf(company.currency))
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
      exchanged,
    })
    writeSale(tx, { ...sale, totals, settlement, exchanged, lines, costs, tenders })
    if (taken)
      recordMoves(tx, till.location, customers, taken.moved, {
        documentKind: sold.name,
        document: input.id,
        businessDay: till.businessDay,
      })
    post(tx, {
      businessDay: till.businessDay,
      place: till.place,
      documentKind: sold.name,
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
      ...(back && { back }),
      tax: totals.tax,
      discount: totals.discount,
    }
  },
})

/** What came back pays without coins; the rest is settled, and nothing is asked for where no rest is. */
function settleRest(total: Minor, exchanged: Minor, tenders: readonly Tender[], coins: Coins): Settlement {
  const rest = settle(minor(total - exchanged), tenders, coins)
  return exchanged === 0n ? rest : { ...rest, due: minor(rest.due + exchanged) }
}

function tenderOf(
  tender: Input['tenders'][number],
  methods: readonly MethodFacts[],
  customer: string | null | undefined,
): Tender {
  const method = methods.find((one) => one.id === tender.method)
  if (!method) throw PaymentProblem.unknownMethod()
  if (method.needsReference && !isReference(tender.reference)) throw PaymentProblem.referenceNeeded({ method: method.name })
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
  const owed = minor(-(await partyBalance(tx, await accountFor(tx, paid.storeCredit), customer)))
  if (owed < wanted) throw PaymentProblem.creditTooSmall({ left: owed, currency })
}

/** The entry of a sale: money in, and what selling does in the books. */
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
    exchanged,
  }: {
    exchanged: Minor
    totals: BasketTotals
    settlement: Settlement
    tenders: readonly Tender[]
    cost: Minor
    customer: string | null
  },
) {
  const money = tenders.map((tender, index) => ({
    account: tender.kind === 'cash' ? drawer : methods.find((one) => one.id === tender.method)!.account!,
    amount: settlement.kept[index]!,
    party: tender.kind === 'credit' ? customer : null,
  }))
  const given = exchanged > 0n ? [{ account: await accountFor(tx, exchanges), amount: exchanged }] : []
  return [...money, ...given, ...(await revenueLines(tx, { totals, rounding: settlement.rounding, cost }))]
}
