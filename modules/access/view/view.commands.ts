import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { authorise } from '#kit/server/door/context.ts'
import { sessionsChanged } from '../session/session.store.ts'
import { membershipsOf, refuseBeyond } from '../user/user.store.ts'
import { UserProblem } from '../user/user.ts'

/**
 * Looks through somebody else's eyes for as long as this session lives, to see what they see. Only at people who hold no
 * more than whoever looks; nothing can be changed meanwhile.
 */
export const viewAs = command({
  name: 'access.viewAs',
  can: 'access.user.viewAs',
  stepUp: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    // What one sees there, one may see anyway.
    authorise(tx.actor, 'access.user.read')
    if (id === tx.actor.id || !tx.ctx.session) throw UserProblem.notYourself()
    const person = await tx.db
      .selectFrom('accessUser')
      .select('id')
      .where('id', '=', id)
      .where('state', '=', 'active')
      .executeTakeFirst()
    if (!person) throw CommonProblem.notFound()
    await refuseBeyond(tx, await membershipsOf(tx.db, id))
    await tx.db.updateTable('accessSession').set({ viewing: id }).where('tokenHash', '=', tx.ctx.session).execute()
    tx.about('access_user', id)
    sessionsChanged(tx, tx.actor.id!)
    return { viewing: id }
  },
})

/** One's own eyes again. */
export const stopViewing = command({
  name: 'access.stopViewing',
  can: 'signedIn',
  inView: true,
  input: z.object({}),
  async run(tx) {
    if (!tx.actor.viewedBy || !tx.ctx.session) throw CommonProblem.notFound()
    await tx.db.updateTable('accessSession').set({ viewing: null }).where('tokenHash', '=', tx.ctx.session).execute()
    tx.about('access_user', tx.actor.id!)
    sessionsChanged(tx, tx.actor.viewedBy.id)
    return { stopped: true }
  },
})
