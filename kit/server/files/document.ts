import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { ATTACHED_MEGABYTES, AttachmentProblem, textEndings } from '../../attachment.ts'
import { pictureTypes } from '../../picture.ts'
import { CommonProblem } from '../../problem.ts'
import type { Ctx, Upload } from '../door/context.ts'
import { turns } from '../host/turns.ts'
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
  if (!found && (await isPlainText(upload, content)))
    return { document: { name: upload.name, type: 'text/plain; charset=utf-8', content } }
  throw AttachmentProblem.wrongType()
}

/** The end of a name says what its content is, whatever the sender called it. */
const named = ({ name }: Upload, ending: string): string =>
  name.toLowerCase().endsWith(`.${ending}`) ? name : `${name.slice(0, 240)}.${ending}`

const ENDING = new RegExp(`\\.(?:${textEndings.join('|')})$`, 'i')
// A page, a drawing or a script that only calls itself text.
const BEGINNING = /^\s*(?:<|#!|%!|\{\\rtf)/i
const WITHIN = /<\s{0,200}(?:script|html|svg|iframe|object|embed|\?php|!doctype)\b/i
/** No text has these; tabs, line ends and page breaks aside. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32)

/** Read in pieces, so that others have their turns; each begins before its place, for a sign of a program that lies across. */
const PIECE = 128 * 1024
const ACROSS = 256

async function isPlainText({ name }: Upload, content: Buffer): Promise<boolean> {
  if (!ENDING.test(name) || content.length === 0) return false
  const rest = turns()
  const begin = content.subarray(0, 3).toString('hex') === 'efbbbf' ? 3 : 0
  if (BEGINNING.test(content.toString('latin1', begin, begin + PIECE))) return false
  for (let at = 0; at < content.length; at += PIECE) {
    const others = rest()
    if (others) await others
    if (content.subarray(at, at + PIECE).some(isControl)) return false
    if (WITHIN.test(content.toString('latin1', Math.max(0, at - ACROSS), at + PIECE))) return false
  }
  return true
}
