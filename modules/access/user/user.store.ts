import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { ownerChange, roleChange } from '../role/role.approvals.ts'
import { covers, reachOfLine, somebody } from '../role/role.rules.ts'
import { readPolicy } from '../role/role.store.ts'
import { difference, RoleProblem, type Membership } from '../role/role.ts'
import { UserProblem } from './user.ts'
import { type PlacedRole } from '../role/role.ts'
import { contactColumns } from './email.store.ts'

/** The first owner, made by the set-up, with a password that has been judged and hashed. */
export async function addOwner(
  tx: Tx,
  owner: { name: string; email: string; passwordHash: string; locale: string },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('accessUser')
    .values({
      id,
      name: owner.name,
      ...contactColumns(tx.db, id, owner.email),
      locale: owner.locale,
      passwordHash: owner.passwordHash,
      passwordChangedAt: tx.now,
      lastSeenAt: tx.now,
    })
    .execute()
  await giveRoles(tx, id, [{ role: 'owner', place: null }])
  tx.changed({
    table: 'access_user',
    record: id,
    version: 1,
    before: null,
    after: { name: owner.name, email: owner.email, roles: [{ role: 'owner', place: null }] },
  })
  return id
}

/** The roles of a person, those that have ended too, for whoever is about to change them. */
export const membershipsOf = async (db: Db, holder: string): Promise<Membership[]> =>
  (await db.selectFrom('accessMember').select(['role', 'place', 'seller', 'until']).where('holder', '=', holder).execute()).map(
    ({ until, ...one }) => ({ ...one, until: until?.toString() ?? null }),
  )

/** A membership as its table keeps it. */
export const rowOf = ({ role, place, seller = null, until }: Membership) => ({
  id: newId(),
  role,
  place,
  seller,
  until: until ? Temporal.Instant.from(until) : null,
})

/** Gives somebody roles beside those that they have. @throws `access.role.unknown`, `access.role.seller`, `access.role.ended` */
export async function giveRoles(tx: Tx, holder: string, roles: readonly Membership[], source: 'here' | 'provider' = 'here') {
  if (roles.length === 0) return
  await tx.db
    .insertInto('accessMember')
    .values(roles.map((one) => ({ ...rowOf(one), holder, source })))
    .execute()
}

/** Refuses roles that nobody can hold: unknown or put aside, without the seller that they are for, or over before they begin. */
export async function judgeRoles(tx: Tx, roles: readonly Membership[]): Promise<void> {
  const { policy } = await readPolicy(tx.db)
  const known = await tx.db
    .selectFrom('accessRole')
    .select('key')
    .where('archivedAt', 'is', null)
    .where('key', 'in', [...new Set(roles.map((one) => one.role))])
    // In order, so that two who give roles never wait for each other; who puts one aside waits, and finds it held.
    .orderBy('key')
    .forKeyShare()
    .execute()
  for (const one of roles) {
    if (!known.some(({ key }) => key === one.role)) throw RoleProblem.unknown({ role: one.role })
    const isForSeller = [...(policy.get(one.role)?.values() ?? [])].includes('seller')
    if (isForSeller && !one.seller) throw RoleProblem.seller()
    if (one.until && Temporal.Instant.compare(Temporal.Instant.from(one.until), tx.now) <= 0) throw RoleProblem.ended()
  }
}

/**
 * Nobody gives or takes what they do not hold themselves: every permission of every role, as far as that role carries it;
 * and owners are made and changed by owners.
 * @throws `access.user.beyondYours`, `access.user.ownersOnly`
 */
export async function refuseBeyond(tx: Tx, roles: readonly Membership[]): Promise<void> {
  const { actor } = tx
  if (actor.kind !== 'user') return
  if (!actor.isOwner && roles.some((one) => one.role === 'owner')) throw UserProblem.ownersOnly()
  const { policy } = await readPolicy(tx.db)
  const holder = somebody(actor.id!)
  const holdsAll = (held: Membership) =>
    [...(policy.get(held.role) ?? [])].every(([permission, line]) =>
      covers(actor.grants.get(permission), reachOfLine(line === 'never' ? 'place' : line, permission, held, holder)),
    )
  if (!roles.every(holdsAll)) throw UserProblem.beyondYours()
}

/**
 * Who joins a team is seen by those in it who see what their team makes, and sees what they make: no more of either than whoever
 * changes it sees. @throws `access.user.beyondYours`
 */
export async function refuseTeamBeyond(tx: Tx, joining: string, team: string, wanted: readonly Membership[] = []): Promise<void> {
  if (tx.actor.kind !== 'user') return
  const mates = await tx.db.selectFrom('accessUser').select('id').where('team', '=', team).where('id', '!=', joining).execute()
  const held = await tx.db
    .selectFrom('accessMember')
    .select(['holder', 'role', 'place'])
    .where('holder', 'in', [joining, ...mates.map(({ id }) => id)])
    .execute()
  const { policy } = await readPolicy(tx.db)
  for (const { holder, role } of [...held, ...wanted.map((one) => ({ holder: joining, role: one.role }))])
    for (const [permission, line] of policy.get(role) ?? []) {
      if (line !== 'team') continue
      const shown = holder === joining ? mates.map(({ id }) => id) : [joining]
      const yours = tx.actor.grants.get(permission)
      // Whoever works at places that one sees all of shows nothing that one does not see.
      const isHere = (one: string) => {
        const at = held.filter((membership) => membership.holder === one).map(({ place }) => place)
        return at.length > 0 && at.every((place) => place !== null && yours!.places.includes(place))
      }
      const sees = yours && (yours.all || shown.every((one) => yours.owners.includes(one) || isHere(one)))
      if (!sees) throw UserProblem.beyondYours()
    }
}

/**
 * Owners are made and changed by two of them, while there is another one; and all roles are given by two people where the
 * company asks for it.
 * @throws `kit.approvalNeeded`
 */
export async function agreeTo(
  tx: Tx,
  change: { person: string; before: readonly Membership[]; after: readonly Membership[]; facts?: Record<string, unknown> },
): Promise<void> {
  const { person, before, after, facts } = change
  const concernsOwner = [...before, ...after].some(({ role, place }) => role === 'owner' && place === null)
  const isGiving = difference([...before], [...after]).length > 0
  const kinds = [...(concernsOwner && (await hasOtherOwner(tx)) ? [ownerChange] : []), ...(isGiving ? [roleChange] : [])]
  if (kinds.length > 0)
    await secondPerson(tx, kinds, {
      facts: { person, ...(isGiving && { before: await named(tx, before), after: await named(tx, after) }), ...facts },
    })
}

/** Roles with the names of their places and sellers, for whoever reads of them elsewhere. */
async function named(tx: Tx, of: readonly Membership[]): Promise<PlacedRole[]> {
  const { rows } = await sql<PlacedRole>`
    select m.role, m.place, m.seller, m.until, r.name, p.name as place_name, s.name as seller_name
    from jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as m(role text, place uuid, seller uuid, until text)
    left join access_role r on r.key = m.role left join place_fact p on p.id = m.place left join party_fact s on s.id = m.seller
  `.execute(tx.db)
  return rows
}

const hasOtherOwner = async (tx: Tx): Promise<boolean> =>
  (await tx.db
    .selectFrom('accessMember as m')
    .innerJoin('accessUser as u', 'u.id', 'm.holder')
    .select('m.id')
    .where('m.role', '=', 'owner')
    .where('m.place', 'is', null)
    .where('u.state', '=', 'active')
    .where('m.holder', '!=', tx.actor.id)
    .executeTakeFirst()) !== undefined

/**
 * Locks a person for whoever changes how they get in. Who may not give their roles does not do that either.
 * @throws `kit.notFound`, `access.user.beyondYours`, `kit.approvalNeeded`
 */
export async function mayHandle(tx: Tx, id: string): Promise<void> {
  const found = await tx.db
    .selectFrom('accessUser')
    .select(['id', 'name', 'erasedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw CommonProblem.notFound()
  if (found.erasedAt) throw UserProblem.erased()
  const roles = await membershipsOf(tx.db, id)
  await refuseBeyond(tx, roles)
  if (id !== tx.actor.id) await agreeTo(tx, { person: found.name, before: roles, after: roles, facts: { act: tx.asked.command } })
}

/** The place that a person's roles are all at, when there is one: the trail of that place names them. */
export const onlyPlace = (roles: readonly Membership[]): string | null => {
  const places = new Set(roles.map((one) => one.place))
  return places.size === 1 ? (roles[0]?.place ?? null) : null
}

/** What a person sees of themselves; their roles by what they are based on. */
export async function profileOf(db: Db, id: string) {
  const [user, members] = await Promise.all([
    db
      .selectFrom('accessUser')
      .select([
        'id',
        'name',
        'email',
        'phones',
        'codePhone',
        'photo',
        'photoX',
        'photoY',
        'locale',
        'digits',
        'calendar',
        (eb) => eb('pinHash', 'is not', null).as('hasPin'),
      ])
      .where('id', '=', id)
      .executeTakeFirst(),
    db
      .selectFrom('accessMember as m')
      .innerJoin('accessRole as r', 'r.key', 'm.role')
      .select((eb) => eb.fn.coalesce('r.base', 'r.key').as('role'))
      .distinct()
      .where('m.holder', '=', id)
      .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>', sql<Temporal.Instant>`now()`)]))
      .execute(),
  ])
  return user ? { ...user, roles: members.map((member) => member.role) } : null
}

/** Who it is, whether they may sign in or not. */
export const personOf = (db: Db, id: string) =>
  db.selectFrom('accessUser').select(['id', 'name', 'state']).where('id', '=', id).executeTakeFirst()

/** Where people are written to, and in which language. */
export const addressesOf = async (db: Db, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : db
        .selectFrom('accessUser')
        .select(['id', 'name', 'email', 'locale'])
        .where('id', 'in', [...ids])
        .execute()

/**
 * Everybody else who holds one of these roles, by name; `withPin` only those who can prove at somebody else's device who they are.
 */
export async function colleagues(
  db: Db,
  of: string,
  { roles, withPin = false }: { roles: readonly string[]; withPin?: boolean },
): Promise<string[]> {
  const people = await db
    .selectFrom('accessUser')
    .select('id')
    .where('state', '=', 'active')
    .where('id', '!=', of)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('accessMember as m')
          .select('m.id')
          .whereRef('m.holder', '=', 'accessUser.id')
          .where('m.role', '=', sql<string>`any(${roles}::text[])`),
      ),
    )
    .$if(withPin, (query) => query.where('pinHash', 'is not', null))
    .orderBy('name')
    .limit(500)
    .execute()
  return people.map((one) => one.id)
}
