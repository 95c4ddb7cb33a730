import { Readable } from 'node:stream'
import { neutralise } from './neutral.ts'

export interface Column {
  readonly name: string
  /** Only texts are neutralised: a number below zero stays a number. A day is `2026-11-29`, a moment `2026-11-29 17:27` where it happened. */
  readonly type: 'text' | 'number' | 'date' | 'moment' | 'money'
  readonly decimals?: number
  /** What it is about, for who fills it. */
  readonly of?: string
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
