import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#kit/access.ts'
import type { Database, Db } from '#kit/server/data/db.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { onRightsChanged } from '#kit/server/edge/live.ts'
import { placeIds } from '#modules/places/index.ts'
import type { LineSetting, Membership } from './role.ts'
import { grantsOf, linesOf, type Policy } from './role.rules.ts'
import type { ShippedRole } from './shipped.ts'

interface Known {
  readonly at: number
  readonly read: Promise<{ policy: Policy; places: readonly string[] }>
}
const FRESH_MS = 2_000
let known = new WeakMap<Database, Known>()
export const forgetPolicy = (): void => {
  known = new WeakMap()
}
onRightsChanged(forgetPolicy)

/** What each role may do, and the places that there are; read again after two seconds at the latest. */
export function policyOf(database: Database): Known['read'] {
  const found = known.get(database)
  if (found && Date.now() - found.at < FRESH_MS) return found.read
  const read = readPolicy(database.db)
  read.catch(() => known.delete(database))
  known.set(database, { at: Date.now(), read })
  return read
}

/** The same, read now: for whoever is about to judge by it in a transaction. */
export async function readPolicy(db: Db): Promise<{ policy: Policy; places: readonly string[] }> {
  const [roles, places] = await Promise.all([rolesWithLines(db), placeIds(db)])
  return { policy: new Map(roles.map(({ key, base, settings }) => [key, linesOf(base, settings)])), places }
}

export interface RoleRow {
  readonly id: string
  readonly key: string
  readonly base: ShippedRole | null
  readonly name: string | null
  readonly note: string | null
  readonly hours: number
  readonly idleMinutes: number
  readonly lockMinutes: number | null
  readonly secondFactor: boolean
  readonly bindDevice: boolean
  readonly version: number
  readonly archivedAt: Temporal.Instant | null
  readonly settings: ReadonlyMap<string, LineSetting>
}

/** Roles with what this company says of them, the shipped ones first. */
export async function rolesWithLines(db: Db): Promise<RoleRow[]> {
  const rows = await db
    .selectFrom('accessRole as r')
    .selectAll('r')
    .select(
      sql<
        [string, LineSetting][]
      >`coalesce((select jsonb_agg(jsonb_build_array(l.permission, l.scope)) from access_role_line l where l.role = r.id), '[]')`.as(
        'lines',
      ),
    )
    .orderBy('r.createdAt')
    .orderBy('r.id')
    .execute()
  return rows.map(({ lines, ...row }) => ({ ...row, settings: new Map(lines) })) as RoleRow[]
}

/** The roles that a person holds now, as JSON in a statement of which `holder` is a column; what has ended is left out. */
export const membershipsJson = (holder: RawBuilder<unknown>): RawBuilder<Membership[]> =>
  sql<Membership[]>`(select coalesce(jsonb_agg(jsonb_build_object('role', m.role, 'place', m.place, 'seller', m.seller)), '[]')
    from access_member m where m.holder = ${holder} and (m.until is null or m.until > now()))`
/** Those who are in the same team as a person, as JSON in a statement. */
export const teamJson = (holder: RawBuilder<unknown>): RawBuilder<string[]> =>
  sql<
    string[]
  >`(select coalesce(jsonb_agg(o.id), '[]') from access_user w join access_user o on o.team = w.team where w.id = ${holder})`

/** How long a session of somebody lives, and whether they show a second proof: the strictest of what their roles say. */
export interface SessionLife {
  readonly hours: number
  readonly idleMinutes: number
  readonly lockMinutes: number | null
  readonly secondFactor: boolean
  readonly bindDevice: boolean
}
export const lifeJson = (holder: RawBuilder<unknown>): RawBuilder<SessionLife> =>
  sql<SessionLife>`(select jsonb_build_object('hours', coalesce(min(r.hours), 8), 'idleMinutes', coalesce(min(r.idle_minutes), 60),
      'lockMinutes', min(r.lock_minutes), 'secondFactor', coalesce(bool_or(r.second_factor), false),
      'bindDevice', coalesce(bool_or(r.bind_device), false))
    from access_member m join access_role r on r.key = m.role
    where m.holder = ${holder} and (m.until is null or m.until > now()))`

export const lifeOfPerson = async (db: Db, id: string): Promise<SessionLife> =>
  (await db.selectNoFrom(lifeJson(sql`${id}::uuid`).as('life')).executeTakeFirstOrThrow()).life

/** Those who are in the same team as a person, themselves among them; nobody for who is in none. */
export const teamOf = async (db: Db, id: string): Promise<string[]> =>
  (await db.selectNoFrom(teamJson(sql`${id}::uuid`).as('team')).executeTakeFirstOrThrow()).team

export interface Holding {
  readonly id: string
  readonly name: string
  readonly locale: string
  readonly memberships: readonly Membership[]
  readonly team: readonly string[]
}

/** Somebody whose every role is held for a seller is from outside. */
const isOutsider = (held: readonly Membership[]) => held.length > 0 && held.every((one) => one.seller)

/** Who somebody is and what they may do now. */
export async function actorOf(
  database: Database,
  { id, name, locale, memberships, team }: Holding,
  read: Known['read'] = policyOf(database),
): Promise<Actor> {
  const { policy, places } = await read
  return {
    kind: 'user',
    id,
    name,
    locale,
    grants: grantsOf(memberships, policy, { id, team }, places),
    isOwner: memberships.some((one) => one.role === 'owner'),
    ...(isOutsider(memberships) && { sellers: memberships.map((one) => one.seller!) }),
  }
}

/**
 * The same for some people at once, by their ids; those who can't sign in are left out. Without `read`, what roles may do is known from
 * two seconds ago at worst.
 */
export async function actorsById(
  database: Database,
  ids: readonly string[],
  db: Db = database.db,
  // A transaction waits for no second connection: twenty that did would leave none to anybody.
  read: () => Known['read'] = () => (db === database.db ? policyOf(database) : readPolicy(db)),
): Promise<Actor[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('accessUser as u')
    .select(['u.id', 'u.name', 'u.locale', membershipsJson(sql`u.id`).as('memberships'), teamJson(sql`u.id`).as('team')])
    .where('u.id', 'in', [...ids])
    .where('u.state', '=', 'active')
    .execute()
  const policy = read()
  return Promise.all(rows.map((row) => actorOf(database, row, policy)))
}

/** Writes what this company says of a role's permissions; `null` takes the line away. */
export async function writeLines(tx: Tx, role: string, lines: Readonly<Record<string, LineSetting | null>>): Promise<void> {
  const names = Object.keys(lines)
  if (names.length === 0) return
  await tx.db.deleteFrom('accessRoleLine').where('role', '=', role).where('permission', 'in', names).execute()
  const rows = Object.entries(lines).flatMap(([permission, scope]) => (scope === null ? [] : [{ role, permission, scope }]))
  if (rows.length > 0) await tx.db.insertInto('accessRoleLine').values(rows).execute()
}

/** Does somebody hold this role? */
export const holdsRole = async (tx: Tx, person: string, role: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('accessMember')
    .select('id')
    .where('holder', '=', person)
    .where('role', '=', role)
    .executeTakeFirst()) !== undefined

/** Is there anybody who holds it, or who will once they take up their invitation? */
export async function isRoleHeld(tx: Tx, role: string): Promise<boolean> {
  const [member, invitation] = await Promise.all([
    tx.db
      .selectFrom('accessMember as m')
      .innerJoin('accessUser as u', 'u.id', 'm.holder')
      .select('m.id')
      .where('m.role', '=', role)
      .where('u.state', '=', 'active')
      .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>', tx.now)]))
      .executeTakeFirst(),
    tx.db
      .selectFrom('accessInvitationRole as r')
      .innerJoin('accessInvitation as i', 'i.id', 'r.invitation')
      .select('r.id')
      .where('r.role', '=', role)
      .where('i.state', '=', 'sent')
      .where('i.expiresAt', '>', tx.now)
      .executeTakeFirst(),
  ])
  return Boolean(member ?? invitation)
}
