import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { linkTo } from '#kit/server/host/address.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { step } from '#kit/server/door/step.ts'
import { readCompany } from '#modules/places/index.ts'
import { securityOf } from '../security/security.store.ts'
import { newPassword } from '../session/password.store.ts'
import { openSession } from '../sign-in/sign-in.store.ts'
import { newToken, tokenHash } from '../session/session.store.ts'
import { passwordInput } from '../session/session.ts'
import { distinct } from '../role/role.ts'
import { agreeTo, giveRoles, judgeRoles, onlyPlace, refuseBeyond, rowOf } from '../user/user.store.ts'
import { userChanged } from '../user/user.ts'
import {
  INVITATION_DAYS,
  invitationChanged,
  invitationLife,
  invitationMessage,
  inviteInput,
  InvitationProblem,
  tokenInput,
} from './invitation.ts'
import { openInvitation, rolesOf, withdrawOpen } from './invitation.store.ts'
import { contactColumns, emailColumns } from '../user/email.store.ts'
import { blindIndex } from '#kit/server/data/blind.ts'

/** Lets one person in for seven days, by a link of which only the hash is kept. An earlier one to the same address ends. */
export const invite = command({
  name: 'access.invite',
  can: 'access.user.edit',
  stepUp: true,
  input: inviteInput,
  async run(tx, { token, email, name, roles }) {
    await refuseBeyond(tx, roles)
    await judgeRoles(tx, roles)
    await agreeTo(tx, { person: name, before: [], after: roles })
    const known = await tx.db
      .selectFrom('accessUser')
      .select('id')
      .where('emailIndex', '=', blindIndex(tx.db, email))
      .executeTakeFirst()
    if (known) throw InvitationProblem.known()
    await withdrawOpen(tx, 'emailIndex', blindIndex(tx.db, email))
    const id = newId()
    const expiresAt = tx.now.add({ hours: INVITATION_DAYS * 24 })
    await tx.db
      .insertInto('accessInvitation')
      .values({
        id,
        ...emailColumns(tx.db, id, email),
        name,
        tokenHash: tokenHash(token),
        invitedBy: tx.actor.id,
        createdAt: tx.now,
        expiresAt,
      })
      .execute()
    await tx.db
      .insertInto('accessInvitationRole')
      .values(distinct(roles).map((one) => ({ ...rowOf(one), invitation: id })))
      .execute()
    tx.about('access_invitation', id, onlyPlace(roles))
    tx.changed({ table: 'access_invitation', record: id, before: null, after: { email, name, roles } })
    await mailInvitation(tx, { id, email, name }, token)
    tx.emit(invitationChanged, { invitation: id })
    return { id, expiresAt }
  },
})

async function mailInvitation(tx: Tx, { id, email, name }: { id: string; email: string; name: string }, token: string) {
  const company = await readCompany(tx.db)
  await postMessage(tx, invitationMessage, {
    to: email,
    locale: company?.locale ?? 'en',
    facts: { name, by: tx.actor.name, link: linkTo(`/invitation/${token}`), days: String(INVITATION_DAYS) },
    about: id,
  })
}

/** Mails an invitation again, with a new link that works for seven days; the old link ends. */
export const resendInvitation = command({
  name: 'access.resendInvitation',
  can: 'access.user.edit',
  stepUp: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    await refuseBeyond(tx, await rolesOf(tx.db, id))
    const token = newToken()
    const row = await tx.db
      .updateTable('accessInvitation')
      .set({ tokenHash: tokenHash(token), expiresAt: tx.now.add({ hours: INVITATION_DAYS * 24 }) })
      .where('id', '=', id)
      .where('state', '=', 'sent')
      .returning(['id', 'email', 'name'])
      .executeTakeFirst()
    if (!row) throw InvitationProblem.gone()
    await mailInvitation(tx, row, token)
    tx.about('access_invitation', id)
    tx.emit(invitationChanged, { invitation: id })
    return { sent: true }
  },
})

export const withdrawInvitation = command({
  name: 'access.withdrawInvitation',
  can: invitationLife.steps.withdraw.can,
  takes: ['access.invitation:withdraw'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    await refuseBeyond(tx, await rolesOf(tx.db, id))
    const found = await tx.db
      .selectFrom('accessInvitation')
      .select(['id', 'state'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (found?.state !== 'sent') throw InvitationProblem.gone()
    await step(tx, invitationLife, found, 'withdraw')
    tx.emit(invitationChanged, { invitation: id })
    return { withdrawn: true }
  },
})

export const acceptInvitation = command({
  name: 'access.acceptInvitation',
  can: 'public',
  takes: ['access.invitation:accept'],
  input: z.object({
    token: tokenInput,
    name: z.string().trim().min(1).max(120),
    password: passwordInput,
    locale: localeSchema.default('en'),
  }),
  async before(ctx, { token, name, password }) {
    const { email } = await openInvitation(ctx.database.db, token, ctx.now)
    return newPassword(ctx, await securityOf(ctx.database.db), password, { name, email })
  },
  async run(tx, { token, name, locale }, passwordHash) {
    const found = await openInvitation(tx.db, token, tx.now, true)
    const roles = await rolesOf(tx.db, found.id)
    const id = newId()
    await tx.db
      .insertInto('accessUser')
      .values({
        id,
        name,
        ...contactColumns(tx.db, id, found.email),
        passwordHash,
        passwordChangedAt: tx.now,
        locale,
        lastSeenAt: tx.now,
      })
      .execute()
    await giveRoles(tx, id, roles)
    await step(tx, invitationLife, found, 'accept')
    tx.about('access_user', id, onlyPlace(roles))
    tx.changed({ table: 'access_user', record: id, version: 1, before: null, after: { name, email: found.email, roles } })
    tx.emit(invitationChanged, { invitation: found.id })
    tx.emit(userChanged, { user: id })
    return openSession(tx, id, { user: id })
  },
})
