import { z } from 'zod'
import { may } from '../../access.ts'
import { secret } from '../../mark.ts'
import { imported } from '../../notice.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { command } from '../door/command.ts'
import { contextOf, type Ctx } from '../door/context.ts'
import { json } from '../data/db.ts'
import { forgetBytes } from '../files/file.ts'
import { job } from '../door/job.ts'
import { log } from '../host/log.ts'
import { tell } from '../record/notice.ts'
import { bytes } from '../vault/store.ts'
import { readTable, TableProblem, type Reading } from '../table/read.ts'
import { beginCheck, takeBatch, undoBatch } from './batch.ts'
import { feed, marksOf, ordersOf, surveyOf } from './feed.ts'
import { askedOf, extraFields } from './extra.ts'
import { importableOf } from './importable.ts'
import { beginLater } from './later.ts'
import { ImportProblem, move, unreadable, WITHOUT_HIDDEN, WORKING, type Findings } from './run.ts'

/**
 * Reads the file and feeds it in batches; runs in the worker, so a page may be closed meanwhile. Each batch is in the name of who
 * pressed the button, with the rights that they have then: who is shut out while it runs writes nothing more. Killed, it is taken up again however often that happens.
 */
export const workImport = job<{ run: string; by: string }>({
  name: 'kit.workImport',
  attempts: 1000,
  async run(system, { run: id, by }) {
    const run = await system.database.db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    if (!run || !WORKING.includes(run.state)) return
    const theirs = async () => {
      const ctx = await contextOf(system, by)
      if (!ctx || !may(ctx.actor, importableOf(run.kind)?.can ?? '')) throw CommonProblem.forbidden()
      return ctx
    }
    try {
      await workOn(theirs, run as unknown as WaitingRun)
    } catch (error) {
      // Somebody held a row for too long: that passes, and is no fault of the file.
      if (error instanceof Problem && error.status === 503) throw error
      const isForeseen = error instanceof TableProblem || error instanceof Problem
      if (!isForeseen && (await noteFailure(system, { run: id })).failures < FAILURES) throw error
      // What nobody foresaw is in the log; the person gets an import that can be checked again or taken back.
      if (!isForeseen) log.error({ job: 'kit.workImport', run: id, error }, 'import broke')
      const problem = error instanceof TableProblem ? unreadable(error) : error instanceof Problem ? error : ImportProblem.broke()
      await finish(await theirs().catch(() => system), { run: id, from: run.state, state: 'failed', ...failedBy(run, problem) })
    }
  },
})

const failedBy = (run: { findings: unknown }, { code, message, params }: Problem) => ({
  failure: message,
  findings: { ...(run.findings as Findings), failure: { code, message, params } },
})

interface WaitingRun {
  readonly id: string
  readonly kind: string
  readonly state: 'checking' | 'applying' | 'undoing'
  readonly name: string
  readonly header: readonly string[]
  readonly mapping: Record<string, string>
  readonly options: Record<string, unknown>
  readonly findings: Findings
  readonly done: number
}

async function workOn(theirs: () => Promise<Ctx>, run: WaitingRun): Promise<void> {
  const { id, state } = run
  const ctx = await theirs()
  if (state === 'undoing') {
    while ((await undoBatch(await theirs(), { run: id })).left);
    await finish(await theirs(), { run: id, from: state, state: 'undone' })
    return
  }
  const kind = importableOf(run.kind)!
  const extras = askedOf(ctx.actor, run.kind, run.options)
  const target = { ...kind, fields: [...kind.fields, ...(await extraFields(ctx, run.kind, extras, run.header))] }
  const open = async () => {
    const { stream } = await bytes().get(`import/${id}`)
    const { encoding, delimiter, sheet, headings } = run.findings as Reading
    const withoutHidden = run.options[WITHOUT_HIDDEN] === true
    return readTable(stream, { name: run.name, encoding, delimiter, sheet, headings, withoutHidden })
  }
  const isDry = state === 'checking'
  const survey = isDry ? await surveyOf(target, await open(), run.mapping, run.options) : run.findings
  const findings: Findings = { ...run.findings, ...survey }
  if (isDry && !(await beginCheck(ctx, { run: id, findings: { ...findings } })).isOn) return
  const done = isDry ? 0 : run.done
  const marks = { ...findings.marks, ...marksOf(run.options) }
  const orders = { ...findings.orders, ...ordersOf(run.options) }
  const went = await feed(
    target,
    await open(),
    { mapping: run.mapping, options: run.options, marks, orders },
    async (from, groups, pass) => {
      // What was taken before a restart is passed over, however it was parted then.
      const left = groups.slice(Math.max(0, done - from))
      if (left.length === 0) return true
      const { isOn } = await takeBatch(await theirs(), { run: id, state, from: Math.max(from, done), groups: left, pass })
      pass.memory.settle()
      return isOn
    },
  )
  if (went)
    await finish(await theirs(), {
      run: id,
      from: state,
      state: isDry ? 'checked' : 'applied',
      ...(isDry && { findings: { ...findings, asks: [...(findings.asks ?? []), ...went.asks] } }),
    })
}

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
    findings: secret(z.record(z.string(), z.unknown())).optional(),
  }),
  async run(tx, { run: id, from, state, failure, findings }) {
    const run = await tx.db
      .selectFrom('importRun')
      .select(['id', 'state', 'name', 'kind', 'createdBy'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (run?.state !== from) return {}
    // They show parts of the file, and stay out of the trail.
    if (findings)
      await tx.db
        .updateTable('importRun')
        .set({ findings: json(findings) })
        .where('id', '=', id)
        .execute()
    await move(tx, run, END[state], { failure: failure ?? null, finishedAt: tx.now })
    if (state === 'failed' || state === 'applied') {
      const facts = { state, name: run.name, at: `/${run.kind}?run=${id}` }
      await tell(tx, imported, run.createdBy ? [run.createdBy] : [], { facts })
    }
    // What it held is in the records now; taking it back goes by the traces.
    if (state === 'applied') {
      await forgetBytes(tx.db, [`import/${id}`])
      await beginLater(tx.client, { run: id, by: tx.actor.id! })
    }
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
