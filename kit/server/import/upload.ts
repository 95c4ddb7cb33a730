import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { newId } from '../../id.ts'
import { CommonProblem } from '../../problem.ts'
import { command } from '../command.ts'
import type { Tx } from '../context.ts'
import { json, keysOf } from '../db.ts'
import { forgetBytes } from '../file.ts'
import { bytes } from '../store.ts'
import { encodings, readTable, TableProblem, type Encoding } from '../table/read.ts'
import { suggestMapping } from './importable.ts'
import { importLife, ImportProblem, lockRun, move, optionsSchema, targetOf } from './run.ts'

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

/** Files with the same headings are mapped alike. */
export const hashOf = (header: readonly string[]) => createHash('sha256').update(header.join('\u0000')).digest('base64url')

async function readingProblems<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TableProblem) throw ImportProblem.unreadable({ why: error.message })
    throw error
  }
}
