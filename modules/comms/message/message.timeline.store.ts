import { reachOf } from '#kit/access.ts'
import { timelineSource } from '#kit/server/record/timeline.ts'
import { outgoing } from './message.ts'

/** What was written to people about a record stands in its timeline, for those who see messages. */
export const messagesShown = timelineSource({
  name: 'message',
  isFor: (actor) => !actor.sellers && reachOf(actor, outgoing.can.read) !== undefined,
  async rows({ db }, { id, before, limit }) {
    const all = db.selectFrom('commsMessage').select(['id', 'subject', 'state', 'createdAt']).where('about', '=', id)
    const older = before
      ? all.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(before.at as never, before.id as never)))
      : all
    const rows = await older.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
    return rows.map(({ id: message, createdAt, subject, state }) => ({
      id: message,
      at: createdAt,
      facts: { entity: outgoing.name, title: subject, state },
    }))
  },
})
