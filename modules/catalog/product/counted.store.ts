import { sql } from 'kysely'
import { piecesIn } from '#kit/measure-names.ts'
import { whole, type Part } from '#kit/part.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { ProductProblem } from './product.ts'

const tables = whole<string>()
/** The rows of this table count a `variant` in the unit of its product: 10 kg that have come are never 10 g. */
export const countsIn = (table: string): Part => tables.part(table)

/** Of some products, those whose goods have moved, or were sold, ordered or counted. */
export async function countedOf(tx: Tx, products: readonly string[]): Promise<Set<string>> {
  if (products.length === 0) return new Set()
  const anywhere = tables.all().map((table) => sql`exists (select from ${sql.table(table)} c where c.variant = v.id)`)
  const { rows } = await sql<{ product: string }>`
    select distinct v.product from catalog_variant v
    where v.product = any(${[...products]}::uuid[]) and (${sql.join([sql`false`, ...anywhere], sql` or `)})`.execute(tx.db)
  return new Set(rows.map(({ product }) => product))
}

interface Counting {
  readonly code: string
  readonly name: string
}
/** Do both count single pieces, as what has no unit does? Then one is as good as the other. */
export const isSameCounting = (one: Counting | null | undefined, other: Counting | null | undefined): boolean =>
  [one, other].every((unit) => !unit || piecesIn(unit.code) === 1n || piecesIn(unit.name) === 1n)

/** @throws `catalog.product.unitStays` */
export async function refuseOtherUnit(tx: Tx, product: string, units: readonly (string | null)[]): Promise<void> {
  const rows = await tx.db
    .selectFrom('catalogUnit')
    .select(['id', 'code', 'name'])
    .where(sql<boolean>`id = any(${units.filter((id) => id !== null)}::uuid[])`)
    .execute()
  const [before, now] = units.map((id) => rows.find((row) => row.id === id))
  if (!isSameCounting(before, now) && (await countedOf(tx, [product])).size > 0) throw ProductProblem.unitStays()
}
