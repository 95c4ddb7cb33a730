import { z } from 'zod'
import { command } from '../command.ts'
import { json } from '../db.ts'
import { enqueue } from '../job.ts'
import { importLife, ImportProblem, lockRun, move, nothingYet, optionsSchema, stepInput, targetOf } from './run.ts'
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
