import { sql, type RawBuilder } from 'kysely'
import { reachOf, type Actor } from '../../access.ts'
import { declaredEntities, type Entity } from '../../entity.ts'
import { all, columnOf, scopeOf } from '../door/scope.ts'
import { livesOf } from '../list/crud.ts'
import { timelineSource, type Asked } from './timeline.ts'

/** Older than where the page before ended, of rows that have a moment and an id. */
const older = ({ before }: Asked, at: RawBuilder<unknown>): RawBuilder<unknown> =>
  before ? sql`(${at}, t.id) < (${before.at}, ${before.id}::uuid)` : sql`true`

/** People from outside see neither notes nor files. */
const isInside = (actor: Actor): boolean => !actor.sellers

export const changesShown = timelineSource({
  name: 'change',
  async rows(reading, { of, id, before, limit }) {
    const { rows } = await livesOf(reading, of, id, { part: { before, limit } })
    return rows.map(({ id: change, at, by, ...facts }) => ({ id: change, at, by: { name: by }, facts }))
  },
})

export const notesShown = timelineSource({
  name: 'note',
  isFor: isInside,
  async rows({ db }, asked) {
    const rows = await db
      .selectFrom('note as t')
      .select(['t.id', 't.text', 't.mentions', 't.createdBy', 't.createdAt', 't.withdrawnAt'])
      .where('t.about', '=', asked.id)
      .where('t.aboutTable', '=', asked.of.table)
      .where(older(asked, sql`t.created_at`) as RawBuilder<boolean>)
      .orderBy('t.createdAt', 'desc')
      .orderBy('t.id', 'desc')
      .limit(asked.limit)
      .execute()
    return rows.map(({ id, createdAt, createdBy, withdrawnAt, ...note }) => ({
      id,
      at: createdAt,
      by: { person: createdBy },
      facts: { ...note, isWithdrawn: withdrawnAt !== null },
    }))
  },
})

export const assignmentsShown = timelineSource({
  name: 'assignment',
  isFor: isInside,
  async rows({ db }, asked) {
    const rows = await db
      .selectFrom('assignment as t')
      .select(['t.id', 't.userId as person', 't.given', 't.causedBy', 't.at'])
      .where('t.about', '=', asked.id)
      .where('t.aboutTable', '=', asked.of.table)
      .where(older(asked, sql`t.at`) as RawBuilder<boolean>)
      .orderBy('t.at', 'desc')
      .orderBy('t.id', 'desc')
      .limit(asked.limit)
      .execute()
    return rows.map(({ id, at, causedBy, person, given }) => ({
      id,
      at,
      by: { person: causedBy },
      facts: { person, isGiven: given, isOwn: person === causedBy },
    }))
  },
})

export const filesShown = timelineSource({
  name: 'file',
  isFor: isInside,
  async rows({ db }, asked) {
    const rows = await db
      .selectFrom('file as t')
      .select(['t.id', 't.name', 't.type', 't.size', 't.createdBy', 't.createdAt'])
      .where('t.about', '=', asked.id)
      .where('t.aboutTable', '=', asked.of.table)
      .where('t.attached', '=', true)
      .where(older(asked, sql`t.created_at`) as RawBuilder<boolean>)
      .orderBy('t.createdAt', 'desc')
      .orderBy('t.id', 'desc')
      .limit(asked.limit)
      .execute()
    return rows.map(({ id, createdAt, createdBy, ...file }) => ({ id, at: createdAt, by: { person: createdBy }, facts: file }))
  },
})

/** Papers and other things that name the record: its orders, its sales, its goods papers. */
export const papersShown = timelineSource({
  name: 'paper',
  isFor: (actor, of) => pointing(of.table).some((one) => reachOf(actor, one.of.can.read)),
  async rows({ db, actor }, asked) {
    const parts = pointing(asked.of.table).flatMap(({ of, fields, moment }): RawBuilder<unknown>[] => {
      const reach = reachOf(actor, of.can.read)
      if (!reach) return []
      const points = fields.map((name) => sql`${columnOf(name)} = ${asked.id}`)
      const [at, state] = [columnOf(moment), of.life ? sql`t.state` : sql`null`]
      return [
        sql`(select t.id, ${at} as at, ${of.name}::text as entity, ${columnOf(of.title)}::text as title, ${state}::text as state
          from ${sql.table(of.table)} t
          where (${sql.join(points, sql` or `)}) and ${older(asked, at)} and ${all(scopeOf(of, reach, actor.id))}
          order by ${at} desc, t.id desc limit ${asked.limit})`,
      ]
    })
    if (parts.length === 0) return []
    const { rows } = await sql<{ id: string; at: Temporal.Instant; entity: string; title: string; state: string | null }>`
      ${sql.join(parts, sql` union all `)}`.execute(db)
    return rows.map(({ id, at, ...facts }) => ({ id, at, facts }))
  },
})

/** When something came to be, by what its entity calls that. */
const MOMENTS = ['createdAt', 'completedAt', 'openedAt'] as const
interface Pointing {
  readonly of: Entity
  readonly fields: readonly string[]
  readonly moment: string
}
const PEOPLE = 'access_user'
const known = new Map<string, readonly Pointing[]>()

/** What points to the records of a table, beside whose it is: everything names its place, and nobody looks there for it. */
function pointing(table: string): readonly Pointing[] {
  // People are named by whatever they do, and that stands in the trail.
  if (table === PEOPLE) return []
  const found = known.get(table)
  if (found) return found
  const made = [...declaredEntities.values()].flatMap((of): Pointing[] => {
    const { place, alsoPlace, own, seller } = of.scope ?? {}
    const apart = new Set([place, alsoPlace, own, seller, 'createdBy', 'decidedBy'])
    const fields = Object.entries(of.fields).flatMap(([name, field]) =>
      field.kind === 'ref' && field.to === table && !apart.has(name) && !field.seenBy ? [name] : [],
    )
    const moment = MOMENTS.find((name) => of.fields[name]?.kind === 'instant')
    return fields.length > 0 && moment ? [{ of, fields, moment }] : []
  })
  known.set(table, made)
  return made
}
