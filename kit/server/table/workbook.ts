import { Readable } from 'node:stream'
import type { Column } from './write.ts'
import { zipped, type ZipEntry } from './zip.ts'

// What a sheet carries (ECMA-376), the headings included; what is more goes onto the next.
const SHEET_ROWS = 1_048_576
const CELL_LETTERS = 32_767
/** So many rows are written before others have their turn. */
const PORTION = 200

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A workbook with typed cells, streamed row by row: amounts and numbers are numbers, days and moments are dates, texts are strings
 * and never formulas. (ISO/IEC 29500; whole-document writers hold the loop for seconds at 40,000 rows.)
 */
export function writeXlsx(columns: readonly Column[], rows: AsyncIterable<readonly string[]>, look: Look = {}): Readable {
  const styles = stylesOf(columns)
  return Readable.from(zipped(partsOf(columns, rows, styles, look)), { objectMode: false })
}

interface Look {
  /** What its sheet is called, as far as a sheet can be. */
  readonly title?: string
  /** Its first column stands at the right, as whoever reads it begins there. */
  readonly isRtl?: boolean
}

/** Of a name, what the name of a sheet may hold; a number behind it where there are several. */
const sheetName = (title: string | undefined, sheet: number): string => {
  // Excel refuses these, and an apostrophe at either end of it.
  const plain = (title ?? '')
    .slice(0, 31)
    .replace(/[\\/?*:[\]']/g, ' ')
    .trim()
  return plain === '' ? String(sheet) : sheet === 1 ? plain.slice(0, 31) : `${plain.slice(0, 27)} ${sheet}`
}

async function* partsOf(
  columns: readonly Column[],
  rows: AsyncIterable<readonly string[]>,
  styles: Styles,
  { title, isRtl }: Look,
): AsyncGenerator<ZipEntry> {
  const source = rows[Symbol.asyncIterator]()
  const letters = columns.map((_, index) => lettersOf(index))
  let sheets = 0
  try {
    for (let next = await source.next(), isFirst = true; isFirst || !next.done; isFirst = false) {
      sheets += 1
      const sheet = async function* () {
        yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${isRtl ? ' rightToLeft="1"' : ''}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
          .map((one, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(one)}" customWidth="1"/>`)
          .join(
            '',
          )}</cols><sheetData><row r="1">${columns.map(({ name }, index) => textCell(`${letters[index]}1`, name, 1)).join('')}</row>`
        let count = 1
        for (let text = ''; ;) {
          if (next.done || count === SHEET_ROWS) {
            yield `${text}</sheetData></worksheet>`
            return
          }
          const row = next.value
          count += 1
          text += `<row r="${count}">${columns.map((column, index) => cellOf(`${letters[index]}${count}`, column, row[index] ?? '', styles)).join('')}</row>`
          if (count % PORTION === 0) {
            yield text
            text = ''
          }
          next = await source.next()
        }
      }
      yield { name: `xl/worksheets/sheet${sheets}.xml`, content: sheet() }
    }
  } finally {
    // Whoever stops downloading ends the reading too.
    await source.return?.()
  }
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  yield { name: 'xl/styles.xml', content: [styles.xml] }
  yield {
    name: 'xl/workbook.xml',
    content: [
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers.map((one) => `<sheet name="${attribute(sheetName(title, one))}" sheetId="${one}" r:id="s${one}"/>`).join('')}</sheets></workbook>`,
    ],
  }
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    content: [
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbers
        .map((one) => `<Relationship Id="s${one}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${one}.xml"/>`)
        .join('')}<Relationship Id="styles" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
  }
  yield {
    name: '_rels/.rels',
    content: [
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="book" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
  }
  yield {
    name: '[Content_Types].xml',
    content: [
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${numbers
        .map((one) => `<Override PartName="/xl/worksheets/sheet${one}.xml" ContentType="${TYPES}.worksheet+xml"/>`)
        .join('')}</Types>`,
    ],
  }
}

interface Styles {
  readonly xml: string
  readonly of: (column: Column) => number
}

/** Style 0 is plain, 1 the headings; then one for each kind of figure that there is. */
function stylesOf(columns: readonly Column[]): Styles {
  const formats = [...new Set(columns.map(formatOf).filter((one) => one !== undefined))]
  const listed = formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`).join('')
  const numbers = formats.length > 0 ? `<numFmts count="${formats.length}">${listed}</numFmts>` : ''
  const xml = `${HEAD}<styleSheet xmlns="${MAIN}">${numbers}<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${formats.length + 2}"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>${formats
    .map((_, index) => `<xf xfId="0" numFmtId="${164 + index}" applyNumberFormat="1"/>`)
    .join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  return { xml, of: (column) => indexOf(formats, column) }
}
const indexOf = (formats: readonly string[], column: Column): number => {
  const format = formatOf(column)
  return format === undefined ? 0 : formats.indexOf(format) + 2
}

function formatOf({ type, decimals }: Column): string | undefined {
  if (type === 'money') return `#,##0${decimals ? `.${'0'.repeat(decimals)}` : ''}`
  if (type === 'date') return 'yyyy\\-mm\\-dd'
  return type === 'moment' ? 'yyyy\\-mm\\-dd\\ hh:mm' : undefined
}
const widthOf = ({ type, name }: Column) => Math.min(Math.max(name.length + 2, type === 'text' ? 22 : 14), 40)

/** A, B … Z, AA: what a column is called in the address of a cell. */
const lettersOf = (index: number): string =>
  (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

function cellOf(at: string, column: Column, value: string, styles: Styles): string {
  if (value === '') return ''
  const number = numberOf(column, value)
  const style = styles.of(column)
  return number === undefined ? textCell(at, value) : `<c r="${at}"${style ? ` s="${style}"` : ''}><v>${number}</v></c>`
}

/** The file format itself keeps numbers as doubles; up to fifteen digits arrive as they are, longer ones stay texts. */
function numberOf({ type }: Column, value: string): string | undefined {
  if (type === 'money' || type === 'number')
    return /^-?\d{1,15}(\.\d{1,15})?$/.test(value) && value.replace(/\D/g, '').length <= 16 ? value : undefined
  if (type !== 'date' && type !== 'moment') return undefined
  const match = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d))?$/.exec(value)
  if (!match) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part ?? 0))
  // Days since 30 December 1899; before March 1900 the format has a day too many, and no shop has papers.
  if (year < 1901) return undefined
  return String((Date.UTC(year, month - 1, day, hour, minute) - Date.UTC(1899, 11, 30)) / 86_400_000)
}

const textCell = (at: string, text: string, style = 0): string =>
  `<c r="${at}" t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;')
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', _x: '_x005F_x' }
/** What XML can't hold is left out; `_x` begins a sign by its number in this format, so it is written as one itself. */
const escaped = (text: string): string =>
  text
    .slice(0, CELL_LETTERS)
    .toWellFormed()
    // eslint-disable-next-line no-control-regex
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>]|_x(?=[0-9A-Fa-f]{4}_)/g, (sign) => SIGNS[sign]!)
