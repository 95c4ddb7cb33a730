import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { scheduled } from '#kit/server/door/scheduled.ts'
import { endReservation } from './reservation.store.ts'

const releaseExpired = command({
  name: 'inventory.releaseExpired',
  internal: true,
  can: 'inventory.stock.adjust',
  input: z.object({}),
  async run(tx) {
    const due = await tx.db
      .selectFrom('inventoryReservation')
      .select('id')
      .where('state', '=', 'active')
      .where('expiresAt', '<', tx.now)
      .orderBy('variant')
      .limit(500)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { id } of due) await endReservation(tx, id, 'expire')
    return { released: due.length }
  },
})

/** Reservations that nobody came for go back on sale. */
export const releaseExpiredJob = scheduled('inventory.releaseExpired', {
  every: { minutes: 5 },
  async run(ctx) {
    const due = await ctx.database.db
      .selectFrom('inventoryReservation')
      .select('id')
      .where('state', '=', 'active')
      .where('expiresAt', '<', ctx.now)
      .limit(1)
      .executeTakeFirst()
    // Nothing to do leaves nothing in the trail.
    if (due) await releaseExpired(ctx, {})
  },
})
