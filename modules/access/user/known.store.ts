import { sql } from 'kysely'
import { reachOf } from '#kit/access.ts'
import { foldText } from '#kit/fold.ts'
import { providePeople } from '#kit/server/door/people.ts'
import { containing } from '#kit/server/list/list.ts'
import { actorsById } from '../role/role.store.ts'

/** So many people are looked through for who holds a right. */
const MOST = 500

/** What the kit has to know of people, to tell them of what concerns them. */
export const peopleKnown = providePeople({
  actors: (database, ids) => actorsById(database, ids),
  async named(database, beginning, most) {
    const begins = containing(foldText(beginning)).slice(1)
    const rows = await database.db
      .selectFrom('accessUser')
      .select('id')
      .where('state', '=', 'active')
      .where(sql<boolean>`(fold_text(name) like ${begins} or fold_text(name) like ${`% ${begins}`})`)
      .orderBy('name')
      .limit(most)
      .execute()
    const ids = rows.map((one) => one.id)
    const actors = await actorsById(database, ids)
    return actors.toSorted((a, b) => ids.indexOf(a.id!) - ids.indexOf(b.id!))
  },
  async holders(database, permission, db) {
    const rows = await db
      .selectFrom('accessUser')
      .select('id')
      .where('state', '=', 'active')
      .where('id', 'in', (eb) => eb.selectFrom('accessMember').select('holder'))
      .orderBy('id')
      .limit(MOST)
      .execute()
    const actors = await actorsById(
      database,
      rows.map((one) => one.id),
      db,
    )
    return actors.filter((one) => reachOf(one, permission))
  },
  addresses: (db, ids) =>
    ids.length === 0
      ? Promise.resolve([])
      : db
          .selectFrom('accessUser')
          .select(['id', 'name', 'email', 'locale'])
          .where('id', 'in', [...ids])
          .where('state', '=', 'active')
          .execute(),
})
