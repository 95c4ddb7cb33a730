import { z } from 'zod'
import { forAll, isForAll, type ImportField } from '../../import.ts'
import { command } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { json } from '../data/db.ts'
import { enqueue } from '../door/job.ts'
import { askedOf, offeredFor, withoutExtras } from './extra.ts'
import {
  importLife,
  ImportProblem,
  lockRun,
  move,
  nothingYet,
  optionsSchema,
  stepInput,
  targetOf,
  WITHOUT_HIDDEN,
} from './run.ts'
import { hashOf } from './upload.ts'
import { workImport } from './work.ts'

/** Looks through the whole file and lists every row that would be refused, without changing anything. */
export const checkImport = command({
  name: 'kit.checkImport',
  can: 'signedIn',
  takes: ['kit.import:check'],
  input: stepInput.extend({
    mapping: z.record(z.string().max(60), z.string().max(300)),
    options: optionsSchema.default({}),
  }),
  async run(tx, { id, mapping: chosen, options }) {
    const run = await lockRun(tx, id, importLife.steps.check.from)
    const target = targetOf(tx.ctx, run.kind)
    const mapping = await mappingOf(tx, run, chosen, options)
    const isChosen = ({ name, ofAll }: ImportField) => ofAll !== undefined && Boolean(options[forAll(name)])
    const missing = target.fields.find((field) => field.required && !mapping[field.name] && !isChosen(field))
    if (missing) throw ImportProblem.notMapped({ field: missing.name })
    if (target.oneOf && !target.oneOf.some((name) => mapping[name]))
      throw ImportProblem.notMapped({ field: target.oneOf.join(', ') })
    const lasting = json(lastingOf(run.kind, options))
    await tx.db
      .insertInto('importMapping')
      .values({ kind: run.kind, headerHash: hashOf(run.header), mapping: json(mapping), options: lasting })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'headerHash']).doUpdateSet({ mapping: json(mapping), options: lasting }),
      )
      .execute()
    await move(tx, run, 'check', { ...nothingYet, mapping: json(mapping), options: json(options) })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'checking' }
  },
})

/** What is about this one file is asked anew with the next that looks like it. */
const lastingOf = <Value>(kind: string, options: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(withoutExtras(kind, options)).filter(([option]) => option !== WITHOUT_HIDDEN && !isForAll(option)),
  )

/**
 * The columns of the kind and of what was asked for beside it; of the rest nothing.
 * @throws `kit.forbidden`, `kit.import.notMapped`, `kit.import.columnTwice`
 */
async function mappingOf(
  tx: Tx,
  run: { kind: string; header: readonly string[] },
  chosen: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> {
  const known = new Set(targetOf(tx.ctx, run.kind).fields.map((field) => field.name))
  const asked = new Set(askedOf(tx.actor, run.kind, options).map((one) => one.name))
  const offered = asked.size > 0 ? await offeredFor({ db: tx.db, actor: tx.actor }, run.kind, run.header) : []
  for (const name of asked) {
    const own = (offered.find((one) => one.name === name)?.fields ?? []).map((field) => field.name)
    const columns = own.flatMap((field) => chosen[field] || [])
    if (columns.length === 0) throw ImportProblem.notMapped({ field: name })
    const twice = columns.find((column, at) => columns.indexOf(column) < at)
    if (twice !== undefined) throw ImportProblem.columnTwice({ column: twice })
    for (const field of own) known.add(field)
  }
  return Object.fromEntries(Object.entries(chosen).filter(([field, column]) => known.has(field) && column))
}

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
    await tx.db.deleteFrom('importLater').where('run', '=', id).execute()
    if (run.state !== 'undoing') await move(tx, run, 'undo', { done: 0, rowsRefused: 0, failures: 0, failure: null })
    await enqueue(tx.client, workImport, { run: id, by: tx.actor.id! }, { key: `import:${id}` })
    return { state: 'undoing' }
  },
})
