import { sql, type RawBuilder } from 'kysely'
import { may } from '../../access.ts'
import { declaredEntities, missingIn, type Entity, type Field } from '../../entity.ts'
import { mayStep, PROGRAM, type Living, type Step } from '../../machine.ts'
import { CommonProblem } from '../../problem.ts'
import { sealedColumns } from '../data/blind.ts'
import { requireReach, type Tx } from './context.ts'
import { happened } from './happening.ts'
import { all, columnOf, scopeOf } from './scope.ts'
import { snake, toColumn } from '../data/row.ts'

type Values = Readonly<Record<string, unknown>>
/** A row that is locked: `lockRow` gives one, or any `select … for update` that reads its key and its state. */
type LockedRow = object & { readonly state?: unknown }

/**
 * One step of a life, the only way in which a state changes: the row is locked, the right and the state are judged, state and
 * values are written, the change is left in the trail, and what the step says is announced.
 *
 * @param thing the key of the row, or the row where the caller has locked it already
 * @param values more columns to write, by their camelCase names
 * @param more.facts what the step's event tells
 * @param more.told what the trail says beside the columns
 * @returns the row as it was, and its version afterwards where it has one
 * @throws `kit.notFound`, `kit.wrongStep`, `kit.needed` where something is empty that may not be then
 */
export async function step<State extends string, Verb extends string>(
  tx: Tx,
  of: Living<State, Verb>,
  thing: string | LockedRow,
  verb: NoInfer<Verb>,
  values: Values = {},
  { facts, told = {} }: { readonly facts?: Values; readonly told?: Values } = {},
): Promise<{ readonly before: Values; readonly version: number }> {
  const taken = of.life!.steps[verb]
  const name = `${of.name}:${verb}`
  if (taken.can !== PROGRAM && !tx.takes.includes(name)) throw new Error(`this command does not say that it takes ${name}`)
  const before: Values = typeof thing === 'string' ? await lockThing(tx, of, thing, taken) : (thing as Values)
  if (typeof thing !== 'string') judge(tx, of, before, taken)
  const state = String(before['state'])
  if (!mayStep(of.life!, verb, state)) throw CommonProblem.wrongStep({ state })
  const key = of.key ?? 'id'
  const id = String(before[key])
  const version = typeof before['version'] === 'number' ? before['version'] + 1 : 1
  const after = { ...changedIn(before, values), state: taken.to }
  const entity = declaredEntities.get(of.table)
  if (entity) refuseMissing(entity, taken.to, { ...before, ...after })
  const written = { ...after, ...('version' in before && { version }) }
  await sql`update ${sql.table(of.table)} set ${setting(tx, of, id, written)} where ${sql.id(snake(key))} = ${id}`.execute(tx.db)
  const record = before['id']
  if (typeof record === 'string') {
    tx.about(of.table, record, placeOf(of, before) ?? null)
    const known = Object.fromEntries(Object.keys(after).map((name) => [name, before[name] ?? null]))
    tx.changed({ table: of.table, record, ...('version' in before && { version }), before: known, after: { ...after, ...told } })
  }
  if (taken.says) tx.emit(taken.says, facts)
  if (typeof record === 'string' && entity)
    await happened(tx, { what: 'stepped', table: of.table, record, from: state, values: { ...before, ...after } })
  return { before, version }
}

/**
 * The same step for many rows at once, which only the program takes: what has run out, what belongs to somebody who has gone.
 * Rows in another state stay as they are. @returns the keys of those that took it
 */
export async function stepAll<State extends string, Verb extends string>(
  tx: Pick<Tx, 'db'>,
  of: Living<State, Verb>,
  verb: NoInfer<Verb>,
  where: RawBuilder<unknown>,
  values: Values = {},
): Promise<string[]> {
  const { from, to, can } = of.life!.steps[verb]
  if (can !== PROGRAM) throw new Error(`${of.name}: somebody asks to ${verb}, so it is one step for one row`)
  const key = snake(of.key ?? 'id')
  const set = Object.entries({ ...values, state: to }).map(([name, value]) => sql`${sql.id(snake(name))} = ${toColumn(value)}`)
  const { rows } = await sql<{ key: string }>`update ${sql.table(of.table)} set ${sql.join(set)}
    where state = any(${[...from]}::text[]) and ${where} returning ${sql.id(key)}::text as key`.execute(tx.db)
  return rows.map((row) => row.key)
}

/** What is needed in a state is there. @throws `kit.needed` */
export function refuseMissing(of: Pick<Entity, 'name' | 'fields'>, state: string, values: Values): void {
  const [missing] = missingIn(of, state, values)
  if (missing !== undefined) throw CommonProblem.needed({ field: `${of.name}.${missing}`, state })
}

/** Locks a row of something that has a life, as far as a right reaches. @throws `kit.notFound` */
async function lockThing(tx: Tx, of: Living, key: string, { can, at }: Step): Promise<Values> {
  const entity = declaredEntities.get(of.table)
  const isAsked = can !== PROGRAM && can !== 'public' && can !== 'signedIn'
  const within = entity && isAsked ? scopeOf(entity, requireReach(tx.actor, can), tx.actor.id, { toWrite: true, at }) : []
  const { rows } = await sql<Values>`select t.* from ${sql.table(of.table)} t
    where ${all([sql`${columnOf(of.key ?? 'id')} = ${key}`, ...within])} for update`.execute(tx.db)
  const row = rows[0]
  if (!row) throw CommonProblem.notFound()
  if (isAsked && !may(tx.actor, can)) throw CommonProblem.forbidden()
  return row
}

/** A row that the caller has locked is judged by its place. */
function judge(tx: Tx, of: Living, row: Values, { can, at }: Step): void {
  if (can === PROGRAM) return
  const place = at ? (row[at] as string | undefined) : placeOf(of, row)
  if (!may(tx.actor, can)) throw CommonProblem.forbidden()
  if (place && !may(tx.actor, can, place)) throw CommonProblem.notFound()
}

const placeOf = (of: Living, row: Values): string | undefined => {
  const field = declaredEntities.get(of.table)?.scope?.place
  return field ? (row[field] as string | undefined) : undefined
}

const changedIn = (before: Values, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== undefined && before[name] !== value))

function setting(tx: Tx, of: Living, id: string, values: Values): RawBuilder<unknown> {
  const fields: Readonly<Record<string, Field>> = declaredEntities.get(of.table)?.fields ?? {}
  const columns = Object.entries(values).flatMap(([name, value]) => sealedColumns(tx.db, name, fields[name], id, value))
  return sql.join(columns.map(([name, value]) => sql`${sql.id(snake(name))} = ${toColumn(value)}`))
}
