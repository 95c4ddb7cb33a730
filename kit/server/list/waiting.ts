import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf, type Reach } from '../../access.ts'
import type { Entity } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import type { Db } from '../data/db.ts'
import { query } from '../door/command.ts'
import type { Reading } from '../door/context.ts'
import { businessDay } from '../../time.ts'
import { clockOf } from '../door/scheduled.ts'
import { all, columnOf, scopeOf } from '../door/scope.ts'
import { conditionsOf, listInput } from './list.ts'

/** What is looked for: how far whoever asks may act, the place that they chose, and the business day of the company. */
export interface WaitingFor {
  readonly reach: Reach
  readonly place: string | undefined
  readonly today: string
}

/** Work that waits for somebody until a list is empty. Its words are `waiting.<name>`, beside the number. */
export interface Waiting {
  readonly name: string
  /** Who does it, and where: the right that the work takes. `signedIn` where the rows themselves say whose it is. */
  readonly can: string
  /** It should have been done before today. */
  readonly isLate?: boolean
  /** Selects one row for each thing that waits. It is counted to a hundred and no further, so it needs an index to the open ones. */
  rows?(reading: Reading, asked: WaitingFor): RawBuilder<unknown>
  /** Counts them in place of that, where they are of many kinds and each is judged by its own rights. */
  count?(reading: Reading, asked: { readonly most: number }): Promise<number>
  /** A text that tells where the first of them stands, where they stand in no list: an expression beside the rows. */
  first?(reading: Reading, asked: WaitingFor): RawBuilder<unknown>
  /** Where they stand, asked as here. */
  leadsTo(asked: WaitingFor, first: string | null): { readonly path: string; readonly search: Readonly<Record<string, string>> }
}

const declared = whole<Waiting>()
export const waiting = (one: Waiting): Part => declared.part(one)
export const declaredWaiting = declared.all

/** Waits in the list of an entity, as some filters leave it: the number is that of the rows which the link shows. */
export function waitsIn(
  of: Entity,
  name: string,
  facts: Pick<Waiting, 'can' | 'isLate'> & {
    /** The field with the place where it is done, if that is not the entity's own. */
    readonly at?: string
    filters(today: string): Readonly<Record<string, string>>
  },
): Part {
  const { at = of.scope?.place, filters, ...rest } = facts
  return waiting({
    name,
    ...rest,
    rows(reading, { reach, place, today }) {
      const seen = reachOf(reading.actor, of.can.read)
      if (!seen) return sql`select 1 where false`
      const conditions = [
        ...conditionsOf({ ...reading, reach: seen }, of, listInput.parse(filters(today))),
        ...scopeOf(of, reach, reading.actor.id, { toWrite: true, at }),
        ...(place && at ? [sql`${columnOf(at)} = ${place}`] : []),
      ]
      return sql`select 1 from ${sql.table(of.table)} t where ${all(conditions)}`
    },
    leadsTo: ({ place, today }) => ({ path: of.path, search: { ...filters(today), ...(place && at && { [at]: place }) } }),
  })
}

/** A sign says “99+” and no more. */
const COUNTED = 100

interface Answer {
  readonly index: number
  readonly count: number
  readonly first: string | null
}
const answersOf = async (db: Db, parts: readonly RawBuilder<unknown>[]): Promise<readonly Answer[]> =>
  parts.length === 0 ? [] : (await sql<Answer>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
const countOf = async (count: Promise<number>, index: number): Promise<Answer> => ({ index, count: await count, first: null })

/** What waits for whoever asks, each with how many (100 stands for more) and where they stand; what is late comes first. */
export const listWaiting = query({
  name: 'kit.listWaiting',
  can: 'signedIn',
  input: z.object({ place: z.uuid().optional() }),
  async run(reading, { place }) {
    const { db, actor, now } = reading
    const today = businessDay(now, await clockOf(db))
    const asked = declaredWaiting().flatMap((one) => {
      const reach = one.can === 'signedIn' ? reading.reach : reachOf(actor, one.can)
      return reach ? [{ one, asked: { reach, place, today } }] : []
    })
    const parts = asked.flatMap(({ one, asked: wanted }, index) =>
      one.rows
        ? [
            sql`select ${sql.lit(index)}::int as index, (select count(*)::int from (${one.rows(reading, wanted)} limit ${sql.lit(COUNTED)}) w) as count,
          ${one.first?.(reading, wanted) ?? sql`null`}::text as first`,
          ]
        : [],
    )
    const counted = asked.flatMap(({ one }, index) => (one.count ? [countOf(one.count(reading, { most: COUNTED }), index)] : []))
    const [listed, ...others] = await Promise.all([answersOf(db, parts), ...counted])
    const answers = new Map([...listed, ...others].map((row) => [row.index, row]))
    const found = asked.flatMap(({ one, asked: wanted }, index) => {
      const { count = 0, first = null } = answers.get(index) ?? {}
      return count > 0 ? [{ name: one.name, count, isLate: one.isLate ?? false, ...one.leadsTo(wanted, first) }] : []
    })
    return { rows: found.toSorted((a, b) => Number(b.isLate) - Number(a.isLate)) }
  },
})
