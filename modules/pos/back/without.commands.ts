import type { z } from 'zod'
import { sum } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { QTY_DECIMALS } from '#kit/quantity.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { takeBackWithout, type WithoutReceipt } from '#modules/returns/index.ts'
import { backOf, nothingGone } from '#modules/returns/return/return.rules.ts'
import { ReturnProblem } from '#modules/returns/return/return.ts'
import { BackProblem, withoutReceiptInput } from './back.ts'
import { openDesk } from './back.store.ts'
import { backArticles, costNow, lowestPrices } from './without.store.ts'

/**
 * Takes goods back without a receipt: for the least that somebody paid for them here in 30 days, as store credit. What they cost
 * then nobody knows, so they come back at what they cost now.
 */
export const takeWithoutReceipt = command({
  name: 'pos.takeWithoutReceipt',
  can: 'pos.return.take',
  input: withoutReceiptInput,
  async run(tx, { till, lines: asked, due, ...input }) {
    const company = await theCompany(tx.db)
    const desk = await openDesk(tx, till, company)
    // Whoever takes back only what they sold themselves has to see by which receipt.
    tx.mayAt('pos.return.take', desk.place)
    const lines = await linesOf(tx, desk.place, asked)
    const total = sum(lines.map((one) => one.amounts.total))
    if (total !== due) throw ReturnProblem.changed({ due: total, currency: company.currency })
    return takeBackWithout(tx, { ...input, lines }, { desk, methods: await loadMethods(tx.db) })
  },
})

type Asked = z.output<typeof withoutReceiptInput>['lines']

async function linesOf(tx: Tx, place: string, asked: Asked): Promise<WithoutReceipt['lines']> {
  const variants = asked.map((one) => one.variant)
  if (new Set(variants).size !== variants.length) throw ReturnProblem.twice()
  const [articles, prices] = await Promise.all([
    backArticles(tx.db, place, variants),
    lowestPrices(tx.db, place, variants, tx.now),
  ])
  const known = asked.map((one) => {
    const article = articles.get(one.variant)
    if (!article) throw CommonProblem.notFound()
    return { ...one, article, price: prices.get(one.variant) }
  })
  const unknown = known.filter((one) => !one.price).map((one) => one.article.name)
  if (unknown.length > 0) throw BackProblem.notBought({ names: unknown.join(', ') })
  return known.map(({ variant, quantity, disposition, article, price }) => {
    const { name, sku, unit, isStocked } = article
    if (quantity % 10n ** BigInt(QTY_DECIMALS - article.decimals) !== 0n) throw ReturnProblem.tooFine({ name })
    const { taxCode, taxRate } = price!
    const none = { discount: sum([]), cost: sum([]) }
    return {
      line: { id: null, variant, name, sku, unit, taxCode, taxRate, isStocked },
      quantity,
      disposition,
      amounts: { ...backOf({ ...price!, ...none }, nothingGone, quantity), cost: costNow(article, quantity) },
    }
  })
}
