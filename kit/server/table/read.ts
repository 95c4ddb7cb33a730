import { spawn } from 'node:child_process'
import { createReadStream, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createInflateRaw } from 'node:zlib'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { lane } from '../lane.ts'
import { encodingOf, type Encoding } from './encoding.ts'
import { unneutralise } from './neutral.ts'
import { cardHeader, isVcard, readCards } from './vcard.ts'

export { encodings, type Encoding } from './encoding.ts'

export type TableCode =
  | 'empty'
  | 'nul'
  | 'lineTooLong'
  | 'tooLarge'
  | 'tooManyRows'
  | 'tooManyColumns'
  | 'zipBomb'
  | 'oldExcel'
  | 'broken'

/** A file that is not a table that we take; the message is a sentence, the code keys its translation. */
export class TableProblem extends Error {
  readonly code: TableCode
  constructor(code: TableCode, message: string) {
    super(message)
    this.code = code
  }
}

export interface Table {
  readonly header: string[]
  /** Rows after the heading; `number` counts lines of the table from 2, as a spreadsheet shows them. */
  readonly rows: AsyncIterable<{ readonly number: number; readonly cells: string[] }>
  readonly encoding: Encoding
}

export const tableLimits = {
  cellBytes: 1_000_000,
  columns: 500,
  rows: 1_000_000,
  csvBytes: 200_000_000,
  xlsxBytes: 50_000_000,
  cardBytes: 20_000_000,
  /** What a workbook may really unpack to, and what reading it may take. */
  unpackedBytes: 100_000_000,
  readerMegabytes: 640,
}

/**
 * Reads CSV (any common delimiter, with title lines or `sep=;` above its headings; UTF-8 with or without BOM, UTF-16,
 * Windows-1252, -1251 and -1256), an address book, or the first sheet of an XLSX. Memory stays flat for CSV however long the file
 * is; an overlong line ends it early.
 * @throws TableProblem here or while the rows are read
 */
export async function readTable(
  source: string | Buffer | Readable,
  { encoding }: { name: string; encoding?: Encoding | undefined },
): Promise<Table> {
  const size = typeof source === 'string' ? statSync(source).size : undefined
  const chunks = streamOf(source)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await firstOf(chunks)
  if (first.length === 0) throw new TableProblem('empty', 'it is empty')
  if (first.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new TableProblem('oldExcel', 'it is an old Excel file or has a password; save it as .xlsx or CSV without one')
  // What it holds tells, not its name.
  if (first.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    if (size !== undefined && size > tableLimits.xlsxBytes) throw tooLarge()
    return readXlsx(await whole(first, chunks, tableLimits.xlsxBytes))
  }
  const letters = encoding ?? encodingOf(first)
  if (isVcard(iconv.decode(first.subarray(0, 400), letters))) {
    const text = iconv.decode(await whole(first, chunks, tableLimits.cardBytes), letters)
    return { header: [...cardHeader], rows: asRows(readCards(text)), encoding: letters }
  }
  return readCsv(first, chunks, letters)
}

async function* asRows(rows: Iterable<{ number: number; cells: string[] }>) {
  yield* rows
}

const streamOf = (source: string | Buffer | Readable): Readable =>
  typeof source === 'string' ? createReadStream(source) : Buffer.isBuffer(source) ? Readable.from([source]) : source

const SAMPLE = 65_536

async function firstOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const sample: Buffer[] = []
  let size = 0
  while (size < SAMPLE) {
    const { value, done } = await chunks.next()
    if (done) break
    sample.push(Buffer.from(value))
    size += value.length
  }
  return Buffer.concat(sample)
}

async function whole(first: Buffer, chunks: AsyncIterator<Buffer>, most: number): Promise<Buffer> {
  const all = [first]
  let size = first.length
  for (;;) {
    if (size > most) throw tooLarge()
    const { value, done } = await chunks.next()
    if (done) return Buffer.concat(all)
    all.push(Buffer.from(value))
    size += value.length
  }
}
const tooLarge = () => new TableProblem('tooLarge', 'it is too large; split it into smaller files')

async function readCsv(first: Buffer, chunks: AsyncIterator<Buffer>, encoding: Encoding): Promise<Table> {
  const { delimiter, skipped, width } = layoutOf(iconv.decode(first.subarray(0, 16_384), encoding))
  async function* text() {
    const decoder = iconv.getDecoder(encoding)
    let read = 0
    async function* all() {
      yield first
      for (;;) {
        const { value, done } = await chunks.next()
        if (done) return
        yield Buffer.from(value)
      }
    }
    for await (const chunk of all()) {
      read += chunk.length
      if (read > tableLimits.csvBytes) throw tooLarge()
      const part = decoder.write(chunk)
      if (part.includes('\0')) throw new TableProblem('nul', 'it has NUL characters, so it is not a text file')
      yield part
    }
    yield decoder.end() ?? ''
  }
  const parser = Readable.from(text())
    .on('error', (error) => parser.destroy(error))
    .pipe(
      parse({
        delimiter,
        bom: true,
        relax_column_count: true,
        relax_quotes: true,
        // Spaces around a quoted cell belong to the layout, not to the cell.
        trim: true,
        skip_empty_lines: true,
        max_record_size: tableLimits.cellBytes,
      }),
    )
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<string[]>
  const next = async () => {
    try {
      return await records.next()
    } catch (error) {
      throw explain(error)
    }
  }
  // Titles, dates and a `sep=` line stand above the headings.
  for (let above = 0; ; above++) {
    const { value: header, done } = await next()
    if (done || !header) throw new TableProblem('empty', 'it is empty')
    if (above < skipped) continue
    if (header.every(isBlank) && width > 0) continue
    return { header: headerOf(header), rows: rowsOf(next, above + 2), encoding }
  }
}

function explain(error: unknown): Error {
  if (error instanceof TableProblem) return error
  const { code, message } = error as { code?: string; message: string }
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new TableProblem('lineTooLong', 'a line is longer than a million characters; is a quotation mark missing?')
  if (code?.startsWith('CSV_')) return new TableProblem('broken', message.toLowerCase())
  return error as Error
}

const isBlank = (cell: string) => cell.trim() === ''

async function* rowsOf(next: () => Promise<IteratorResult<string[]>>, begin: number, end?: () => Promise<void>) {
  try {
    for (let number = begin; ; number++) {
      const { value, done } = await next()
      if (done) return
      if (value.every(isBlank)) continue
      if (number > tableLimits.rows + begin - 1)
        throw new TableProblem('tooManyRows', 'it has more than a million rows; split it into smaller files')
      yield { number, cells: value.map(unneutralise) }
    }
  } finally {
    await end?.()
  }
}

function headerOf(cells: readonly unknown[]): string[] {
  if (cells.length > tableLimits.columns) throw new TableProblem('tooManyColumns', 'it has more than 500 columns')
  const header = cells.map((cell) => String(cell ?? '').trim())
  while (header.at(-1) === '') header.pop()
  if (header.length === 0) throw new TableProblem('empty', 'its first line has no headings')
  return header
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const LOOKED_AT = 20

/**
 * The delimiter, and how many lines stand above the headings: the one that parts most lines into most cells wins, and the
 * headings are the first line that is more than half as wide as the widest.
 */
function layoutOf(text: string): { delimiter: string; skipped: number; width: number } {
  const lines = linesOf(text.replace(/^\ufeff/, '')).filter((line) => line.trim() !== '')
  const told = /^"?sep=(.)"?\s*$/i.exec(lines[0] ?? '')?.[1]
  const body = told ? lines.slice(1) : lines
  const bare = body.slice(0, LOOKED_AT).map((line) => line.replace(/"(?:[^"]|"")*"/g, 'x'))
  const widths = (delimiter: string) => bare.map((line) => line.split(delimiter).filter((cell) => cell.trim() !== '').length)
  const worth = (delimiter: string) => widths(delimiter).reduce((all, width) => all + width, 0)
  const delimiter = told ?? DELIMITERS.reduce((best, one) => (worth(one) > worth(best) ? one : best))
  const all = widths(delimiter)
  const width = Math.max(...all, 0)
  const skipped = Math.max(
    all.findIndex((one) => one * 2 > width),
    0,
  )
  return { delimiter, skipped: skipped + (told ? 1 : 0), width }
}

/** The first lines; a break inside quotation marks parts none. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at < text.length && lines.length <= LOOKED_AT; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === '\n' && !isQuoted) {
      lines.push(text.slice(from, at).replace(/\r$/, ''))
      from = at + 1
    }
  }
  if (lines.length <= LOOKED_AT) lines.push(text.slice(from))
  return lines
}

const oneAtATime = lane({ at: 1, waiting: 8 })
const READER = new URL('xlsx.ts', import.meta.url)

/**
 * A workbook is unpacked and read in a process of its own, one at a time: it has so much memory and no more, and when it dies
 * of a hostile file it dies alone. What comes back is CSV on disk, which is read like any other.
 */
async function readXlsx(bytes: Buffer): Promise<Table> {
  await refuseZipBomb(bytes)
  const folder = await mkdtemp(join(tmpdir(), 'duka-sheet-'))
  const [book, rows] = [join(folder, 'book.xlsx'), join(folder, 'rows.json')]
  const end = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(book, bytes, { mode: 0o600 })
    await oneAtATime(() => unpacked(book, rows))
    const lines = createInterface({ input: createReadStream(rows), crlfDelay: Infinity })[Symbol.asyncIterator]()
    const next = async (): Promise<IteratorResult<string[]>> => {
      const { value, done } = await lines.next()
      return done ? { value: undefined, done } : { value: JSON.parse(value) as string[], done: false }
    }
    return await tableOf(next, end)
  } catch (error) {
    await end()
    throw error
  }
}

/** Titles may stand above the headings of a sheet as well. */
async function tableOf(next: () => Promise<IteratorResult<string[]>>, end: () => Promise<void>): Promise<Table> {
  const ahead: string[][] = []
  while (ahead.length < LOOKED_AT) {
    const { value, done } = await next()
    if (done) break
    ahead.push(value)
  }
  const widths = ahead.map((row) => row.filter((cell) => !isBlank(cell)).length)
  const width = Math.max(...widths, 0)
  if (width === 0) throw new TableProblem('empty', 'it is empty')
  const at = widths.findIndex((one) => one * 2 > width)
  const waiting = ahead.slice(at + 1)
  const rest = async (): Promise<IteratorResult<string[]>> =>
    waiting.length > 0 ? { value: waiting.shift()!, done: false } : next()
  return { header: headerOf(ahead[at]!), rows: rowsOf(rest, at + 2, end), encoding: 'utf8' }
}

const SECONDS = 60

function unpacked(book: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // It needs nothing of ours: neither secrets nor the connection to whoever started us.
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${tableLimits.readerMegabytes}`, fileURLToPath(READER), book, rows],
      {
        env: {},
        stdio: 'ignore',
        timeout: SECONDS * 1000,
        killSignal: 'SIGKILL',
      },
    )
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else if (code === 2) reject(new TableProblem('broken', 'it is no Excel file that can be opened'))
      else if (code === null && signal === null) reject(new Error('the reader of workbooks did not start'))
      else reject(new TableProblem('zipBomb', 'it unpacks to far more than a table needs; save it as CSV'))
    })
  })
}

/** Unpacks every part and counts what really comes out, whatever sizes the archive tells; stops at the limit. */
async function refuseZipBomb(bytes: Buffer): Promise<void> {
  let left = tableLimits.unpackedBytes
  for (const { at, length, isPacked } of partsOf(bytes)) {
    const packed = bytes.subarray(at, at + length)
    if (!isPacked) left -= packed.length
    else {
      const inflate = createInflateRaw()
      const fed = Readable.from([packed]).pipe(inflate)
      try {
        for await (const chunk of fed) {
          left -= (chunk as Buffer).length
          if (left < 0) break
        }
      } catch {
        throw new TableProblem('broken', 'it is no Excel file that can be opened')
      } finally {
        inflate.destroy()
      }
    }
    if (left < 0) throw new TableProblem('zipBomb', 'it unpacks to far more than a table needs; save it as CSV')
  }
}

/** Where the parts of the archive lie, by its directory. */
function partsOf(bytes: Buffer): { at: number; length: number; isPacked: boolean }[] {
  const broken = () => new TableProblem('broken', 'it is no Excel file that can be opened')
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  if (end < 0 || end + 22 > bytes.length) throw broken()
  const entries = bytes.readUInt16LE(end + 10)
  if (entries > 5000) throw new TableProblem('zipBomb', 'it unpacks to far more than a table needs; save it as CSV')
  const parts: { at: number; length: number; isPacked: boolean }[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < entries; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken()
    const local = bytes.readUInt32LE(at + 42)
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) throw broken()
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    parts.push({ at: begin, length: bytes.readUInt32LE(at + 20), isPacked: bytes.readUInt16LE(at + 10) !== 0 })
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}
