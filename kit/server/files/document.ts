import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { ATTACHED_MEGABYTES, AttachmentProblem, textEndings } from '../../attachment.ts'
import { pictureTypes } from '../../picture.ts'
import { CommonProblem } from '../../problem.ts'
import type { Ctx, Upload } from '../door/context.ts'
import { drawUpload, type Drawn } from './file.ts'

const MEGABYTE = 1024 * 1024
/** Kept as they are. Those that may hold programs (macros) have types of their own and are not among them. */
const KEPT: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
])

/** A file as it came, and what it is by its content. */
export interface Document {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/**
 * Judges the file that came with the request, before a connection is held: a picture is drawn anew, documents and plain text are
 * kept as they are.
 * @throws Problem `kit.attachment.wrongType`, `kit.attachment.tooBig`, `kit.image.notAnImage`, `kit.image.tooBig`
 */
export async function judgeUpload(ctx: Ctx): Promise<{ picture: Drawn } | { document: Document }> {
  const { upload } = ctx
  if (!upload) throw CommonProblem.badRequest()
  if (upload.size > ATTACHED_MEGABYTES * MEGABYTE) throw AttachmentProblem.tooBig({ limit: `${ATTACHED_MEGABYTES} MB` })
  const content = await readFile(upload.path)
  const found = await fileTypeFromBuffer(content)
  if (found && pictureTypes.includes(found.mime)) return { picture: await drawUpload(ctx, { megabytes: ATTACHED_MEGABYTES }) }
  if (found && KEPT.has(found.mime)) return { document: { name: named(upload, found.ext), type: found.mime, content } }
  if (!found && isPlainText(upload, content))
    return { document: { name: upload.name, type: 'text/plain; charset=utf-8', content } }
  throw AttachmentProblem.wrongType()
}

/** The end of a name says what its content is, whatever the sender called it. */
const named = ({ name }: Upload, ending: string): string =>
  name.toLowerCase().endsWith(`.${ending}`) ? name : `${name.slice(0, 240)}.${ending}`

const ENDING = new RegExp(`\\.(?:${textEndings.join('|')})$`, 'i')
// A page, a drawing or a script that only calls itself text.
const PROGRAM = /^\s*(?:<|#!|%!|\{\\rtf)|<\s*(?:script|html|svg|iframe|object|embed|\?php|!doctype)\b/i
/** No text has these; tabs, line ends and page breaks aside. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32)

function isPlainText({ name }: Upload, content: Buffer): boolean {
  if (!ENDING.test(name) || content.length === 0) return false
  const text = content.toString('latin1')
  return !content.some(isControl) && !PROGRAM.test(text.replace(/^\u00ef\u00bb\u00bf/, ''))
}
