import { inflateRawSync } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { dayText, formatOf, shownDay, shownNumber, type CellFormat } from './cell-format.ts'
import type { CellKind, Line } from './read.ts'
import { packedParts } from './zip.ts'

export interface Sheet {
  readonly sheet: string
  /** Those that are shown and have rows under a heading. */
  readonly sheets: readonly string[]
  readonly lines: readonly Line[]
  /** How many of them say something and are not shown, as by a filter. */
  readonly hidden: number
}

/**
 * A sheet of a workbook (ISO/IEC 29500): the one of that name, else the first that is shown and has rows, as it is seen there.
 * @throws when it is none
 */
export function readSheet(bytes: Buffer, wanted: string | undefined): Sheet {
  const book = openBook(bytes)
  const shown = book.sheets.filter((one) => one.isShown)
  const filled = shown.filter(({ path }) => filledRows(book.part(path), ENOUGH) >= ENOUGH)
  const chosen =
    wanted === undefined
      ? (filled[0] ?? shown.find(({ path }) => filledRows(book.part(path), 1) > 0) ?? shown[0])
      : shown.find(({ name }) => name === wanted)
  if (!chosen) throw new Error('it has no such sheet')
  const lines = linesOf(book, chosen.path)
  return { sheet: chosen.name, sheets: filled.map(({ name }) => name), lines, hidden: hiddenIn(lines) }
}

/** Of sheets that have been read, the one of that name, else the first that has rows. */
export function chosenSheet(
  shown: readonly { readonly name: string; readonly lines: readonly Line[] }[],
  wanted: string | undefined,
): Sheet {
  const filledIn = (lines: readonly Line[]) => lines.filter(isFilled).length
  const filled = shown.filter(({ lines }) => filledIn(lines) >= ENOUGH)
  const chosen =
    wanted === undefined
      ? (filled[0] ?? shown.find(({ lines }) => filledIn(lines) > 0) ?? shown[0])
      : shown.find(({ name }) => name === wanted)
  if (!chosen) throw new Error('it has no such sheet')
  return { sheet: chosen.name, sheets: filled.map(({ name }) => name), lines: chosen.lines, hidden: hiddenIn(chosen.lines) }
}

const isFilled = ({ cells }: Line): boolean => cells.some((cell) => cell.trim() !== '')
const hiddenIn = (lines: readonly Line[]): number => lines.filter((line) => line.isHidden && isFilled(line)).length

/** A heading and a row make a list. */
const ENOUGH = 2
// What a sheet can have at most.
const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384]

type Attributes = Readonly<Record<string, string>>
interface Heard {
  open?(name: string, attributes: Attributes): void
  close?(name: string): void
  text?(text: string): void
}

/** Some programs write `x:row` for `row`. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1)

function hear(xml: string, { open, close, text }: Heard): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open?.(bare(name), attributes),
      onclosetag: (name) => close?.(bare(name)),
      ontext: (part) => text?.(part),
    },
    { xmlMode: true },
  )
  parser.end(xml)
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly path: string; readonly isShown: boolean }[]
  readonly strings: readonly string[]
  readonly styles: readonly CellFormat[]
  readonly isFrom1904: boolean
  part(path: string): string
}

function openBook(bytes: Buffer): Book {
  const parts = new Map((packedParts(bytes) ?? []).map((one) => [one.name.replaceAll('\\', '/').replace(/^\//, ''), one]))
  const part = (path: string): string => {
    const found = parts.get(path)
    if (!found) return ''
    return (found.isPacked ? inflateRawSync(found.packed) : found.packed).toString('utf8')
  }
  const paths = new Map<string, string>()
  const others = { styles: 'xl/styles.xml', sharedStrings: 'xl/sharedStrings.xml' }
  hear(part('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Type = '', Target = '' }) {
      if (name !== 'Relationship' || !Id) return
      const [kind, path] = [Type.slice(Type.lastIndexOf('/') + 1), Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`]
      if (kind === 'worksheet') paths.set(Id, path)
      if (kind === 'styles' || kind === 'sharedStrings') others[kind] = path
    },
  })
  const sheets: Book['sheets'][number][] = []
  let isFrom1904 = false
  hear(part('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = isTrue(attributes['date1904'])
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => bare(key) === 'id')?.[1] ?? ''
      const path = paths.get(id)
      // A sheet of nothing but a chart has no rows.
      if (path)
        sheets.push({ name: withSigns(attributes['name'] ?? ''), path, isShown: !/hidden/i.test(attributes['state'] ?? '') })
    },
  })
  return { sheets, part, isFrom1904, strings: stringsOf(part(others.sharedStrings)), styles: stylesOf(part(others.styles)) }
}

const isTrue = (text: string | undefined) => text === '1' || text === 'true'

/** Signs that XML can't hold stand there by their number. */
const withSigns = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, number: string) => String.fromCharCode(parseInt(number, 16)))

/** Texts stand in one list; how a word is spoken, as in Japanese, is no part of one. */
function stringsOf(xml: string): string[] {
  const strings: string[] = []
  let [said, isText, spoken] = ['', false, 0]
  hear(xml, {
    open(name) {
      if (name === 'si') said = ''
      if (name === 'rPh') spoken += 1
      if (name === 't') isText = spoken === 0
    },
    text(part) {
      if (isText) said += part
    },
    close(name) {
      if (name === 't') isText = false
      if (name === 'rPh') spoken -= 1
      if (name === 'si') strings.push(withSigns(said))
    },
  })
  return strings
}

/** What each style does with a number: its own format, or the one of the style that it builds on. */
function stylesOf(xml: string): CellFormat[] {
  const codes = new Map<number, string>()
  const found = { cellStyleXfs: [] as number[], cellXfs: [] as number[] }
  let into: number[] | undefined
  hear(xml, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellStyleXfs' || name === 'cellXfs') into = found[name]
      if (name === 'xf') into?.push(Number(attributes['numFmtId'] ?? found.cellStyleXfs[Number(attributes['xfId'])] ?? 0))
    },
    close(name) {
      if (name === 'cellStyleXfs' || name === 'cellXfs') into = undefined
    },
  })
  const formats = new Map<number, CellFormat>()
  return found.cellXfs.map((id) => {
    const format = formats.get(id) ?? formatOf(id, codes.get(id))
    formats.set(id, format)
    return format
  })
}

/** How many rows have something in them, up to so many. */
function filledRows(xml: string, most: number): number {
  const found = { rows: 0, isFilled: false }
  const parser = new Parser(
    {
      onopentag: (name) => (found.isFilled ||= ['v', 'is'].includes(bare(name))),
      onclosetag: (name) => {
        if (bare(name) !== 'row') return
        if (found.isFilled) found.rows += 1
        found.isFilled = false
      },
    },
    { xmlMode: true },
  )
  const PORTION = 65_536
  for (let at = 0; at < xml.length && found.rows < most; at += PORTION) parser.write(xml.slice(at, at + PORTION))
  return found.rows
}

function linesOf(book: Book, path: string): Line[] {
  const lines: { cells: string[]; kinds: CellKind[]; isHidden?: true }[] = []
  const merged: string[] = []
  let [row, column, isHidden] = [0, 0, false]
  let cell: Attributes = {}
  let [value, isText, spoken] = [undefined as string | undefined, false, 0]
  const into = (index: number) => {
    if (index > MOST_ROWS) throw new Error('it has more rows than a sheet can have')
    while (lines.length < index) lines.push({ cells: [], kinds: [] })
    return lines[index - 1]!
  }
  hear(book.part(path), {
    open(name, attributes) {
      if (name === 'row') {
        row = Number(attributes['r']) || row + 1
        column = 0
        isHidden = isTrue(attributes['hidden']) || Number(attributes['ht']) === 0
      } else if (name === 'c') {
        cell = attributes
        column = columnOf(attributes['r']) ?? column + 1
        value = undefined
      } else if (name === 'rPh') spoken += 1
      else if (name === 'v' || name === 't') isText = spoken === 0
      else if (name === 'mergeCell') merged.push(attributes['ref'] ?? '')
    },
    text(part) {
      if (isText) value = (value ?? '') + part
    },
    close(name) {
      if (name === 'rPh') spoken -= 1
      if (name === 'v' || name === 't') isText = false
      if (name !== 'c' || !value) return
      if (column > MOST_COLUMNS) throw new Error('it has more columns than a sheet can have')
      const line = into(row)
      const { cells, kinds } = line
      if (isHidden) line.isHidden = true
      while (cells.length < column - 1) {
        cells.push('')
        kinds.push(null)
      }
      const [text, kind] = cellOf(value, cell, book)
      cells[column - 1] = text
      kinds[column - 1] = kind
    },
  })
  for (const ref of merged) fillDown(lines, ref)
  return lines
}

const columnOf = (at: string | undefined): number | undefined => {
  const letters = /^[A-Z]{1,3}/.exec(at ?? '')?.[0]
  return letters ? [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) : undefined
}

function cellOf(value: string, { t = 'n', s }: Attributes, { strings, styles, isFrom1904 }: Book): [string, CellKind] {
  if (t === 's') return [strings[Number(value)] ?? '', null]
  if (t === 'b') return [isTrue(value) ? 'TRUE' : 'FALSE', 'flag']
  const number = Number(value)
  if (t === 'd' && !Number.isNaN(Date.parse(value))) return [dayText(new Date(value)), 'day']
  if (t !== 'n' || Number.isNaN(number)) return [withSigns(value), null]
  const format = styles[Number(s)] ?? formatOf(0, undefined)
  const day = format.isDay ? shownDay(number, isFrom1904) : undefined
  return day === undefined ? [shownNumber(number, format), 'number'] : [day, 'day']
}

/** What stands in cells that are merged downwards belongs to each of their rows that says something itself. */
export function fillDown(lines: readonly { cells: string[]; kinds: CellKind[] }[], ref: string): void {
  const [, letters, top = '', bottom = ''] = /^([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)$/.exec(ref) ?? []
  const at = (columnOf(letters) ?? 0) - 1
  const first = lines[Number(top) - 1]
  const [text, kind] = [first?.cells[at], first?.kinds[at] ?? null]
  if (!text) return
  for (const { cells, kinds } of lines.slice(Number(top), Number(bottom))) {
    if (cells[at] || cells.every((cell) => cell === '')) continue
    while (cells.length < at) {
      cells.push('')
      kinds.push(null)
    }
    cells[at] = text
    kinds[at] = kind
  }
}
