import { z } from 'zod'
import { NOTE } from '../../notice.ts'
import { CommonProblem } from '../../problem.ts'
import type { Db } from '../data/db.ts'
import { note } from '../door/activity.ts'
import { command, query } from '../door/command.ts'
import { judgeUpload } from '../files/document.ts'
import { forgetFiles, keepDocument, keepImage, openSealed } from '../files/file.ts'
import { refuseFull } from '../files/room.ts'
import { Download } from '../list/export.ts'
import { refuseHeld } from '../list/keeping.ts'
import { beginFollowing } from './follow.ts'
import { NoteProblem, recordNoted } from './note.ts'
import { recordInput, seenRecord, writableRecord, type SeenRecord } from './record.ts'

/** Puts a file on a record: a picture, a document of an office program, a table or plain text. */
export const attachFile = command({
  name: 'kit.attachFile',
  can: NOTE,
  takesFile: true,
  input: recordInput,
  before: (ctx) => judgeUpload(ctx),
  async run(tx, input, judged) {
    const { of, id: record, place } = await writableRecord(tx, input)
    const owner = { table: of.table, record, needs: of.can.read }
    const id =
      'picture' in judged
        ? await keepImage(tx, owner, judged.picture, { sealed: true, attached: true })
        : await keepDocument(tx, owner, judged.document)
    await beginFollowing(tx, { table: of.table, record }, [tx.actor.id!])
    await refuseFull(tx)
    tx.about(of.table, record, place)
    tx.emit(recordNoted, { record, place })
    return { id }
  },
})

const fileInput = recordInput.extend({ file: z.uuid() })

const attachedTo = (db: Db, { of, id }: SeenRecord, file: string) =>
  db
    .selectFrom('file')
    .select(['id', 'name', 'type', 'createdBy'])
    .where('id', '=', file)
    .where('attached', '=', true)
    .where('about', '=', id)
    .where('aboutTable', '=', of.table)

/** Takes a file back that one put there oneself. */
export const withdrawFile = command({
  name: 'kit.withdrawFile',
  can: NOTE,
  input: fileInput,
  async run(tx, { file, ...input }) {
    const record = await writableRecord(tx, input)
    const row = await attachedTo(tx.db, record, file).forUpdate().executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    if (row.createdBy !== tx.actor.id) throw NoteProblem.notYours()
    await refuseHeld(tx, record.id)
    await forgetFiles(tx.db, [file])
    tx.about(record.of.table, record.id, record.place)
    tx.emit(recordNoted, { record: record.id, place: record.place })
    return { withdrawn: true }
  },
})

/** The bytes of a file on a record, for those who see that. Pictures are shown, for they were drawn here; all else is only saved. */
export const showAttachment = query({
  name: 'kit.showAttachment',
  can: 'signedIn',
  input: fileInput.extend({ size: z.enum(['full', 'thumb']).default('full') }),
  async run(reading, { file, size, ...input }) {
    const { ctx, actor } = reading
    const record = await seenRecord(reading, input)
    const row = actor.sellers ? undefined : await attachedTo(reading.db, record, file).executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    const isPicture = row.type === 'image/webp'
    const key = isPicture ? `image/${file}${size === 'thumb' ? '.thumb' : ''}` : `file/${file}`
    const opened = await openSealed(ctx, key)
    if (size === 'full')
      note(ctx, 'kit.personalRead', { about: { table: record.of.table, id: record.id }, facts: { what: 'kit.file', count: 1 } })
    const name = isPicture ? `${row.name.replace(/\.\w+$/, '')}.webp` : row.name
    return new Download(opened, name, row.type, { inline: isPicture })
  },
})
