import { z } from 'zod'
import { intersect, reachOf, reaches, type Reach } from '#kit/access.ts'
import { daySchema } from '#kit/entity.ts'
import { query } from '#kit/server/door/command.ts'
import { partBalances } from '#modules/ledger/index.ts'
import { cashInDrawers } from '#modules/pos/index.ts'
import { slowMovers, topMovers } from './day.store.ts'

const NONE = Symbol('none')

/** The places where these figures may be seen; `null` is the whole company. */
function placesSeen(reach: Reach, right: Reach | undefined, place: string | undefined): readonly string[] | null | typeof NONE {
  if (!right) return NONE
  const both = intersect(reach, right)
  if (place) return reaches(both, place) ? [place] : NONE
  return both.all ? null : both.places.length > 0 ? both.places : NONE
}

/** How things stand now: cash in the drawers that are open, and what is owed, which belongs to the whole company. */
export const showStanding = query({
  name: 'analytics.showStanding',
  can: 'analytics.report.read',
  input: z.object({ place: z.uuid().optional() }),
  place: (input) => input.place,
  async run({ db, actor, reach }, { place }) {
    const drawers = placesSeen(reach, reachOf(actor, 'pos.shift.count'), place)
    const books = placesSeen(reach, reachOf(actor, 'ledger.account.read'), place)
    const [cash, owed] = await Promise.all([
      drawers === NONE ? null : cashInDrawers(db, drawers),
      books === null ? partBalances(db, ['receivable', 'payable']) : null,
    ])
    return { cash, owedToUs: owed?.['receivable'] ?? null, weOwe: owed && -(owed['payable'] ?? 0n) }
  },
})

/** What sells most, and what lies there and does not. */
export const showMovers = query({
  name: 'analytics.showMovers',
  can: 'analytics.report.read',
  input: z.object({ from: daySchema, to: daySchema, place: z.uuid().optional() }),
  place: (input) => input.place,
  async run({ db, actor, reach }, { place, ...span }) {
    const sales = placesSeen(reach, reachOf(actor, 'pos.sale.read'), place)
    const stock = reachOf(actor, 'inventory.stock.read')
    const shelves = stock ? placesSeen(intersect(reach, stock), reachOf(actor, 'pos.sale.read'), place) : NONE
    const [top, slow] = await Promise.all([
      sales === NONE ? [] : topMovers(db, span, sales),
      shelves === NONE ? [] : slowMovers(db, span, shelves),
    ])
    // What brings most is not what lies there and does not sell, however much of it lies there.
    const best = new Set(top.map((one) => one.variant))
    return { top, slow: slow.filter((one) => !best.has(one.variant)) }
  },
})
