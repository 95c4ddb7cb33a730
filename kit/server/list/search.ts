import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../../access.ts'
import type { Entity } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import { query } from '../door/command.ts'
import { searchOf } from './list.ts'
import { all, columnOf, scopeOf } from '../door/scope.ts'
import { shownName, wordsFor } from '../host/words.ts'

const searched = whole<Entity>()

/** Records of this entity are found from everywhere, by what people call them. */
export const findable = (entity: Entity): Part => searched.part(entity)

interface Found {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly href: string
  readonly seeded: string | null
}

/** At most so many of each kind: who looks for more has the list. */
const OF_EACH = 6

/** Finds records of any kind by what people call them; only those that the reader may see. */
export const searchEverywhere = query({
  name: 'kit.search',
  can: 'signedIn',
  input: z.object({ q: z.string().trim().min(2).max(100) }),
  async run({ db, actor }, { q }) {
    // What stands highest comes first: a sale before the account that it was booked to.
    const parts = [...searched.all()].toReversed().flatMap((entity) => {
      const reach = reachOf(actor, entity.can.read)
      if (!reach) return []
      return [
        sql`(select ${entity.name}::text as kind, t.id, ${columnOf(entity.title)}::text as title, ${`${entity.path}/`}::text || t.id as href,
            ${entity.seeded ?? null}::text as seeded
          from ${sql.table(entity.table)} t where ${searchOf({ db, actor, reach }, entity, q)} and ${all(scopeOf(entity, reach, actor.id))} limit ${OF_EACH})`,
      ]
    })
    if (parts.length === 0) return { rows: [] }
    const { rows } = await sql<Found>`${sql.join(parts, sql` union all `)}`.execute(db)
    const t = wordsFor(actor.locale)
    return {
      rows: rows.map(({ seeded, ...row }) => ({ ...row, title: seeded ? shownName(t, seeded, row.title) : row.title })),
    }
  },
})
