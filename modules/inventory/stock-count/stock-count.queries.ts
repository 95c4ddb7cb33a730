import { sql } from 'kysely'
import { z } from 'zod'
import { holdsAt } from '#kit/access.ts'
import { minor, sum } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { linesOf } from '#kit/server/document/lines.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { findVariants } from '#modules/catalog/index.ts'
import { besideShelf, worthHere } from '../document/count.store.ts'
import { ADJUST, totalsOf, type CountLine } from './stock-count.store.ts'
import type { Total } from './stock-count.rules.ts'
import { stockCount } from './stock-count.ts'

/** Which lines were counted and by whom, and one's own figures. What others found is told to nobody while it is counted. */
export const stockCountProgress = query({
  name: 'inventory.stockCountProgress',
  can: 'inventory.stock.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    await getRow(reading, stockCount, id)
    const names = await namesOf(reading, id)
    const rows = [...(await totalsOf(reading, id))].map(([line, { by }]) => ({
      line,
      mine: by.find((one) => one.person === reading.actor.id)?.quantity ?? null,
      by: by.filter((one) => one.person !== reading.actor.id).map((one) => names.get(one.person) ?? '?'),
    }))
    return { rows }
  },
})

/** An article that somebody scans or looks for while they count; how many there should be is not told. */
export const findForStockCount = query({
  name: 'inventory.findForStockCount',
  can: ADJUST,
  input: z.object({
    id: z.uuid(),
    q: z.string().trim().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(100).default(12),
  }),
  async run(reading, { id, q, limit }) {
    await getRow(reading, stockCount, id)
    const rows = await findVariants(reading.db, q, { limit })
    return {
      rows: rows.map(({ id: variant, name, sku, unit, exact, scanned }) => ({ id: variant, name, sku, unit, exact, scanned })),
    }
  },
})

/** What was found beside what should have lain there, line by line, once nobody counts any more; values for who may see costs. */
export const stockCountDifferences = query({
  name: 'inventory.stockCountDifferences',
  can: ADJUST,
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const { row } = await getRow(reading, stockCount, id)
    // While it is counted nobody is told; what was posted stands on its lines.
    if (row.state !== 'reviewed') return { rows: [], found: null, missing: null }
    const [lines, totals, names] = await Promise.all([
      linesOf(reading.db, stockCount, id),
      totalsOf(reading, id),
      namesOf(reading, id),
    ])
    const compared = await besideShelf(reading, { location: String(row.location), lines: asCounted(lines, totals), locks: false })
    const rows = compared.map(({ expected, since, quantity, fault }, index) => {
      const line = lines[index]!
      const total = totals.get(line.id)
      const by = total?.by.map(({ person, quantity: own }) => ({ name: names.get(person) ?? '?', quantity: own })) ?? []
      const isSaid = total !== undefined || line.nothingAt !== null
      const said = {
        counted: total?.counted ?? null,
        isGone: line.nothingAt !== null,
        difference: isSaid ? quantity : (0n as Qty),
      }
      return { line: line.id, variant: line.variant, ...said, by, expected, since, fault: isSaid ? codeOf(fault) : null }
    })
    return withValues(reading, row, rows)
  },
})

type Row = { readonly variant: string; readonly difference: Qty }

async function withValues<One extends Row>(
  reading: Reading,
  { place, location }: { readonly place: string; readonly location: string },
  rows: readonly One[],
) {
  const differing = rows.filter((one) => one.difference !== 0n)
  const seesCost = holdsAt(reading.actor, 'catalog.cost.read', place)
  const worth = seesCost
    ? await worthHere(
        reading.db,
        location,
        differing.map((one) => one.variant),
      )
    : undefined
  const valued = rows.map((one) => ({ ...one, value: worth ? worth(one.variant, one.difference) : null }))
  const valueOf = (isMeant: (difference: bigint) => boolean) =>
    worth ? sum(valued.filter((one) => isMeant(one.difference)).map((one) => one.value ?? minor(0))) : null
  return { rows: valued, found: valueOf((one) => one > 0n), missing: valueOf((one) => one < 0n) }
}

/** What nobody counted stands there as nothing, so that it is seen what would go. */
const asCounted = (lines: readonly CountLine[], totals: ReadonlyMap<string, Total>) =>
  lines.map(({ id, variant, lot, nothingAt }) => {
    const total = totals.get(id)
    const at = total?.countedAt ?? nothingAt
    return { variant, lot, counted: total?.counted ?? (0n as Qty), ...(at && { countedAt: at.toString() }) }
  })

const codeOf = (fault: { code: string; params: Readonly<Record<string, unknown>>; message: string } | null) =>
  fault && { code: fault.code, params: fault.params, message: fault.message }

async function namesOf({ db }: Reading, id: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from access_user_name
    where id in (select counted_by from inventory_stock_count_tally where stock_count = ${id})`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}
