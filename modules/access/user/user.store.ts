import { reachOf, type Actor } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Db } from '#kit/server/db.ts'
import { rightsOf } from '../session/session.store.ts'
import { UserProblem, type Membership } from './user.ts'

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
      email: owner.email,
      locale: owner.locale,
      passwordHash: owner.passwordHash,
      passwordChangedAt: tx.now,
      lastSeenAt: tx.now,
    })
    .execute()
  await tx.db.insertInto('accessMember').values({ id: newId(), holder: id, role: 'owner', place: null }).execute()
  tx.changed({
    table: 'access_user',
    record: id,
    version: 1,
    before: null,
    after: { name: owner.name, email: owner.email, roles: [{ role: 'owner', place: null }] },
  })
  return id
}

/** The roles of a person, for whoever is about to change them. */
export const membershipsOf = async (db: Db, holder: string): Promise<Membership[]> =>
  (await db.selectFrom('accessMember').select(['role', 'place']).where('holder', '=', holder).execute()) as Membership[]

/**
 * Nobody gives or takes what they do not hold themselves: every permission of every role, as far as that role reaches.
 * @throws `access.user.beyondYours`
 */
export function refuseBeyond(actor: Actor, roles: readonly Membership[]): void {
  const holdsAll = ({ role, place }: Membership) =>
    rightsOf({ role, place }).every((permission) => {
      const reach = reachOf(actor, permission)
      return reach !== undefined && (reach.all || (place !== null && reach.places.includes(place)))
    })
  if (!roles.every(holdsAll)) throw UserProblem.beyondYours()
}

/** Locks a person for whoever changes how they get in. Who may not give their roles does not do that either. @throws `kit.notFound`, `access.user.beyondYours` */
export async function mayHandle(tx: Tx, id: string): Promise<void> {
  const found = await tx.db.selectFrom('accessUser').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw CommonProblem.notFound()
  refuseBeyond(tx.actor, await membershipsOf(tx.db, id))
}

/** The place that a person's roles are all at, when there is one: the trail of that place names them. */
export const onlyPlace = (roles: readonly Membership[]): string | null => {
  const places = new Set(roles.map((one) => one.place))
  return places.size === 1 ? (roles[0]?.place ?? null) : null
}

/** What a person sees of themselves. */
export async function profileOf(db: Db, id: string) {
  const [user, members] = await Promise.all([
    db
      .selectFrom('accessUser')
      .select(['id', 'name', 'email', 'locale', 'digits', 'calendar', (eb) => eb('pinHash', 'is not', null).as('hasPin')])
      .where('id', '=', id)
      .executeTakeFirst(),
    db.selectFrom('accessMember').select('role').distinct().where('holder', '=', id).execute(),
  ])
  return user ? { ...user, roles: members.map((member) => member.role) } : null
}
