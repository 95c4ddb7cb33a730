import { printRaster } from '#kit/server/paper/print.ts'
import { labelTemplate } from './labels.typ.ts'
import type { SetLabels } from './set.store.ts'

/** Eight dots a millimetre, 203 a inch: what nearly every label printer has. */
const DOTS = 8

/**
 * The same labels for printers that speak ZPL: each a picture, because those printers have no Arabic, and how many of it. A printer of
 * another kind, or of finer dots, prints the PDF.
 */
export async function* zplOf(set: SetLabels): AsyncGenerator<string> {
  for (const label of set.labels) {
    const dots = Math.ceil(set.paper.width) * DOTS
    const { bytes, height } = await printRaster(labelTemplate, { ...set, labels: [{ ...label, count: 1 }] }, dots, 'sheets')
    const graphic = `^GFA,${bytes.length},${bytes.length},${dots / 8},${hexOf(bytes, dots / 8)}`
    yield `^XA^PW${dots}^LL${height}^FO0,0${graphic}^FS^PQ${label.count}^XZ\n`
  }
}

/** Without the empty bytes at its end. */
function withoutZeros(row: string): string {
  let end = row.length
  while (end > 0 && row.endsWith('00', end)) end -= 2
  return row.slice(0, end)
}

/** Rows in hexadecimal, shortened as ZPL does it: the rest of a row that is empty is a comma, a row like the one above a colon. */
export function hexOf(bytes: Buffer, perRow: number): string {
  let before = ''
  let text = ''
  for (let at = 0; at < bytes.length; at += perRow) {
    const row = bytes.toString('hex', at, at + perRow).toUpperCase()
    text += row === before ? ':' : row.endsWith('0') ? `${withoutZeros(row)},` : row
    before = row
  }
  return text
}
