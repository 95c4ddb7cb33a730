import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { endOne } from '../device/session.commands.ts'
import { endSessionsOf } from '../session/session.store.ts'
import { sessionId } from '../session/session.ts'
import { mayHandle } from '../user/user.store.ts'

const idOnly = z.object({ id: z.uuid() })

export const endSessionOfUser = command({
  name: 'access.endSessionOfUser',
  can: 'access.user.edit',
  input: z.object({ id: z.uuid(), session: sessionId }),
  async run(tx, { id, session }) {
    await mayHandle(tx, id)
    await endOne(tx, id, session)
    return { ended: true }
  },
})

/** Sends somebody out everywhere, and trusts none of their browsers any more. */
export const endSessionsOfUser = command({
  name: 'access.endSessionsOfUser',
  can: 'access.user.edit',
  input: idOnly,
  async run(tx, { id }) {
    await mayHandle(tx, id)
    await endSessionsOf(tx, id)
    await tx.db.updateTable('accessBrowser').set({ trustedUntil: null }).where('holder', '=', id).execute()
    tx.about('access_user', id)
    return { ended: true }
  },
})

/** Somebody must choose a new password when they sign in next; where they are in, they are sent out. */
export const askForPasswordChange = command({
  name: 'access.askForPasswordChange',
  can: 'access.user.edit',
  stepUp: true,
  input: idOnly,
  async run(tx, { id }) {
    await mayHandle(tx, id)
    await tx.db.updateTable('accessUser').set({ mustChangePassword: true }).where('id', '=', id).execute()
    await endSessionsOf(tx, id)
    tx.about('access_user', id)
    tx.changed({ table: 'access_user', record: id, before: { mustChangePassword: false }, after: { mustChangePassword: true } })
    return { asked: true }
  },
})
