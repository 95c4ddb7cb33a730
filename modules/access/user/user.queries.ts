import { z } from 'zod'
import { sql } from 'kysely'
import { query } from '#kit/server/command.ts'
import { getRow, historyOf } from '#kit/server/crud.ts'
import type { Reading } from '#kit/server/context.ts'
import type { Db } from '#kit/server/db.ts'
import { listInput, listRows, titlesOf } from '#kit/server/list.ts'
import type { Field } from '#kit/entity.ts'
import { roleKey, type Membership } from '../role/role.ts'
import { user, type PlacedRole } from './user.ts'

const people = user

/** The roles of some people, in the order of the roles screen. */
async function rolesOf(db: Db, holders: readonly string[]): Promise<Map<string, PlacedRole[]>> {
  if (holders.length === 0) return new Map()
  const rows = await db
    .selectFrom('accessMember as m')
    .innerJoin('accessRole as r', 'r.key', 'm.role')
    .leftJoin('placeFact as p', 'p.id', 'm.place')
    .leftJoin('partyFact as s', 's.id', 'm.seller')
    .select(['m.holder', 'm.role', 'm.place', 'm.seller', 'm.until', 'r.name', 'p.name as placeName', 's.name as sellerName'])
    .where('m.holder', 'in', [...holders])
    .orderBy('r.createdAt')
    .orderBy('r.id')
    .orderBy('p.name')
    .execute()
  const groups = Map.groupBy(rows, (row) => row.holder)
  return new Map(
    [...groups].map(([holder, all]) => [
      holder,
      all.map(({ holder: _, until, ...one }) => ({ ...one, until: until?.toString() ?? null }) as PlacedRole),
    ]),
  )
}

/** People with their roles; the same filters, order and pages as every list. */
export const listUsers = query({
  name: 'access.listUsers',
  can: 'access.user.read',
  input: listInput.extend({ role: roleKey.optional() }),
  async run(reading, { role, ...input }) {
    const holds = sql`exists (select 1 from access_member m where m.holder = t.id and m.role = ${role ?? null}
      and (m.until is null or m.until > ${reading.now}::timestamptz))`
    const page = await listRows(reading, people, input, role === undefined ? [] : [holds])
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

const atPlaces: [string, Field][] = [
  ['place', { kind: 'ref', to: 'place' } as Field],
  ['seller', { kind: 'ref', to: 'party' } as Field],
]

/** A person's life. Changes of their roles stand in it too, and of what their row does not declare. */
export async function lifeOf(reading: Reading, id: string) {
  const { rows, refs } = await historyOf(reading, people, id, ['roles', 'photo', 'codePhone', 'held'])
  const given = rows.flatMap((life) => life.changes.filter((one) => one.field === 'roles'))
  const held = given.flatMap((one) => [...((one.before ?? []) as Membership[]), ...((one.after ?? []) as Membership[])])
  return { rows, refs: { ...refs, ...(await titlesOf(reading.db, atPlaces, held as unknown as Record<string, unknown>[])) } }
}

export const showUserHistory = query({
  name: 'access.showUserHistory',
  can: 'access.user.read',
  input: z.object({ id: z.uuid() }),
  run: (reading, { id }) => lifeOf(reading, id),
})
