import { closeSync, openSync, writeSync } from 'node:fs'
import { readSheet } from 'read-excel-file/node'
import type { CellKind } from './read.ts'

/**
 * A process of its own: reads the first sheet of a workbook and leaves its rows, one JSON object a line: the texts of its cells,
 * and which of them are numbers and days. It ends with 2 when the workbook cannot be opened; of a hostile one it may die.
 */
const [book = '', rows = ''] = process.argv.slice(2)
let sheet: unknown[][]
try {
  sheet = (await readSheet(book)) as unknown as unknown[][]
} catch {
  process.exit(2)
}
const file = openSync(rows, 'w', 0o600)
const PORTION = 1000
for (let at = 0; at < sheet.length; at += PORTION) {
  const lines = sheet
    .slice(at, at + PORTION)
    .map((row) => `${JSON.stringify({ cells: row.map(cellText), kinds: row.map(kindOf) })}\n`)
  writeSync(file, lines.join(''))
}
closeSync(file)

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // A moment is a fraction of a day there, so its seconds are rounded.
  if (cell instanceof Date)
    return new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().replace(/T00:00:00\.000Z$/, '')
  return typeof cell === 'number' ? numberText(cell) : String(cell)
}

/** Fifteen digits are what a sheet keeps and Excel shows: 0.1 + 0.2 is 0.30000000000000004 in the file. */
function numberText(value: number): string {
  // A code with more digits has lost its last ones, so it is shown as rounded as it is.
  if (Math.abs(value) >= 1e15) return value.toExponential(14)
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? withoutZeros(value.toFixed(20)) : text
}

function withoutZeros(text: string): string {
  let to = text.length
  while (text[to - 1] === '0') to--
  return text.slice(0, text[to - 1] === '.' ? to - 1 : to)
}

function kindOf(cell: unknown): CellKind {
  return typeof cell === 'number' ? 'number' : cell instanceof Date ? 'day' : null
}
