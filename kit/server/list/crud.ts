import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf } from '../../access.ts'
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
  ref,
  type Field,
} from '../../entity.ts'
import { isCustom } from '../../custom.ts'
import { newId } from '../../id.ts'
import type { Machine } from '../../machine.ts'
import { CommonProblem } from '../../problem.ts'
import { sealedColumns } from '../data/blind.ts'
import { command, query } from '../door/command.ts'
import { happened } from '../door/happening.ts'
import { requireReach, type Reading, type Tx } from '../door/context.ts'
import { refuseMissing } from '../door/step.ts'
import { customChange, owned, readCustom, withoutCustom } from './custom.ts'
import { exportRows, listExportInput } from './export.ts'
import { refuseHeld } from './keeping.ts'
import { json, snake, toColumn } from '../data/row.ts'
import { groupInTurns, inTurns } from '../host/turns.ts'
import { wordsFor } from '../host/words.ts'
import { listInput, listRows, noteReading, selection, titlesIn, titlesOf, type ListedRow } from './list.ts'
import { all, heldOf, scopeOf } from '../door/scope.ts'
import { groupsInput, groupsOf } from './group.ts'
import { sumsInput, sumsOf } from './sums.ts'

type Values = Record<string, unknown>

/** What a module may add to the generated verbs of an entity; each is a plain function in its transaction. */
export interface CrudHooks<F extends Fields> {
  /** Refuses what a schema cannot see, and may fill readonly columns (by their camelCase names). */
  beforeCreate?(tx: Tx, input: InputOf<{ fields: F }> & { id: string }): Promise<Values | void> | Values | void
  afterCreate?(tx: Tx, row: { id: string } & Values): Promise<void>
  /** Holds what has to be held before the row is, so that two who change things that hang together never wait for each other. */
  beforeLock?(tx: Tx, changes: Partial<InputOf<{ fields: F }>>): Promise<void>
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
  told: Values = {},
): Promise<void> {
  const custom = customChange(entity, values)
  const entries = Object.entries(withoutCustom(values))
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => sealedColumns(tx.db, name, entity.fields[name], values.id, value))
  if (custom) entries.push(['custom', stripped(custom.patch)], ['customSaid', custom.said])
  await sql`insert into ${sql.table(entity.table)} (${sql.join(entries.map(([name]) => sql.id(snake(name))))})
    values (${sql.join(entries.map(([, value]) => (isRaw(value) ? value : sql`${toColumn(value)}`)))})`.execute(tx.db)
  tx.about(entity.table, values.id)
  tx.changed({ table: entity.table, record: values.id, version: 1, before: null, after: { ...values, ...told } })
}

/** Inserts some hundred rows of an entity by one statement for each set of columns that they have; otherwise as `insertRow`. */
export async function insertRows(tx: Tx, entity: Entity, rows: readonly (Values & { readonly id: string })[]): Promise<void> {
  const isPlain = ({ id: _id, ...values }: Values) =>
    Object.entries(values).every(
      ([name, value]) => value === undefined || (!isCustom(name) && entity.fields[name]?.kind !== 'json'),
    )
  const columnsOf = (row: Values & { readonly id: string }) =>
    Object.entries(row)
      .filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => sealedColumns(tx.db, name, entity.fields[name], row.id, value))
      .map(([name, value]) => [snake(name), asJson(value)] as const)
  const sets = await groupInTurns(await inTurns(rows.filter(isPlain), columnsOf), (columns) =>
    columns.map(([name]) => name).join(),
  )
  for (const same of sets.values()) {
    const names = sql.join(same[0]!.map(([name]) => sql.id(name)))
    const records = json(same.map((columns) => Object.fromEntries(columns)))
    await sql`insert into ${sql.table(entity.table)} (${names})
      select ${names} from jsonb_populate_recordset(null::${sql.table(entity.table)}, ${records}::jsonb)`.execute(tx.db)
  }
  for (const row of rows) {
    if (!isPlain(row)) await insertRow(tx, entity, row)
    else {
      tx.about(entity.table, row.id)
      tx.changed({ table: entity.table, record: row.id, version: 1, before: null, after: row })
    }
  }
}

/** A value of a column as JSON holds it. */
const asJson = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : typeof value === 'bigint' ? String(value) : value
const stripped = (patch: string) => sql`jsonb_strip_nulls(${patch}::jsonb)`
const isRaw = (value: unknown): value is RawBuilder<unknown> =>
  typeof value === 'object' && value !== null && 'isRawBuilder' in value

/** Loads and locks one row that the actor may write; `at` names the place at which they need the right. @throws `kit.notFound` */
export async function lockRow<F extends Fields>(
  tx: Tx,
  entity: Entity<F>,
  id: string,
  permission = entity.can.write ?? entity.can.read,
  at?: string,
): Promise<Locked<F>> {
  const within = scopeOf(entity, requireReach(tx.actor, permission), tx.actor.id, { toWrite: true, at })
  const conditions = [sql`t.id = ${id}`, ...within]
  const { rows } = await sql<Locked<F>>`
    select ${selection(entity, Object.entries(entity.fields))} from ${sql.table(entity.table)} t where ${all(conditions)} for update`.execute(
    tx.db,
  )
  const row = rows[0]
  if (!row) throw CommonProblem.notFound()
  return row
}

/** Several of them, locked in one order; what is not there, or out of reach, is left out. */
export async function lockRows(tx: Tx, entity: Entity, ids: readonly string[]): Promise<Map<string, Locked>> {
  if (ids.length === 0) return new Map()
  const reach = requireReach(tx.actor, entity.can.write ?? entity.can.read)
  const conditions = [sql`t.id = any(${[...ids]}::uuid[])`, ...scopeOf(entity, reach, tx.actor.id, { toWrite: true })]
  const { rows } = await sql<Locked>`
    select ${selection(entity, Object.entries(entity.fields))} from ${sql.table(entity.table)} t where ${all(conditions)} order by t.id for update`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Writes some columns of a locked row, raises its version, and leaves the before and after in the trail, with what else was
 * changed of it (`told`): the lines of a document.
 */
export async function updateRow<F extends Fields>(
  tx: Tx,
  entity: Entity<F>,
  row: Readonly<Values> & { readonly id: string; readonly version: number },
  values: Written<F>,
  told?: { readonly before: Values; readonly after: Values },
): Promise<number> {
  const changed = Object.entries(values).filter(([name, value]) => value !== undefined && !same(row[name], value))
  if (changed.length === 0 && !told) return row.version
  const version = row.version + 1
  const custom = customChange(entity, Object.fromEntries(changed), row)
  const columns = changed.flatMap(([name, value]) =>
    isCustom(name) ? [] : sealedColumns(tx.db, name, entity.fields[name], row.id, value),
  )
  const sets = [...columns, ['version', version] as const].map(
    ([name, value]) => sql`${sql.id(snake(name))} = ${toColumn(value)}`,
  )
  if (custom) sets.push(sql`custom = jsonb_strip_nulls(custom || ${custom.patch}::jsonb)`, sql`custom_said = ${custom.said}`)
  await sql`update ${sql.table(entity.table)} set ${sql.join(sets)} where id = ${row.id}`.execute(tx.db)
  tx.about(entity.table, row.id)
  tx.changed({
    table: entity.table,
    record: row.id,
    version,
    before: { ...Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null])), ...told?.before },
    after: { ...Object.fromEntries(changed), ...told?.after },
  })
  return version
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What everything that is listed has: list, export, and where figures are added up, sums and groups. */
export function listing<F extends Fields>(of: Entity<F>) {
  const list = query({
    name: `${of.name}.list`,
    can: of.can.read,
    input: listInput,
    run: (reading, input) => listRows(reading, of, input),
  })
  const exported = query({
    name: `${of.name}.export`,
    can: of.can.export ?? of.can.read,
    within: of.can.read,
    input: listInput.extend(listExportInput.shape),
    run: (reading, input) => exportRows(reading, of, input),
  })
  const sums =
    of.sums !== undefined &&
    query({ name: `${of.name}.sums`, can: of.can.read, input: sumsInput, run: (reading, input) => sumsOf(reading, of, input) })
  const groups =
    of.sums !== undefined &&
    query({
      name: `${of.name}.groups`,
      can: of.can.read,
      input: groupsInput,
      run: (reading, input) => groupsOf(reading, of, input),
    })
  return { list, exported, sums, groups }
}

type Listing<F extends Fields> = ReturnType<typeof listing<F>>

/** The routes of a list, below its path: all that a view has. */
export type ListRoutes<F extends Fields, Path extends string> = { readonly [At in `GET ${Path}`]: Listing<F>['list'] } & {
  readonly [At in `GET ${Path}/export`]: Listing<F>['exported']
} & { readonly [At in `GET ${Path}/sums`]: Made<Listing<F>['sums']> } & {
  readonly [At in `GET ${Path}/groups`]: Made<Listing<F>['groups']>
}

export function listRoutes<F extends Fields, Path extends string>(
  { path }: { readonly path: Path },
  { list, exported, sums, groups }: Listing<F>,
): ListRoutes<F, Path> {
  return {
    [`GET ${path}`]: list,
    [`GET ${path}/export`]: exported,
    ...(sums && { [`GET ${path}/sums`]: sums }),
    ...(groups && { [`GET ${path}/groups`]: groups }),
  } as unknown as ListRoutes<F, Path>
}

/** A view's routes: `viewRoutes(stockList)`. */
export const viewRoutes = <F extends Fields, Path extends string>(of: Entity<F, undefined, Path>): ListRoutes<F, Path> =>
  listRoutes(of, listing(of))

/** What everything has of which each record is looked at: its list, and its history. */
export function looking<F extends Fields>(of: Entity<F>) {
  const history = query({
    name: `${of.name}.history`,
    can: of.can.read,
    input: z.object({ id: z.uuid() }),
    run: (reading, { id }) => historyOf(reading, of, id),
  })
  return { ...listing(of), history }
}

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
      async run(tx, sent) {
        const own = await owned(tx.db, of)
        const input = await readCustom(tx, own, sent, { isNew: true })
        refuseHidden(tx, of, withoutNothing(input))
        const id = input.id ?? newId()
        refusePlace(tx, of, write, { ...(of.scope?.place && { [of.scope.place]: null }), ...input })
        const more = await hooks.beforeCreate?.(tx, { ...input, id })
        await insertRow(tx, own, { ...input, ...more, id } as Written<F> & { id: string })
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
      async run(tx, { id, ifMatch, reason, changes: sent }) {
        const own = await owned(tx.db, of)
        const changes = await readCustom(tx, own, sent, { isNew: false })
        refuseHidden(tx, of, changes)
        await hooks.beforeLock?.(tx, changes)
        const row = await lockRow(tx, own, id)
        refuseEnded(of, row, changes)
        if (of.reasoned && reason === undefined) throw CommonProblem.sayWhy()
        if (tellsOfPeople(of)) await refuseHeld(tx, id)
        refusePlace(tx, of, write, changes)
        if (ifMatch !== undefined && ifMatch !== row.version) await refuseOverlap(tx, row, ifMatch, changes)
        const more = await hooks.beforeChange?.(tx, row, changes)
        const version = await updateRow(tx, own, row, { ...changes, ...more } as Written<F>)
        if (version !== row.version)
          await happened(tx, { what: 'changed', table: of.table, record: id, values: { ...row, ...changes, ...more } })
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
  return { ...looking(of), get, create, change, archive, restore }
}

export async function getRow<F extends Fields>(
  reading: Reading,
  declared: Entity<F>,
  id: string,
): Promise<{ row: ListedRow<F>; refs: Record<string, string>; isHeld: boolean }> {
  const of = await owned(reading.db, declared)
  const fields = visibleFields(of, (permission) => reachOf(reading.actor, permission) !== undefined)
  const conditions = [sql`t.id = ${id}`, ...scopeOf(of, reading.reach, reading.actor.id)]
  const isHeld = sql`exists (select from legal_hold h where h.record = t.id and h.lifted_at is null) as "isHeld"`
  const found = sql<Values>`select ${selection(of, fields, reading)}, ${isHeld} from ${sql.table(of.table)} t where ${all(conditions)}`
  const first = (await found.execute(reading.db)).rows[0]
  if (!first) throw CommonProblem.notFound()
  const { isHeld: held, ...row } = first
  const holds = (permission: string) => reachOf(reading.actor, permission) !== undefined
  noteReading(reading, of, [row], holds)
  return { row: maskRow(of, row, holds) as ListedRow<F>, refs: await titlesIn(reading, of, fields, [row]), isHeld: held === true }
}

/** What was decided stays as it was decided, whole or in some of its fields; and what is needed by then stays there. */
export function refuseEnded(of: Pick<Entity, 'name' | 'fields' | 'changeableIn'>, row: object, changes: object): void {
  const state = String((row as Values)['state'])
  if (!isChangeable(of, row)) throw CommonProblem.wrongStep({ state })
  const isFixed = ([name, value]: [string, unknown]) =>
    of.fields[name]?.fixedIn?.includes(state) === true && value !== undefined && !same((row as Values)[name], value)
  const [fixed] = Object.entries(changes).find(isFixed) ?? []
  if (fixed !== undefined) throw CommonProblem.fixedNow({ field: `${of.name}.${fixed}`, state })
  refuseMissing(of, state, { ...row, ...changes })
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
export async function refuseOverlap(
  tx: Tx,
  row: Readonly<Values> & { id: string; version: number },
  since: number,
  changes: object,
) {
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
  if (version !== row.version) await happened(tx, { what: 'changed', table: of.table, record: id, values: row })
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

/** A record's life, newest first: who changed which field from what to what. Fields that the reader may not see are left out. */
export async function historyOf(
  reading: Reading,
  of: Entity,
  id: string,
): Promise<{ rows: HistoryRow[]; refs: Record<string, string> }> {
  await getRow(reading, of, id)
  return livesOf(reading, of, id)
}

/** Where a page of what happened goes on: what is older than this. */
export interface Before {
  readonly at: Temporal.Instant
  readonly id: string
}

/** A part of the history of a record that the reader may see: whoever asks has judged that. */
export async function livesOf(
  reading: Pick<Reading, 'db' | 'actor'>,
  declared: Entity,
  id: string,
  { part }: { part?: { before: Before | undefined; limit: number } } = {},
): Promise<{ rows: HistoryRow[]; refs: Record<string, string> }> {
  const of = await owned(reading.db, declared)
  const rights = Object.values(of.fields).flatMap(({ seenBy, personal }) => [seenBy, personal])
  const holds = await heldOf(reading.db, of, id, reading.actor, rights)
  const visible = new Map(visibleFields(of, holds))
  const { before, limit = 200 } = part ?? {}
  const older = before ? sql`and (e.at, c.id) < (${before.at}, ${before.id}::uuid)` : sql``
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
    where c.record = ${id} ${older} order by ${part ? sql`e.at desc, ` : sql``}c.id desc limit ${limit}`.execute(reading.db)
  const shown = (field: string, value: unknown) => {
    const { personal } = of.fields[field] ?? {}
    return personal && !holds(personal) ? masked(value ?? null) : (value ?? null)
  }
  const lives = rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.actorName,
    command: row.command,
    reason: row.reason,
    changes: [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
      .filter((field) => visible.has(field) || field === 'archivedAt' || field in (of.trailed ?? {}))
      .map((field) => ({ field, before: shown(field, row.before?.[field]), after: shown(field, row.after?.[field]) })),
  }))
  const [fields, pointed] = pointedIn(
    of,
    lives.flatMap((life) => life.changes),
  )
  const refs = await titlesOf(reading.db, [...visible, ...fields], pointed, wordsFor(reading.actor.locale), reading.actor)
  return { rows: lives, refs }
}

type FieldChange = HistoryRow['changes'][number]
/** The ids in some changes under the names of the references that they are, also those within what is `trailed`. */
export function pointedIn(
  of: Pick<Entity, 'trailed'>,
  changes: readonly FieldChange[],
): [fields: [string, Field][], rows: Record<string, unknown>[]] {
  const inner = Object.entries(of.trailed ?? {}).flatMap(([name, refs]) =>
    Object.entries(refs).map(([part, to]) => ({ name, part, as: `${name}.${part}`, to })),
  )
  const rows = changes.flatMap(({ field, before, after }) => {
    const parts = inner.filter((one) => one.name === field)
    const within = parts.length > 0 ? [before, after].flat() : []
    return [
      { [field]: before },
      { [field]: after },
      ...within.map((value) => Object.fromEntries(parts.map(({ as, part }) => [as, (value as Values | null)?.[part] ?? null]))),
    ]
  })
  return [inner.map(({ as, to }) => [as, ref(to)]), rows]
}

type Verbs<F extends Fields> = ReturnType<typeof crud<F>>
type Made<Verb> = Exclude<Verb, false | undefined>

/** The routes of `crud` for an entity at a path; `typeof` of them types the client. */
export type CrudRoutes<F extends Fields, Path extends string> = ListRoutes<F, Path> & {
  readonly [At in `GET ${Path}/:id`]: Verbs<F>['get']
} & {
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
    ...listRoutes(entity, verbs),
    [`GET ${at}/:id`]: verbs.get,
    [`GET ${at}/:id/history`]: verbs.history,
    ...(verbs.create && { [`POST ${at}`]: verbs.create }),
    ...(verbs.change && { [`PATCH ${at}/:id`]: verbs.change }),
    ...(verbs.archive && { [`POST ${at}/:id/archival`]: verbs.archive }),
    ...(verbs.restore && { [`DELETE ${at}/:id/archival`]: verbs.restore }),
  } as unknown as CrudRoutes<F, Path>
}
