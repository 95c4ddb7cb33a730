import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../../access.ts'
import { groupOf, visibleFields, type Entity, type Field } from '../../entity.ts'
import { CommonProblem } from '../../problem.ts'
import { isTimeZone } from '../../time.ts'
import { timeZoneOf } from '../door/scheduled.ts'
import type { Reading } from '../door/context.ts'
import { all, columnOf } from '../door/scope.ts'
import { wordsFor } from '../host/words.ts'
import { owned } from './custom.ts'
import { conditionsOf, titlesOf, type ListInput } from './list.ts'
import { MOST_SUMMED, sumColumns, sumsIn, sumsInput } from './sums.ts'

/** More than anybody reads; a filter leaves fewer. */
const MOST_GROUPS = 200

export const groupsInput = sumsInput.extend({
  group: z.string().max(100),
  /** On which clock moments have their days; the company's where it is left out. */
  zone: z.string().max(60).refine(isTimeZone).optional(),
})

export interface Group {
  /** What the rows have in common, as a filter of the list takes it; nothing where they have no such value. */
  readonly key: string | null
  readonly count: number
  readonly sums: Readonly<Record<string, bigint>>
}
export interface Groups {
  /** Nothing where the filters leave more rows than are looked at. */
  readonly rows: readonly Group[] | null
  readonly isMore: boolean
  readonly refs: Record<string, string>
}

/** The rows that the filters leave by what they have in common, with what each group adds up to. Days stand in their order, the newest on top. */
export async function groupsOf(reading: Reading, declared: Entity, input: z.output<typeof groupsInput>): Promise<Groups> {
  const entity = await owned(reading.db, declared)
  const { group, zone, ...asked } = input
  const visible = new Map(visibleFields(entity, (one) => reachOf(reading.actor, one) !== undefined))
  const by = groupOf(entity, group)
  const field = by && visible.get(by.name)
  if (!by || !field) throw CommonProblem.unknownField({ field: group })
  const { names, columns, picked } = sumColumns(reading, entity)
  const isOfTime = field.kind === 'day' || field.kind === 'instant'
  const clock = field.kind === 'instant' ? (zone ?? (await timeZoneOf(reading.db))) : undefined
  const order = isOfTime ? sql`key desc nulls last` : sql`n desc, key`
  const { rows } = await sql<Record<string, unknown>>`
    select key, count(*)::bigint as n, sum(count(*)) over ()::bigint as "all", ${sql.join([...picked, sql`1`])}
    from (select ${keyOf(by, field, clock)} as key, ${sql.join(columns)} from ${sql.table(entity.table)} t
      where ${all(conditionsOf(reading, entity, asked as ListInput))} limit ${MOST_SUMMED + 1}) rows
    group by key order by ${order} limit ${MOST_GROUPS + 1}`.execute(reading.db)
  if (Number(rows[0]?.['all'] ?? 0) > MOST_SUMMED) return { rows: null, isMore: false, refs: {} }
  const shown = rows.slice(0, MOST_GROUPS)
  const pointed = shown.map(({ key }) => ({ [by.name]: key }))
  return {
    rows: shown.map((row) => ({
      key: row['key'] as string | null,
      count: Number(row['n']),
      sums: sumsIn(names, row),
    })),
    isMore: rows.length > MOST_GROUPS,
    refs: await titlesOf(reading.db, [[by.name, field]], pointed, wordsFor(reading.actor.locale), reading.actor),
  }
}

function keyOf(
  { name, isMonth }: { name: string; isMonth: boolean },
  field: Field,
  clock: string | undefined,
): RawBuilder<unknown> {
  const column = columnOf(name, field)
  if (clock) return sql`to_char(${column} at time zone ${clock}, ${isMonth ? 'YYYY-MM' : 'YYYY-MM-DD'})`
  return isMonth ? sql`to_char(${column}, 'YYYY-MM')` : sql`${column}::text`
}
