import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { businessDay } from '#kit/time.ts'
import { loadPlace } from '#modules/places/index.ts'
import { storageAt } from '../location/location.store.ts'
import { putAsideInput, ReservationProblem } from './reservation.ts'
import { endReservation, refuseTwice, reserve } from './reservation.store.ts'
import { stockMoved } from './stock.ts'

/** Puts goods aside: they stay on their shelf and are sold to nobody until they are released or the time is over. */
export const putAside = command({
  name: 'inventory.putAside',
  can: 'inventory.stock.reserve',
  input: putAsideInput,
  async run(tx, { id, variant, location, quantity, lot, customer, note, until }) {
    const { place } = await storageAt(tx, 'inventory.stock.reserve', location)
    await refuseTwice(tx, { documentKind: KIND, document: id })
    const expiresAt = until ? Temporal.Instant.from(until) : null
    if (expiresAt && Temporal.Instant.compare(expiresAt, tx.now) <= 0) throw ReservationProblem.past()
    const day = businessDay(tx.now, await loadPlace(tx.db, place))
    await reserve(
      tx,
      location,
      [{ variant, quantity, lot: lot ?? null }],
      { documentKind: KIND, document: id, customer: customer ?? null, note: note ?? null, expiresAt },
      day,
    )
    tx.about('inventory_location', location, place)
    tx.emit(stockMoved, { place, variants: [variant], documentKind: KIND })
    return { id }
  },
})

/** Puts goods back on sale that were put aside by hand. What a document keeps is released by that document. */
export const release = command({
  name: 'inventory.release',
  can: 'inventory.stock.reserve',
  takes: ['inventory.reservation:release'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const kept = await tx.db
      .selectFrom('inventoryReservation')
      .select(['variant', 'location', 'documentKind'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!kept || kept.documentKind !== KIND) throw CommonProblem.notFound()
    const { place } = await storageAt(tx, 'inventory.stock.reserve', kept.location)
    if (!(await endReservation(tx, id, 'release'))) throw ReservationProblem.over()
    tx.about('inventory_location', kept.location, place)
    tx.emit(stockMoved, { place, variants: [kept.variant], documentKind: KIND })
    return { id }
  },
})

const KIND = 'inventory.reservation'
