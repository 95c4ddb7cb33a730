import { createHash } from 'node:crypto'
import { z } from 'zod'
import { may } from '../access.ts'
import { newId } from '../id.ts'
import { CommonProblem } from '../problem.ts'
import { query } from './command.ts'
import type { Tx } from './context.ts'
import { Download } from './export.ts'
import { readImage, type ImageLimits } from './image.ts'
import { bytes } from './store.ts'

/** What a file belongs to, and the permission that one needs to see it: that of the record. */
export interface FileOwner {
  readonly table: string
  readonly record: string
  readonly needs: string
}

/**
 * Keeps the picture that came with the request, in two sizes, and returns its id. Bytes are written before the
 * transaction ends: what is left behind by a rollback is never reachable.
 * @throws Problem `kit.image.notAnImage`, `kit.image.tooBig`
 */
export async function keepImage(tx: Tx, owner: FileOwner, limits: ImageLimits = {}): Promise<string> {
  const { upload } = tx.ctx
  if (!upload) throw CommonProblem.badRequest()
  const { full, thumb } = await readImage(upload.path, upload.size, limits)
  const id = newId()
  await bytes().put(`image/${id}`, full)
  await bytes().put(`image/${id}.thumb`, thumb)
  await tx.db
    .insertInto('file')
    .values({
      id,
      name: upload.name,
      type: 'image/webp',
      size: BigInt(full.length),
      sha256: createHash('sha256').update(full).digest('hex'),
      aboutTable: owner.table,
      about: owner.record,
      needs: owner.needs,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute()
  return id
}

/** Forgets a file; its bytes go when the transaction has been committed. */
export async function dropFile(tx: Tx, id: string): Promise<void> {
  await tx.db.deleteFrom('file').where('id', '=', id).execute()
  tx.afterCommit(
    () => void Promise.all([bytes().remove(`image/${id}`), bytes().remove(`image/${id}.thumb`)]).catch(() => undefined),
  )
}

/** The bytes of a picture, for those who may see its record. They never change under one id, so browsers keep them. */
export const showFile = query({
  name: 'kit.showFile',
  can: 'signedIn',
  input: z.object({ id: z.uuid(), size: z.enum(['full', 'thumb']).default('full') }),
  async run({ db, actor }, { id, size }) {
    const file = await db.selectFrom('file').select(['name', 'type', 'needs']).where('id', '=', id).executeTakeFirst()
    if (!file || !may(actor, file.needs)) throw CommonProblem.notFound()
    const { stream } = await bytes().get(size === 'thumb' ? `image/${id}.thumb` : `image/${id}`)
    return new Download(stream, `${file.name.replace(/\.\w+$/, '')}.webp`, file.type, { inline: true, kept: true })
  },
})
