import { sql, type RawBuilder } from 'kysely'
import type { LineRow } from '#kit/document.ts'
import type { Qty } from '#kit/quantity.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import { categoriesUnder } from '#modules/catalog/index.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { storageAt } from '../location/location.store.ts'
import { addedUp, type Tally, type Total } from './stock-count.rules.ts'
import { MOST_LINES, stockCount, StockCountProblem } from './stock-count.ts'

type Of<D> = D extends { fields: infer F; lines: { fields: infer LF } } ? [F, LF] : never
type Hooks = DocumentHooks<Of<typeof stockCount>[0], Of<typeof stockCount>[1]>
export type CountLine = LineRow<Of<typeof stockCount>[1]>
type At = Pick<Tx | Reading, 'db'>

export const ADJUST = 'inventory.stock.adjust'

export const stockCountHooks: Hooks = {
  async write(tx, head, lines, before) {
    const { location, covers, category } = { ...before?.row, ...head } as Omit<Scope, 'chosen'>
    const { place } = await storageAt(tx, ADJUST, location)
    if (covers === 'category' && !category) throw StockCountProblem.chooseCategory()
    const chosen = [...new Set(lines.map((line) => line.variant))]
    if (covers === 'chosen') await refuseUncounted(tx, chosen)
    const scope = { location, covers, category: covers === 'category' ? category! : null, chosen }
    const found = await goodsOf(tx, scope)
    if (found.length === 0) throw StockCountProblem.nothingThere()
    if (found.length > MOST_LINES) throw StockCountProblem.tooMany({ most: MOST_LINES })
    const known = new Map(before?.lines.map((line) => [`${line.variant} ${line.lot}`, line.id]))
    const day = before?.row.businessDay ?? (await businessDayAt(tx.db, place, tx.now))
    return {
      values: { place, businessDay: day, category: scope.category },
      lines: found.map((line) => ({ ...line, id: known.get(`${line.variant} ${line.lot}`) })) as never,
    }
  },
  async describe({ db }, lines) {
    const { rows } = await sql<{ id: string; sku: string; unit: string | null; decimals: number }>`
      select id, sku, unit, decimals from catalog_variant_fact where id = any(${lines.map((line) => line.variant)}::uuid[])`.execute(
      db,
    )
    const facts = new Map(rows.map(({ id, ...fact }) => [id, fact]))
    return new Map(lines.map((line) => [line.id, { ...facts.get(line.variant) }]))
  },
}

interface Scope {
  readonly location: string
  readonly covers: string
  readonly category: string | null
  readonly chosen: readonly string[]
}

/**
 * The goods that are counted, each lot by itself: what lies or has lain at the location, also where nothing is left of it. A shelf
 * on which nothing has ever lain is counted against all articles.
 */
const wanted = ({ location, covers, category, chosen }: Scope): RawBuilder<unknown> => sql`
  select v.id as variant, l.lot, v.name, row_number() over (order by v.name, v.id, t.expires_on nulls last, t.code nulls last) as n
  from catalog_variant_fact v
  cross join lateral (
    select b.lot from inventory_balance b
    where b.variant = v.id and b.location = ${location} and b.owner is null and b.on_hand <> 0 and b.lot is not null
    union all
    select null::uuid where not exists (select from inventory_balance b
        where b.variant = v.id and b.location = ${location} and b.owner is null and b.on_hand <> 0 and b.lot is not null)
      or exists (select from inventory_balance b
        where b.variant = v.id and b.location = ${location} and b.owner is null and b.on_hand <> 0 and b.lot is null)) l
  left join inventory_lot t on t.id = l.lot
  where v.kind = 'stocked' and (not v.is_archived or exists (select from inventory_balance b
      where b.variant = v.id and b.location = ${location} and b.owner is null and b.on_hand <> 0))
    and ${
      covers === 'chosen'
        ? sql`v.id = any(${[...chosen]}::uuid[])`
        : sql`(v.id in (select b.variant from inventory_balance b where b.location = ${location} and b.owner is null)
            or not exists (select from inventory_balance b where b.location = ${location} and b.owner is null))`
    }
    ${covers === 'category' ? sql`and v.category in ${categoriesUnder(category!)}` : sql``}
  order by n limit ${MOST_LINES + 1}`

async function goodsOf({ db }: At, scope: Scope) {
  const { rows } = await sql<{ variant: string; lot: string | null; name: string }>`
    select w.variant, w.lot, w.name from (${wanted(scope)}) w order by w.n`.execute(db)
  return rows
}

/** Puts on a count what has come to its shelf since it was opened, in one statement. */
export async function addWhatCame(tx: Tx, id: string, scope: Scope): Promise<void> {
  await sql`insert into inventory_stock_count_line (id, document, position, variant, lot, name)
    select uuidv7(), ${id}, (select coalesce(max(position), -1) from inventory_stock_count_line where document = ${id}) + row_number() over (order by w.n),
      w.variant, w.lot, w.name
    from (${wanted(scope)}) w where not exists (select from inventory_stock_count_line l
      where l.document = ${id} and l.variant = w.variant and l.lot is not distinct from w.lot)`.execute(tx.db)
  const { rows } = await sql`select from inventory_stock_count_line where document = ${id} limit ${MOST_LINES + 1}`.execute(tx.db)
  if (rows.length > MOST_LINES) throw StockCountProblem.tooMany({ most: MOST_LINES })
}

/** @throws `inventory.stockCount.notCounted` for what lies on no shelf */
export async function refuseUncounted({ db }: At, variants: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string | null; isStocked: boolean }>`
    select w.id, v.name, coalesce(v.kind = 'stocked' and not v.is_archived, false) as "isStocked"
    from unnest(${[...variants]}::uuid[]) as w(id) left join catalog_variant_fact v on v.id = w.id`.execute(db)
  const other = rows.find((row) => !row.isStocked)
  if (other) throw StockCountProblem.notCounted({ name: other.name ?? '?' })
  return new Map(rows.map((row) => [row.id, row.name!]))
}

/** One count begins or grows at a location at a time, so that no two of them hold the same goods. Lock order: the count first. */
export async function holdShelf(tx: Tx, location: string): Promise<void> {
  await sql`select from inventory_location where id = ${location} for no key update`.execute(tx.db)
}

/** @throws `inventory.stockCount.alsoCounted` when another count that is under way holds one of the articles, or all of one's own */
export async function refuseOverlap(tx: Tx, { id, location }: { id: string; location: string }, variant?: string): Promise<void> {
  const { rows } = await sql<{ number: string; other: string; name: string }>`
    select c.number, c.id as other, l.name from inventory_stock_count c join inventory_stock_count_line l on l.document = c.id
    where c.location = ${location} and c.id <> ${id} and c.state in ('counting', 'reviewed')
      and ${variant ? sql`l.variant = ${variant}` : sql`l.variant in (select variant from inventory_stock_count_line where document = ${id})`}
    order by c.number, l.position limit 1`.execute(tx.db)
  const [found] = rows
  if (found) throw StockCountProblem.alsoCounted({ name: found.name, number: found.number }, { id: found.other })
}

/** What was counted of each line in the round to which it belongs. */
export async function totalsOf({ db }: At, id: string): Promise<Map<string, Total>> {
  const { rows } = await sql<Tally>`
    select t.id, t.line, t.counted_by as "countedBy", t.quantity::bigint as quantity, t.counted_at as "countedAt"
    from inventory_stock_count_tally t join inventory_stock_count_line l on l.id = t.line and l.round = t.round
    where t.stock_count = ${id}`.execute(db)
  return addedUp(rows)
}

/** Writes beside each line what was counted and what should have lain there. */
export async function writeCompared(
  tx: Tx,
  lines: readonly { readonly id: string; readonly counted: Qty; readonly expected: Qty }[],
): Promise<void> {
  await sql`update inventory_stock_count_line l set counted = r.counted, expected = r.expected
    from unnest(${lines.map((line) => line.id)}::uuid[], ${lines.map((line) => line.counted)}::bigint[],
      ${lines.map((line) => line.expected)}::bigint[]) as r(id, counted, expected) where l.id = r.id`.execute(tx.db)
}
