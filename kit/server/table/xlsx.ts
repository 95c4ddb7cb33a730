import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { isOds, readOds } from './ods.ts'
import { readSheet } from './sheet.ts'

/**
 * A process of its own: reads a sheet of a workbook and leaves it as JSON: in the first line which it is and which there are, then
 * one row a line. It ends with 2 when the workbook cannot be opened; of a hostile one it may die.
 */
const [book = '', rows = '', wanted = ''] = process.argv.slice(2)
const file = openSync(rows, 'w', 0o600)
try {
  const bytes = readFileSync(book)
  const { sheet, sheets, hidden, lines } = (isOds(bytes) ? readOds : readSheet)(bytes, wanted || undefined)
  writeSync(file, `${JSON.stringify({ sheet, sheets, hidden })}\n`)
  const PORTION = 1000
  for (let at = 0; at < lines.length; at += PORTION)
    writeSync(
      file,
      lines
        .slice(at, at + PORTION)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
} catch {
  process.exit(2)
}
closeSync(file)
