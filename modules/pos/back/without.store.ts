import { sql } from 'kysely'
import { divideHalfUp, minor, type Minor, type Rate } from '#kit/money.ts'
import { QTY_ONE, type Qty } from '#kit/quantity.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { SoldAmounts } from '#modules/returns/return/return.rules.ts'

/** For so many days what others paid counts. */
const DAYS = 30

/** The least that somebody paid for an article: the amounts of the line that it was sold by. */
export interface LowestPrice extends Omit<SoldAmounts, 'cost' | 'discount'> {
  readonly variant: string
  readonly taxCode: string
  readonly taxRate: Rate
}

/** What articles were sold for at a place in the last 30 days, each where it was cheapest; one that nobody bought is not there. */
export async function lowestPrices(
  db: Db,
  place: string,
  variants: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, LowestPrice>> {
  const { rows } = await sql<LowestPrice>`
    select distinct on (l.variant) l.variant, l.quantity::bigint as quantity, l.net::bigint as net, l.tax::bigint as tax,
      l.tax_code, l.tax_rate::bigint as tax_rate
    from pos_sale_line l join pos_sale s on s.id = l.sale
    where l.variant = any(${variants}::uuid[]) and l.net::bigint + l.tax::bigint > 0 and s.place = ${place}
      and s.state = 'completed' and s.completed_at > ${now}::timestamptz - make_interval(days => ${DAYS})
    order by l.variant, (l.net::bigint + l.tax::bigint)::numeric / l.quantity::bigint, s.completed_at`.execute(db)
  return new Map(rows.map((row) => [row.variant, row]))
}

/** An article that comes back, and what it costs now: as much as what lies on the shelf, else as the catalogue says. */
export interface BackArticle {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly decimals: number
  readonly isStocked: boolean
  readonly cost: Minor | null
  readonly priceUnit: bigint
  readonly onHand: Qty
  readonly value: Minor
}

export async function backArticles(db: Db, place: string, variants: readonly string[]): Promise<Map<string, BackArticle>> {
  const { rows } = await sql<BackArticle>`
    select v.id, v.name, v.sku, v.unit, v.decimals, v.kind = 'stocked' as is_stocked, v.cost::bigint as cost,
      v.price_unit::bigint as price_unit, coalesce(h.on_hand, 0)::bigint as on_hand, coalesce(h.value, 0)::bigint as value
    from catalog_variant_fact v left join inventory_on_hand h on h.variant = v.id and h.place = ${place}
    where v.id = any(${variants}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

export function costNow({ isStocked, cost, priceUnit, onHand, value }: BackArticle, quantity: Qty): Minor {
  if (!isStocked) return minor(0)
  if (onHand > 0n && value >= 0n) return minor(divideHalfUp(value * quantity, onHand))
  return minor(divideHalfUp((cost ?? 0n) * quantity, priceUnit * QTY_ONE))
}
