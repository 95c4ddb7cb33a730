import { on } from 'node:events'
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { unneutralise } from './neutral.ts'

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
}

export const tableLimits = {
  cellBytes: 1_000_000,
  columns: 500,
  rows: 1_000_000,
  csvBytes: 200_000_000,
  xlsxBytes: 50_000_000,
  unpackedBytes: 300_000_000,
  packing: 200,
}

/**
 * Reads CSV (any common delimiter; UTF-8 with or without BOM, UTF-16, CP1252) as a stream, or the first sheet of an XLSX.
 * Memory stays flat for CSV however long the file is; an overlong line ends it early.
 * @throws TableProblem here or while the rows are read
 */
export async function readTable(source: string | Buffer | Readable, { name }: { name: string }): Promise<Table> {
  const head = typeof source === 'string' ? firstBytes(source) : Buffer.isBuffer(source) ? source.subarray(0, 8) : undefined
  const isZip = head ? head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')) : /\.xlsx$/i.test(name)
  if (head?.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new TableProblem('oldExcel', 'it is an old Excel file or has a password; save it as .xlsx or CSV without one')
  return isZip ? readXlsx(await whole(source)) : readCsv(streamOf(source))
}

function firstBytes(path: string): Buffer {
  const bytes = Buffer.alloc(8)
  const file = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}

const streamOf = (source: string | Buffer | Readable): Readable =>
  typeof source === 'string' ? createReadStream(source) : Buffer.isBuffer(source) ? Readable.from([source]) : source
async function whole(source: string | Buffer | Readable): Promise<Buffer> {
  if (typeof source === 'string' && statSync(source).size > tableLimits.xlsxBytes) throw tooLarge()
  const bytes = Buffer.isBuffer(source) ? source : await buffer(streamOf(source))
  if (bytes.length > tableLimits.xlsxBytes) throw tooLarge()
  return bytes
}
const tooLarge = () => new TableProblem('tooLarge', 'it is too large; split it into smaller files')

async function readCsv(stream: Readable): Promise<Table> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const sample: Buffer[] = []
  let size = 0
  while (size < 65_536) {
    const { value, done } = await chunks.next()
    if (done) break
    sample.push(Buffer.from(value))
    size += value.length
  }
  const first = Buffer.concat(sample)
  if (first.length === 0) throw new TableProblem('empty', 'it is empty')
  const encoding = encodingOf(first)
  const delimiter = delimiterOf(iconv.decode(first.subarray(0, 16_384), encoding))
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
  const { value: header, done } = await next()
  if (done || !header) throw new TableProblem('empty', 'it is empty')
  return { header: headerOf(header), rows: rowsOf(next) }
}

function explain(error: unknown): Error {
  if (error instanceof TableProblem) return error
  const { code, message } = error as { code?: string; message: string }
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new TableProblem('lineTooLong', 'a line is longer than a million characters; is a quotation mark missing?')
  if (code?.startsWith('CSV_')) return new TableProblem('broken', message.toLowerCase())
  return error as Error
}

async function* rowsOf(next: () => Promise<IteratorResult<string[]>>, end?: () => Promise<void>) {
  try {
    for (let number = 2; ; number++) {
      const { value, done } = await next()
      if (done) return
      if (number > tableLimits.rows + 1)
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

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be'
  // UTF-16 without a mark: every other byte of Latin text is zero.
  const zeros = [0, 1].map((odd) => bytes.subarray(0, 512).filter((byte, index) => index % 2 === odd && byte === 0).length)
  if (zeros[1]! > 64) return 'utf16le'
  if (zeros[0]! > 64) return 'utf16be'
  // The sample may end inside a character, so its last bytes don't count.
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, Math.max(bytes.length - 3, 1)))
  return text.slice(0, -1).includes('\ufffd') ? 'win1252' : 'utf8'
}

/** The delimiter that stands most often outside quotes in the heading. */
function delimiterOf(text: string): string {
  const line = (/^\ufeff?((?:"(?:[^"]|"")*"|[^"\r\n])*)/.exec(text)?.[1] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = [',', ';', '\t', '|'].map((one) => ({ one, count: line.split(one).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one
}

async function readXlsx(bytes: Buffer): Promise<Table> {
  refuseZipBomb(bytes)
  const worker = new Worker(new URL('xlsx.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const portions = on(worker, 'message') as AsyncIterableIterator<[string[][] | null]>
  let waiting: string[][] = []
  const next = async (): Promise<IteratorResult<string[]>> => {
    while (waiting.length === 0) {
      const { value } = await portions.next().catch(() => {
        throw new TableProblem('broken', 'it is no Excel file that can be opened')
      })
      const [rows] = value as [string[][] | null]
      if (rows === null) return { value: undefined, done: true }
      waiting = rows.reverse()
    }
    return { value: waiting.pop()!, done: false }
  }
  const end = async () => void (await worker.terminate())
  try {
    const { value, done } = await next()
    if (done) throw new TableProblem('empty', 'it is empty')
    return { header: headerOf(value), rows: rowsOf(next, end) }
  } catch (error) {
    await end()
    throw error
  }
}

/** Reads the sizes that the archive itself tells, before anything is unpacked. */
function refuseZipBomb(bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  if (end < 0) throw new TableProblem('broken', 'it is no Excel file that can be opened')
  let at = bytes.readUInt32LE(end + 16)
  const entries = bytes.readUInt16LE(end + 10)
  let unpacked = 0
  for (let index = 0; index < entries && at + 46 <= bytes.length; index++) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) break
    unpacked += bytes.readUInt32LE(at + 24)
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  if (entries > 5000 || unpacked > tableLimits.unpackedBytes || unpacked > bytes.length * tableLimits.packing) {
    throw new TableProblem('zipBomb', 'it unpacks to far more than a table needs')
  }
}
