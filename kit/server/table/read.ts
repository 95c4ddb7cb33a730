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
import { parse as parseNow } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { lane } from '../lane.ts'
import { encodingOf, SAMPLED, type Encoding } from './encoding.ts'
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

export interface TableRow {
  /** Counts lines of the table from 2, as a spreadsheet shows them. */
  readonly number: number
  readonly cells: string[]
  /** What a workbook says that its cells are, by place; nothing where they are texts. */
  readonly kinds?: readonly CellKind[] | undefined
  /** What is filled beyond the last heading: the row has more cells than it should, so none of them is surely where it belongs. */
  readonly surplus?: readonly string[]
}
/** What parts cells in the texts of spreadsheets. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export type CellKind = 'number' | 'day' | null

export interface Table {
  readonly header: string[]
  readonly rows: AsyncIterable<TableRow>
  readonly encoding: Encoding
  /** What parts its cells, where it is a text. */
  readonly delimiter?: Delimiter | undefined
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
  { encoding, delimiter }: { name: string; encoding?: Encoding | undefined; delimiter?: Delimiter | undefined },
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
  return readCsv(first, chunks, letters, delimiter)
}

async function* asRows(rows: Iterable<{ number: number; cells: string[] }>) {
  yield* rows
}

const streamOf = (source: string | Buffer | Readable): Readable =>
  typeof source === 'string' ? createReadStream(source) : Buffer.isBuffer(source) ? Readable.from([source]) : source

async function firstOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const sample: Buffer[] = []
  let size = 0
  while (size < SAMPLED) {
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

async function readCsv(
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
  encoding: Encoding,
  wanted: Delimiter | undefined,
): Promise<Table> {
  const { delimiter, skipped, width } = layoutOf(
    iconv.decode(first.subarray(0, SAMPLED), encoding),
    first.length >= SAMPLED,
    wanted,
  )
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
    .pipe(parse({ ...csvOptions, delimiter }))
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
    const headings = headerOf(header)
    const lines = async (): Promise<IteratorResult<Line>> => {
      const { value, done } = await next()
      return done ? { value: undefined, done } : { value: { cells: value }, done: false }
    }
    return {
      header: headings,
      rows: rowsOf(lines, { begin: above + 2, width: headings.length }),
      encoding,
      delimiter: delimiters.find((one) => one === delimiter),
    }
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

interface Line {
  readonly cells: string[]
  readonly kinds?: readonly CellKind[]
}

async function* rowsOf(
  next: () => Promise<IteratorResult<Line>>,
  { begin, width, end }: { begin: number; width: number; end?: () => Promise<void> },
): AsyncGenerator<TableRow> {
  try {
    for (let number = begin; ; number++) {
      const { value, done } = await next()
      if (done) return
      const { cells, kinds } = value
      if (cells.every(isBlank)) continue
      if (number > tableLimits.rows + begin - 1)
        throw new TableProblem('tooManyRows', 'it has more than a million rows; split it into smaller files')
      const surplus = cells.slice(width).filter((cell) => !isBlank(cell))
      yield { number, cells: cells.map(unneutralise), kinds, ...(surplus.length > 0 && { surplus }) }
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
  const seen = new Set<string>()
  return header.map((name) => {
    let own = name
    // A number in front of the second of a name: it is another column, and none that is suggested.
    for (let n = 2; own !== '' && seen.has(own); n++) own = `(${n}) ${name}`
    seen.add(own)
    return own
  })
}

const LOOKED_AT = 20

const csvOptions = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  // Spaces around a quoted cell belong to the layout, not to the cell.
  trim: true,
  skip_empty_lines: true,
  max_record_size: tableLimits.cellBytes,
} as const

interface Layout {
  readonly delimiter: string
  /** How many lines stand above the headings. */
  readonly skipped: number
  /** Cells of the widest line. */
  readonly width: number
}

/**
 * The delimiter by which the headings hold no other one, and by which the most lines have as many cells as the headings; of those
 * alike the one that no space follows, as in a sentence, and then the one that parts most.
 */
function layoutOf(text: string, isCut: boolean, wanted: Delimiter | undefined): Layout {
  const told = /^\ufeff?"?sep=(.)"?[ \t]*(?:\r?\n|\r|$)/i.exec(text)
  const body = told ? text.slice(told[0].length) : text
  const looks = (wanted ? [wanted] : told?.[1] ? [told[1]] : delimiters).map((one) => lookBy(one, body, isCut))
  const { delimiter, skipped, width } = looks.reduce((best, one) => (isBetter(one.worth, best.worth) ? one : best))
  return { delimiter, skipped: skipped + (told ? 1 : 0), width }
}

const isBetter = (one: readonly number[], best: readonly number[]): boolean => {
  const at = one.findIndex((worth, index) => worth !== best[index])
  return at >= 0 && one[at]! > best[at]!
}

function lookBy(delimiter: string, text: string, isCut: boolean): Layout & { worth: readonly number[] } {
  const lines = firstLines(delimiter, text, isCut)
  const begin = sentencesAbove(lines)
  const filled = lines.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length)
  const width = Math.max(...filled.slice(begin), 0)
  const skipped = Math.max(
    filled.findIndex((one, index) => index >= begin && one * 2 > width),
    0,
  )
  const { cells: header = [], spaced = 0 } = lines[skipped] ?? {}
  const isTable = header.length > 1
  const isClean = isTable && !header.some((cell) => delimiters.some((other) => cell.includes(other)))
  const fitting = isTable ? lines.slice(skipped).filter(({ cells }) => cells.length === header.length).length : 0
  const parted = filled.reduce((all, one) => all + one, 0)
  return { delimiter, skipped, width, worth: [isClean ? 1 : 0, fitting, -spaced, parted] }
}

/** How many lines at the top are sentences with commas: a space follows each, and the headings below are others in number. */
function sentencesAbove(lines: readonly Looked[]): number {
  const isSentence = ({ cells, spaced }: Looked) => cells.length > 1 && spaced === cells.length - 1
  const at = lines.findIndex((line) => line.cells.length > 1 && !isSentence(line))
  const below = lines[at]
  if (!below || below.cells.some((cell) => /^[\d.,]+$/.test(cell))) return 0
  return lines.slice(0, at).some(({ cells }) => cells.length === below.cells.length) ? 0 : at
}

interface Looked {
  /** What stands in quotation marks is not looked at. */
  readonly cells: readonly string[]
  /** How many of its delimiters are followed by a space. */
  readonly spaced: number
}

/** The first lines as the parser parts them; one that the sample cuts is left out. */
function firstLines(delimiter: string, text: string, isCut: boolean): Looked[] {
  const lines: Looked[] = []
  try {
    parseNow(text, {
      ...csvOptions,
      delimiter,
      raw: true,
      to: LOOKED_AT,
      cast: (cell, { quoting }) => (quoting && cell !== '' ? 'x' : cell),
      on_record: (read) => {
        const { record: cells, raw } = read as unknown as { record: string[]; raw: string }
        lines.push({ cells, spaced: raw.includes('"') ? 0 : raw.split(`${delimiter} `).length - 1 })
        return null
      },
    })
  } catch {
    // A quotation mark that is closed nowhere, or behind the sample: the lines before it are known.
  }
  return isCut && lines.length > 1 && lines.length < LOOKED_AT ? lines.slice(0, -1) : lines
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
    const next = async (): Promise<IteratorResult<Line>> => {
      const { value, done } = await lines.next()
      return done ? { value: undefined, done } : { value: JSON.parse(value) as Line, done: false }
    }
    return await tableOf(next, end)
  } catch (error) {
    await end()
    throw error
  }
}

/** Titles may stand above the headings of a sheet as well. */
async function tableOf(next: () => Promise<IteratorResult<Line>>, end: () => Promise<void>): Promise<Table> {
  const ahead: Line[] = []
  while (ahead.length < LOOKED_AT) {
    const { value, done } = await next()
    if (done) break
    ahead.push(value)
  }
  const widths = ahead.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length)
  const width = Math.max(...widths, 0)
  if (width === 0) throw new TableProblem('empty', 'it is empty')
  const at = widths.findIndex((one) => one * 2 > width)
  const waiting = ahead.slice(at + 1)
  const rest = async (): Promise<IteratorResult<Line>> => (waiting.length > 0 ? { value: waiting.shift()!, done: false } : next())
  const header = headerOf(ahead[at]!.cells)
  return { header, rows: rowsOf(rest, { begin: at + 2, width: header.length, end }), encoding: 'utf8' }
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
