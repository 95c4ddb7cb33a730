import { minor, type Minor } from '#kit/money.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { goods } from '#modules/inventory/stock/stock.chart.ts'
import { general } from '#modules/ledger/account/chart.ts'
import { accountFor } from '#modules/ledger/index.ts'
import type { BasketTotals } from '../basket/basket.rules.ts'
import { earned } from './revenue.chart.ts'

/** What selling does in the books, but for the money: sales, tax and rounding; cost of sales against stock. */
export async function revenueLines(
  tx: Tx,
  { totals, rounding, cost }: { totals: Pick<BasketTotals, 'net' | 'tax'>; rounding: Minor; cost: Minor },
) {
  const [sales, taxOutput, rounded, costOfSales, stock] = await Promise.all(
    [earned.sales, general.taxOutput, earned.rounding, goods.costOfSales, goods.stock].map((part) => accountFor(tx, part)),
  )
  return [
    { account: sales!, amount: minor(-totals.net) },
    { account: taxOutput!, amount: minor(-totals.tax) },
    { account: rounded!, amount: minor(-rounding) },
    { account: costOfSales!, amount: cost },
    { account: stock!, amount: minor(-cost) },
  ]
}
