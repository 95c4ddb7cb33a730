import { command } from '#kit/server/door/command.ts'
import { businessDay } from '#kit/time.ts'
import { loadTill } from '../till/till.store.ts'
import { removalsInput } from './removed.ts'

/** Notes what was taken out of baskets of a till. It comes after the sale, in no hurry, and as often as it takes to arrive. */
export const noteRemovals = command({
  name: 'pos.noteRemovals',
  can: 'pos.sale.complete',
  input: removalsInput,
  async run(tx, { till: id, removals }) {
    const till = await loadTill(tx, 'pos.sale.complete', id)
    const at = removals.map((one) => {
      const said = Temporal.Instant.from(String(one.at))
      // A clock that goes ahead does not make it happen later than it was told.
      return Temporal.Instant.compare(said, tx.now) > 0 ? tx.now : said
    })
    await tx.db
      .insertInto('posRemoval')
      .values(
        removals.map((one, index) => ({
          ...one,
          variant: one.variant ?? null,
          quantity: one.quantity ?? null,
          till: till.id,
          place: till.place,
          businessDay: businessDay(at[index]!, till),
          removedBy: tx.actor.id!,
          at: at[index]!,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    tx.about('pos_till', till.id, till.place)
    return { noted: removals.length }
  },
})
