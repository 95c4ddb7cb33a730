import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command, query } from '#kit/server/door/command.ts'
import { inTurn } from '#kit/server/door/in-turn.ts'
import { json } from '#kit/server/data/db.ts'
import { loadTill } from '../till/till.store.ts'
import { basketParked, MOST_PARKED, ParkedProblem, parkInput } from './parked.ts'
import { waitingAt } from './parked.store.ts'

export const parkBasket = command({
  name: 'pos.parkBasket',
  can: 'pos.sale.complete',
  input: parkInput,
  async run(tx, { basket, till: tillId, ...input }) {
    const till = await loadTill(tx, 'pos.sale.complete', tillId)
    await inTurn(tx, `pos.parked:${till.place}`)
    if ((await waitingAt(tx.db, till.place)) >= MOST_PARKED) throw ParkedProblem.tooMany({ most: MOST_PARKED })
    await tx.db
      .insertInto('posParked')
      .values({
        ...input,
        basket: json(basket),
        till: till.id,
        place: till.place,
        parkedBy: tx.actor.id!,
        parkedAt: tx.now,
      })
      .execute()
    tx.about('pos_parked', input.id, till.place)
    tx.emit(basketParked, { parked: input.id, place: till.place })
    return { id: input.id }
  },
})

/** Hands a parked basket to one till: whoever takes it first has it. */
export const resumeBasket = command({
  name: 'pos.resumeBasket',
  can: 'pos.sale.complete',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await tx.db
      .deleteFrom('posParked')
      .where('id', '=', id)
      .returning(['place', 'till', 'basket', 'label'])
      .executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    tx.mayAt('pos.sale.complete', row.place)
    tx.about('pos_parked', id, row.place)
    tx.emit(basketParked, { parked: id, place: row.place })
    return { basket: row.basket, label: row.label, till: row.till }
  },
})

export const listParked = query({
  name: 'pos.listParked',
  can: 'pos.sale.complete',
  input: z.object({ place: z.uuid() }),
  place: (input) => input.place,
  run: async ({ db }, { place }) => ({
    rows: await db
      .selectFrom('posParked as p')
      .innerJoin('accessUserName as u', 'u.id', 'p.parkedBy')
      .select(['p.id', 'p.label', 'p.lines', 'p.total', 'p.parkedAt', 'u.name as parkedByName'])
      .where('p.place', '=', place)
      .orderBy('p.parkedAt', 'desc')
      // Those who park at the same moment may be a few more.
      .limit(2 * MOST_PARKED)
      .execute(),
  }),
})
