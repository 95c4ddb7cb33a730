import { Readable } from 'node:stream'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { neutralise } from './neutral.ts'

export interface Column {
  readonly name: string
  /** Only texts are neutralised: a number below zero stays a number. */
  readonly type: 'text' | 'number' | 'date' | 'money'
  readonly decimals?: number
}

/** RFC 4180 with CRLF, UTF-8 with a mark so that spreadsheets read it as such; streamed row by row. */
export function writeCsv(columns: readonly Column[], rows: AsyncIterable<readonly string[]>): Readable {
  async function* lines() {
    yield `\ufeff${columns.map((column) => quoted(neutralise(column.name))).join(',')}\r\n`
    for await (const row of rows) yield `${columns.map((column, index) => csvCell(column, row[index] ?? '')).join(',')}\r\n`
  }
  return Readable.from(lines())
}

export const csvCell = (column: Pick<Column, 'type'>, value: string): string =>
  quoted(column.type === 'text' ? neutralise(value) : value)
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const XLSX_ROWS = 200_000

/** An XLSX with typed cells; texts are written as strings, never as formulas, so they need no apostrophe. */
export async function writeXlsx(columns: readonly Column[], rows: AsyncIterable<readonly string[]>): Promise<Buffer> {
  const sheet: SheetData = [columns.map((column) => ({ value: column.name, fontWeight: 'bold' }))]
  for await (const row of rows) {
    if (sheet.length > XLSX_ROWS) throw new Error('more rows than an XLSX export carries')
    sheet.push(columns.map((column, index) => xlsxCell(column, row[index] ?? '')))
  }
  return await writeXlsxFile(sheet).toBuffer()
}

function xlsxCell(column: Column, value: string): SheetData[number][number] {
  if (value === '') return null
  if ((column.type === 'money' || column.type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) {
    const format = column.type === 'money' ? `#,##0${column.decimals ? `.${'0'.repeat(column.decimals)}` : ''}` : undefined
    // The file format itself keeps numbers as doubles; up to fifteen digits arrive as they are.
    return { value: Number(value), type: Number, ...(format && { format }) }
  }
  return { value, type: String }
}
