import { z } from 'zod'
import { reaches, reachOf } from '#kit/access.ts'
import { currencies, decimalText, decimalsOf, minor, sum, type Currency, type Minor, type Rate } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { extend, QTY_DECIMALS } from '#kit/quantity.ts'
import { secondPerson } from '#kit/server/approval.ts'
import { command } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { readTogether } from '#kit/server/read.ts'
import { numberOf, numberRead } from '#kit/server/series.ts'
import { pricesIn, pricesRead, type PricedVariant } from '#modules/catalog/index.ts'
import { heldRead, locationOf, recordMoves, take } from '#modules/inventory/index.ts'
import { accountFor, partyBalance, post } from '#modules/ledger/index.ts'
import { customerRead, lockParty } from '#modules/parties/index.ts'
import { companyIn, companyRead } from '#modules/places/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { settle, type Settlement, type Tender } from '#modules/payments/method/settle.rules.ts'
import { methodsRead, type MethodFacts } from '#modules/payments/index.ts'
import { endParked } from '../parked/parked.store.ts'
import { openTillRead, posSettings } from '../shift/shift.store.ts'
import { discountShare, totalsOf, type BasketTotals } from './basket.rules.ts'
import { bigDiscount, otherPrice, saleCompleted, saleInput, SaleProblem } from './sale.ts'
import { writeSale, type SoldLine } from './sale.store.ts'

type Input = z.output<typeof saleInput>

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
    const read = await readSale(tx, input)
    const { company, methods, till, prices } = read
    const lines = input.lines.map((line) => sell(line, prices, company.currency))
    const totals = totalsOf(
      input.lines.map((line, index) => ({ ...line, ...lines[index]! })),
      input.discount,
      company.pricesIncludeTax,
    )
    if (totals.total !== input.total)
      throw SaleProblem.totalChanged({ total: decimalText(totals.total, decimalsOf(company.currency)) })
    await agreeTo(tx, lines, totals, till.place)
    const tenders = input.tenders.map((tender) => tenderOf(tender, methods, input.customer))
    const settlement = settle(totals.total, tenders, currencies[company.currency as Currency].cashStep)
    await refuseUncoveredCredit(tx, input.customer, tenders, settlement)

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
      number: read.number,
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
      lines: entry,
    })
    if (input.parked) endParked(tx, input.parked, till.place)
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

const TILL = {
  place: '(select place from till)',
  location: '(select location from till)',
  day: '(select "businessDay" from till)',
}

/** What a sale is made of, in one statement: till and shift, company, ways to pay, today's prices, the goods, the number. */
async function readSale(tx: Tx, input: Input) {
  const read = await readTogether(tx.client, {
    till: openTillRead(input.till),
    company: companyRead,
    methods: methodsRead,
    customer: customerRead(input.customer ?? null),
    prices: pricesRead(input.lines, { ...TILL, group: '(select "group" from customer)' }),
    number: numberRead('sale', { from: 'till', holder: 'till.id', day: 'till."businessDay"' }),
    held: heldRead(input.lines, TILL),
  })
  const [till] = read.till
  if (!till) throw SaleProblem.noShift()
  tx.mayAt('pos.sale.complete', till.place)
  if (input.customer && read.customer.length === 0) throw CommonProblem.notFound()
  return {
    till,
    company: companyIn(read.company),
    methods: read.methods,
    prices: pricesIn(read.prices),
    held: read.held,
    number: numberOf('sale', read.number[0]!, till.businessDay, till.code),
  }
}

/** A line as it is sold: today's price, unless another one was set. A basket that shows an old price is sent back. */
function sell(line: Input['lines'][number], prices: ReadonlyMap<string, PricedVariant>, currency: string): SoldLine {
  const priced = prices.get(line.variant)
  if (!priced) throw SaleProblem.gone({ name: line.variant }, { variant: line.variant })
  const isTooFine = line.quantity % BigInt(10 ** (QTY_DECIMALS - priced.decimals)) !== 0n
  // A crumb that costs nothing, taken five hundred times, is a whole one for nothing.
  const isCrumb = priced.price > 0n && extend(priced.price, line.quantity) === 0n
  if (isTooFine || isCrumb) throw SaleProblem.tooFine({ name: priced.name })
  if (priced.price !== line.listPrice) {
    throw SaleProblem.priceChanged(
      { name: priced.name, price: decimalText(priced.price, decimalsOf(currency)) },
      { variant: line.variant, price: String(priced.price) },
    )
  }
  return {
    variant: line.variant,
    name: priced.name,
    sku: priced.sku,
    quantity: line.quantity,
    listPrice: priced.price,
    unitPrice: line.unitPrice ?? priced.price,
    taxCode: priced.taxCode,
    taxRate: priced.taxRate,
  }
}

/** Another price, and a discount above one's limit, need somebody who may and agrees to this very basket. */
async function agreeTo(tx: Tx, lines: readonly SoldLine[], totals: BasketTotals, place: string): Promise<void> {
  const may = (permission: string) => {
    const reach = reachOf(tx.actor, permission)
    return reach !== undefined && reaches(reach, place)
  }
  const otherwise = lines.filter((line) => line.unitPrice !== line.listPrice)
  const kinds = [
    ...(otherwise.length > 0 && !may(otherPrice.permission) ? [otherPrice] : []),
    ...((await isTooMuch(tx, totals, may)) ? [bigDiscount] : []),
  ]
  if (kinds.length === 0) return
  const prices = otherwise.map(({ name, listPrice, unitPrice }) => ({ name, listPrice, unitPrice }))
  const { total, discount } = totals
  const facts = { total, ...(discount > 0n && { discount }), ...(prices.length > 0 && { lines: prices }) }
  await secondPerson(tx, kinds, { place, facts })
}

async function isTooMuch(tx: Tx, totals: BasketTotals, may: (permission: string) => boolean): Promise<boolean> {
  if (totals.discount === 0n || may(bigDiscount.permission)) return false
  const { discountLimit } = await posSettings(tx.db)
  return !may('pos.sale.smallDiscount') || discountShare(totals) > (BigInt(discountLimit) as Rate)
}

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
): Promise<void> {
  const wanted = sum(tenders.map((tender, index) => (tender.kind === 'credit' ? settlement.kept[index]! : minor(0))))
  if (wanted === 0n || !customer) return
  await lockParty(tx, customer)
  const owed = minor(-(await partyBalance(tx, await accountFor(tx, 'storeCredit'), customer)))
  if (owed < wanted) throw PaymentProblem.creditTooSmall({ left: owed })
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
