import { z } from 'zod'
import { secret } from '../../mark.ts'
import { command } from '../door/command.ts'
import { json } from '../data/db.ts'
import { authorise, type Tx } from '../door/context.ts'
import { attempt } from './attempt.ts'
import { askedOf, extrasOf, type Brought } from './extra.ts'
import { importableOf, type Group, type Judged, type Pass, type Refusal, type Trace } from './importable.ts'
import { keepLater, keepRefusals, keepTraces, keepWarnings } from './kept.ts'
import { importMoved, nothingYet } from './run.ts'

const UNDO_BATCH = 400

/** The dry run begins at the top, with what the file leaves to be decided. */
export const beginCheck = command({
  name: 'kit.beginImportCheck',
  internal: true,
  can: 'signedIn',
  input: z.object({ run: z.uuid(), findings: secret(z.record(z.string(), z.unknown())) }),
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
export const takeBatch = command({
  name: 'kit.importBatch',
  internal: true,
  can: 'signedIn',
  input: z.object({
    run: z.uuid(),
    state: z.enum(['checking', 'applying']),
    from: z.number().int(),
    // Whole rows: costs, names, telephones. What comes of them stands in the changes, masked as those are.
    groups: secret(z.custom<Group[]>(Array.isArray)),
    pass: z.custom<Pass>((pass) => typeof pass === 'object'),
  }),
  async run(tx, { run: id, state, from, groups, pass }) {
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    // Somebody stopped it, or another worker goes on with it.
    if (run?.state !== state) return { isOn: false }
    if (run.done !== from) return { isOn: true }
    const keep = state === 'applying'
    const extras = askedOf(tx.actor, run.kind, pass.options)
    const { outcomes, traces, brought } = await attempt(tx, { target: importableOf(run.kind)!, extras, keep }, groups, pass)
    const judged = outcomes.map((one, index) => ({ rows: groups[index]!.rows, ...readOutcome(one) }))
    const count = (wanted: string) => judged.reduce((all, one) => all + (one.outcome === wanted ? one.rows.length : 0), 0)
    const refused = judged.filter((one) => one.outcome === 'refused')
    const all = groups.flatMap((one) => one.rows)
    const warned = [
      ...judged.flatMap(({ rows, warnings }) => warnings.map((one) => ({ rows, one }))),
      ...brought.flatMap(([, { warnings = [] }]) => warnings.map((one) => ({ rows: all, one }))),
    ]
    await keepRefusals(tx, id, run.rowsRefused, refused)
    await keepWarnings(tx, id, run.rowsWarned, warned)
    if (keep) await keepTraces(tx, id, traces)
    if (keep) for (const [extra, { later = [] }] of brought) await keepLater(tx, id, extra, later)
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
        taken: json(added(run.taken as Counts, brought)),
        movedAt: tx.now,
      })
      .where('id', '=', id)
      .execute()
    tx.about('import_run', id)
    tx.emit(importMoved, { run: id, state: run.state, done: run.rowsTotal + rows })
    return { isOn: true }
  },
})

/** By the name of an extra: how much of what, written as text, for no number of JSON holds it. */
export type Counts = Readonly<Record<string, Readonly<Record<string, string>>>>

function added(before: Counts, brought: readonly (readonly [string, Brought])[]): Counts {
  const sums = { ...before }
  for (const [extra, { counts = {} }] of brought) {
    const own = { ...sums[extra] }
    for (const [name, count] of Object.entries(counts)) own[name] = String(BigInt(own[name] ?? '0') + count)
    sums[extra] = own
  }
  return sums
}

const readOutcome = (one: Judged): { outcome: string; refusals: readonly Refusal[]; warnings: readonly Refusal[] } =>
  typeof one === 'string'
    ? { outcome: one, refusals: [], warnings: [] }
    : 'outcome' in one
      ? { outcome: one.outcome, refusals: [], warnings: one.warnings }
      : { outcome: 'refused', refusals: one, warnings: [] }

/** Some of what was written, newest first. @returns whether more is left */
export const undoBatch = command({
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
    const all = rows.map((row): Trace => ({
      table: row.tableName,
      record: row.record,
      created: row.created,
      before: row.before as Trace['before'] & object,
      after: row.after as Trace['after'] & object,
      stays: row.stays,
    }))
    const kept = await takeBack(tx, run, all)
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

/** First what came beside the records, then they themselves; a record that a paper names for good is remembered as that. */
async function takeBack(tx: Tx, run: { id: string; kind: string }, all: readonly Trace[]): Promise<number> {
  let kept = 0
  let own = all
  const stays = new Set<string>()
  for (const extra of extrasOf(run.kind)) {
    const [theirs, others] = [true, false].map((is) => own.filter(({ table }) => extra.tables.includes(table) === is))
    own = others!
    if (theirs!.length === 0) continue
    for (const right of extra.can) authorise(tx.actor, right)
    const done = await extra.undo(tx, theirs!)
    kept += done.kept
    for (const one of done.stays) stays.add(one)
  }
  if (stays.size > 0)
    await tx.db
      .updateTable('importTrace')
      .set({ stays: true })
      .where('run', '=', run.id)
      .where('record', 'in', [...stays])
      .execute()
  const traces = own.map((one) => (stays.has(one.record) ? { ...one, stays: true } : one))
  return kept + (await importableOf(run.kind)!.undo(tx, traces))
}
