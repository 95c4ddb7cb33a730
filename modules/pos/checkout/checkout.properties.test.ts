import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '#kit/id.ts'
import { minor, type Currency } from '#kit/money.ts'
import { formatMoney } from '#kit/words.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { receiveNew } from '#modules/inventory/document/draft.commands.ts'
import { checkStock } from '#modules/inventory/stock/stock.queries.ts'
import { checkLedger } from '#modules/ledger/entry/entry.queries.ts'
import { coinsOf, settle, type Tender } from '#modules/payments/method/settle.rules.ts'
import { aCompany } from '#test/harness.ts'
import { receiptData } from '../receipt/receipt.store.ts'
import { reportOf, type ShiftReport } from '../shift/shift.store.ts'
import { closeShift } from '../shift/shift.commands.ts'
import { draftTotals, type Draft } from '../selling/draft.rules.ts'
import { completeSale } from './checkout.commands.ts'
import { anOpenTill } from '../sale/sale.factory.ts'
import { showSale } from '../sale/sale.queries.ts'

/** What the till shows, the server keeps, the receipt prints, the ledger books and the report adds up is one amount. */
const shops: readonly { country: string; currency: Currency; included: boolean }[] = [
  { country: 'KE', currency: 'KES', included: true },
  { country: 'KW', currency: 'KWD', included: false },
  { country: 'UG', currency: 'UGX', included: false },
  { country: 'AE', currency: 'AED', included: true },
]
const RATES = [0n, 50_000n, 160_000n, 333_333n]
const PRICES = [1n, 99n, 1_250n, 99_999n, 1_234_567n]

const discount = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.bigInt(0n, 1_000_000n).map((share) => ({ rate: String(share) })) },
  { weight: 1, arbitrary: fc.bigInt(0n, 50_000n).map((amount) => ({ amount: String(amount) })) },
)
const basket = fc.record({
  lines: fc.array(
    fc.record({ article: fc.nat(), grams: fc.integer({ min: 1, max: 5_000 }), pieces: fc.integer({ min: 1, max: 9 }), discount }),
    { minLength: 1, maxLength: 6 },
  ),
  discount,
  byCard: fc.integer({ min: 0, max: 100 }),
  over: fc.bigInt(0n, 2_000n),
})

for (const { country, currency, included } of shops)
  test(`till, server, receipt, ledger and report agree to the minor unit: ${currency}, tax ${included ? 'inside' : 'on top'}`, async () => {
    const world = await aCompany({ country, currency })
    const { db, pool } = world.database
    await pool.query(`update setting set value = jsonb_set(value, '{pricesIncludeTax}', $1) where name = 'company'`, [
      String(included),
    ])
    const units = await db.selectFrom('catalogUnit').select(['id', 'code']).execute()
    const articles: { variant: string; price: string; taxRate: string; weighed: boolean }[] = []
    for (const [index, rate] of RATES.entries()) {
      const taxClass = newId()
      await pool.query('insert into catalog_tax_class (id, code, name) values ($1, $2, $2)', [taxClass, `r${index}`])
      await pool.query(`insert into catalog_tax_rate (id, tax_class, rate, valid_from) values ($1, $2, $3, '2000-01-01')`, [
        newId(),
        taxClass,
        rate,
      ])
      for (const price of PRICES) {
        const weighed = articles.length % 2 === 0
        const { variants } = await createProduct(world.ctx(), {
          id: newId(),
          name: `Article ${articles.length}`,
          unit: units.find((one) => one.code === (weighed ? 'kg' : 'pc'))!.id,
          taxClass,
          variants: [{ price: String(price) as never }],
        })
        articles.push({ variant: variants[0]!, price: String(price), taxRate: String(rate), weighed })
      }
    }
    await receiveNew(world.ctx(), {
      kind: 'receipt',
      id: newId(),
      location: world.location,
      reason: 'opening',
      lines: articles.map(({ variant }, index) => ({
        variant,
        quantity: '100000000000' as never,
        unitCost: String(7 * index + 3) as never,
      })),
    })
    const shift = await anOpenTill(world, 0n)
    const methods = await db.selectFrom('paymentMethod').select(['id', 'kind']).execute()
    const method = (kind: string) => methods.find((one) => one.kind === kind)!.id
    const sum = { sales: 0, net: 0n, tax: 0n, discount: 0n, rounding: 0n, total: 0n, cash: 0n, card: 0n }

    await fc.assert(
      fc.asyncProperty(basket, async (wanted) => {
        const draft: Draft = {
          id: newId(),
          lines: wanted.lines.map(({ article, grams, pieces, discount: off }, index) => {
            const one = articles[article % articles.length]!
            return {
              key: String(index),
              variant: one.variant,
              name: '',
              sku: '',
              quantity: String(one.weighed ? grams * 1_000 : pieces * 1_000_000),
              listPrice: one.price,
              taxRate: one.taxRate,
              decimals: one.weighed ? 3 : 0,
              ...(off && { discount: off }),
            }
          }),
          ...(wanted.discount && { discount: wanted.discount }),
        }
        // Crumbs that cost nothing are refused, which another test shows.
        fc.pre(draft.lines.every((one) => BigInt(one.listPrice) * BigInt(one.quantity) >= 500_000n))
        const shown = draftTotals(draft, included)
        const card = (shown.total * BigInt(wanted.byCard)) / 100n
        const tenders: Tender[] = [
          ...(card > 0n ? [{ method: method('card'), kind: 'card' as const, given: minor(card) }] : []),
          { method: method('cash'), kind: 'cash' as const, given: minor(shown.total - card + wanted.over + 20_000n) },
        ]
        const settlement = settle(shown.total, tenders, coinsOf(currency))
        const done = await completeSale(world.ctx(), {
          id: draft.id,
          till: world.till,
          lines: draft.lines.map(({ variant, quantity, listPrice, discount: off }) => ({
            variant,
            quantity: quantity as never,
            listPrice: listPrice as never,
            discount: (off as never) ?? null,
          })),
          discount: (draft.discount as never) ?? null,
          total: String(shown.total) as never,
          tenders: tenders.map(({ method: by, given }) => ({ method: by, given: String(given) as never })),
        })
        assert.deepEqual(
          [done.total, done.rounding, done.change, done.tax, done.discount],
          [settlement.due, settlement.rounding, settlement.change, shown.tax, shown.discount],
        )

        const kept = await showSale(world.ctx(), { id: draft.id })
        const { row } = kept
        assert.deepEqual(
          [row.net, row.tax, row.total, row.rounding, row.discount],
          [shown.net, shown.tax, settlement.due, settlement.rounding, shown.discount],
        )
        assert.equal(kept.lines.reduce((all, one) => all + one.net + one.tax, 0n) + settlement.rounding, settlement.due)
        assert.equal(
          kept.tenders.reduce((all, one) => all + one.amount, 0n),
          settlement.due,
        )

        const receipt = await receiptData(world.ctx(), draft.id, 'en', false)
        assert.equal(receipt.total, formatMoney(String(settlement.due), currency, 'en', 'latn'))

        const { rows: booked } = await pool.query<{ part: string | null; holds: string | null; amount: bigint }>(
          `select a.part, a.holds, sum(l.amount)::bigint as amount from ledger_entry e join ledger_line l on l.entry = e.id
           join ledger_account a on a.id = l.account where e.document = $1 group by 1, 2`,
          [draft.id],
        )
        const of = (wantedPart: string) => booked.find((one) => one.part === wantedPart || one.holds === wantedPart)?.amount ?? 0n
        assert.equal(-of('sales'), shown.net)
        assert.equal(-of('taxOutput'), shown.tax)
        assert.equal(-of('rounding'), settlement.rounding)
        assert.equal(of('drawer') + of('card'), settlement.due)
        assert.equal(of('costOfSales'), -of('stock'))
        assert.equal(of('costOfSales'), row['cost'])

        sum.sales += 1
        sum.net += shown.net
        sum.tax += shown.tax
        sum.discount += shown.discount
        sum.rounding += settlement.rounding
        sum.total += settlement.due
        sum.card += card
        sum.cash += settlement.due - card
      }),
      { numRuns: 40 },
    )

    const report: ShiftReport = await reportOf(db, shift)
    assert.deepEqual(
      [report.sales, report.net, report.tax, report.discount, report.rounding, report.total, report.cashSales, report.expected],
      [sum.sales, sum.net, sum.tax, sum.discount, sum.rounding, sum.total, sum.cash, sum.cash],
    )
    assert.equal(
      report.taxes.reduce((all, one) => all + one.tax, 0n),
      sum.tax,
    )
    const closed = await closeShift(world.ctx(), { id: shift, counted: String(sum.cash) as never })
    assert.equal(closed.variance, 0n)
    assert.deepEqual((await checkLedger(world.ctx(), {})).differences, [])
    assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])
  })
