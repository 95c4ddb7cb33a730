import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { locationPlace } from '../location/location.store.ts'
import { knownLots } from '../lot/lot.store.ts'
import { shortagesAt } from '../stock/stock.store.ts'
import { shortageInput } from './document.ts'

/** What a paper that takes goods asks for beyond what may be taken, by article and lot, while it is being written. */
export const findShortages = query({
  name: 'inventory.findShortages',
  can: 'inventory.stock.adjust',
  input: shortageInput,
  async run({ db, now, reach }, { location, lines }) {
    const place = await locationPlace(db, location)
    if (!place || !(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const [lots, day] = await Promise.all([knownLots(db, lines), businessDayAt(db, place, now)])
    const wanted = lines.map((line, index) => ({ ...line, lot: lots[index] ?? null, code: line.lot ?? null }))
    const found = await shortagesAt(db, location, wanted, day)
    return {
      rows: found.map(({ line, ...one }) => ({
        variant: line.variant,
        lot: wanted.find((other) => other.variant === line.variant && other.lot === line.lot)?.code ?? null,
        ...one,
      })),
    }
  },
})
