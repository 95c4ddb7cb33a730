import { sql } from 'kysely'
import { CUSTOM, customNames, isCustom, withCustom, type CustomField } from '../../custom.ts'
import { declaredEntities, type Entity, type Field } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import { CommonProblem } from '../../problem.ts'
import type { Db } from '../data/db.ts'
import { json } from '../data/row.ts'
import type { Tx } from '../door/context.ts'
import { all, seenBy } from '../door/scope.ts'

type Values = Record<string, unknown>

const known = whole<(db: Db, of: string) => Promise<readonly CustomField[]>>()
/** Who keeps the fields that the company has added says which an entity has, by its name. */
export const customFieldsFrom = (read: (db: Db, of: string) => Promise<readonly CustomField[]>): Part => known.part(read)

/** The entity as this company has it: with the fields of its own. One more round trip where an entity takes any. */
export async function owned<E extends Entity>(db: Db, of: E): Promise<E> {
  if (!of.custom) return of
  const own = await Promise.all(known.all().map((read) => read(db, of.name)))
  return withCustom(of, own.flat())
}

interface Issue {
  readonly path: string
  readonly code: string
}

/**
 * Reads what was sent for the company's own fields; the rest of `input` is as it was. A new record has all that are required.
 * @throws `kit.invalid` with what is wrong by field, `kit.unknownField`
 */
export async function readCustom<Input extends object>(
  tx: Pick<Tx, 'db' | 'actor'>,
  of: Entity,
  input: Input,
  { isNew }: { isNew: boolean },
): Promise<Input> {
  const sent = Object.entries(input).filter(([name, value]) => isCustom(name) && value !== undefined)
  const names = new Set(sent.map(([name]) => name))
  const issues: Issue[] = []
  const values: Values = {}
  for (const [name, value] of sent) {
    const field = of.fields[name]
    if (!field) throw CommonProblem.unknownField({ field: name })
    const read = readOne(field, value)
    if ('code' in read) issues.push({ path: name, code: read.code })
    else values[name] = read.value
  }
  if (isNew)
    for (const name of customNames(of))
      if (!of.fields[name]!.optional && !names.has(name)) issues.push({ path: name, code: 'required' })
  if (issues.length > 0) throw CommonProblem.invalid({}, issues)
  await refuseUnknown(tx, of, values)
  return { ...input, ...values }
}

function readOne(field: Field, value: unknown): { value: unknown } | { code: string } {
  if (value === null || value === '') return field.optional ? { value: null } : { code: 'required' }
  const read = field.schema.safeParse(value)
  return read.success ? { value: read.data } : { code: read.error.issues[0]?.code ?? 'invalid' }
}

/** What is referred to is there, and its writer may see it: no constraint of the database knows. */
async function refuseUnknown({ db, actor }: Pick<Tx, 'db' | 'actor'>, of: Entity, values: Values): Promise<void> {
  const wanted = Object.entries(values).flatMap(([name, value]) => {
    const target = value === null ? undefined : declaredEntities.get(of.fields[name]!.to ?? '')
    if (!target) return []
    const may = all([sql`t.id = ${value}::uuid`, ...seenBy(target, actor)])
    return [{ name, found: sql`select ${name}::text as name from ${sql.table(target.table)} t where ${may}` }]
  })
  if (wanted.length === 0) return
  const { rows } = await sql<{ name: string }>`${sql.join(
    wanted.map(({ found }) => found),
    sql` union all `,
  )}`.execute(db)
  const there = new Set(rows.map((row) => row.name))
  const missing = wanted.filter(({ name }) => !there.has(name)).map(({ name }) => ({ path: name, code: 'unknown' }))
  if (missing.length > 0) throw CommonProblem.invalid({}, missing)
}

/** What a change of a record writes of the company's own fields: only what changes, because others may have been put aside. */
export interface CustomChange {
  /** Values by key as JSON carries them; nothing (`null`) takes one away. */
  readonly patch: string
  /** The words in them that a search finds, as all of them stand then. */
  readonly said: string
}

/** Nothing where none of the company's own fields is among `values`. */
export function customChange(
  of: Pick<Entity, 'fields'>,
  values: Readonly<Values>,
  before: Readonly<Values> = {},
): CustomChange | undefined {
  const changed = Object.entries(values).filter(([name, value]) => isCustom(name) && value !== undefined)
  if (changed.length === 0) return undefined
  const now = { ...before, ...values }
  const said = customNames(of).flatMap((name) => {
    const { kind } = of.fields[name]!
    return (kind === 'text' || kind === 'choice') && now[name] ? [String(now[name])] : []
  })
  const patch = Object.fromEntries(changed.map(([name, value]) => [name.slice(CUSTOM.length), value]))
  return { patch: json(patch), said: said.join(' ') }
}

/** Values without those of the company's own fields. */
export const withoutCustom = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !isCustom(name)))
