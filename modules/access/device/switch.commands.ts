import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, query, Refused } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { qrCode } from '../factor/qr.store.ts'
import { securityOf } from '../security/security.store.ts'
import { hourly } from '../throttle/throttle.store.ts'
import { candidateOf, enter, withCookies } from '../sign-in/sign-in.store.ts'
import { SignInProblem } from '../sign-in/sign-in.ts'
import { mayHandle } from '../user/user.store.ts'
import { judgePinOf } from './session.commands.ts'
import { colleaguesOf, tokenHash } from '../session/session.store.ts'
import { badgeInput, pinInput, SessionProblem } from '../session/session.ts'

/** Who may go on at this device with a PIN or a badge: those whose roles share devices, at the same places. */
export const listColleagues = query({
  name: 'access.listColleagues',
  can: 'public',
  input: z.object({}),
  async run({ db, ctx, now }) {
    return { rows: ctx.session ? await colleaguesOf(db, ctx.session, now) : [] }
  },
})

/**
 * Another person goes on at a shared device. Their PIN or badge is worth something only here, where somebody with a
 * password has opened a session before, and only for work: what is risky asks for their password.
 */
export const switchUser = command({
  name: 'access.switchUser',
  can: 'public',
  input: z.union([z.object({ person: z.uuid(), pin: pinInput }), z.object({ badge: badgeInput })]),
  async before(ctx) {
    // A till changes hands a few times an hour; somebody who tries the PINs of all colleagues in turn does it more often.
    const security = await securityOf(ctx.database.db)
    const counts = [
      await hourly(ctx, security, `switch ${ctx.session}`, 120),
      await hourly(ctx, security, `switch from ${ctx.address}`, 300),
    ]
    if (counts.includes(false)) throw CommonProblem.tooMany({ seconds: 3600 })
  },
  async run(tx, input) {
    const colleagues = tx.ctx.session ? await colleaguesOf(tx.db, tx.ctx.session, tx.now) : []
    const person = 'badge' in input ? await ownerOf(tx, input.badge) : input.person
    if (!person || !colleagues.some((one) => one.id === person)) {
      note(tx.ctx, 'access.wrongPin')
      throw SessionProblem.wrongPin()
    }
    if ('pin' in input) {
      const judged = await judgePinOf(tx, person, input.pin)
      if (judged instanceof Refused) return judged
    }
    const who = await candidateOf(tx.ctx, { id: person }, tx.db)
    if (who?.state !== 'active') throw SignInProblem.over()
    return withCookies({ user: who.id }, await enter(tx, who, ['pin' in input ? 'pin' : 'badge']))
  },
})

const ownerOf = async (tx: Tx, badge: string): Promise<string | undefined> =>
  (await tx.db.selectFrom('accessUser').select('id').where('badgeHash', '=', tokenHash(badge)).executeTakeFirst())?.id

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Makes a badge for somebody, to be printed; an earlier one ends. Its text is shown once. */
export const makeBadge = command({
  name: 'access.makeBadge',
  can: 'access.user.edit',
  stepUp: true,
  shownOnce: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    await mayHandle(tx, id)
    // 26 letters of 32: 130 bits, as a scanner types them.
    const badge = `DUKA-${[...randomBytes(26)].map((byte) => LETTERS[byte & 31]).join('')}`
    await setBadge(tx, id, tokenHash(badge))
    return { badge, qr: await qrCode(badge) }
  },
})

/** A badge that was lost opens nothing any more. */
export const endBadge = command({
  name: 'access.endBadge',
  can: 'access.user.edit',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    await mayHandle(tx, id)
    await setBadge(tx, id, null)
    return { ended: true }
  },
})

async function setBadge(tx: Tx, id: string, badgeHash: string | null): Promise<void> {
  await tx.db.updateTable('accessUser').set({ badgeHash }).where('id', '=', id).execute()
  tx.about('access_user', id)
  tx.changed({ table: 'access_user', record: id, before: null, after: { badge: badgeHash !== null } })
}
