import { z } from 'zod'
import { sql } from 'kysely'
import { query } from '#kit/server/command.ts'
import { getRow, historyOf } from '#kit/server/crud.ts'
import type { Db } from '#kit/server/db.ts'
import { listInput, listRows, titlesOf } from '#kit/server/list.ts'
import { declaredAccess, isCompanyWide, may, roleNames, type RoleName } from '#kit/access.ts'
import { declaredEntities, type Entity, type Field } from '#kit/entity.ts'
import { permissionsOf, grantsOf } from '../session/session.store.ts'
import { user, type Membership, type PlacedRole } from './user.ts'

const people = user as unknown as Entity

/** The roles of some people, in the order of the roles screen. */
async function rolesOf(db: Db, holders: readonly string[]): Promise<Map<string, PlacedRole[]>> {
  if (holders.length === 0) return new Map()
  const rows = await db
    .selectFrom('accessMember as m')
    .leftJoin('placeFact as p', 'p.id', 'm.place')
    .select(['m.holder', 'm.role', 'm.place', 'p.name as placeName'])
    .where('m.holder', 'in', [...holders])
    .orderBy('p.name')
    .execute()
  const order = (role: string) => roleNames.indexOf(role as RoleName)
  const sorted = rows.toSorted((a, b) => order(a.role) - order(b.role))
  const groups = Map.groupBy(sorted, (row) => row.holder)
  return new Map([...groups].map(([holder, all]) => [holder, all.map(({ holder: _, ...one }) => one as PlacedRole)]))
}

/** People with their roles; the same filters, order and pages as every list. */
export const listUsers = query({
  name: 'access.listUsers',
  can: 'access.user.read',
  input: listInput,
  async run(reading, input) {
    const page = await listRows(reading, people, input)
    const roles = await rolesOf(
      reading.db,
      page.rows.map((row) => String(row['id'])),
    )
    return { ...page, rows: page.rows.map((row) => ({ ...row, roles: roles.get(String(row['id'])) ?? [] })) }
  },
})

export const showUser = query({
  name: 'access.showUser',
  can: 'access.user.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, people, id)
    return { ...found, roles: (await rolesOf(reading.db, [id])).get(id) ?? [] }
  },
})

const atPlace: [string, Field] = ['place', { kind: 'ref', to: 'place' } as Field]

/** A person's life. Changes of their roles stand in it too, though roles are no field of their row. */
export const showUserHistory = query({
  name: 'access.showUserHistory',
  can: 'access.user.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const { rows, refs } = await historyOf(reading, people, id)
    const changes = await reading.db
      .selectFrom('auditTrailChange')
      .select(['id', 'before', 'after'])
      .where('record', '=', id)
      .where(sql<boolean>`after ? 'roles'`)
      .orderBy('id', 'desc')
      .limit(200)
      .execute()
    const sides = changes.map((change) => ({
      id: change.id,
      before: (change.before as { roles?: Membership[] } | null)?.roles ?? null,
      after: (change.after as { roles: Membership[] }).roles,
    }))
    const known = new Map(sides.map(({ id: change, ...side }) => [change, { field: 'roles', ...side }]))
    const places = sides.flatMap((side) => [...(side.before ?? []), ...side.after]) as unknown as Record<string, unknown>[]
    return {
      rows: rows.map((life) => ({ ...life, changes: [...life.changes, ...(known.has(life.id) ? [known.get(life.id)!] : [])] })),
      refs: { ...refs, ...(await titlesOf(reading.db, [atPlace], places)) },
    }
  },
})

/** `pos.sale` of `pos.sale.refund`. */
const thingOf = (permission: string) => permission.split('.').slice(0, 2).join('.')

/** Does a permission reach no further than the place at which its role is held? Told from what belongs to a place. */
function atPlaces(): (permission: string) => boolean {
  const entities = [...declaredEntities.values()]
  const placed = entities.filter((one) => one.scope?.place).flatMap((one) => Object.values(one.can) as string[])
  const things = new Set(placed.map(thingOf))
  const ofCompany = new Set(entities.filter((one) => !one.scope?.place).map((one) => one.name))
  return (name) => !isCompanyWide(name) && (placed.includes(name) || (things.has(thingOf(name)) && !ofCompany.has(thingOf(name))))
}

/** Roles with what they may do, in the sentences that the modules declare. */
export const listRoles = query({
  name: 'access.listRoles',
  can: 'access.user.read',
  input: z.object({}),
  run: async () => {
    const isAtPlace = atPlaces()
    return {
      permissions: [...declaredAccess.values()].flatMap((area) =>
        Object.entries(area.permissions).map(([name, sentence]) => ({
          area: area.area,
          name,
          sentence,
          atPlace: isAtPlace(name),
        })),
      ),
      roles: roleNames.map((role: RoleName) => ({ role, permissions: permissionsOf(role) })),
    }
  },
})

/** Who could approve something at a place by PIN: people who hold the permission there, other than the one who asks. */
export const listApprovers = query({
  name: 'access.listApprovers',
  can: 'signedIn',
  input: z.object({ permission: z.string().max(80), place: z.uuid() }),
  async run({ db, actor }, { permission, place }) {
    // Who works at a place is told to those only who work there too.
    const isHere = [...actor.grants.values()].some((reach) => reach.all || reach.places.includes(place))
    if (!isHere) return { rows: [] }
    const rows = await db
      .selectFrom('accessUser as u')
      .innerJoin('accessMember as m', 'm.holder', 'u.id')
      .select(['u.id', 'u.name', 'm.role', 'm.place'])
      .where('u.state', '=', 'active')
      .where('u.pinHash', 'is not', null)
      .where('u.id', '!=', actor.id)
      .execute()
    const known = Map.groupBy(rows, (row) => row.id)
    return {
      rows: [...known].flatMap(([id, memberships]) => {
        const grants = grantsOf(memberships as Membership[])
        const person = { kind: 'user' as const, id, name: memberships[0]!.name, grants, locale: 'en' }
        return may(person, permission, place) ? [{ id, name: person.name }] : []
      }),
    }
  },
})
