import { z } from 'zod'
import { query } from '#kit/server/command.ts'
import { declaredAccess, may, roleNames, type RoleName } from '#kit/access.ts'
import { permissionsOf, type Membership, grantsOf } from '../session/session.store.ts'

/** Who holds which role where; the people pages join it to the plain list. */
export const listMembers = query({
  name: 'access.listMembers',
  can: 'access.user.read',
  input: z.object({ user: z.uuid().optional() }),
  async run({ db }, { user }) {
    let select = db
      .selectFrom('accessMember as m')
      .leftJoin('placeFact as p', 'p.id', 'm.place')
      .select(['m.holder', 'm.role', 'm.place', 'p.name as placeName'])
    if (user) select = select.where('m.holder', '=', user)
    return { rows: await select.orderBy('m.role').limit(2000).execute() }
  },
})

/** Roles with what they may do, in the sentences that the modules declare. */
export const listRoles = query({
  name: 'access.listRoles',
  can: 'access.user.read',
  input: z.object({}),
  run: async () => ({
    permissions: [...declaredAccess.values()].flatMap((area) =>
      Object.entries(area.permissions).map(([name, sentence]) => ({ area: area.area, name, sentence })),
    ),
    roles: roleNames.map((role: RoleName) => ({ role, permissions: permissionsOf(role) })),
  }),
})

/** Who could approve something at a place by PIN: people who hold the permission there, other than the one who asks. */
export const listApprovers = query({
  name: 'access.listApprovers',
  can: 'signedIn',
  input: z.object({ permission: z.string().max(80), place: z.uuid() }),
  async run({ db, actor }, { permission, place }) {
    const rows = await db
      .selectFrom('accessUser as u')
      .innerJoin('accessMember as m', 'm.holder', 'u.id')
      .select(['u.id', 'u.name', 'm.role', 'm.place'])
      .where('u.state', '=', 'active')
      .where('u.pinHash', 'is not', null)
      .where('u.id', '!=', actor.id)
      .execute()
    const people = Map.groupBy(rows, (row) => row.id)
    return {
      rows: [...people].flatMap(([id, memberships]) => {
        const grants = grantsOf(memberships as Membership[])
        const person = { kind: 'user' as const, id, name: memberships[0]!.name, grants, locale: 'en' }
        return may(person, permission, place) ? [{ id, name: person.name }] : []
      }),
    }
  },
})
