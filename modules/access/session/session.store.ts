import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { may, type Actor } from '#kit/access.ts'
import { guest, provideActors, type Tx } from '#kit/server/door/context.ts'
import type { Database, Db } from '#kit/server/data/db.ts'
import type { Visitor } from '#kit/server/edge/http.ts'
import { onRightsChanged } from '#kit/server/edge/live.ts'
import { covers } from '../role/role.rules.ts'
import { actorOf, actorsById, forgetPolicy, membershipsJson, readPolicy, teamJson, type SessionLife } from '../role/role.store.ts'
import { BOUND, sessionEnded } from './session.ts'
import type { Proof } from './session.ts'

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Opens a session that lives as long as the person's roles allow. @returns its token, of which only the hash is kept */
export async function startSession(
  tx: Tx,
  holder: string,
  life: Omit<SessionLife, 'secondFactor'>,
  methods: readonly Proof[],
  app: { family: string | null; device: string | undefined; permissions: string[] | null } = {
    family: null,
    device: tx.ctx.device,
    permissions: null,
  },
): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('accessSession')
    .values({
      tokenHash: tokenHash(token),
      holder,
      createdAt: tx.now,
      seenAt: tx.now,
      expiresAt: tx.now.add({ hours: life.hours }),
      idleMinutes: life.idleMinutes,
      lockMinutes: life.lockMinutes,
      // An app has tokens of its own that are renewed, and shows no device.
      bound: life.bindDevice && app.family === null,
      // A PIN or a badge is enough to work with, not for what is risky.
      provenAt: app.family || methods.every((one) => one === 'pin' || one === 'badge') ? null : tx.now,
      methods: [...methods],
      address: tx.ctx.address ?? null,
      device: app.device ?? null,
      family: app.family,
      permissions: app.permissions,
    })
    .execute()
  return token
}

/** Whoever is remembered from before is forgotten with the commit, in this process at once; open screens of theirs hear of it. */
export function sessionsChanged(tx: Tx, holder: string): void {
  tx.afterCommit(forgetSessions)
  tx.emit(sessionEnded, { user: holder })
}
export async function endSessionOfFamily(tx: Tx, family: string): Promise<void> {
  const ended = await tx.db.deleteFrom('accessSession').where('family', '=', family).returning('holder').executeTakeFirst()
  if (ended) sessionsChanged(tx, ended.holder)
}
export async function endSession(tx: Tx, hash: string): Promise<void> {
  const ended = await tx.db.deleteFrom('accessSession').where('tokenHash', '=', hash).returning('holder').executeTakeFirst()
  if (ended) sessionsChanged(tx, ended.holder)
}
export async function endSessionsOf(tx: Tx, holder: string, except = ''): Promise<void> {
  await tx.db.deleteFrom('accessSession').where('holder', '=', holder).where('tokenHash', '!=', except).execute()
  sessionsChanged(tx, holder)
}

/** How long the session that asks lives, and whose it is; for the page that waits for its PIN. */
export const lifeOfSession = (db: Db, hash: string) =>
  db
    .selectFrom('accessSession as s')
    .innerJoin('accessUser as u', 'u.id', 's.holder')
    .select(['s.idleMinutes', 's.lockMinutes', 's.lockedAt', 'u.name'])
    .where('s.tokenHash', '=', hash)
    .executeTakeFirst()

/** People with a PIN or a badge whose roles share devices, at a place of whoever holds this session. */
export const colleaguesOf = (db: Db, session: string, now: Temporal.Instant): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('accessUser as u')
    .innerJoin('accessMember as m', 'm.holder', 'u.id')
    .innerJoin('accessRole as r', 'r.key', 'm.role')
    .select(['u.id', 'u.name'])
    .where('u.state', '=', 'active')
    .where((eb) => eb.or([eb('u.pinHash', 'is not', null), eb('u.badgeHash', 'is not', null)]))
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>', now)]))
    .where('m.seller', 'is', null)
    .where(
      sql<boolean>`exists (select 1 from access_session s join access_member o on o.holder = s.holder
        where s.token_hash = ${session} and s.expires_at > ${now}::timestamptz and s.family is null
          -- A shared device is one whose own session asks for a PIN; people from outside, and telephones, are none.
          and s.lock_minutes is not null and not s.bound and o.seller is null
          and (o.until is null or o.until > ${now}::timestamptz)
          and (o.place is null or m.place is null or o.place = m.place))`,
    )
    .groupBy(['u.id', 'u.name'])
    .having(sql<boolean>`min(r.lock_minutes) is not null`)
    .orderBy('u.name')
    .limit(200)
    .execute()

/** The sessions of a person that have not ended, the one used last first. */
export const sessionsOf = (db: Db, holder: string, now: Temporal.Instant) =>
  db
    .selectFrom('accessSession')
    .select(['tokenHash', 'createdAt', 'seenAt', 'expiresAt', 'address', 'device'])
    .where('holder', '=', holder)
    .where('expiresAt', '>', now)
    .where('seenAt', '>', sql<Temporal.Instant>`${now}::timestamptz - make_interval(mins => idle_minutes)`)
    .orderBy('seenAt', 'desc')
    .limit(100)
    .execute()

/** Names a session without telling the hash that it is looked up by. */
export const idOf = (hash: string): string => tokenHash(`session ${hash}`).slice(0, 22)

export const guestVisitor: Visitor = { actor: guest }

interface Known {
  readonly visitor: Visitor
  readonly expiresAt: number
  readonly readAt: number
  seenAt: number
}

// A session is read again after this time at the latest; ending one in this process is felt at once.
const FRESH_MS = 2_000
const SEEN_EVERY_MS = 60_000
const known = new Map<string, Known>()

// A request that has read a session before it ended must not remember it afterwards.
let forgotten = 0
const remembering: (() => void)[] = [
  () => {
    forgotten += 1
    known.clear()
  },
]
/** Whoever else remembers what somebody may do forgets it together with the sessions. */
export const alsoForget = (forget: () => void): void => void remembering.push(forget)
export const forgetSessions = (): void => {
  for (const forget of remembering) forget()
}
onRightsChanged(forgetSessions)
alsoForget(forgetPolicy)

/** Who holds this token; a guest when it is unknown, over, or its owner is disabled. Costs a query at most every two seconds. */
export async function visitorOf(
  database: Database,
  token: string | undefined,
  { isHand = true }: { isHand?: boolean } = {},
): Promise<Visitor> {
  if (!token) return guestVisitor
  return visitorBy(database, { tokenHash: tokenHash(token) }, isHand)
}

type By = { readonly tokenHash: string } | { readonly family: string }

/** The same for the connection of an app, which its access tokens name. */
export async function visitorBy(database: Database, by: By, isHand: boolean): Promise<Visitor> {
  const hash = 'family' in by ? `family ${by.family}` : by.tokenHash
  const now = Date.now()
  const cached = known.get(hash)
  if (cached && now - cached.readAt < FRESH_MS && now < cached.expiresAt) return cached.visitor
  const since = forgotten
  const row = await readSession(database.db, by)
  if (!row || row.state !== 'active') {
    known.delete(hash)
    return guestVisitor
  }
  const whole = await actorOf(database, { ...row, id: row.holder })
  const holder = row.permissions ? narrowed(whole, row.permissions) : whole
  const actor = row.viewing ? await seenThrough(database, holder, row.viewing) : holder
  // A locked device keeps its session, and whoever stands before it is nobody until the PIN.
  const isProven = row.deviceProvenAt !== null && now - row.deviceProvenAt.epochMilliseconds < BOUND.minutes * 60_000
  const isOld =
    'tokenHash' in by && by.tokenHash !== row.tokenHash && !(row.previousUntil && row.previousUntil.epochMilliseconds > now)
  const isElsewhere = row.bound && (!isProven || isOld)
  const holdsStill = async () => (await open(database.db, by).select('s.holder').executeTakeFirst()) !== undefined
  const visitor: Visitor = isElsewhere
    ? { actor: { ...guest, isUnproven: true, locale: row.locale }, session: row.tokenHash }
    : row.lockedAt
      ? { actor: { ...guest, isLocked: true, locale: row.locale }, session: row.tokenHash }
      : { actor, session: row.tokenHash, holdsStill, ...(row.provenAt && { provenAt: row.provenAt }) }
  if (known.size > 10_000) known.clear()
  if (since === forgotten)
    known.set(hash, {
      visitor,
      expiresAt: Math.min(row.expiresAt.epochMilliseconds, now + FRESH_MS),
      readAt: now,
      seenAt: row.seenAt.epochMilliseconds,
    })
  // A screen that only listens keeps no session alive.
  if (isHand && now - row.seenAt.epochMilliseconds > SEEN_EVERY_MS) {
    database.pool.query('update access_session set seen_at = now() where token_hash = $1', [row.tokenHash]).catch(() => undefined)
    database.pool.query('update access_user set last_seen_at = now() where id = $1', [row.holder]).catch(() => undefined)
  }
  return visitor
}

/** An app has the rights that it asked for, of those that its user holds. */
const narrowed = (whole: Actor, permissions: readonly string[]): Actor => ({
  ...whole,
  grants: new Map([...whole.grants].filter(([permission]) => permissions.includes(permission))),
  isOwner: false,
  isProgram: true,
})

/**
 * What somebody else sees, as far as whoever looks holds it too. With their own eyes when that person is no longer here or has become
 * an owner, or when they may not look any more.
 */
async function seenThrough(database: Database, holder: Actor, viewed: string): Promise<Actor> {
  const [person] = await actorsById(database, [viewed])
  if (!person || holder.id === null || !may(holder, 'access.user.viewAs')) return holder
  if (person.isOwner && !holder.isOwner) return holder
  const grants = new Map([...person.grants].filter(([permission, reach]) => covers(holder.grants.get(permission), reach)))
  return { ...person, grants, isOwner: false, viewedBy: { id: holder.id, name: holder.name } }
}

const readSession = (db: Db, by: By) =>
  open(db, by)
    .innerJoin('accessUser as u', 'u.id', 's.holder')
    .select([
      's.tokenHash',
      's.holder',
      's.expiresAt',
      's.seenAt',
      's.provenAt',
      's.lockedAt',
      's.viewing',
      's.bound',
      's.permissions',
      's.deviceProvenAt',
      's.previousUntil',
      'u.name',
      'u.locale',
      'u.state',
    ])
    .select([membershipsJson(sql`u.id`).as('memberships'), teamJson(sql`u.id`).as('team')])
    .executeTakeFirst()

const open = (db: Db, by: By) =>
  db
    .selectFrom('accessSession as s')
    // A cookie never opens the session of an app: its own token is known to nobody.
    .where((eb) =>
      'family' in by
        ? eb('s.family', '=', by.family)
        : eb.or([eb('s.tokenHash', '=', by.tokenHash), eb('s.previousHash', '=', by.tokenHash)]),
    )
    .where('s.expiresAt', '>', sql<Temporal.Instant>`now()`)
    .where('s.seenAt', '>', sql<Temporal.Instant>`now() - make_interval(mins => s.idle_minutes)`)

provideActors(async (database, id) => (await actorsById(database, [id], database.db, () => readPolicy(database.db)))[0])
