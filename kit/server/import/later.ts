import { z } from 'zod'
import { secret } from '../../mark.ts'
import { Problem } from '../../problem.ts'
import { command } from '../door/command.ts'
import { contextOf } from '../door/context.ts'
import type { Tx } from '../door/context.ts'
import { enqueue, job } from '../door/job.ts'
import { extraOf } from './extra.ts'
import { insertRefusals, keepTraces } from './kept.ts'
import { importMoved } from './run.ts'

type Got = { readonly value: unknown } | { readonly problem: Problem }

/** What was got for one record, or why it was not: listed beside its row. Taken back meanwhile, it is wanted no more. */
const takeLater = command({
  name: 'kit.takeImportLater',
  internal: true,
  can: 'signedIn',
  // Bytes of a picture: nothing for the trail.
  input: z.object({ run: z.uuid(), id: z.string(), got: secret(z.custom<Got>((got) => typeof got === 'object')) }),
  async run(tx, { run: id, id: waiting, got }) {
    const run = await tx.db.selectFrom('importRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    const one = await tx.db
      .deleteFrom('importLater')
      .where('id', '=', BigInt(waiting) as never)
      .returningAll()
      .executeTakeFirst()
    if (!one || run?.state !== 'applied') return {}
    tx.about('import_run', id)
    if ('value' in got) await keepTraces(tx, id, await extraOf(one.extra)!.later!.keep(tx, one.record, got.value))
    else {
      const { code, params, message } = got.problem
      const refusal = { row: one.rowNumber, field: one.extra, problem: code, params: { ...params, said: message } }
      await insertRefusals(tx, id, [{ ...refusal, cells: { [one.extra]: one.what }, isWarning: true }])
      await tx.db
        .updateTable('importRun')
        .set({ rowsWarned: run.rowsWarned + 1 })
        .where('id', '=', id)
        .execute()
    }
    tx.emit(importMoved, { run: id, state: run.state, done: run.rowsTotal })
    return {}
  },
})

/** So many at a go: messages and papers that wait meanwhile have their turn. */
const A_GO = 10

/** Begins to get what was left for later. */
export const beginLater = (client: Pick<Tx['client'], 'query'>, data: { run: string; by: string }): Promise<void> =>
  enqueue(client, workLater, data, { key: `import-later:${data.run}`, line: 'outside' })

/** Gets what was left for later, one after the other, with the rights that the person has then. Killed, it goes on. */
export const workLater = job<{ run: string; by: string }>({
  name: 'kit.workImportLater',
  attempts: 1000,
  async run(system, { run, by }) {
    const ctx = await contextOf(system, by)
    if (!ctx) return
    for (let left = A_GO; left > 0; left--) {
      const one = await system.database.db
        .selectFrom('importLater')
        .selectAll()
        .where('run', '=', run)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      if (!one) return
      const wanted = { run, id: String(one.id) }
      try {
        await takeLater(ctx, { ...wanted, got: await gotFor(one.extra, one.what) })
      } catch (error) {
        if (!isFinal(error)) throw error
        await takeLater(ctx, { ...wanted, got: { problem: error } })
      }
    }
    await beginLater(system.database.pool as never, { run, by })
  },
})

async function gotFor(extra: string, what: string): Promise<Got> {
  try {
    return { value: await extraOf(extra)?.later?.get(what) }
  } catch (error) {
    if (isFinal(error)) return { problem: error }
    throw error
  }
}

/** To be busy passes: the job comes again. */
const isFinal = (error: unknown): error is Problem => error instanceof Problem && error.status !== 503
