import { spawn } from 'node:child_process'
import { createReadStream, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createInflateRaw } from 'node:zlib'
import { parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { withoutTurns } from '../../fold.ts'
import { lane } from '../host/lane.ts'
import type { Encoding } from '../../encoding.ts'
import { SAMPLED, writingOf } from './encoding.ts'
import { headerOf, joinedHeadings } from './heading.ts'
import { unneutralise } from './neutral.ts'
import { cardHeader, isVcard, readCards } from './vcard.ts'
import { packedParts } from './zip.ts'

export { encodings, type Encoding } from '../../encoding.ts'

export type TableCode =
  | 'empty'
  | 'nul'
  | 'lineTooLong'
  | 'tooLarge'
  | 'tooManyRows'
  | 'tooManyColumns'
  | 'zipBomb'
  | 'noTable'
  | 'oldExcel'
  | 'broken'
  | 'brokenText'
  | 'numbers'
  | 'archive'

/** A file that is not a table that we take; the message is a sentence, the code keys its translation. */
export class TableProblem extends Error {
  readonly code: TableCode
  /** Of which row it speaks. */
  readonly row: number | undefined
  constructor(code: TableCode, message: string, row?: number) {
    super(message)
    this.code = code
    this.row = row
  }
}

export interface TableRow {
  /** Counts lines of the table from 2, as a spreadsheet shows them. */
  readonly number: number
  readonly cells: string[]
  /** What a workbook says that its cells are, by place; nothing where they are texts. */
  readonly kinds?: readonly CellKind[] | undefined
  /** It holds more than a row may: its cells are cut, and nothing in it can be taken. */
  readonly isTooLong?: true
  /** What is filled beyond the last heading: the row has more cells than it should, so none of them is surely where it belongs. */
  readonly surplus?: readonly string[]
}
/** What parts cells in the texts of spreadsheets. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export type CellKind = 'number' | 'day' | 'flag' | null

export interface Table {
  readonly header: string[]
  /** In which line its headings stand, counted from 1. */
  readonly headings?: number | undefined
  readonly rows: AsyncIterable<TableRow>
  /** How its letters are written and what parts its cells, where it is a text. */
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
  /** Its letters may as well be written otherwise: a person looks at them. */
  readonly isUnsure?: true | undefined
  /** Which sheet of a workbook it is, and which of them have rows to be read. */
  readonly sheet?: string | undefined
  readonly sheets?: readonly string[] | undefined
  /** How many of its rows a sheet does not show, as by a filter. */
  readonly hidden?: number | undefined
}

/** How somebody says that a file is to be read; what is left out is found. */
export interface Reading {
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
  readonly sheet?: string | undefined
  readonly headings?: number | undefined
  /** Rows that a sheet does not show are left out. */
  readonly withoutHidden?: boolean | undefined
}

export const tableLimits = {
  rowLetters: 1_000_000,
  /** What is read as one line before we give up: behind a quotation mark that is closed nowhere, the rest of a file is one. */
  lineBytes: 16_000_000,
  columns: 500,
  /** So many cells in one line are no list, whatever stands in them. */
  lineCells: 100_000,
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
 * and what Windows, DOS, Unix and the Mac wrote before it), an address book, or a sheet of an XLSX or ODS: the first that is shown and has
 * rows, if none is wanted. Memory stays flat for CSV however long the file is; an overlong line ends it early.
 * @throws TableProblem here or while the rows are read
 */
export async function readTable(
  source: string | Buffer | Readable,
  { encoding, delimiter, ...wanted }: Reading & { name: string },
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
    return readXlsx(await whole(first, chunks, tableLimits.xlsxBytes), wanted)
  }
  const { encoding: letters, isUnsure } = encoding ? { encoding, isUnsure: false } : writingOf(first)
  const beginning = iconv.decode(first.subarray(0, 400), letters)
  if (NO_TABLE.test(beginning))
    throw new TableProblem(
      'noTable',
      'it is a web page, a paper or data of a program; open it in a spreadsheet and save it as .xlsx or CSV',
    )
  if (isVcard(beginning)) {
    const text = decoded(first, chunks, letters, tableLimits.cardBytes)
    return { header: [...cardHeader], rows: readCards(plain(text), tableLimits.rowLetters), encoding: letters }
  }
  const table = await readCsv(first, chunks, letters, { delimiter, headings: wanted.headings })
  return { ...table, ...(isUnsure && { isUnsure }) }
}

/** HTML and XML, which some programs call .xls, PDF, rich text, JSON. */
const NO_TABLE =
  /^\ufeff?\s*(?:<(?:!doctype|html|head|body|table|meta|style|div|\?xml|workbook)\b|%PDF-|\{\\rtf|(?:\[\s*)?\{\s*")/i

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

/** The letters of the whole file, a portion at a time; others have their turns in between. */
async function* decoded(first: Buffer, chunks: AsyncIterator<Buffer>, encoding: Encoding, most: number): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  let read = 0
  for (let chunk: Buffer | undefined = first; chunk; chunk = await nextOf(chunks)) {
    read += chunk.length
    if (read > most) throw tooLarge()
    for (let at = 0; at < chunk.length; at += SAMPLED) {
      const part = decoder.write(chunk.subarray(at, at + SAMPLED))
      if (part.includes('\0')) throw new TableProblem('nul', 'it has NUL characters, so it is not a text file')
      yield part
      await setImmediate()
    }
  }
  yield decoder.end() ?? ''
}

async function* plain(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of text) yield withoutTurns(part)
}

async function* parted(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<string> {
  const next = scanner(delimiter)
  for await (const part of text) yield next(part)
  yield next('', true)
}

/**
 * Ends at a line of more cells than any list has: an empty cell costs as much as a full one, so a file of commas would take all
 * memory. A quotation mark inside a cell that some programs write with a backslash becomes two, as all others write it.
 */
function scanner(delimiter: string): (part: string, isLast?: boolean) => string {
  const sign = delimiter.charCodeAt(0)
  let [held, cells, before, isQuoted] = ['', 0, LINE_FEED, false]
  return (part, isLast = false) => {
    const text = held + part
    const isEnd = (at: number) => at >= text.length || [sign, LINE_FEED, RETURN].includes(text.charCodeAt(at))
    // What follows a quotation mark tells whether it ends its cell.
    let to = isLast ? text.length : Math.max(text.length - 2, 0)
    if (!isLast && to > 0 && text.charCodeAt(to - 1) === BACKSLASH) to--
    let [out, from] = ['', 0]
    for (let at = 0; at < to; at++) {
      const letter = text.charCodeAt(at)
      const isInside = letter === QUOTE && isQuoted && before === BACKSLASH && at > 0
      if (isInside && (text.charCodeAt(at + 1) === QUOTE ? isEnd(at + 2) : !isEnd(at + 1))) {
        out += `${text.slice(from, at - 1)}"`
        from = at
        before = 0
        continue
      }
      // What stands in quotation marks is one cell; they begin it, or are written twice within it.
      if (letter === QUOTE) isQuoted = !isQuoted && [sign, LINE_FEED, RETURN, QUOTE].includes(before)
      else if (letter === LINE_FEED || letter === RETURN) cells = 0
      else if (letter === sign && !isQuoted && ++cells > tableLimits.lineCells) throw tooManyColumns()
      before = letter
    }
    held = text.slice(to)
    return out + text.slice(from, to)
  }
}
const [LINE_FEED, RETURN, QUOTE, BACKSLASH] = [10, 13, 34, 92]

async function nextOf(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  const { value, done } = await chunks.next()
  return done ? undefined : Buffer.from(value)
}

async function readCsv(first: Buffer, chunks: AsyncIterator<Buffer>, encoding: Encoding, wanted: Reading): Promise<Table> {
  const { delimiter, skipped, width } = layoutOf(
    iconv.decode(first.subarray(0, SAMPLED), encoding),
    first.length >= SAMPLED,
    wanted.delimiter,
  )
  const parser = Readable.from(parted(decoded(first, chunks, encoding, tableLimits.csvBytes), delimiter))
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
  let before: string[] = []
  for (let above = 0; ; above++) {
    const { value: header, done } = await next()
    if (done || !header) throw new TableProblem('empty', 'it is empty')
    const isAbove = above < (wanted.headings ? wanted.headings - 1 : skipped) || (header.every(isBlank) && width > 0)
    if (isAbove) {
      before = header
      continue
    }
    const [below, row] = [await next(), await next()]
    const joined = below.done ? undefined : joinedHeadings(header, below.value, row.value)
    const headings = headingsOf(joined ?? header, before)
    const waiting = joined ? [row] : [below, row]
    const lines = async (): Promise<IteratorResult<Line>> => {
      const { value, done } = waiting.shift() ?? (await next())
      return done ? { value: undefined, done } : { value: { cells: value }, done: false }
    }
    return {
      header: headings,
      headings: above + 1,
      rows: rowsOf(lines, { begin: above + (joined ? 3 : 2), width: headings.length }),
      encoding,
      delimiter: delimiters.find((one) => one === delimiter),
    }
  }
}

function explain(error: unknown): Error {
  if (error instanceof TableProblem) return error
  const { code, message, records = 0 } = error as { code?: string; message: string; records?: number }
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(records + 1)
  if (code?.startsWith('CSV_')) return new TableProblem('brokenText', message.toLowerCase())
  return error as Error
}

const tooManyColumns = () => new TableProblem('tooManyColumns', 'it has more than 500 columns')
const tooLong = (row: number) =>
  new TableProblem('lineTooLong', `row ${row} does not end for millions of letters; is a quotation mark missing there?`, row)

const isBlank = (cell: string) => cell.trim() === ''

export interface Line {
  readonly cells: string[]
  readonly kinds?: readonly CellKind[]
  /** Its sheet does not show it. */
  readonly isHidden?: true
}

interface Rows {
  readonly begin: number
  readonly width: number
  readonly end?: () => Promise<void>
  readonly withoutHidden?: boolean | undefined
}

async function* rowsOf(
  next: () => Promise<IteratorResult<Line>>,
  { begin, width, end, withoutHidden }: Rows,
): AsyncGenerator<TableRow> {
  try {
    for (let number = begin; ; number++) {
      const { value, done } = await next()
      if (done) return
      const { cells, kinds, isHidden } = value
      if (cells.every(isBlank) || (isHidden && withoutHidden)) continue
      if (number > tableLimits.rows + begin - 1)
        throw new TableProblem('tooManyRows', 'it has more than a million rows; split it into smaller files')
      if (lettersOf(cells) > tableLimits.rowLetters) {
        yield { number, cells: cells.map((cell) => cell.slice(0, CUT)), isTooLong: true }
        continue
      }
      const surplus = cells.slice(width).filter((cell) => !isBlank(cell))
      yield {
        number,
        cells: cells.map((cell) => unneutralise(withoutTurns(cell))),
        kinds,
        ...(surplus.length > 0 && { surplus }),
      }
    }
  } finally {
    await end?.()
  }
}

const CUT = 80
const lettersOf = (cells: readonly string[]) => cells.reduce((all, cell) => all + cell.length, 0)

function headingsOf(cells: readonly unknown[], above: readonly unknown[] = []): string[] {
  if (cells.length > tableLimits.columns) throw tooManyColumns()
  if (lettersOf(cells.map(String)) > tableLimits.rowLetters) throw tooLong(1)
  const header = headerOf(cells, above)
  if (header.length === 0) throw new TableProblem('empty', 'it is empty, or its first line has no headings')
  return header
}

const LOOKED_AT = 20

const csvOptions = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  // Spaces around a quoted cell belong to the layout, not to the cell.
  trim: true,
  skip_empty_lines: true,
  max_record_size: tableLimits.lineBytes,
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
    parseNow(scanner(delimiter)(text, true), {
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
 * of a hostile file it dies alone. What comes back is lines on disk: which sheet it is, and then its rows.
 */
async function readXlsx(bytes: Buffer, { sheet: wanted, ...reading }: Reading): Promise<Table> {
  await refuseZipBomb(bytes)
  const folder = await mkdtemp(join(tmpdir(), 'duka-sheet-'))
  const [book, rows] = [join(folder, 'book.xlsx'), join(folder, 'rows.json')]
  const end = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(book, bytes, { mode: 0o600 })
    await oneAtATime(() => unpacked(book, rows, wanted))
    const lines = createInterface({ input: createReadStream(rows), crlfDelay: Infinity })[Symbol.asyncIterator]()
    const { hidden = 0, ...found } = JSON.parse((await lines.next()).value as string) as Pick<
      Table,
      'sheet' | 'sheets' | 'hidden'
    >
    const next = async (): Promise<IteratorResult<Line>> => {
      const { value, done } = await lines.next()
      return done ? { value: undefined, done } : { value: JSON.parse(value) as Line, done: false }
    }
    return { ...(await tableOf(next, end, reading, hidden)), ...found }
  } catch (error) {
    await end()
    throw error
  }
}

/** Titles may stand above the headings of a sheet as well. */
async function tableOf(
  next: () => Promise<IteratorResult<Line>>,
  end: () => Promise<void>,
  { headings: wanted, withoutHidden }: Reading,
  hidden: number,
): Promise<Table> {
  const ahead: Line[] = []
  while (ahead.length < LOOKED_AT) {
    const { value, done } = await next()
    if (done) break
    ahead.push(value)
  }
  const widths = ahead.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length)
  const width = Math.max(...widths, 0)
  if (width === 0) throw new TableProblem('empty', 'it is empty')
  const at = wanted === undefined || !ahead[wanted - 1] ? widths.findIndex((one) => one * 2 > width) : wanted - 1
  const joined = ahead[at + 1] && joinedHeadings(ahead[at]!.cells, ahead[at + 1]!.cells, ahead[at + 2]?.cells)
  const below = at + (joined ? 2 : 1)
  const waiting = ahead.slice(below)
  const rest = async (): Promise<IteratorResult<Line>> => (waiting.length > 0 ? { value: waiting.shift()!, done: false } : next())
  const header = headingsOf(joined ?? ahead[at]!.cells, ahead[at - 1]?.cells)
  const above = ahead.slice(0, below).filter(({ cells, isHidden }) => isHidden && !cells.every(isBlank)).length
  const rows = rowsOf(rest, { begin: below + 1, width: header.length, end, withoutHidden })
  return { header, headings: at + 1, rows, ...(hidden > above && { hidden: hidden - above }) }
}

const SECONDS = 60
const MOST_PARTS = 5000
const zipBomb = () => new TableProblem('zipBomb', 'it unpacks to far more than a table needs; save it as CSV')

function unpacked(book: string, rows: string, wanted = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    // It needs nothing of ours: neither secrets nor the connection to whoever started us.
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${tableLimits.readerMegabytes}`, fileURLToPath(READER), book, rows, wanted],
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
      else reject(zipBomb())
    })
  })
}

/** A document of Apple, and whatever somebody has packed, are archives like a workbook. */
function refuseOthers(names: readonly string[]): void {
  if (names.some((name) => name.startsWith('Index/') && name.endsWith('.iwa')))
    throw new TableProblem('numbers', 'it is a document of Numbers; export it there as Excel or CSV')
  const isBook = names.some((name) => /^[/\\]?(?:xl[/\\]|\[Content_Types\]\.xml$)|^content\.xml$/i.test(name))
  if (names.length > 0 && !isBook)
    throw new TableProblem('archive', 'it is an archive with files in it; unpack it and choose one of them')
}

/** Unpacks every part and counts what really comes out, whatever sizes the archive tells; stops at the limit. */
async function refuseZipBomb(bytes: Buffer): Promise<void> {
  let left = tableLimits.unpackedBytes
  const parts = packedParts(bytes)
  if (!parts) throw new TableProblem('broken', 'it is no Excel file that can be opened')
  refuseOthers(parts.map(({ name }) => name))
  if (parts.length > MOST_PARTS) throw zipBomb()
  for (const { packed, isPacked } of parts) {
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
    if (left < 0) throw zipBomb()
  }
}
