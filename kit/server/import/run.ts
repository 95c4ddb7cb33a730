import { createHash } from 'node:crypto'
import { z } from 'zod'
import { may, type Actor } from '../../access.ts'
import { declaredEntities } from '../../entity.ts'
import { event } from '../../event.ts'
import { newId } from '../../id.ts'
import { CommonProblem, Problem, problems } from '../../problem.ts'
import { command, query } from '../command.ts'
import { authorise, contextOf, type Ctx, type Tx } from '../context.ts'
import { json, keysOf } from '../db.ts'
import { forgetBytes } from '../file.ts'
import { enqueue, job } from '../job.ts'
import { Download } from '../export.ts'
import { bytes } from '../store.ts'
import { readTable, TableProblem } from '../table/read.ts'
import { writeCsv } from '../table/write.ts'
import { importableOf, suggestMapping, type Cells, type Group, type Importable, type Refusal, type Trace } from './importable.ts'

export const ImportProblem = problems('kit.import', {
  unknownKind: { status: 404, say: 'Nothing of that kind can be imported.' },
  unreadable: { status: 422, say: 'This file could not be read as a table: {why}.' },
  notMapped: { status: 422, say: 'Choose the column for {field} first.' },
  broke: { status: 409, say: 'The import stopped at a row that it could not write. Undo it, mend the file and try again.' },
  notNow: { status: 409, say: 'This import is {state}, so that step is not possible now.' },
})

export const importMoved = event('kit.import.moved', 'signedIn', z.object({ run: z.uuid(), state: z.string(), done: z.number() }))

const BATCH = 400
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
    const id = newId()
    const { header, samples } = await readingProblems(() => beginningOf(upload.path, upload.name))
    const remembered = await tx.db
      .selectFrom('importMapping')
      .select('mapping')
      .where('kind', '=', kind)
      .where('headerHash', '=', hashOf(header))
      .executeTakeFirst()
    const mapping = suggestMapping(target.fields, header, (remembered?.mapping ?? {}) as Record<string, string>)
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
        options: options ?? '{}',
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute()
    tx.about('import_run', id)
    return { id, header, mapping, fields: target.fields }
  },
})

const SAMPLES = 3

/** The heading and the first rows; what is wrong further down is found by the dry run. */
async function beginningOf(path: string, name: string): Promise<{ header: string[]; samples: string[][] }> {
  const { header, rows } = await readTable(path, { name })
  const samples: string[][] = []
  for await (const { cells } of rows) if (samples.push(cells.map((cell) => cell.slice(0, 80))) >= SAMPLES) break
  return { header, samples }
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
  input: stepInput.extend({
    mapping: z.record(z.string().max(60), z.string().max(300)),
    options: z.record(z.string().max(40), z.union([z.string().max(200), z.boolean(), z.null()])).default({}),
  }),
  async run(tx, { id, mapping, options }) {
    const run = await lockRun(tx, id, ['uploaded', 'checked', 'failed', 'checking'])
    const target = targetOf(tx.ctx, run.kind)
    const missing = target.fields.find((field) => field.required && !mapping[field.name])
    if (missing) throw ImportProblem.notMapped({ field: missing.name })
    await tx.db.deleteFrom('importRefusal').where('run', '=', id).execute()
    await tx.db
      .insertInto('importMapping')
      .values({ kind: run.kind, headerHash: hashOf(run.header), mapping: json(mapping) })
      .onConflict((conflict) => conflict.columns(['kind', 'headerHash']).doUpdateSet({ mapping: json(mapping) }))
      .execute()
    await move(tx, id, 'checking', {
      mapping: json(mapping),
      options: json(options),
      done: 0,
      rowsTotal: 0,
      rowsNew: 0,
      rowsChanged: 0,
      rowsSame: 0,
      rowsRefused: 0,
      failure: null,
    })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'checking' }
  },
})

/** Writes the rows that are right; the others stay in the list of refusals, as a file to mend. */
export const applyImport = command({
  name: 'kit.applyImport',
  can: 'signedIn',
  input: stepInput,
  async run(tx, { id }) {
    await lockRun(tx, id, ['checked'])
    await move(tx, id, 'applying', { done: 0, rowsNew: 0, rowsChanged: 0, rowsSame: 0, rowsRefused: 0, rowsTotal: 0 })
    await tx.db.deleteFrom('importRefusal').where('run', '=', id).execute()
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'applying' }
  },
})

/** Takes a whole import back: what it made goes, what it changed is as before, what somebody touched since stays. */
export const undoImport = command({
  name: 'kit.undoImport',
  can: 'signedIn',
  input: stepInput,
  async run(tx, { id }) {
    await lockRun(tx, id, ['applied', 'failed'])
    await move(tx, id, 'undoing', { done: 0, rowsRefused: 0 })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'undoing' }
  },
})

async function move(tx: Tx, id: string, state: string, values: Record<string, unknown>): Promise<void> {
  await tx.db
    .updateTable('importRun')
    .set({ state, ...values })
    .where('id', '=', id)
    .execute()
  tx.about('import_run', id)
  tx.emit(importMoved, { run: id, state, done: 0 })
}

/** One batch in one transaction, with how far the file has been read: a crash goes on where it stopped. */
const takeBatch = command({
  name: 'kit.importBatch',
  internal: true,
  can: 'signedIn',
  input: z.object({ run: z.uuid(), from: z.number().int(), groups: z.custom<Group[]>(Array.isArray), rows: z.number().int() }),
  async run(tx, { run: id, from, groups, rows }) {
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (run.done !== from) return { skipped: true }
    const target = importableOf(run.kind)!
    const { outcomes, traces } = await target.take(tx, groups, run.state === 'applying', run.options as Record<string, unknown>)
    const count = (wanted: string) =>
      outcomes.reduce((all, one, index) => all + (one === wanted ? groups[index]!.rows.length : 0), 0)
    const refused = outcomes.flatMap((one, index) =>
      Array.isArray(one) ? [{ refusals: one as Refusal[], rows: groups[index]!.rows }] : [],
    )
    await keepRefusals(tx, id, run.rowsRefused, refused)
    await keepTraces(tx, id, traces)
    await tx.db
      .updateTable('importRun')
      .set({
        done: from + groups.length,
        rowsTotal: run.rowsTotal + rows,
        rowsNew: run.rowsNew + count('new'),
        rowsChanged: run.rowsChanged + count('changed'),
        rowsSame: run.rowsSame + count('same'),
        rowsRefused: run.rowsRefused + refused.reduce((all, one) => all + one.rows.length, 0),
      })
      .where('id', '=', id)
      .execute()
    tx.about('import_run', id)
    tx.emit(importMoved, { run: id, state: run.state, done: run.rowsTotal + rows })
    return { skipped: false }
  },
})

async function keepRefusals(
  tx: Tx,
  run: string,
  before: number,
  refused: readonly { refusals: readonly Refusal[]; rows: Group['rows'] }[],
): Promise<void> {
  if (refused.length === 0 || before > REFUSALS_KEPT) return
  const sealed = (value: unknown) => keysOf(tx.db).sealed(run, value).toString('base64')
  const values = refused.flatMap(({ refusals, rows }) =>
    rows.flatMap(({ number, cells }) => {
      const own = refusals.filter((one) => one.row === number)
      // Every row of a refused record goes into the file to mend, the ones without a fault of their own as well.
      const listed = own.length > 0 ? own : [{ row: number, field: null, problem: 'import.sameRecord', params: {} }]
      return listed.map((one) => ({
        run,
        row_number: number,
        field: one.field,
        problem: one.problem,
        params: sealed(one.params ?? {}),
        cells: sealed(cells),
      }))
    }),
  )
  await tx.client.query(
    `insert into import_refusal (run, row_number, field, problem, params, cells)
     select r.run, r.row_number, r.field, r.problem, decode(r.params, 'base64'), decode(r.cells, 'base64')
     from jsonb_to_recordset($1::jsonb) as r(run uuid, row_number int, field text, problem text, params text, cells text)`,
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
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    const rows = await tx.db
      .selectFrom('importTrace')
      .selectAll()
      .where('run', '=', id)
      .orderBy('id', 'desc')
      .limit(BATCH)
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
      .set({ done: run.done + rows.length, rowsRefused: run.rowsRefused + kept })
      .where('id', '=', id)
      .execute()
    tx.about('import_run', id)
    return { left: rows.length === BATCH }
  },
})

const finish = command({
  name: 'kit.finishImport',
  internal: true,
  can: 'signedIn',
  input: z.object({
    run: z.uuid(),
    state: z.enum(['checked', 'applied', 'undone', 'failed']),
    failure: z.string().max(500).optional(),
  }),
  async run(tx, { run, state, failure }) {
    await move(tx, run, state, { failure: failure ?? null, finishedAt: tx.now })
    // What it held is in the records now; taking it back goes by the traces.
    if (state === 'applied') await forgetBytes(tx.db, [`import/${run}`])
    return {}
  },
})

/**
 * Reads the file and feeds it in batches; runs in the worker, so a page may be closed meanwhile. It works in the name and
 * with the rights of who pressed the button.
 */
export const workImport = job<{ run: string; by: string }>({
  name: 'kit.workImport',
  attempts: 3,
  async run(system, { run: id, by }, isLast) {
    const run = await system.database.db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    if (!run) return
    const ctx = await contextOf(system, by)
    if (!ctx || !may(ctx.actor, importableOf(run.kind)?.can ?? '')) {
      await finish(system, { run: id, state: 'failed', failure: CommonProblem.forbidden().message })
      return
    }
    if (run.state === 'undoing') {
      while ((await undoBatch(ctx, { run: id })).left);
      await finish(ctx, { run: id, state: 'undone' })
      return
    }
    if (run.state !== 'checking' && run.state !== 'applying') return
    try {
      await feed(ctx, id, run.kind, run.name, run.mapping as Record<string, string>, run.done)
      await finish(ctx, { run: id, state: run.state === 'checking' ? 'checked' : 'applied' })
    } catch (error) {
      if (!(error instanceof TableProblem || error instanceof Problem || isLast)) throw error
      // What nobody foresaw is in the log; the person gets an import that can be checked again or taken back.
      const isForeseen = error instanceof TableProblem || error instanceof Problem
      await finish(ctx, { run: id, state: 'failed', failure: isForeseen ? error.message : ImportProblem.broke().message })
      if (!isForeseen) throw error
    }
  },
})

async function feed(
  ctx: Ctx,
  id: string,
  kind: string,
  name: string,
  mapping: Record<string, string>,
  done: number,
): Promise<void> {
  const target = importableOf(kind)!
  const { stream } = await bytes().get(`import/${id}`)
  const table = await readTable(stream, { name })
  const columns = Object.entries(mapping).flatMap(([field, column]) =>
    table.header.includes(column) ? [[field, table.header.indexOf(column)] as const] : [],
  )
  let groups: { key: string; rows: { number: number; cells: Cells }[] }[] = []
  let from = 0
  const flush = async (all: typeof groups) => {
    if (all.length === 0) return
    if (from >= done)
      await takeBatch(ctx, { run: id, from, groups: all, rows: all.reduce((sum, one) => sum + one.rows.length, 0) })
    from += all.length
  }
  for await (const { number, cells: row } of table.rows) {
    const cells: Cells = Object.fromEntries(columns.map(([field, index]) => [field, row[index] ?? '']))
    const key = target.groupKey?.(cells) ?? String(number)
    const last = groups.at(-1)
    if (last && last.key === key && target.groupKey) last.rows.push({ number, cells })
    else {
      // The last group may still grow, so it stays for the next batch.
      if (groups.length >= BATCH) {
        await flush(groups)
        groups = []
      }
      groups.push({ key, rows: [{ number, cells }] })
    }
  }
  await flush(groups)
}

export const showImport = query({
  name: 'kit.showImport',
  can: 'signedIn',
  input: stepInput.extend({ after: z.coerce.number().int().min(0).default(0) }),
  async run({ db, actor }, { id, after }) {
    const run = await db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    const target = run && importableOf(run.kind)
    if (!run || !target || !mayOpen(actor, run)) throw CommonProblem.notFound()
    const refusals = await db
      .selectFrom('importRefusal')
      .select(['id', 'rowNumber', 'field', 'problem', 'params', 'cells'])
      .where('run', '=', id)
      .where('id', '>', BigInt(after) as never)
      .orderBy('id')
      .limit(200)
      .execute()
    return { run, fields: target.fields, refusals }
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
