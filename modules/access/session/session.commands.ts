import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, Refused } from '#kit/server/command.ts'
import { setsCookie, type CookieChange } from '#kit/server/http.ts'
import type { Tx } from '#kit/server/context.ts'
import { reachOf } from '#kit/access.ts'
import type { Membership } from '../user/user.ts'
import { hashSecret, matchesSecret } from './password.store.ts'
import { endSession, endSessionsOf, forgetSessions, grantsOf, idOf, sessionsOf, startSession } from './session.store.ts'
import { calendars, judgePassword, judgePin, passwordInput, pinInput, SESSION, sessionId, SessionProblem } from './session.ts'

const FAILURES = 5
const LOCK_MINUTES = 15

const withCookie = <T extends object>(output: T, value: string | null): T => {
  const change: CookieChange = { name: SESSION.cookie, value, maxAge: SESSION.hours * 3600 }
  // A symbol is not part of the JSON: the token never stands in an answer or under an idempotency key.
  return Object.assign(output, { [setsCookie]: change })
}

/** Opens a session for a user in the caller's transaction; the answer carries the cookie. */
export async function openSession<T extends object>(tx: Tx, holder: string, output: T): Promise<T> {
  return withCookie(output, await startSession(tx.db, holder, tx.now, tx.ctx.address, tx.ctx.device))
}

export const signIn = command({
  name: 'access.signIn',
  can: 'public',
  input: z.object({ email: z.string().trim().toLowerCase().max(254), password: passwordInput }),
  // The hashing waits in its own queue; it must not hold a connection that a till needs meanwhile.
  async before(ctx, { email, password }) {
    const found = await ctx.database.db
      .selectFrom('accessUser')
      .select('passwordHash')
      .where('email', '=', email)
      .executeTakeFirst()
    return { judged: found?.passwordHash ?? null, matches: await matchesSecret(password, found?.passwordHash) }
  },
  async run(tx, { email }, { judged, matches: didMatch }) {
    const user = await tx.db.selectFrom('accessUser').selectAll().where('email', '=', email).forUpdate().executeTakeFirst()
    const lockedFor = user?.lockedUntil ? user.lockedUntil.since(tx.now).total('minutes') : 0
    if (!user) throw SessionProblem.wrong()
    const matches = didMatch && user.passwordHash === judged
    if (lockedFor > 0) throw SessionProblem.locked({ minutes: Math.ceil(lockedFor) })
    if (!matches || user.state !== 'active') {
      const failures = user.failures + 1
      const lockedUntil = failures >= FAILURES ? tx.now.add({ minutes: LOCK_MINUTES }) : null
      await tx.db
        .updateTable('accessUser')
        .set({ failures: lockedUntil ? 0 : failures, lockedUntil })
        .where('id', '=', user.id)
        .execute()
      tx.about('access_user', user.id)
      return new Refused(SessionProblem.wrong())
    }
    await tx.db
      .updateTable('accessUser')
      .set({ failures: 0, lockedUntil: null, lastSeenAt: tx.now })
      .where('id', '=', user.id)
      .execute()
    if (tx.ctx.session) await endSession(tx.db, tx.ctx.session)
    tx.about('access_user', user.id)
    return openSession(tx, user.id, { user: user.id })
  },
})

export const signOut = command({
  name: 'access.signOut',
  can: 'public',
  input: z.object({}),
  async run(tx) {
    if (tx.ctx.session) await endSession(tx.db, tx.ctx.session)
    tx.afterCommit(forgetSessions)
    return withCookie({ signedOut: true }, null)
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
  }),
  async run(tx, { calendar, ...rest }) {
    const before = await own(tx)
    const input = { ...rest, calendar: calendar ?? before.calendar }
    await tx.db
      .updateTable('accessUser')
      .set({ ...input, version: before.version + 1 })
      .where('id', '=', before.id)
      .execute()
    tx.about('access_user', before.id)
    tx.changed({
      table: 'access_user',
      record: before.id,
      version: before.version + 1,
      before: { name: before.name, locale: before.locale, digits: before.digits, calendar: before.calendar },
      after: input,
    })
    tx.afterCommit(forgetSessions)
    return { changed: true }
  },
})

export const changePassword = command({
  name: 'access.changePassword',
  can: 'signedIn',
  input: z.object({ current: passwordInput, password: passwordInput }),
  async run(tx, { current, password }) {
    const user = await own(tx)
    if (!(await matchesSecret(current, user.passwordHash))) throw SessionProblem.wrongPassword()
    judgePassword(password, [user.name, user.email.split('@')[0] ?? ''])
    await tx.db
      .updateTable('accessUser')
      .set({ passwordHash: await hashSecret(password) })
      .where('id', '=', user.id)
      .execute()
    await endSessionsOf(tx.db, user.id, tx.ctx.session)
    tx.about('access_user', user.id)
    tx.afterCommit(forgetSessions)
    return { changed: true }
  },
})

export const changePin = command({
  name: 'access.changePin',
  can: 'signedIn',
  // Who finds a till unattended must not be able to approve in its cashier's name ever after.
  input: z.object({ current: passwordInput, pin: pinInput }),
  async run(tx, { current, pin }) {
    judgePin(pin)
    const user = await own(tx)
    if (!(await matchesSecret(current, user.passwordHash))) throw SessionProblem.wrongPassword()
    await tx.db
      .updateTable('accessUser')
      .set({ pinHash: await hashSecret(pin), pinFailures: 0, pinLockedUntil: null })
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
    const hash = (await sessionsOf(tx.db, tx.actor.id!, tx.now)).map((one) => one.tokenHash).find((one) => idOf(one) === id)
    if (!hash) throw CommonProblem.notFound()
    await endSession(tx.db, hash)
    tx.about('access_user', tx.actor.id!)
    tx.afterCommit(forgetSessions)
    return { ended: true }
  },
})

/** Ends all sessions of one's own but the one that asks. */
export const endOtherSessions = command({
  name: 'access.endOtherSessions',
  can: 'signedIn',
  input: z.object({}),
  async run(tx) {
    await endSessionsOf(tx.db, tx.actor.id!, tx.ctx.session)
    tx.about('access_user', tx.actor.id!)
    tx.afterCommit(forgetSessions)
    return { ended: true }
  },
})

const own = (tx: Tx) =>
  tx.db.selectFrom('accessUser').selectAll().where('id', '=', tx.actor.id!).forUpdate().executeTakeFirstOrThrow()

/**
 * Checks a second person's PIN for something that the actor may not do alone. The approver must hold the permission
 * at the place and must not be the actor. Five wrong PINs lock the PIN, not the person, for fifteen minutes.
 * @returns who approved, or what the command must return so that the count is kept; nothing may be written before
 * @throws `access.session.wrongPin`, `access.session.pinLocked`
 */
export async function approveByPin(
  tx: Tx,
  approver: string,
  pin: string,
  permission: string,
  place: string,
): Promise<{ id: string; name: string } | Refused> {
  const user = await tx.db
    .selectFrom('accessUser')
    .selectAll()
    .where('id', '=', approver)
    .where('state', '=', 'active')
    // One guess at a time, so that a hundred at once count as a hundred. Their own sales do not wait for this lock.
    .forNoKeyUpdate()
    .executeTakeFirst()
  const lockedFor = user?.pinLockedUntil ? user.pinLockedUntil.since(tx.now).total('minutes') : 0
  if (lockedFor > 0) throw SessionProblem.pinLocked({ minutes: Math.ceil(lockedFor) })
  const matches = await matchesSecret(pin, user?.pinHash)
  if (!user || user.id === tx.actor.id) throw SessionProblem.wrongPin()
  if (!matches) {
    const failures = user.pinFailures + 1
    const pinLockedUntil = failures >= FAILURES ? tx.now.add({ minutes: LOCK_MINUTES }) : null
    await tx.db
      .updateTable('accessUser')
      .set({ pinFailures: pinLockedUntil ? 0 : failures, pinLockedUntil })
      .where('id', '=', user.id)
      .execute()
    tx.about('access_user', user.id, place)
    return new Refused(SessionProblem.wrongPin())
  }
  const memberships = (await tx.db
    .selectFrom('accessMember')
    .select(['role', 'place'])
    .where('holder', '=', user.id)
    .execute()) as Membership[]
  const actor = { kind: 'user' as const, id: user.id, name: user.name, grants: grantsOf(memberships), locale: user.locale }
  const reach = reachOf(actor, permission)
  if (!reach || !(reach.all || reach.places.includes(place))) throw SessionProblem.wrongPin()
  if (user.pinFailures > 0) await tx.db.updateTable('accessUser').set({ pinFailures: 0 }).where('id', '=', user.id).execute()
  return { id: user.id, name: user.name }
}
