import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../../access.ts'
import { visibleFields, type Entity, type Field } from '../../entity.ts'
import type { Reading } from '../door/context.ts'
import { all, columnOf } from '../door/scope.ts'
import { owned } from './custom.ts'
import { conditionsOf, listInput, type ListInput } from './list.ts'

/** Of more rows than these nobody is made to wait for the sum: a filter leaves fewer. */
export const MOST_SUMMED = 100_000

export const sumsInput = listInput.omit({ cursor: true, limit: true, sort: true })

export interface Sums {
  /** How many rows the filters leave; nothing where there are more than are added up. */
  readonly count: number | null
  /** By field, those that the reader sees. */
  readonly sums: Readonly<Record<string, bigint>>
}

interface Summed {
  readonly names: readonly string[]
  /** Of each row, and what they add up to, called `s0`, `s1`, … */
  readonly columns: readonly RawBuilder<unknown>[]
  readonly picked: readonly RawBuilder<unknown>[]
}

/** The figures of an entity that are added up, of the fields that the reader sees. */
export function sumColumns(entity: Entity, visible: ReadonlyMap<string, Field>): Summed {
  const names = (entity.sums ?? []).filter((name) => visible.has(name))
  return {
    names,
    columns: [
      sql`1 as one`,
      ...names.map((name, index) => sql`${columnOf(name, entity.fields[name])} as ${sql.id(`s${index}`)}`),
    ],
    picked: names.map((_, index) => sql`coalesce(sum(${sql.id(`s${index}`)}), 0)::bigint as ${sql.id(`s${index}`)}`),
  }
}

/** What the figures of a list add up to, over all rows that its filters leave. It is asked for beside the rows, not before them. */
export async function sumsOf(reading: Reading, declared: Entity, input: z.output<typeof sumsInput>): Promise<Sums> {
  const entity = await owned(reading.db, declared)
  const visible = new Map(visibleFields(entity, (one) => reachOf(reading.actor, one) !== undefined))
  const { names, columns, picked } = sumColumns(entity, visible)
  const { rows } = await sql<Record<string, bigint>>`select ${sql.join([sql`count(*)::bigint as n`, ...picked])}
    from (select ${sql.join(columns)} from ${sql.table(entity.table)} t
      where ${all(conditionsOf(reading, entity, input as ListInput))} limit ${MOST_SUMMED + 1}) rows`.execute(reading.db)
  const [row] = rows
  const count = Number(row?.['n'] ?? 0)
  if (count > MOST_SUMMED) return { count: null, sums: {} }
  return { count, sums: Object.fromEntries(names.map((name, index) => [name, row?.[`s${index}`] ?? 0n])) }
}
