import { series } from '#kit/number.ts'
import { newId } from '#kit/id.ts'
import type { Minor } from '#kit/money.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { SoldLine } from '#modules/pricing/basket/basket.ts'
import type { BasketTotals } from '#modules/pricing/basket/basket.rules.ts'
import type { Settlement, Tender } from '#modules/payments/method/settle.rules.ts'

export const receipts = series('sale', '{CODE}-{YYYYMMDD}-{NNNN}', { isCoded: true })

export interface NewSale {
  readonly id: string
  readonly number: string
  readonly till: string
  readonly place: string
  readonly shift: string
  readonly businessDay: string
  readonly customer: string | null
  readonly pricesIncludeTax: boolean
  readonly note: string | null
  readonly totals: BasketTotals
  readonly settlement: Settlement
  /** What of it was paid by goods that came back. */
  readonly exchanged: Minor
  readonly lines: readonly SoldLine[]
  readonly costs: readonly Minor[]
  readonly tenders: readonly Tender[]
}

const SALE = `insert into pos_sale (id, number, till, place, shift, business_day, cashier, cashier_name, customer, prices_include_tax,
    net, tax, discount, rounding, total, cost, change, note, completed_at, exchanged)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
const LINES = `insert into pos_sale_line (id, sale, position, variant, name, sku, quantity, unit_price, list_price, price_unit, unit, discount, basket_discount, tax_code, tax_rate, net, tax, cost)
  select l.id, $1, l.position - 1, l.variant, l.name, l.sku, l.quantity, l.unit_price, l.list_price, l.price_unit, l.unit, l.discount, l.basket_discount, l.tax_code, l.tax_rate, l.net, l.tax, l.cost
  from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[])
  with ordinality as l(id, variant, name, sku, quantity, unit_price, list_price, price_unit, unit, discount, basket_discount, tax_code, tax_rate, net, tax, cost, position)`
const TENDERS = `insert into pos_tender (id, sale, shift, method, kind, amount, given, reference)
  select t.id, $1, $2, t.method, t.kind, t.amount, t.given, t.reference
  from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) as t(id, method, kind, amount, given, reference)`

/** Writes a sale with its lines and tenders. */
export function writeSale(tx: Tx, sale: NewSale): void {
  const { totals, settlement, lines, costs, tenders } = sale
  const cost = costs.reduce((all, one) => all + one, 0n)
  tx.write({
    name: 'pos-sale',
    text: SALE,
    values: [
      sale.id,
      sale.number,
      sale.till,
      sale.place,
      sale.shift,
      sale.businessDay,
      tx.actor.id,
      tx.actor.name,
      sale.customer,
      sale.pricesIncludeTax,
      totals.net,
      totals.tax,
      totals.discount,
      settlement.rounding,
      settlement.due,
      cost,
      settlement.change,
      sale.note,
      tx.now,
      sale.exchanged,
    ],
  })
  tx.write({
    name: 'pos-sale-lines',
    text: LINES,
    values: [
      sale.id,
      lines.map(() => newId()),
      lines.map((l) => l.variant),
      lines.map((l) => l.name),
      lines.map((l) => l.sku),
      lines.map((l) => l.quantity),
      lines.map((l) => l.unitPrice),
      lines.map((l) => l.listPrice),
      lines.map((l) => l.priceUnit),
      lines.map((l) => l.unit),
      totals.lines.map((l) => l.discount),
      totals.lines.map((l) => l.basketDiscount),
      lines.map((l) => l.taxCode),
      lines.map((l) => l.taxRate),
      totals.lines.map((l) => l.net),
      totals.lines.map((l) => l.tax),
      costs,
    ],
  })
  tx.write({
    name: 'pos-tenders',
    text: TENDERS,
    values: [
      sale.id,
      sale.shift,
      tenders.map(() => newId()),
      tenders.map((t) => t.method),
      tenders.map((t) => t.kind),
      settlement.kept,
      tenders.map((t) => t.given),
      tenders.map((t) => t.reference ?? null),
    ],
  })
}
