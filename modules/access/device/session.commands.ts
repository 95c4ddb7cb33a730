import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { blindIndexes } from '#kit/server/data/blind.ts'
import { tidyPhones } from '#modules/parties/index.ts'
import { phoneColumns } from '../user/email.store.ts'
import { securityOf } from '../security/security.store.ts'
import { whereAndWhen } from '../session/mailing.store.ts'
import { withCookies } from '../sign-in/sign-in.store.ts'
import { counted } from '../throttle/throttle.store.ts'
import { hashSecret, matchesSecret, newPassword } from '../session/password.store.ts'
import { endSession, endSessionsOf, forgetSessions, idOf, sessionsOf } from '../session/session.store.ts'
import {
  calendars,
  judgePin,
  passwordChangedMessage,
  passwordInput,
  pinInput,
  SESSION,
  sessionId,
  SessionProblem,
} from '../session/session.ts'

const PIN_FAILURES = 5
const PIN_LOCK_MINUTES = 15

export const signOut = command({
  name: 'access.signOut',
  can: 'public',
  inView: true,
  input: z.object({}),
  async run(tx) {
    if (tx.ctx.session) await endSession(tx, tx.ctx.session)
    if (tx.actor.id) tx.afterCommit(() => note(tx.ctx, 'access.signedOut'))
    return withCookies({ signedOut: true }, [{ name: SESSION.cookie, value: null }])
  },
})

export const changeProfile = command({
  name: 'access.changeProfile',
  can: 'signedIn',
  input: z.object({
    name: z.string().trim().min(1).max(120),
    locale: localeSchema,
    digits: z.enum(['latn', 'arab']).default('latn'),
    calendar: z.enum(calendars).optional(),
    phones: z.array(z.string().trim().min(1).max(24)).max(5).optional(),
  }),
  async run(tx, { calendar, phones: wanted, ...rest }) {
    const before = await own(tx)
    const gone = wanted ? before.phones.filter((phone) => !wanted.includes(phone)) : []
    const phones = wanted ? await tidyPhones(tx.db, wanted) : before.phones
    const input = { ...rest, calendar: calendar ?? before.calendar }
    await tx.db
      .updateTable('accessUser')
      .set({
        ...input,
        ...phoneColumns(tx.db, before.id, phones),
        // Codes go to a number of theirs, or to none.
        ...(before.codePhone !== null && !phones.includes(before.codePhone) && { codePhone: null }),
        formerIndexes: [...new Set([...before.formerIndexes, ...blindIndexes(tx.db, gone)])],
        version: before.version + 1,
      })
      .where('id', '=', before.id)
      .execute()
    tx.about('access_user', before.id)
    tx.changed({
      table: 'access_user',
      record: before.id,
      version: before.version + 1,
      before: {
        name: before.name,
        locale: before.locale,
        digits: before.digits,
        calendar: before.calendar,
        phones: before.phones,
      },
      after: { ...input, phones },
    })
    tx.afterCommit(forgetSessions)
    return { changed: true }
  },
})

/** Who asks, and whether the password that they gave is theirs. Hashing waits in its own queue, before a connection is held. */
export async function proven(ctx: Ctx, current: string) {
  const user = await ctx.database.db
    .selectFrom('accessUser')
    .select(['name', 'email', 'passwordHash'])
    .where('id', '=', ctx.actor.id!)
    .executeTakeFirstOrThrow()
  const security = await securityOf(ctx.database.db)
  // A session left open must not be a way to guess the password.
  const count = await counted(ctx, security, { proof: 'password', of: user.email, by: 'session' })
  if (!(await matchesSecret(current, user.passwordHash))) {
    await count.wrong()
    note(ctx, 'access.wrongPassword')
    throw SessionProblem.wrongPassword()
  }
  await count.right()
  return { ...user, security }
}

export const changePassword = command({
  name: 'access.changePassword',
  can: 'signedIn',
  input: z.object({ current: passwordInput, password: passwordInput }),
  async before(ctx, { current, password }) {
    const user = await proven(ctx, current)
    return { judged: user.passwordHash, hash: await newPassword(ctx, user.security, password, user) }
  },
  async run(tx, _, { judged, hash }) {
    const user = await own(tx)
    if (user.passwordHash !== judged) throw SessionProblem.wrongPassword()
    await setPassword(tx, user, hash)
    return { changed: true }
  },
})

/** Puts a new password in place, ends all other sessions of its owner, and tells them. */
export async function setPassword(
  tx: Tx,
  user: { id: string; name: string; email: string; locale: string },
  passwordHash: string,
): Promise<void> {
  await tx.db
    .updateTable('accessUser')
    .set({ passwordHash, mustChangePassword: false, passwordChangedAt: tx.now })
    .where('id', '=', user.id)
    .execute()
  await endSessionsOf(tx, user.id, tx.ctx.session)
  await postMessage(tx, passwordChangedMessage, {
    to: user.email,
    locale: user.locale,
    facts: { name: user.name, ...(await whereAndWhen(tx, user.locale)) },
    about: user.id,
  })
  tx.about('access_user', user.id)
}

export const changePin = command({
  name: 'access.changePin',
  can: 'signedIn',
  // Who finds a till unattended must not be able to approve in its cashier's name ever after.
  input: z.object({ current: passwordInput, pin: pinInput }),
  async before(ctx, { current, pin }) {
    judgePin(pin)
    const user = await proven(ctx, current)
    return { judged: user.passwordHash, hash: await hashSecret(pin) }
  },
  async run(tx, _, { judged, hash }) {
    const user = await own(tx)
    if (user.passwordHash !== judged) throw SessionProblem.wrongPassword()
    await tx.db
      .updateTable('accessUser')
      .set({ pinHash: hash, pinFailures: 0, pinLockedUntil: null })
      .where('id', '=', user.id)
      .execute()
    tx.about('access_user', user.id)
    return { changed: true }
  },
})

/** Ends one session of one's own: a telephone that was lost, a till that somebody forgot to leave. */
export const endOwnSession = command({
  name: 'access.endSession',
  can: 'signedIn',
  input: z.object({ id: sessionId }),
  async run(tx, { id }) {
    await endOne(tx, tx.actor.id!, id)
    return { ended: true }
  },
})

/** @throws `kit.notFound` when this person has no such session */
export async function endOne(tx: Tx, holder: string, id: string): Promise<void> {
  const hash = (await sessionsOf(tx.db, holder, tx.now)).map((one) => one.tokenHash).find((one) => idOf(one) === id)
  if (!hash) throw CommonProblem.notFound()
  await endSession(tx, hash)
  tx.about('access_user', holder)
}

/** Ends all sessions of one's own but the one that asks, and trusts no browser any more. */
export const endOtherSessions = command({
  name: 'access.endOtherSessions',
  can: 'signedIn',
  input: z.object({}),
  async run(tx) {
    await endSessionsOf(tx, tx.actor.id!, tx.ctx.session)
    await tx.db.updateTable('accessBrowser').set({ trustedUntil: null }).where('holder', '=', tx.actor.id!).execute()
    tx.about('access_user', tx.actor.id!)
    return { ended: true }
  },
})

const own = (tx: Tx) =>
  tx.db.selectFrom('accessUser').selectAll().where('id', '=', tx.actor.id!).forUpdate().executeTakeFirstOrThrow()

/**
 * Judges somebody's PIN. Five wrong ones lock the PIN, not the person, for fifteen minutes.
 * @returns their row, or what the command must return so that the count is kept; nothing may be written before
 * @throws `access.session.wrongPin` for somebody who has none, `access.session.pinLocked`
 */
export async function judgePinOf(tx: Tx, person: string, pin: string) {
  const user = await tx.db
    .selectFrom('accessUser')
    .selectAll()
    .where('id', '=', person)
    .where('state', '=', 'active')
    // One guess at a time, so that a hundred at once count as a hundred. Their own sales do not wait for this lock.
    .forNoKeyUpdate()
    .executeTakeFirst()
  const lockedFor = user?.pinLockedUntil ? user.pinLockedUntil.since(tx.now).total('minutes') : 0
  if (lockedFor > 0) throw SessionProblem.pinLocked({ minutes: Math.ceil(lockedFor) })
  const matches = await matchesSecret(pin, user?.pinHash)
  if (!user) throw SessionProblem.wrongPin()
  if (!matches) {
    const failures = user.pinFailures + 1
    const pinLockedUntil = failures >= PIN_FAILURES ? tx.now.add({ minutes: PIN_LOCK_MINUTES }) : null
    await tx.db
      .updateTable('accessUser')
      .set({ pinFailures: pinLockedUntil ? 0 : failures, pinLockedUntil })
      .where('id', '=', user.id)
      .execute()
    tx.about('access_user', user.id)
    note(tx.ctx, 'access.wrongPin', { about: { table: 'access_user', id: user.id } })
    return new Refused(SessionProblem.wrongPin())
  }
  if (user.pinFailures > 0) await tx.db.updateTable('accessUser').set({ pinFailures: 0 }).where('id', '=', user.id).execute()
  return user
}
