import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../access.ts'
import {
  changeSchema,
  createSchema,
  isChangeable,
  masked,
  maskRow,
  visibleFields,
  type Entity,
  type Fields,
  type InputOf,
  type RowOf,
} from '../entity.ts'
import { newId } from '../id.ts'
import type { Machine } from '../machine.ts'
import { CommonProblem } from '../problem.ts'
import { sealedColumns } from './blind.ts'
import { command, query } from './command.ts'
import { requireReach, type Reading, type Tx } from './context.ts'
import { exportInput, exportRows } from './export.ts'
import { refuseHeld } from './keeping.ts'
import { snake, toColumn } from './row.ts'
import { wordsFor } from './words.ts'
import { all, listInput, listRows, noteReading, scopeOf, selection, titlesIn, titlesOf, type ListedRow } from './list.ts'

type Values = Record<string, unknown>

/** What a module may add to the generated verbs of an entity; each is a plain function in its transaction. */
export interface CrudHooks<F extends Fields> {
  /** Refuses what a schema cannot see, and may fill readonly columns (by their camelCase names). */
  beforeCreate?(tx: Tx, input: InputOf<{ fields: F }> & { id: string }): Promise<Values | void> | Values | void
  afterCreate?(tx: Tx, row: { id: string } & Values): Promise<void>
  beforeChange?(tx: Tx, row: Locked<F>, changes: Partial<InputOf<{ fields: F }>>): Promise<Values | void> | Values | void
  beforeArchive?(tx: Tx, row: Locked<F>): Promise<void> | void
  /** It is there again, for everybody who had lost sight of it. */
  afterRestore?(tx: Tx, row: Locked<F>): Promise<void> | void
  afterChange?(tx: Tx, row: Locked<F>, changes: Partial<InputOf<{ fields: F }>>): Promise<void>
}

/** A row that is locked to be changed. */
export type Locked<F extends Fields = Fields> = RowOf<{ fields: F }> & {
  readonly id: string
  readonly version: number
  readonly archivedAt?: Temporal.Instant | null
}
/** Values of fields as the server holds them; other columns of the table by their camelCase names. */
type Written<F extends Fields> = Partial<RowOf<{ fields: F }>> & Values

/** Inserts one row of an entity. Values are camelCase; unknown names are a bug of the caller. */
export async function insertRow<F extends Fields>(
  tx: Tx,
  entity: Entity<F>,
  values: Written<F> & { readonly id: string },
): Promise<void> {
  const entries = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => sealedColumns(tx.db, name, entity.fields[name], values.id, value))
  await sql`insert into ${sql.table(entity.table)} (${sql.join(entries.map(([name]) => sql.id(snake(name))))})
    values (${sql.join(entries.map(([, value]) => sql`${toColumn(value)}`))})`.execute(tx.db)
  tx.about(entity.table, values.id)
  tx.changed({ table: entity.table, record: values.id, version: 1, before: null, after: values })
}

/** Loads and locks one row that the actor may write. @throws `kit.notFound` */
export async function lockRow<F extends Fields>(
  tx: Tx,
  entity: Entity<F>,
  id: string,
  permission = entity.can.write ?? entity.can.read,
): Promise<Locked<F>> {
  const conditions = [sql`t.id = ${id}`, ...scopeOf(entity, requireReach(tx.actor, permission), tx.actor.id, { toWrite: true })]
  const { rows } = await sql<Locked<F>>`
    select ${selection(entity, Object.entries(entity.fields))} from ${sql.table(entity.table)} t where ${all(conditions)} for update`.execute(
    tx.db,
  )
  const row = rows[0]
  if (!row) throw CommonProblem.notFound()
  return row
}

/** Writes some columns of a locked row, raises its version, and leaves the before and after in the trail. */
export async function updateRow<F extends Fields>(
  tx: Tx,
  entity: Entity<F>,
  row: Readonly<Values> & { readonly id: string; readonly version: number },
  values: Written<F>,
): Promise<number> {
  const changed = Object.entries(values).filter(([name, value]) => value !== undefined && !same(row[name], value))
  if (changed.length === 0) return row.version
  const version = row.version + 1
  const columns = changed.flatMap(([name, value]) => sealedColumns(tx.db, name, entity.fields[name], row.id, value))
  await sql`update ${sql.table(entity.table)} set ${sql.join(columns.map(([name, value]) => sql`${sql.id(snake(name))} = ${toColumn(value)}`))},
    version = ${version} where id = ${row.id}`.execute(tx.db)
  tx.about(entity.table, row.id)
  tx.changed({
    table: entity.table,
    record: row.id,
    version,
    before: Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null])),
    after: Object.fromEntries(changed),
  })
  return version
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * The ten verbs of a plain entity: list, get, create, change (with field-level merge), archive, restore, history, export.
 * Each can be replaced by hand in the module's routes. `stepUp`: to change one, one proves who one is.
 */
export function crud<F extends Fields>(
  of: Entity<F>,
  hooks: CrudHooks<F> = {},
  { creatable = true, stepUp = false }: { creatable?: boolean; stepUp?: boolean } = {},
) {
  const { write } = of.can
  const idOnly = z.object({ id: z.uuid() })

  const list = query({
    name: `${of.name}.list`,
    can: of.can.read,
    input: listInput,
    run: (reading, input) => listRows(reading, of, input),
  })

  const get = query({
    name: `${of.name}.get`,
    can: of.can.read,
    input: idOnly,
    run: (reading, { id }) => getRow(reading, of, id),
  })

  const create =
    write !== undefined &&
    creatable &&
    command({
      name: `${of.name}.create`,
      can: write,
      stepUp,
      input: createSchema(of),
      async run(tx, input) {
        refuseHidden(tx, of, withoutNothing(input))
        const id = input.id ?? newId()
        refusePlace(tx, of, write, { ...(of.scope?.place && { [of.scope.place]: null }), ...input })
        const more = await hooks.beforeCreate?.(tx, { ...input, id })
        await insertRow(tx, of, { ...input, ...more, id } as Written<F> & { id: string })
        await hooks.afterCreate?.(tx, { ...input, ...more, id })
        return { id }
      },
    })

  const change =
    write !== undefined &&
    command({
      name: `${of.name}.change`,
      can: write,
      stepUp,
      input: z.object({
        id: z.uuid(),
        ifMatch: z.coerce.number().int().optional(),
        reason: z.string().trim().min(3).max(300).optional(),
        changes: changeSchema(of),
      }),
      async run(tx, { id, ifMatch, reason, changes }) {
        refuseHidden(tx, of, changes)
        const row = await lockRow(tx, of, id)
        refuseEnded(of, row)
        if (of.reasoned && reason === undefined) throw CommonProblem.sayWhy()
        if (tellsOfPeople(of)) await refuseHeld(tx, id)
        refusePlace(tx, of, write, changes)
        if (ifMatch !== undefined && ifMatch !== row.version) await refuseOverlap(tx, row, ifMatch, changes)
        const more = await hooks.beforeChange?.(tx, row, changes)
        const version = await updateRow(tx, of, row, { ...changes, ...more } as Written<F>)
        await hooks.afterChange?.(tx, { ...row, ...changes }, changes)
        return { id, version }
      },
    })

  const archive =
    write !== undefined &&
    of.archive &&
    command({
      name: `${of.name}.archive`,
      can: write,
      stepUp,
      input: idOnly,
      run: (tx, { id }) => setArchived(tx, of, id, true, hooks),
    })
  const restore =
    write !== undefined &&
    of.archive &&
    command({
      name: `${of.name}.restore`,
      can: write,
      input: idOnly,
      run: (tx, { id }) => setArchived(tx, of, id, false, hooks),
    })
  const history = query({
    name: `${of.name}.history`,
    can: of.can.read,
    input: idOnly,
    run: (reading, { id }) => historyOf(reading, of, id),
  })
  const exported = query({
    name: `${of.name}.export`,
    can: of.can.export ?? of.can.read,
    within: of.can.read,
    input: listInput.extend(exportInput.shape),
    run: (reading, input) => exportRows(reading, of, input),
  })
  return { list, get, create, change, archive, restore, history, exported }
}

export async function getRow<F extends Fields>(
  reading: Reading,
  of: Entity<F>,
  id: string,
): Promise<{ row: ListedRow<F>; refs: Record<string, string>; isHeld: boolean }> {
  const fields = visibleFields(of, (permission) => reachOf(reading.actor, permission) !== undefined)
  const conditions = [sql`t.id = ${id}`, ...scopeOf(of, reading.reach, reading.actor.id)]
  const isHeld = sql`exists (select from legal_hold h where h.record = t.id and h.lifted_at is null) as "isHeld"`
  const found = sql<Values>`select ${selection(of, fields)}, ${isHeld} from ${sql.table(of.table)} t where ${all(conditions)}`
  const first = (await found.execute(reading.db)).rows[0]
  if (!first) throw CommonProblem.notFound()
  const { isHeld: held, ...row } = first
  const holds = (permission: string) => reachOf(reading.actor, permission) !== undefined
  noteReading(reading, of, [row], holds)
  return { row: maskRow(of, row, holds) as ListedRow<F>, refs: await titlesIn(reading, of, fields, [row]), isHeld: held === true }
}

/** What was decided stays as it was decided. */
export function refuseEnded(of: Pick<Entity, 'changeableIn'>, row: object): void {
  if (!isChangeable(of, row)) throw CommonProblem.wrongStep({ state: String((row as { state?: unknown }).state) })
}

/** What is known about people may have to stay as it is. */
const tellsOfPeople = (of: Entity): boolean => Object.values(of.fields).some((field) => field.personal)

/** A right at one place makes no record of another place, neither a new one nor one that is moved there. */
export function refusePlace(tx: Tx, of: Entity, permission: string, values: object): void {
  const field = of.scope?.place
  if (!field || !(field in values)) return
  const place = field === 'id' ? null : ((values as Values)[field] as string | null | undefined)
  if (place) tx.mayAt(permission, place)
  // What belongs to no place, or is a new one, is for people whose right holds everywhere.
  else if (!requireReach(tx.actor, permission).all) throw CommonProblem.forbidden()
}

/** A new row begins with nothing in a field that its maker leaves out. */
export const withoutNothing = (values: object): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0)))

/** Fields that are for others to see or to set stay as they are. */
export function refuseHidden(tx: Tx, of: Entity, values: object): void {
  for (const [name, field] of Object.entries(of.fields)) {
    if (!(name in values) || (values as Values)[name] === undefined) continue
    for (const permission of [field.seenBy, field.setBy, field.personal])
      if (permission && !reachOf(tx.actor, permission)) throw CommonProblem.forbidden()
  }
}

/** Two people changed the record: their change stands where the fields differ, and is shown where they are the same. */
async function refuseOverlap(tx: Tx, row: Values & { id: string; version: number }, since: number, changes: object) {
  const { rows } = await sql<{ after: Values; actorName: string; at: Temporal.Instant }>`
    select c.after, e.actor_name, e.at from audit_change c join audit_entry e on e.id = c.entry
    where c.record = ${row.id} and c.version > ${since} order by c.version desc`.execute(tx.db)
  // A version that is not written yet was never read by anybody.
  if (since > row.version) throw CommonProblem.badRequest()
  const overlap = Object.entries(changes).flatMap(([field, yours]) => {
    const theirs = rows.find((one) => one.after && field in one.after)
    return theirs && !same(row[field], yours) ? [{ field, yours, theirs: row[field], by: theirs.actorName, at: theirs.at }] : []
  })
  if (overlap.length > 0) throw CommonProblem.changedMeanwhile({}, overlap)
}

async function setArchived<F extends Fields>(
  tx: Tx,
  of: Entity<F>,
  id: string,
  away: boolean,
  hooks: CrudHooks<F>,
): Promise<{ id: string; version: number }> {
  if (!of.archive) throw CommonProblem.notFound()
  const row = await lockRow(tx, of, id)
  if (Boolean(row.archivedAt) === away) return { id, version: row.version }
  if (away) await hooks.beforeArchive?.(tx, row)
  const version = await updateRow(tx, of, row, { archivedAt: away ? tx.now : null } as Written<F>)
  if (!away) await hooks.afterRestore?.(tx, row)
  return { id, version }
}

export interface HistoryRow {
  readonly id: string
  readonly at: Temporal.Instant
  readonly by: string
  readonly command: string
  /** Why, where somebody had to say it. */
  readonly reason: string | null
  readonly changes: { field: string; before: unknown; after: unknown }[]
}

/**
 * A record's life, newest first: who changed which field from what to what. Fields that the reader may not see are left out;
 * `more` names what commands put into the trail beside the fields.
 */
export async function historyOf(
  reading: Reading,
  of: Entity,
  id: string,
  more: readonly string[] = [],
): Promise<{ rows: HistoryRow[]; refs: Record<string, string> }> {
  await getRow(reading, of, id)
  const visible = new Map(visibleFields(of, (permission) => reachOf(reading.actor, permission) !== undefined))
  const { rows } = await sql<{
    id: string
    at: Temporal.Instant
    actorName: string
    command: string
    reason: string | null
    before: Values | null
    after: Values | null
  }>`
    select c.id, e.at, e.actor_name, e.command, e.reason, c.before, c.after from audit_change c join audit_entry e on e.id = c.entry
    where c.record = ${id} order by c.id desc limit 200`.execute(reading.db)
  const shown = (field: string, value: unknown) => {
    const { personal } = of.fields[field] ?? {}
    return personal && !reachOf(reading.actor, personal) ? masked(value ?? null) : (value ?? null)
  }
  const lives = rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.actorName,
    command: row.command,
    reason: row.reason,
    changes: [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
      .filter((field) => visible.has(field) || field === 'archivedAt' || more.includes(field))
      .map((field) => ({ field, before: shown(field, row.before?.[field]), after: shown(field, row.after?.[field]) })),
  }))
  const pointed = lives.flatMap((life) =>
    life.changes.flatMap((one) => [{ [one.field]: one.before }, { [one.field]: one.after }]),
  )
  return { rows: lives, refs: await titlesOf(reading.db, [...visible], pointed, wordsFor(reading.actor.locale)) }
}

type Verbs<F extends Fields> = ReturnType<typeof crud<F>>
type Made<Verb> = Exclude<Verb, false | undefined>

/** The routes of `crud` for an entity at a path; `typeof` of them types the client. */
export type CrudRoutes<F extends Fields, Path extends string> = { readonly [At in `GET ${Path}`]: Verbs<F>['list'] } & {
  readonly [At in `GET ${Path}/export`]: Verbs<F>['exported']
} & { readonly [At in `GET ${Path}/:id`]: Verbs<F>['get'] } & {
  readonly [At in `GET ${Path}/:id/history`]: Verbs<F>['history']
} & { readonly [At in `POST ${Path}`]: Made<Verbs<F>['create']> } & {
  readonly [At in `PATCH ${Path}/:id`]: Made<Verbs<F>['change']>
} & { readonly [At in `POST ${Path}/:id/archival`]: Made<Verbs<F>['archive']> } & {
  readonly [At in `DELETE ${Path}/:id/archival`]: Made<Verbs<F>['restore']>
}

/** The routes of `crud`, below the entity's path. */
export function crudRoutes<F extends Fields, Path extends string>(
  entity: Entity<F, Machine | undefined, Path>,
  verbs: Verbs<F>,
): CrudRoutes<F, Path> {
  const at = entity.path
  return {
    [`GET ${at}`]: verbs.list,
    [`GET ${at}/export`]: verbs.exported,
    [`GET ${at}/:id`]: verbs.get,
    [`GET ${at}/:id/history`]: verbs.history,
    ...(verbs.create && { [`POST ${at}`]: verbs.create }),
    ...(verbs.change && { [`PATCH ${at}/:id`]: verbs.change }),
    ...(verbs.archive && { [`POST ${at}/:id/archival`]: verbs.archive }),
    ...(verbs.restore && { [`DELETE ${at}/:id/archival`]: verbs.restore }),
  } as unknown as CrudRoutes<F, Path>
}
