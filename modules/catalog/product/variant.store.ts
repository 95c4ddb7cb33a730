import { sql } from 'kysely'
import type { Minor } from '#kit/money.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { codeKey } from '#kit/barcode.ts'
import { saying } from '#kit/server/list/list.ts'
import { variantsOfCode } from './code.store.ts'

export interface FoundVariant {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly cost: Minor | null
  readonly decimals: number
  /** For how many of its unit the cost is. */
  readonly priceUnit: PriceUnit
  readonly unit: string | null
  /** Its barcode or SKU is exactly what was asked for. */
  readonly exact: boolean
  /** How much one scan of that code stands for, in millionths. */
  readonly scanned: bigint
}

/** Goods by a scanned code, or by a part of the name or SKU; what is exact comes first. Without a question, all by name. */
export async function findVariants(
  db: Db,
  q: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<FoundVariant[]> {
  const [key, exact] = [codeKey(q), sql`v.id = any(${variantsOfCode(q)})`]
  const { rows } = await sql<FoundVariant>`
    select v.id, v.name, v.sku, v.cost, v.decimals, v.price_unit, v.unit, ${exact} as exact, coalesce(b.quantity, 1000000)::bigint as scanned
    from catalog_variant_fact v left join catalog_barcode b on b.variant = v.id and b.key = ${key}
    where not v.is_archived and v.kind = 'stocked' ${after ? sql`and v.id > ${after}::uuid` : sql``}
      ${q ? sql`and (${exact} or (${saying(sql`v.name || ' ' || v.sku`, q)}))` : sql``}
    order by ${q ? sql`${exact} desc, v.name,` : sql``} v.id limit ${limit}`.execute(db)
  return rows
}
