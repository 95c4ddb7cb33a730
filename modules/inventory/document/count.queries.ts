import { sql } from 'kysely'
import { reachOf } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'
import { minor, sum } from '#kit/money.ts'
import { locationPlace } from '../location/location.store.ts'
import { comparedWithShelf, worthHere } from './count.store.ts'
import { comparisonInput } from './document.ts'

// A lot that nobody knows yet lies nowhere.
const NO_LOT = '00000000-0000-0000-0000-000000000000'

/** What would come of a count, before it is posted: differences by line and their value, for those who may see costs. */
export const compareCount = query({
  name: 'inventory.compareCount',
  can: 'inventory.stock.adjust',
  input: comparisonInput,
  async run({ db, now, actor, reach }, { location, lines }) {
    const place = await locationPlace(db, location)
    if (!place || !(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const { rows: lots } = await sql<{ id: string; variant: string; code: string }>`
      select l.id, l.variant, l.code from inventory_lot l
      join unnest(${lines.map((line) => line.variant)}::uuid[], ${lines.map((line) => line.lot ?? null)}::text[]) as n(variant, code)
        on n.variant = l.variant and n.code = l.code`.execute(db)
    const known = new Map(lots.map((one) => [`${one.variant}|${one.code}`, one.id]))
    const compared = await comparedWithShelf(
      { db, now },
      {
        location,
        lines: lines.map((line) => ({ ...line, lot: line.lot ? (known.get(`${line.variant}|${line.lot}`) ?? NO_LOT) : null })),
        locks: false,
      },
    )
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const worth = seesCost
      ? await worthHere(
          db,
          location,
          compared.filter((line) => line.quantity !== 0n).map((line) => line.variant),
        )
      : undefined
    const rows = compared.map(({ variant, expected, since, quantity }, index) => ({
      variant,
      lot: lines[index]!.lot ?? null,
      expected,
      since,
      difference: quantity,
      value: worth ? worth(variant, quantity) : null,
    }))
    const valueOf = (wanted: (difference: bigint) => boolean) =>
      worth ? sum(rows.filter((row) => wanted(row.difference)).map((row) => row.value ?? minor(0))) : null
    return { rows, found: valueOf((one) => one > 0n), missing: valueOf((one) => one < 0n) }
  },
})
