import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf, type Actor } from '../../access.ts'
import { declaredEntities, type Entity } from '../../entity.ts'
import { CommonProblem } from '../../problem.ts'
import type { Reading, Tx } from '../door/context.ts'
import { all, columnOf, scopeOf } from '../door/scope.ts'
import type { Db } from '../data/db.ts'
import { shownName, unnumbered, wordsFor } from '../host/words.ts'

/** How a record is named in an address: what it is one of, and which. */
export const recordInput = z.object({ entity: z.string().max(80), id: z.uuid() })

/** A record that whoever asks may see. */
export interface SeenRecord {
  readonly of: Entity
  readonly id: string
  readonly place: string | null
}

/** The same record as the page of its entity shows it. @throws `kit.notFound` where that page would not */
export async function seenRecord(
  { db, actor }: Pick<Reading, 'db' | 'actor'>,
  { entity, id }: z.output<typeof recordInput>,
): Promise<SeenRecord> {
  const of = [...declaredEntities.values()].find((one) => one.name === entity)
  const reach = of && reachOf(actor, of.can.read)
  if (!of || !reach) throw CommonProblem.notFound()
  const place = of.scope?.place ? columnOf(of.scope.place) : sql`null`
  const conditions = [sql`t.id = ${id}`, ...scopeOf(of, reach, actor.id)]
  const { rows } = await sql<{ place: string | null }>`
    select ${place}::uuid as place from ${sql.table(of.table)} t where ${all(conditions)}`.execute(db)
  if (!rows[0]) throw CommonProblem.notFound()
  return { of, id, place: rows[0].place }
}

/** The same within a command, for those who work here: people from outside look on and write nothing. */
export function writableRecord(tx: Tx, input: z.output<typeof recordInput>): Promise<SeenRecord> {
  if (tx.actor.sellers) throw CommonProblem.forbidden()
  return seenRecord(tx, input)
}

/** Who of some people may see a record. People from outside are left out: they see no notes. */
export async function readersOf(db: Db, { of, id }: SeenRecord, actors: readonly Actor[]): Promise<ReadonlySet<string>> {
  const parts = actors.flatMap((actor): RawBuilder<unknown>[] => {
    const reach = reachOf(actor, of.can.read)
    if (!reach || actor.sellers || !actor.id) return []
    const conditions = all([sql`t.id = ${id}`, ...scopeOf(of, reach, actor.id)])
    return [sql`select ${actor.id}::uuid as person from ${sql.table(of.table)} t where ${conditions}`]
  })
  if (parts.length === 0) return new Set()
  const { rows } = await sql<{ person: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return new Set(rows.map((one) => one.person))
}

/** What records are called, by id, as far as this person may see them; one statement for all of them. */
export async function titlesSeen(
  db: Db,
  actor: Actor,
  records: readonly { readonly table: string; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const parts = [...Map.groupBy(records, (one) => one.table)].flatMap(([table, some]) => {
    const of = declaredEntities.get(table)
    const reach = of && reachOf(actor, of.can.read)
    if (!reach) return []
    const ids = [...new Set(some.map((one) => one.id))]
    const conditions = all([sql`t.id = any(${ids}::uuid[])`, ...scopeOf(of, reach, actor.id)])
    return [
      sql`select t.id, ${columnOf(of.title)}::text as title, ${of.seeded ?? null}::text as seeded, ${'lines' in of ? of.name : null}::text as document
        from ${sql.table(table)} t where ${conditions}`,
    ]
  })
  if (parts.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    title: string | null
    seeded: string | null
    document: string | null
  }>`${sql.join(parts, sql` union all `)}`.execute(db)
  const t = wordsFor(actor.locale)
  return new Map(
    rows.map(({ id, title, seeded, document }) => {
      if (title === null) return [id, document ? unnumbered(t, { name: document }) : '']
      return [id, seeded ? shownName(t, seeded, title) : title]
    }),
  )
}
