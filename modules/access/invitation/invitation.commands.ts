import { z } from 'zod'
import type { RoleName } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { command, query } from '#kit/server/command.ts'
import { hashSecret } from '../session/password.store.ts'
import { openSession } from '../session/session.commands.ts'
import { newToken, tokenHash } from '../session/session.store.ts'
import { judgePassword, passwordInput } from '../session/session.ts'
import { UserProblem } from '../user/user.ts'
import { INVITATION_DAYS, inviteInput, InvitationProblem } from './invitation.ts'

/** Makes a link that lets one person in for seven days. The token is shown once; only its hash is kept. */
export const invite = command({
  name: 'access.invite',
  can: 'access.user.edit',
  input: inviteInput,
  async run(tx, { email, name, role, place }) {
    const known = await tx.db.selectFrom('accessUser').select('id').where('email', '=', email).executeTakeFirst()
    if (known) throw InvitationProblem.known()
    if (role === 'owner' && tx.actor.kind === 'user') {
      const owner = await tx.db
        .selectFrom('accessMember')
        .select('id')
        .where('holder', '=', tx.actor.id!)
        .where('role', '=', 'owner')
        .executeTakeFirst()
      if (!owner) throw UserProblem.ownersOnly()
    }
    await tx.db
      .updateTable('accessInvitation')
      .set({ state: 'withdrawn' })
      .where('email', '=', email)
      .where('state', '=', 'sent')
      .execute()
    const [id, token] = [newId(), newToken()]
    const expiresAt = tx.now.add({ hours: INVITATION_DAYS * 24 })
    await tx.db
      .insertInto('accessInvitation')
      .values({ id, email, name, role, place, tokenHash: tokenHash(token), invitedBy: tx.actor.id, createdAt: tx.now, expiresAt })
      .execute()
    tx.about('access_invitation', id, place)
    return { id, path: `/invitation/${token}`, expiresAt }
  },
})

export const withdrawInvitation = command({
  name: 'access.withdrawInvitation',
  can: 'access.user.edit',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await tx.db
      .updateTable('accessInvitation')
      .set({ state: 'withdrawn' })
      .where('id', '=', id)
      .where('state', '=', 'sent')
      .returning('id')
      .executeTakeFirst()
    if (!row) throw InvitationProblem.gone()
    tx.about('access_invitation', id)
    return { withdrawn: true }
  },
})

export const acceptInvitation = command({
  name: 'access.acceptInvitation',
  can: 'public',
  input: z.object({ token: z.string().min(20).max(100), name: z.string().trim().min(1).max(120), password: passwordInput }),
  async run(tx, { token, name, password }) {
    const found = await tx.db
      .selectFrom('accessInvitation')
      .selectAll()
      .where('tokenHash', '=', tokenHash(token))
      .forUpdate()
      .executeTakeFirst()
    if (!found || found.state !== 'sent' || Temporal.Instant.compare(found.expiresAt, tx.now) < 0) throw InvitationProblem.gone()
    judgePassword(password, [name, found.email.split('@')[0] ?? ''])
    const id = newId()
    await tx.db
      .insertInto('accessUser')
      .values({ id, name, email: found.email, passwordHash: await hashSecret(password), locale: 'en' })
      .execute()
    await tx.db
      .insertInto('accessMember')
      .values({ id: newId(), holder: id, role: found.role as RoleName, place: found.place })
      .execute()
    await tx.db.updateTable('accessInvitation').set({ state: 'accepted' }).where('id', '=', found.id).execute()
    tx.about('access_user', id)
    tx.changed({
      table: 'access_user',
      record: id,
      version: 1,
      before: null,
      after: { name, email: found.email, role: found.role, place: found.place },
    })
    return openSession(tx, id, { user: id })
  },
})

export const listInvitations = query({
  name: 'access.listInvitations',
  can: 'access.user.read',
  input: z.object({}),
  run: async ({ db, now }) => ({
    rows: await db
      .selectFrom('accessInvitation as i')
      .leftJoin('placeFact as p', 'p.id', 'i.place')
      .select(['i.id', 'i.email', 'i.name', 'i.role', 'i.place', 'p.name as placeName', 'i.createdAt', 'i.expiresAt'])
      .where('i.state', '=', 'sent')
      .where('i.expiresAt', '>', now)
      .orderBy('i.createdAt', 'desc')
      .limit(200)
      .execute(),
  }),
})

/** Whom a link is for, so that the page can greet them. */
export const showInvitation = query({
  name: 'access.showInvitation',
  can: 'public',
  input: z.object({ token: z.string().min(20).max(100) }),
  async run({ db, now }, { token }) {
    const found = await db
      .selectFrom('accessInvitation')
      .select(['email', 'name', 'role', 'state', 'expiresAt'])
      .where('tokenHash', '=', tokenHash(token))
      .executeTakeFirst()
    if (!found || found.state !== 'sent' || Temporal.Instant.compare(found.expiresAt, now) < 0) throw InvitationProblem.gone()
    return { email: found.email, name: found.name, role: found.role }
  },
})
