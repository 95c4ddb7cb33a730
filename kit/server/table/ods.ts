import { inflateRawSync } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { formatOf, shownNumber } from './cell-format.ts'
import type { CellKind, Line } from './read.ts'
import { chosenSheet, fillDown, type Sheet } from './sheet.ts'
import { packedParts, type PackedPart } from './zip.ts'

/** What LibreOffice saves (ISO/IEC 26300): everything stands in one part, with each value beside what is shown of it. */
export function readOds(bytes: Buffer, wanted: string | undefined): Sheet {
  const content = (packedParts(bytes) ?? []).find(isContent)
  if (!content) throw new Error('it has no content')
  const tables = tablesOf((content.isPacked ? inflateRawSync(content.packed) : content.packed).toString('utf8'))
  return chosenSheet(
    tables.filter(({ isShown }) => isShown),
    wanted,
  )
}

const isContent = ({ name }: PackedPart): boolean => name === 'content.xml'
export const isOds = (bytes: Buffer): boolean => (packedParts(bytes) ?? []).some(isContent)

type Attributes = Readonly<Record<string, string>>
interface Table {
  readonly name: string
  readonly isShown: boolean
  readonly lines: Line[]
}

const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384]
const PERCENT = formatOf(10, undefined)
const PLAIN = formatOf(0, undefined)

function tablesOf(xml: string): Table[] {
  const tables: Table[] = []
  const hiddenStyles = new Set<string>()
  let style = ''
  let lines: { cells: string[]; kinds: CellKind[]; isHidden?: true }[] = []
  let merged: string[] = []
  let row: { at: Attributes; cells: string[]; kinds: CellKind[] } | undefined
  let [rows, columns, notes] = [0, 0, 0]
  let cell: Attributes | undefined
  let paragraphs: string[] = []
  const say = (text: string) => {
    if (cell && notes === 0 && paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text
  }
  const open: Readonly<Record<string, (at: Attributes) => void>> = {
    'style:style': (at) => void (style = at['style:name'] ?? ''),
    'style:table-properties': (at) => void (at['table:display'] === 'false' && hiddenStyles.add(style)),
    'table:table': (at) => {
      ;[lines, merged, rows] = [[], [], 0]
      tables.push({ name: at['table:name'] ?? '', isShown: !hiddenStyles.has(at['table:style-name'] ?? ''), lines })
    },
    'table:table-row': (at) => {
      row = { at, cells: [], kinds: [] }
      columns = 0
    },
    'table:table-cell': (at) => void ([cell, paragraphs] = [at, []]),
    'table:covered-table-cell': (at) => void ([cell, paragraphs] = [at, []]),
    // What somebody has noted beside a cell is none of it.
    'office:annotation': () => void (notes += 1),
    'text:p': () => void (cell && notes === 0 && paragraphs.push('')),
    'text:s': (at) => say(' '.repeat(Math.min(Number(at['text:c'] ?? 1) || 1, 1000))),
    'text:tab': () => say('\t'),
    'text:line-break': () => say('\n'),
  }
  const endCell = () => {
    if (!row || !cell) return
    const [text, kind] = cellOf(cell, paragraphs.join('\n'))
    const times = Number(cell['table:number-columns-repeated'] ?? 1)
    const depth = Number(cell['table:number-rows-spanned'] ?? 1)
    if (text !== '') {
      if (columns + times > MOST_COLUMNS) throw new Error('it has more columns than a sheet can have')
      while (row.cells.length < columns) {
        row.cells.push('')
        row.kinds.push(null)
      }
      for (let n = 0; n < times; n++) {
        row.cells.push(text)
        row.kinds.push(kind)
      }
      if (depth > 1) merged.push(`${lettersOf(columns)}${rows + 1}:${lettersOf(columns)}${rows + depth}`)
    }
    columns += times
    cell = undefined
  }
  const endRow = () => {
    if (!row) return
    const times = Number(row.at['table:number-rows-repeated'] ?? 1)
    const isHidden = ['collapse', 'filter'].includes(row.at['table:visibility'] ?? '')
    // A sheet ends in a row that is empty a million times.
    if (row.cells.length > 0) {
      if (rows + times > MOST_ROWS) throw new Error('it has more rows than a sheet can have')
      while (lines.length < rows) lines.push({ cells: [], kinds: [] })
      for (let n = 0; n < times; n++)
        lines.push({ cells: [...row.cells], kinds: [...row.kinds], ...(isHidden && { isHidden: true }) })
    }
    rows += times
    row = undefined
  }
  const close: Readonly<Record<string, () => void>> = {
    'table:table-cell': endCell,
    'table:covered-table-cell': endCell,
    'table:table-row': endRow,
    'table:table': () => merged.forEach((ref) => fillDown(lines, ref)),
    'office:annotation': () => void (notes -= 1),
  }
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open[name]?.(attributes),
      onclosetag: (name) => close[name]?.(),
      ontext: say,
    },
    { xmlMode: true },
  )
  parser.end(xml)
  return tables
}

function cellOf(at: Attributes, shown: string): [string, CellKind] {
  const [kind, value] = [at['office:value-type'], Number(at['office:value'])]
  if (kind === 'boolean') return [at['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE', 'flag']
  if (kind === 'date' && at['office:date-value']) return [at['office:date-value'].replace(/T00:00:00(?:\.0+)?$/, ''), 'day']
  if (!['float', 'percentage', 'currency'].includes(kind ?? '') || at['office:value'] === undefined || Number.isNaN(value))
    return [at['office:string-value'] ?? shown, null]
  // A code that is kept as a number is shown with the noughts before it.
  if (/^0\d+$/.test(shown) && Number(shown) === value) return [shown, 'number']
  const text = shownNumber(value, kind === 'percentage' ? PERCENT : PLAIN)
  return [kind === 'currency' && at['office:currency'] ? `${at['office:currency']} ${text}` : text, 'number']
}

/** A, B … Z, AA: what a column is called in the address of a cell. */
const lettersOf = (index: number): string =>
  (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))
