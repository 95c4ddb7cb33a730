import { life, machine, PROGRAM } from '../../machine.ts'
import { step } from '../step.ts'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { may, type Actor } from '../../access.ts'
import { declaredEntities } from '../../entity.ts'
import { event } from '../../event.ts'
import { newId } from '../../id.ts'
import { CommonProblem, declaredProblems, fill, Problem, problems } from '../../problem.ts'
import { command, query } from '../command.ts'
import { authorise, contextOf, type Ctx, type Tx } from '../context.ts'
import { json, keysOf } from '../db.ts'
import { forgetBytes } from '../file.ts'
import { enqueue, job } from '../job.ts'
import { log } from '../log.ts'
import { Download } from '../export.ts'
import { bytes } from '../store.ts'
import { encodings, readTable, TableProblem, type Encoding } from '../table/read.ts'
import { writeCsv } from '../table/write.ts'
import { attempt } from './attempt.ts'
import { feed, marksOf, surveyOf } from './feed.ts'
import {
  importableOf,
  suggestMapping,
  type Cells,
  type Group,
  type Importable,
  type Judged,
  type Pass,
  type Refusal,
  type Trace,
} from './importable.ts'

export const ImportProblem = problems('kit.import', {
  unknownKind: { status: 404, say: 'Nothing of that kind can be imported.' },
  unreadable: { status: 422, say: 'This file could not be read as a table: {why}.' },
  notMapped: { status: 422, say: 'Choose the column for {field} first.' },
  broke: { status: 409, say: 'The import stopped at a row that it could not write. Undo it, mend the file and try again.' },
  tooMuch: { status: 413, say: 'You have too many large files waiting here. Import or take back the earlier ones first.' },
  notNow: { status: 409, say: 'This import is {state}, so that step is not possible now.' },
})

/** A file is looked through as often as one likes, then its rows are written; what was written can be taken back. */
export const importLife = life(
  'kit.import',
  'import_run',
  machine('uploaded', {
    readAnew: { from: ['uploaded', 'checked', 'failed'], to: 'uploaded', can: 'signedIn' },
    check: { from: ['uploaded', 'checked', 'failed', 'checking'], to: 'checking', can: 'signedIn' },
    finishCheck: { from: ['checking'], to: 'checked', can: PROGRAM },
    apply: { from: ['checked'], to: 'applying', can: 'signedIn' },
    finishApply: { from: ['applying'], to: 'applied', can: PROGRAM },
    undo: { from: ['applied', 'failed', 'applying'], to: 'undoing', can: 'signedIn' },
    finishUndo: { from: ['undoing'], to: 'undone', can: PROGRAM },
    fail: { from: ['checking', 'applying', 'undoing'], to: 'failed', can: PROGRAM },
  }),
)

export const importMoved = event('kit.import.moved', 'signedIn', z.object({ run: z.uuid(), state: z.string(), done: z.number() }))

const UNDO_BATCH = 400
const REFUSALS_KEPT = 20_000

/** Takes a file in, reads its heading and suggests which column is which. Nothing is changed yet. */
export const uploadImport = command({
  name: 'kit.uploadImport',
  can: 'signedIn',
  shownOnce: true,
  takesFile: true,
  input: z.object({ kind: z.string().max(60), options: z.string().max(2000).optional() }),
  async run(tx, { kind, options }) {
    const target = targetOf(tx.ctx, kind)
    const { upload } = tx.ctx
    if (!upload) throw CommonProblem.badRequest()
    await makeRoom(tx, upload.size)
    const id = newId()
    const { header, samples, encoding } = await readingProblems(() => beginningOf(upload.path, upload.name))
    const remembered = await rememberedFor(tx, kind, header)
    const mapping = suggestMapping(target.fields, header, remembered.mapping, await target.currencyOf?.(tx))
    await bytes().take(`import/${id}`, upload.path)
    await tx.db
      .insertInto('importRun')
      .values({
        id,
        kind,
        name: upload.name,
        path: upload.name,
        header: keysOf(tx.db).sealed(id, header),
        samples: keysOf(tx.db).sealed(id, samples),
        mapping: json(mapping),
        options: json({ ...remembered.options, ...(options && readOptions(options)) }),
        findings: json({ encoding }),
        size: BigInt(upload.size),
        createdBy: tx.actor.id,
        createdAt: tx.now,
        movedAt: tx.now,
      })
      .execute()
    tx.about('import_run', id)
    return { id, header, mapping, fields: target.fields }
  },
})

const optionsSchema = z.record(z.string().max(80), z.union([z.string().max(200), z.boolean(), z.null()]))

function readOptions(text: string): Record<string, unknown> {
  try {
    return optionsSchema.parse(JSON.parse(text))
  } catch {
    throw CommonProblem.badRequest()
  }
}

/** How much of one person's files may wait here. */
export const importQuota = { bytes: 300_000_000 }

/** A new file takes the room of the same person's oldest ones that wrote nothing; those can be chosen again. */
async function makeRoom(tx: Tx, size: number): Promise<void> {
  const { rows } = await sql<{ id: string; size: bigint; idle: boolean }>`
    select id, size, state in ('uploaded', 'checked', 'undone') as idle from import_run
    where created_by = ${tx.actor.id} and state <> 'applied' order by created_at for update`.execute(tx.db)
  let used = rows.reduce((all, row) => all + Number(row.size), size)
  const gone: string[] = []
  for (const row of rows) {
    if (used <= importQuota.bytes) break
    if (!row.idle) continue
    used -= Number(row.size)
    gone.push(row.id)
  }
  if (used > importQuota.bytes) throw ImportProblem.tooMuch()
  if (gone.length === 0) return
  await tx.db.deleteFrom('importRun').where('id', 'in', gone).execute()
  await forgetBytes(
    tx.db,
    gone.map((id) => `import/${id}`),
  )
}

/** What was chosen for files with these headings: columns, and what was decided. */
async function rememberedFor(tx: Tx, kind: string, header: readonly string[]) {
  const found = await tx.db
    .selectFrom('importMapping')
    .select(['mapping', 'options'])
    .where('kind', '=', kind)
    .where('headerHash', '=', hashOf(header))
    .executeTakeFirst()
  return {
    mapping: (found?.mapping ?? {}) as Record<string, string>,
    options: (found?.options ?? {}) as Record<string, unknown>,
  }
}

/** Reads the file's letters another way, where what we took them for looks wrong. */
export const readImportAs = command({
  name: 'kit.readImportAs',
  can: 'signedIn',
  takes: ['kit.import:readAnew'],
  input: z.object({ id: z.uuid(), encoding: z.enum(encodings) }),
  async run(tx, { id, encoding }) {
    const run = await lockRun(tx, id, importLife.steps.readAnew.from)
    const target = targetOf(tx.ctx, run.kind)
    const { stream } = await bytes().get(`import/${id}`)
    const { header, samples } = await readingProblems(() => beginningOf(stream, run.name, encoding))
    const remembered = await rememberedFor(tx, run.kind, header)
    const mapping = suggestMapping(target.fields, header, remembered.mapping, await target.currencyOf?.(tx))
    // What the file says stays out of the trail.
    const read = { header: keysOf(tx.db).sealed(id, header), samples: keysOf(tx.db).sealed(id, samples) }
    await tx.db.updateTable('importRun').set(read).where('id', '=', id).execute()
    await move(tx, run, 'readAnew', {
      mapping: json(mapping),
      options: json({ ...(run.options as object), encoding }),
      findings: json({ encoding }),
      failure: null,
    })
    return { id, header, mapping }
  },
})

const SAMPLES = 3

/** The heading and the first rows; what is wrong further down is found by the dry run. */
async function beginningOf(source: string | Readable, name: string, wanted?: Encoding) {
  const { header, rows, encoding } = await readTable(source, { name, encoding: wanted })
  const samples: string[][] = []
  for await (const { cells } of rows) if (samples.push(cells.map((cell) => cell.slice(0, 80))) >= SAMPLES) break
  return { header, samples, encoding }
}

const hashOf = (header: readonly string[]) => createHash('sha256').update(header.join('\u0000')).digest('base64url')

function targetOf(ctx: Ctx, kind: string): Importable {
  const target = importableOf(kind)
  if (!target) throw ImportProblem.unknownKind()
  authorise(ctx.actor, target.can)
  return target
}

async function readingProblems<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TableProblem) throw ImportProblem.unreadable({ why: error.message })
    throw error
  }
}

/**
 * A file may hold more than whoever may import sees: it is for who brought it, and for those who see every personal field of
 * its kind.
 */
const mayOpen = (actor: Actor, run: { kind: string; createdBy: string | null }): boolean =>
  may(actor, importableOf(run.kind)?.can ?? '') && (run.createdBy === actor.id || seesAllOf(actor, run.kind))

function seesAllOf(actor: Actor, kind: string): boolean {
  const { fields = {} } = [...declaredEntities.values()].find((one) => one.name === kind) ?? {}
  return Object.values(fields).every(({ personal, seenBy }) => [personal, seenBy].every((right) => !right || may(actor, right)))
}

async function lockRun(tx: Tx, id: string, states: readonly string[]) {
  const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!run || !mayOpen(tx.actor, run)) throw CommonProblem.notFound()
  if (!states.includes(run.state)) throw ImportProblem.notNow({ state: run.state })
  return run
}

const stepInput = z.object({ id: z.uuid() })

/** Looks through the whole file and lists every row that would be refused, without changing anything. */
export const checkImport = command({
  name: 'kit.checkImport',
  can: 'signedIn',
  takes: ['kit.import:check'],
  input: stepInput.extend({
    mapping: z.record(z.string().max(60), z.string().max(300)),
    options: optionsSchema.default({}),
  }),
  async run(tx, { id, mapping, options }) {
    const run = await lockRun(tx, id, importLife.steps.check.from)
    const target = targetOf(tx.ctx, run.kind)
    const missing = target.fields.find((field) => field.required && !mapping[field.name])
    if (missing) throw ImportProblem.notMapped({ field: missing.name })
    if (target.oneOf && !target.oneOf.some((name) => mapping[name]))
      throw ImportProblem.notMapped({ field: target.oneOf.join(', ') })
    // How its letters were read stays; what else was decided is sent anew.
    const { encoding } = run.options as { encoding?: string }
    const decided = json({ ...(encoding && { encoding }), ...options })
    await tx.db
      .insertInto('importMapping')
      .values({ kind: run.kind, headerHash: hashOf(run.header), mapping: json(mapping), options: decided })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'headerHash']).doUpdateSet({ mapping: json(mapping), options: decided }),
      )
      .execute()
    await move(tx, run, 'check', { ...nothingYet, mapping: json(mapping), options: decided })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'checking' }
  },
})

const nothingYet = {
  done: 0,
  rowsTotal: 0,
  rowsNew: 0,
  rowsChanged: 0,
  rowsSame: 0,
  rowsRefused: 0,
  rowsWarned: 0,
  failures: 0,
  failure: null,
} as const

/** Writes the rows that are right; the others stay in the list of refusals. One that stopped halfway goes on where it was. */
export const applyImport = command({
  name: 'kit.applyImport',
  can: 'signedIn',
  takes: ['kit.import:apply'],
  input: stepInput,
  async run(tx, { id }) {
    // One that is on its way already is only told to go on.
    const run = await lockRun(tx, id, ['checked', 'applying'])
    if (run.state === 'checked') {
      await move(tx, run, 'apply', nothingYet)
      await tx.db.deleteFrom('importRefusal').where('run', '=', id).execute()
    }
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'applying' }
  },
})

/** Takes a whole import back: what it made goes, what it changed is as before, what somebody touched since stays. */
export const undoImport = command({
  name: 'kit.undoImport',
  can: 'signedIn',
  takes: ['kit.import:undo'],
  input: stepInput,
  async run(tx, { id }) {
    const run = await lockRun(tx, id, [...importLife.steps.undo.from, 'undoing'])
    if (run.state !== 'undoing') await move(tx, run, 'undo', { done: 0, rowsRefused: 0, failures: 0, failure: null })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'undoing' }
  },
})

async function move(
  tx: Tx,
  run: { readonly id: string; readonly state: string },
  verb: keyof typeof importLife.steps,
  values: Record<string, unknown>,
): Promise<void> {
  await step(tx, importLife, run, verb, { movedAt: tx.now, ...values })
  tx.emit(importMoved, { run: run.id, state: importLife.steps[verb].to, done: 0 })
}

/** The dry run begins at the top, with what the file leaves to be decided. */
const beginCheck = command({
  name: 'kit.beginImportCheck',
  internal: true,
  can: 'signedIn',
  input: z.object({ run: z.uuid(), findings: z.record(z.string(), z.unknown()) }),
  async run(tx, { run: id, findings }) {
    const run = await tx.db
      .selectFrom('importRun')
      .select(['state', 'failures'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (run?.state !== 'checking') return { isOn: false }
    await tx.db.deleteFrom('importRefusal').where('run', '=', id).execute()
    const anew = { ...nothingYet, failures: run.failures, findings: json(findings), movedAt: tx.now }
    await tx.db.updateTable('importRun').set(anew).where('id', '=', id).execute()
    tx.about('import_run', id)
    tx.emit(importMoved, { run: id, state: run.state, done: 0 })
    return { isOn: true }
  },
})

/** One batch in one transaction, with how far the file has been read: a crash goes on where it stopped. */
const takeBatch = command({
  name: 'kit.importBatch',
  internal: true,
  can: 'signedIn',
  input: z.object({
    run: z.uuid(),
    state: z.enum(['checking', 'applying']),
    from: z.number().int(),
    groups: z.custom<Group[]>(Array.isArray),
    pass: z.custom<Pass>((pass) => typeof pass === 'object'),
  }),
  async run(tx, { run: id, state, from, groups, pass }) {
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    // Somebody stopped it, or another worker goes on with it.
    if (run?.state !== state) return { isOn: false }
    if (run.done !== from) return { isOn: true }
    const { outcomes, traces } = await attempt(tx, importableOf(run.kind)!, groups, pass, state === 'applying')
    const judged = outcomes.map((one, index) => ({ rows: groups[index]!.rows, ...readOutcome(one) }))
    const count = (wanted: string) => judged.reduce((all, one) => all + (one.outcome === wanted ? one.rows.length : 0), 0)
    const refused = judged.filter((one) => one.outcome === 'refused')
    const warned = judged.flatMap(({ rows, warnings }) => warnings.map((one) => ({ rows, one })))
    await keepRefusals(tx, id, run.rowsRefused, refused)
    await keepWarnings(tx, id, run.rowsWarned, warned)
    await keepTraces(tx, id, state === 'applying' ? traces : [])
    const rows = groups.reduce((all, one) => all + one.rows.length, 0)
    await tx.db
      .updateTable('importRun')
      .set({
        done: from + groups.length,
        rowsTotal: run.rowsTotal + rows,
        rowsNew: run.rowsNew + count('new'),
        rowsChanged: run.rowsChanged + count('changed'),
        rowsSame: run.rowsSame + count('same'),
        rowsRefused: run.rowsRefused + count('refused'),
        rowsWarned: run.rowsWarned + warned.length,
        movedAt: tx.now,
      })
      .where('id', '=', id)
      .execute()
    tx.about('import_run', id)
    tx.emit(importMoved, { run: id, state: run.state, done: run.rowsTotal + rows })
    return { isOn: true }
  },
})

const readOutcome = (one: Judged): { outcome: string; refusals: readonly Refusal[]; warnings: readonly Refusal[] } =>
  typeof one === 'string'
    ? { outcome: one, refusals: [], warnings: [] }
    : 'outcome' in one
      ? { outcome: one.outcome, refusals: [], warnings: one.warnings }
      : { outcome: 'refused', refusals: one, warnings: [] }

async function keepRefusals(
  tx: Tx,
  run: string,
  before: number,
  refused: readonly { refusals: readonly Refusal[]; rows: Group['rows'] }[],
): Promise<void> {
  if (refused.length === 0 || before > REFUSALS_KEPT) return
  await insertRefusals(
    tx,
    run,
    refused.flatMap(({ refusals, rows }) =>
      rows.flatMap(({ number, cells }) => {
        const own = refusals.filter((one) => one.row === number)
        // Every row of a refused record goes into the file to mend, the ones without a fault of their own as well.
        const listed = own.length > 0 ? own : [{ row: number, field: null, problem: 'import.sameRecord', params: {} }]
        return listed.map((one) => ({ ...one, cells, isWarning: false }))
      }),
    ),
  )
}

async function keepWarnings(
  tx: Tx,
  run: string,
  before: number,
  warned: readonly { one: Refusal; rows: Group['rows'] }[],
): Promise<void> {
  if (warned.length === 0 || before > REFUSALS_KEPT) return
  const listed = warned.map(({ one, rows }) => {
    const { cells } = rows.find(({ number }) => number === one.row) ?? rows[0]!
    return { ...one, cells, isWarning: true }
  })
  await insertRefusals(tx, run, listed)
}

async function insertRefusals(tx: Tx, run: string, all: readonly (Refusal & { cells: Cells; isWarning: boolean })[]) {
  const sealed = (value: unknown) => keysOf(tx.db).sealed(run, value).toString('base64')
  const values = all.map((one) => ({
    run,
    row_number: one.row,
    field: one.field,
    problem: one.problem,
    params: sealed(one.params ?? {}),
    cells: sealed(one.cells),
    is_warning: one.isWarning,
  }))
  await tx.client.query(
    `insert into import_refusal (run, row_number, field, problem, params, cells, is_warning)
     select r.run, r.row_number, r.field, r.problem, decode(r.params, 'base64'), decode(r.cells, 'base64'), r.is_warning
     from jsonb_to_recordset($1::jsonb) as r(run uuid, row_number int, field text, problem text, params text, cells text, is_warning boolean)`,
    [json(values)],
  )
}

async function keepTraces(tx: Tx, run: string, traces: readonly Trace[]): Promise<void> {
  if (traces.length === 0) return
  const sealed = (side: Trace['before']) => side && keysOf(tx.db).sealed(run, side).toString('base64')
  await tx.client.query(
    `insert into import_trace (run, table_name, record, created, before, after)
     select $1, t."table", t.record, t.created, decode(t.before, 'base64'), decode(t.after, 'base64')
     from jsonb_to_recordset($2::jsonb) as t("table" text, record uuid, created boolean, before text, after text)`,
    [run, json(traces.map((one) => ({ ...one, before: sealed(one.before), after: sealed(one.after) })))],
  )
}

const undoBatch = command({
  name: 'kit.undoBatch',
  internal: true,
  can: 'signedIn',
  input: z.object({ run: z.uuid() }),
  async run(tx, { run: id }) {
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (run?.state !== 'undoing') return { left: false }
    const rows = await tx.db
      .selectFrom('importTrace')
      .selectAll()
      .where('run', '=', id)
      .orderBy('id', 'desc')
      .limit(UNDO_BATCH)
      .execute()
    const traces = rows.map((row): Trace => ({
      table: row.tableName,
      record: row.record,
      created: row.created,
      before: row.before as Trace['before'] & object,
      after: row.after as Trace['after'] & object,
    }))
    const kept = await importableOf(run.kind)!.undo(tx, traces)
    if (rows.length > 0) await tx.db.deleteFrom('importTrace').where('run', '=', id).where('id', '>=', rows.at(-1)!.id).execute()
    await tx.db
      .updateTable('importRun')
      .set({ done: run.done + rows.length, rowsRefused: run.rowsRefused + kept, movedAt: tx.now })
      .where('id', '=', id)
      .execute()
    tx.about('import_run', id)
    return { left: rows.length === UNDO_BATCH }
  },
})

const WORKING = ['checking', 'applying', 'undoing']

const finish = command({
  name: 'kit.finishImport',
  internal: true,
  can: 'signedIn',
  input: z.object({
    run: z.uuid(),
    /** What it was doing; whoever stopped it meanwhile has the last word. */
    from: z.string(),
    state: z.enum(['checked', 'applied', 'undone', 'failed']),
    failure: z.string().max(500).optional(),
    findings: z.record(z.string(), z.unknown()).optional(),
  }),
  async run(tx, { run: id, from, state, failure, findings }) {
    const run = await tx.db.selectFrom('importRun').select(['id', 'state']).where('id', '=', id).forUpdate().executeTakeFirst()
    if (run?.state !== from) return {}
    // They show parts of the file, and stay out of the trail.
    if (findings)
      await tx.db
        .updateTable('importRun')
        .set({ findings: json(findings) })
        .where('id', '=', id)
        .execute()
    await move(tx, run, END[state], { failure: failure ?? null, finishedAt: tx.now })
    // What it held is in the records now; taking it back goes by the traces.
    if (state === 'applied') await forgetBytes(tx.db, [`import/${id}`])
    return {}
  },
})

const END = { checked: 'finishCheck', applied: 'finishApply', undone: 'finishUndo', failed: 'fail' } as const

/** An error that nobody foresaw is counted; a restart of the program is none. */
const noteFailure = command({
  name: 'kit.noteImportFailure',
  internal: true,
  untrailed: true,
  can: 'signedIn',
  input: z.object({ run: z.uuid() }),
  async run(tx, { run: id }) {
    const run = await tx.db
      .updateTable('importRun')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', id)
      .returning('failures')
      .executeTakeFirst()
    return { failures: run?.failures ?? FAILURES }
  },
})

const FAILURES = 3

/**
 * Reads the file and feeds it in batches; runs in the worker, so a page may be closed meanwhile. It works in the name and
 * with the rights of who pressed the button. Killed, it is taken up again however often that happens.
 */
export const workImport = job<{ run: string; by: string }>({
  name: 'kit.workImport',
  attempts: 1000,
  async run(system, { run: id, by }) {
    const run = await system.database.db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    if (!run || !WORKING.includes(run.state)) return
    const ctx = await contextOf(system, by)
    if (!ctx || !may(ctx.actor, importableOf(run.kind)?.can ?? '')) {
      await finish(system, { run: id, from: run.state, state: 'failed', failure: CommonProblem.forbidden().message })
      return
    }
    try {
      await workOn(ctx, run as unknown as WaitingRun)
    } catch (error) {
      const isForeseen = error instanceof TableProblem || (error instanceof Problem && error.status !== 503)
      if (!isForeseen && (await noteFailure(ctx, { run: id })).failures < FAILURES) throw error
      // What nobody foresaw is in the log; the person gets an import that can be checked again or taken back.
      if (!isForeseen) log.error({ job: 'kit.workImport', run: id, error }, 'import broke')
      const failure = isForeseen ? error.message : ImportProblem.broke().message
      await finish(ctx, { run: id, from: run.state, state: 'failed', failure })
    }
  },
})

interface WaitingRun {
  readonly id: string
  readonly kind: string
  readonly state: 'checking' | 'applying' | 'undoing'
  readonly name: string
  readonly mapping: Record<string, string>
  readonly options: Record<string, unknown>
  readonly findings: Findings
  readonly done: number
}

/** What the dry run found about the whole file. */
export interface Findings {
  readonly encoding?: string
  /** The sign before decimals, by field, where the column proves it. */
  readonly marks?: Readonly<Record<string, '.' | ','>>
  /** Columns that hold something and go nowhere. */
  readonly unused?: readonly string[]
  /** What a person has to say before the rest can go in. */
  readonly asks?: readonly { readonly option: string; readonly field: string; readonly readings?: readonly string[] }[]
}

async function workOn(ctx: Ctx, run: WaitingRun): Promise<void> {
  const { id, state } = run
  if (state === 'undoing') {
    while ((await undoBatch(ctx, { run: id })).left);
    await finish(ctx, { run: id, from: state, state: 'undone' })
    return
  }
  const target = importableOf(run.kind)!
  const open = async () => {
    const { stream } = await bytes().get(`import/${id}`)
    return readTable(stream, { name: run.name, encoding: (run.options['encoding'] ?? run.findings.encoding) as Encoding })
  }
  const isDry = state === 'checking'
  const survey = isDry ? await surveyOf(target, await open(), run.mapping, run.options) : run.findings
  const findings: Findings = { ...run.findings, ...survey }
  if (isDry && !(await beginCheck(ctx, { run: id, findings: { ...findings } })).isOn) return
  const done = isDry ? 0 : run.done
  const marks = { ...findings.marks, ...marksOf(run.options) }
  const went = await feed(
    target,
    await open(),
    { mapping: run.mapping, options: run.options, marks },
    async (from, groups, pass) => {
      if (from < done) return true
      return (await takeBatch(ctx, { run: id, state, from, groups, pass })).isOn
    },
  )
  if (went)
    await finish(ctx, {
      run: id,
      from: state,
      state: isDry ? 'checked' : 'applied',
      ...(isDry && { findings: { ...findings, asks: [...(findings.asks ?? []), ...went.asks] } }),
    })
}

const STUCK_SECONDS = 60

/** The sentence of a refusal in English; pages that know another language translate its code. */
function said<One extends { problem: string; params: unknown }>(one: One): One {
  const params = (one.params ?? {}) as Record<string, unknown>
  const say = declaredProblems.get(one.problem)?.say
  return 'said' in params || !say ? one : { ...one, params: { ...params, said: fill(say, params) } }
}

export const showImport = query({
  name: 'kit.showImport',
  can: 'signedIn',
  input: stepInput.extend({ after: z.coerce.number().int().min(0).default(0) }),
  async run({ db, actor, now }, { id, after }) {
    const run = await db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    const target = run && importableOf(run.kind)
    if (!run || !target || !mayOpen(actor, run)) throw CommonProblem.notFound()
    const refusals = await db
      .selectFrom('importRefusal')
      .select(['id', 'rowNumber', 'field', 'problem', 'params', 'cells', 'isWarning'])
      .where('run', '=', id)
      .where('id', '>', BigInt(after) as never)
      .orderBy('id')
      .limit(200)
      .execute()
    // Nothing has moved for a while: it can be set going again, or taken back, by hand.
    const isStuck = WORKING.includes(run.state) && now.since(run.movedAt).total('seconds') > STUCK_SECONDS
    return { run, isStuck, fields: target.fields, oneOf: target.oneOf ?? [], refusals: refusals.map(said) }
  },
})

export const listImports = query({
  name: 'kit.listImports',
  can: 'signedIn',
  input: z.object({ kind: z.string().max(60) }),
  async run({ db, actor }, { kind }) {
    const target = importableOf(kind)
    if (!target || !may(actor, target.can)) throw ImportProblem.unknownKind()
    return {
      fields: target.fields,
      rows: await db
        .selectFrom('importRun')
        .select(['id', 'name', 'state', 'rowsTotal', 'rowsNew', 'rowsChanged', 'rowsRefused', 'createdAt'])
        .where('kind', '=', kind)
        .where((eb) => (seesAllOf(actor, kind) ? eb.val(true) : eb('createdBy', '=', actor.id!)))
        .orderBy('createdAt', 'desc')
        .limit(20)
        .execute(),
    }
  },
})

/** The refused rows under the headings of the file that they came from, with the reason beside them. */
export const downloadRefusals = query({
  name: 'kit.downloadRefusals',
  can: 'signedIn',
  input: stepInput,
  async run({ db, actor }, { id }) {
    const run = await db
      .selectFrom('importRun')
      .select(['kind', 'mapping', 'name', 'createdBy'])
      .where('id', '=', id)
      .executeTakeFirst()
    const target = run && importableOf(run.kind)
    if (!run || !target || !mayOpen(actor, run)) throw CommonProblem.notFound()
    const mapping = Object.entries(run.mapping as Record<string, string>)
    const refusals = await db
      .selectFrom('importRefusal')
      .select(['rowNumber', 'field', 'problem', 'cells'])
      .where('run', '=', id)
      .where('isWarning', '=', false)
      .orderBy('rowNumber')
      .limit(REFUSALS_KEPT)
      .execute()
    const rows = [...Map.groupBy(refusals, (one) => one.rowNumber).values()].map((own) => [
      ...mapping.map(([field]) => (own[0]!.cells as Cells)[field] ?? ''),
      own.map((one) => [one.field, one.problem].filter(Boolean).join(': ')).join('; '),
    ])
    const columns = [...mapping.map(([, column]) => column), 'Problem'].map((name) => ({ name, type: 'text' as const }))
    return new Download(
      writeCsv(
        columns,
        (async function* () {
          yield* rows
        })(),
      ),
      `rejected-${run.name.replace(/\.\w+$/, '')}.csv`,
      'text/csv; charset=utf-8',
    )
  },
})
