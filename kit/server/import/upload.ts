import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { newId } from '../../id.ts'
import { CommonProblem } from '../../problem.ts'
import { command } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { json, keysOf } from '../data/db.ts'
import { inTurn } from '../door/in-turn.ts'
import { namedBytes } from '../files/sweep.ts'
import { forgetBytes } from '../files/file.ts'
import { lane } from '../host/lane.ts'
import { bytes } from '../vault/store.ts'
import { delimiters, encodings, readTable, TableProblem, type Reading, type TableRow } from '../table/read.ts'
import { usualFor } from './extra.ts'
import { suggestMapping, type Importable } from './importable.ts'
import { importLife, ImportProblem, lockRun, move, optionsSchema, readRun, targetOf, unreadable } from './run.ts'

/** Takes a file in, reads its heading and suggests which column is which. Nothing is changed yet. */
export const uploadImport = command({
  name: 'kit.uploadImport',
  can: 'signedIn',
  shownOnce: true,
  takesFile: true,
  input: z.object({ kind: z.string().max(60), options: z.string().max(2000).optional() }),
  async before(ctx, { kind }) {
    const target = targetOf(ctx, kind)
    const { upload } = ctx
    if (!upload) throw CommonProblem.badRequest()
    return { target, upload, ...(await beginningOf(target, async () => upload.path, upload.name)) }
  },
  async run(tx, { kind, options }, { target, upload, header, samples, ...read }) {
    await makeRoom(tx, upload.size)
    const id = newId()
    const remembered = await rememberedFor(tx, kind, header)
    const suggested = suggestMapping(target.fields, header, remembered.mapping, await target.amountsOf?.(tx))
    const { mapping, options: usual } = await usualFor(tx, kind, header, suggested)
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
        options: json({ ...remembered.options, ...usual, ...(options && readOptions(options)) }),
        findings: json(read),
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

/** A file that waits here is named by its run. */
export const importsNamed = namedBytes({
  kinds: ['import'],
  known: async (db, ids) =>
    (
      await db
        .selectFrom('importRun')
        .select('id')
        .where('id', 'in', [...ids])
        .execute()
    ).map((one) => one.id),
})

/** How much of one person's files may wait here. */
export const importQuota = { bytes: 300_000_000 }

/** A new file takes the room of the same person's oldest ones that wrote nothing; those can be chosen again. */
async function makeRoom(tx: Tx, size: number): Promise<void> {
  await inTurn(tx, `kit.import:${tx.actor.id}`)
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

/** Reads the file another way, where its letters or its cells look wrong, or another sheet of it; what is not said is found anew. */
export const readImportAs = command({
  name: 'kit.readImportAs',
  can: 'signedIn',
  takes: ['kit.import:readAnew'],
  input: z.object({
    id: z.uuid(),
    encoding: z.enum(encodings).optional(),
    delimiter: z.enum(delimiters).optional(),
    sheet: z.string().min(1).max(255).optional(),
  }),
  async before(ctx, { id, ...wanted }) {
    const run = await readRun(ctx, id, importLife.steps.readAnew.from)
    const target = targetOf(ctx, run.kind)
    const open = async () => (await bytes().get(`import/${id}`)).stream
    return { target, ...(await beginningOf(target, open, run.name, wanted)) }
  },
  async run(tx, { id }, { target, header, samples, ...found }) {
    const run = await lockRun(tx, id, importLife.steps.readAnew.from)
    const remembered = await rememberedFor(tx, run.kind, header)
    const suggested = suggestMapping(target.fields, header, remembered.mapping, await target.amountsOf?.(tx))
    const { mapping, options: usual } = await usualFor(tx, run.kind, header, suggested)
    // What the file says stays out of the trail.
    const read = { header: keysOf(tx.db).sealed(id, header), samples: keysOf(tx.db).sealed(id, samples) }
    await tx.db.updateTable('importRun').set(read).where('id', '=', id).execute()
    await move(tx, run, 'readAnew', {
      mapping: json(mapping),
      options: json({ ...(run.options as object), ...usual }),
      findings: json(found),
      failure: null,
    })
    return { id, header, mapping }
  },
})

const SAMPLES = 3
const SHEETS = 5
/** So many columns that are known make a list. */
const ENOUGH = 2

type Open = () => Promise<string | Readable>

/** One at a time, and before a connection is held: a file that is one endless line takes long, and twenty of them took all connections. */
const reading = lane({ at: 1, waiting: 20 })

/**
 * The heading and the first rows; what is wrong further down is found by the dry run. Where hardly a heading is known, another
 * sheet is looked for whose headings are: a workbook may begin with a cover.
 */
const beginningOf = (target: Importable, open: Open, name: string, wanted: Reading = {}) =>
  reading(() => readingProblems(() => bestBeginning(target, open, name, wanted)))

async function bestBeginning(target: Importable, open: Open, name: string, wanted: Reading) {
  let best = await beginningBy(target, open, name, wanted)
  const others = wanted.sheet ? [] : (best.sheets ?? []).filter((sheet) => sheet !== best.sheet).slice(0, SHEETS)
  for (const sheet of best.known < ENOUGH ? others : []) {
    const other = await beginningBy(target, open, name, { ...wanted, sheet })
    if (other.known >= ENOUGH && other.known > best.known) best = other
  }
  const { known: _known, ...beginning } = best
  return beginning
}

/** The line of the headings is the one of which most are known: groups of columns may stand above. */
async function beginningBy(target: Importable, open: Open, name: string, wanted: Reading) {
  const knownIn = (header: readonly string[]) => Object.keys(suggestMapping(target.fields, header)).length
  const first = await sampled(await open(), name, wanted)
  const known = knownIn(first.header)
  const below = first.rows.map(({ number, cells }) => ({ number, known: knownIn(cells) }))
  const better = below.find((one) => one.known >= ENOUGH && one.known > known)
  const { rows, ...read } = better ? await sampled(await open(), name, { ...wanted, headings: better.number }) : first
  const samples = rows.map(({ cells }) => cells.map((cell) => cell.slice(0, 80)))
  return { ...read, samples, known: better?.known ?? known }
}

async function sampled(source: string | Readable, name: string, wanted: Reading) {
  const { rows, ...read } = await readTable(source, { name, ...wanted })
  const first: TableRow[] = []
  for await (const row of rows) if (first.push(row) >= SAMPLES) break
  return { ...read, rows: first }
}

/** Files with the same headings are mapped alike. */
export const hashOf = (header: readonly string[]) => createHash('sha256').update(header.join('\u0000')).digest('base64url')

async function readingProblems<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TableProblem) throw unreadable(error)
    throw error
  }
}
