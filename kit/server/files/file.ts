import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { CompiledQuery } from 'kysely'
import { z } from 'zod'
import { may } from '../../access.ts'
import { newId } from '../../id.ts'
import { CommonProblem } from '../../problem.ts'
import { note } from '../door/activity.ts'
import { query } from '../door/command.ts'
import type { Ctx, Tx } from '../door/context.ts'
import { keysOf, type Db } from '../data/db.ts'
import { Download } from '../list/export.ts'
import { readImage, type ImageLimits } from './image.ts'
import { enqueue, job } from '../door/job.ts'
import { bytes } from '../vault/store.ts'

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

/** What a file belongs to, and the permission that one needs to see it: that of the record. */
export interface FileOwner {
  readonly table: string
  /** Nothing for what belongs to the whole company. */
  readonly record: string | null
  readonly needs: string
}

/** A picture as it will be kept, in two sizes. */
export interface Drawn {
  readonly name: string
  readonly full: Buffer
  readonly thumb: Buffer
}

/**
 * Draws the picture that came with the request, before a connection is held.
 * @throws Problem `kit.image.notAnImage`, `kit.image.tooBig`, `kit.busy`
 */
export async function drawUpload({ upload }: Ctx, limits: ImageLimits = {}): Promise<Drawn> {
  if (!upload) throw CommonProblem.badRequest()
  return { name: upload.name, ...(await readImage(upload.path, upload.size, limits)) }
}

/**
 * Keeps a picture and returns its id; `sealed` where it shows who somebody is. Bytes are written before the transaction ends, and
 * go with it when nothing of it stays.
 */
export async function keepImage(
  tx: Tx,
  owner: FileOwner,
  { name, full, thumb }: Drawn,
  { sealed = false, attached = false } = {},
): Promise<string> {
  const id = newId()
  const keys = keysOf(tx.db)
  const kept = (content: Buffer) => (sealed ? keys.sealedBytes(id, content) : content)
  await put(tx, `image/${id}`, kept(full))
  await put(tx, `image/${id}.thumb`, kept(thumb))
  await tx.db
    .insertInto('file')
    .values({
      id,
      name,
      type: 'image/webp',
      size: BigInt(full.length),
      // Of what is sealed not even the hash is told in the clear.
      sha256: sealed ? keys.index('file', sha256(full)) : sha256(full),
      aboutTable: owner.table,
      about: owner.record,
      needs: owner.needs,
      createdBy: tx.actor.id,
      createdAt: tx.now,
      sealedBy: sealed ? keys.newest : null,
      attached,
    })
    .execute()
  return id
}

/** Sent again under the same key, refused at its end or tried anew, a request leaves no bytes that nobody names. */
function put(tx: Tx, key: string, content: Buffer): Promise<void> {
  tx.afterRollback(() => bytes().remove(key))
  return bytes().put(key, content)
}

/** Keeps a file as it is, sealed, on a record; what it is has been judged. */
export async function keepDocument(
  tx: Tx,
  owner: FileOwner,
  { name, type, content }: { readonly name: string; readonly type: string; readonly content: Buffer },
): Promise<string> {
  const id = newId()
  const keys = keysOf(tx.db)
  await put(tx, `file/${id}`, keys.sealedBytes(id, content))
  await tx.db
    .insertInto('file')
    .values({
      id,
      name,
      type,
      size: BigInt(content.length),
      sha256: keys.index('file', sha256(content)),
      aboutTable: owner.table,
      about: owner.record,
      needs: owner.needs,
      createdBy: tx.actor.id,
      createdAt: tx.now,
      sealedBy: keys.newest,
      attached: true,
    })
    .execute()
  return id
}

/** Takes bytes out of the store; waits in the queue of the transaction that no longer wants them, so none stay behind. */
export const removeBytes = job<{ keys: readonly string[] }>({
  name: 'kit.removeBytes',
  async run(_ctx, { keys }) {
    for (const key of keys) await bytes().remove(key)
  },
})

/** Bytes go when the transaction has been committed, though the program stops right then. */
export const forgetBytes = (db: Db, keys: readonly string[]): Promise<void> =>
  enqueue({ query: (text, values) => db.executeQuery(CompiledQuery.raw(text, values)) }, removeBytes, { keys })

/** Forgets files, within a transaction. */
export async function forgetFiles(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('file')
    .where('id', 'in', [...ids])
    .execute()
  await forgetBytes(
    db,
    ids.flatMap((id) => [`image/${id}`, `image/${id}.thumb`, `file/${id}`]),
  )
}

/** Sealed bytes, opened a piece at a time, so that whoever reads slowly holds no more of them than that. */
export const openSealed = ({ database }: Pick<Ctx, 'database'>, key: string): Promise<Readable> =>
  database.keys.unsealedStream(async () => (await bytes().get(key).catch(notThere)).stream)

/** Another picture took its place just now, or the folder was restored without it. */
export function notThere(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? CommonProblem.notFound() : error
}

/** The bytes of a picture, for those who may see its record. They never change under one id, so browsers keep them. */
export const showFile = query({
  name: 'kit.showFile',
  can: 'signedIn',
  input: z.object({ id: z.uuid(), size: z.enum(['full', 'thumb']).default('full') }),
  async run({ db, actor, ctx }, { id, size }) {
    const file = await db
      .selectFrom('file')
      .select(['name', 'type', 'needs', 'sealedBy', 'aboutTable', 'about'])
      .where('id', '=', id)
      // What was put on a record is shown with it, for those who see that one.
      .where('attached', '=', false)
      .executeTakeFirst()
    if (!file || !may(actor, file.needs)) throw CommonProblem.notFound()
    const key = size === 'thumb' ? `image/${id}.thumb` : `image/${id}`
    const name = `${file.name.replace(/\.\w+$/, '')}.webp`
    if (file.sealedBy === null)
      return new Download((await bytes().get(key).catch(notThere)).stream, name, file.type, { inline: true, kept: true })
    const about = file.about && file.aboutTable ? { about: { table: file.aboutTable, id: file.about } } : {}
    note(ctx, 'kit.personalRead', { ...about, facts: { what: 'kit.file', count: 1 } })
    return new Download(await openSealed(ctx, key), name, file.type, { inline: true })
  },
})
