import { z } from 'zod'
import { may } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { ShiftProblem } from '../shift/shift.ts'
import { noSaleInput } from './drawer.ts'
import { causeOf } from './drawer.store.ts'

/** Opens the drawer of an open shift without a sale, with a reason: who did and why stands in its report. */
export const openWithoutSale = command({
  name: 'pos.openWithoutSale',
  can: 'pos.shift.open',
  input: noSaleInput,
  async run(tx, { id, opening, reason }) {
    const shift = await tx.db.selectFrom('posShift').select(['place', 'state']).where('id', '=', id).forShare().executeTakeFirst()
    if (!shift) throw CommonProblem.notFound()
    tx.mayAt('pos.shift.open', shift.place)
    if (shift.state !== 'open') throw ShiftProblem.notOpen()
    await tx.db.insertInto('posNoSale').values({ id: opening, shift: id, reason, openedBy: tx.actor.id!, at: tx.now }).execute()
    tx.about('pos_shift', id, shift.place)
    tx.changed({ table: 'pos_shift', record: id, before: null, after: { reason } })
    return { id: opening }
  },
})

/**
 * Notes that a drawer is opened, and what for. Whoever calls has made sure that the paper may be seen.
 * @returns whether it may open: once for each, as long as the shift is open, by who sells there
 */
export const notePulse = command({
  name: 'pos.notePulse',
  internal: true,
  can: 'public',
  input: z.object({ document: z.uuid() }),
  async run(tx, { document }) {
    const found = await causeOf(tx.db, document)
    if (!found || tx.actor.viewedBy || !may(tx.actor, 'pos.sale.complete', found.place)) return { opens: false }
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('posDrawerPulse')
      .values({ document, shift: found.shift, cause: found.cause, openedBy: tx.actor.id, at: tx.now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return { opens: numInsertedOrUpdatedRows === 1n }
  },
})
