import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../../access.ts'
import { visibleFields, type Entity } from '../../entity.ts'
import type { Reading } from '../door/context.ts'
import { all, columnOf, heldIn } from '../door/scope.ts'
import { owned } from './custom.ts'
import { conditionsOf, listInput, type ListInput } from './list.ts'

/** Of more rows than these nobody is made to wait for the sum: a filter leaves fewer. */
export const MOST_SUMMED = 100_000

export const sumsInput = listInput.omit({ cursor: true, limit: true, sort: true })

export interface Sums {
  /** How many rows the filters leave; nothing where there are more than are added up. */
  readonly count: number | null
  /** By field, those that the reader sees of every row in it: a sum tells of all that it adds up. */
  readonly sums: Readonly<Record<string, bigint>>
}

interface Summed {
  readonly names: readonly string[]
  /** Of each row, and what they add up to, called `s0`, `s1`, … */
  readonly columns: readonly RawBuilder<unknown>[]
  readonly picked: readonly RawBuilder<unknown>[]
}

/** The figures of an entity that are added up, of the fields that the reader sees. */
export function sumColumns(reading: Reading, entity: Entity): Summed {
  const visible = new Map(visibleFields(entity, (one) => reachOf(reading.actor, one) !== undefined))
  const named = (entity.sums ?? []).flatMap((name) => {
    const field = visible.get(name)
    return field ? [{ name, field, held: field.seenBy ? heldIn(entity, reading, field.seenBy) : true }] : []
  })
  const [sum, isSeen] = [(index: number) => sql.id(`s${index}`), (index: number) => sql.id(`h${index}`)]
  return {
    names: named.map(({ name }) => name),
    columns: [
      sql`1 as one`,
      ...named.flatMap(({ name, field, held }, index) => [
        sql`${counted(entity, columnOf(name, field))} as ${sum(index)}`,
        ...(held === true ? [] : [sql`coalesce(${held}, false) as ${isSeen(index)}`]),
      ]),
    ],
    picked: named.map(({ held }, index) => {
      const added = sql`coalesce(sum(${sum(index)}), 0)`
      return sql`${held === true ? added : sql`case when coalesce(bool_and(${isSeen(index)}), true) then ${added} end`}::text as ${sum(index)}`
    }),
  }
}

/** A figure as it is added up: nothing of what is shown only because it was there. */
const counted = ({ uncounted }: Entity, figure: RawBuilder<unknown>): RawBuilder<unknown> =>
  uncounted ? sql`case when t.state <> all(${[...uncounted]}::text[]) then ${figure} end` : figure

/** What was added up of some rows, by field, however much it is; nothing of what its reader does not see in all of them. */
export const sumsIn = (names: readonly string[], row: Readonly<Record<string, unknown>>): Record<string, bigint> =>
  Object.fromEntries(
    names.flatMap((name, index) => {
      const sum = row[`s${index}`] as string | null
      return sum === null ? [] : [[name, BigInt(sum)] as const]
    }),
  )

/** What the figures of a list add up to, over all rows that its filters leave. It is asked for beside the rows, not before them. */
export async function sumsOf(reading: Reading, declared: Entity, input: z.output<typeof sumsInput>): Promise<Sums> {
  const entity = await owned(reading.db, declared)
  const { names, columns, picked } = sumColumns(reading, entity)
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join([sql`count(*)::bigint as n`, ...picked])}
    from (select ${sql.join(columns)} from ${sql.table(entity.table)} t
      where ${all(conditionsOf(reading, entity, input as ListInput))} limit ${MOST_SUMMED + 1}) rows`.execute(reading.db)
  const row = rows[0]!
  const count = Number(row['n'])
  if (count > MOST_SUMMED) return { count: null, sums: {} }
  return { count, sums: sumsIn(names, row) }
}
