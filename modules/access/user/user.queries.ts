import { z } from 'zod'
import { sql } from 'kysely'
import { query } from '#kit/server/door/command.ts'
import { getRow, historyOf } from '#kit/server/list/crud.ts'
import type { Reading } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { listInput, listRows } from '#kit/server/list/list.ts'
import { roleKey } from '../role/role.ts'
import { user } from './user.ts'
import { type PlacedRole } from '../role/role.ts'

/** The roles of some user, in the order of the roles screen. */
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
    const page = await listRows(reading, user, input, role === undefined ? [] : [holds])
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
    const found = await getRow(reading, user, id)
    return { ...found, roles: (await rolesOf(reading.db, [id])).get(id) ?? [] }
  },
})

/** A person's life. */
export const lifeOf = (reading: Reading, id: string) => historyOf(reading, user, id)
