import { holdsAt } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import { minor, sum } from '#kit/money.ts'
import { locationPlace } from '../location/location.store.ts'
import { knownLots } from '../lot/lot.store.ts'
import { comparedWithShelf, worthHere } from './count.store.ts'
import { comparisonInput } from './document.ts'

/** What would come of a count, before it is posted: differences by line and their value, for those who may see costs. */
export const compareCount = query({
  name: 'inventory.compareCount',
  can: 'inventory.stock.adjust',
  input: comparisonInput,
  async run({ db, now, actor, reach }, { location, lines }) {
    const place = await locationPlace(db, location)
    if (!place || !(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const lots = await knownLots(db, lines)
    const compared = await comparedWithShelf(
      { db, now },
      {
        location,
        lines: lines.map((line, index) => ({ ...line, lot: lots[index] ?? null })),
        locks: false,
      },
    )
    const seesCost = holdsAt(actor, 'catalog.cost.read', place)
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
