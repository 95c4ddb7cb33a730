import { closeSync, openSync, writeSync } from 'node:fs'
import { readSheet } from 'read-excel-file/node'

/**
 * A process of its own: reads the first sheet of a workbook and leaves its rows as texts, one JSON array a line. It ends with 2
 * when the workbook cannot be opened; of a hostile one it may die.
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
  const lines = sheet.slice(at, at + PORTION).map((row) => `${JSON.stringify(row.map(cellText))}\n`)
  writeSync(file, lines.join(''))
}
closeSync(file)

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // A moment is a fraction of a day there, so its seconds are rounded.
  if (cell instanceof Date)
    return new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().replace(/T00:00:00\.000Z$/, '')
  // 0.1 + 0.2 in a sheet is 0.30000000000000004 in the file; fifteen digits are what Excel itself shows.
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(15)))
  return String(cell)
}
