import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { zipped } from './zip.ts'

/** A number with the format that its cell has: its text, or the number of one that every program knows. */
export const cell = (value: number, format: string | number) => ({ value, format })
type Cell = string | number | boolean | ReturnType<typeof cell> | { readonly xml: string }
interface Sheet {
  readonly name?: string
  readonly state?: 'hidden' | 'veryHidden'
  readonly rows?: readonly (readonly Cell[])[]
  /** Lines that are not shown, counted from 1. */
  readonly hidden?: readonly number[]
  readonly merged?: readonly string[]
  readonly xml?: string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook as other programs write them, with formats, hidden sheets and merged cells. */
export function aBook(sheets: readonly Sheet[]): Promise<Buffer> {
  const formats: (string | number)[] = [0]
  const styleOf = (format: string | number) => {
    if (!formats.includes(format)) formats.push(format)
    return formats.indexOf(format)
  }
  const cellXml = (one: Cell, at: string) => {
    if (one === '') return ''
    if (typeof one === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(one)}</t></is></c>`
    if (typeof one === 'number') return `<c r="${at}"><v>${one}</v></c>`
    if (typeof one === 'boolean') return `<c r="${at}" t="b"><v>${one ? 1 : 0}</v></c>`
    return 'xml' in one ? one.xml : `<c r="${at}" s="${styleOf(one.format)}"><v>${one.value}</v></c>`
  }
  const parts = sheets.map(({ rows = [], hidden = [], merged = [], xml }) => {
    const data = rows.map(
      (row, y) =>
        `<row r="${y + 1}"${hidden.includes(y + 1) ? ' hidden="1"' : ''}>${row.map((one, x) => cellXml(one, `${String.fromCharCode(65 + x)}${y + 1}`)).join('')}</row>`,
    )
    const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
    return xml ?? `<worksheet><sheetData>${data.join('')}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`
  })
  const ids = formats.map((format, at) => (typeof format === 'number' ? format : 164 + at))
  const codes = formats.map((format, at) =>
    typeof format === 'number' ? '' : `<numFmt numFmtId="${ids[at]}" formatCode="${escaped(format)}"/>`,
  )
  return buffer(
    Readable.from(
      zipped([
        {
          name: 'xl/workbook.xml',
          content: [
            `<workbook xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, state }, at) => `<sheet name="${escaped(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="r${at}"/>`).join('')}</sheets></workbook>`,
          ],
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: [
            `<Relationships>${sheets.map((_, at) => `<Relationship Id="r${at}" Type="${OFFICE}/worksheet" Target="worksheets/s${at}.xml"/>`).join('')}</Relationships>`,
          ],
        },
        {
          name: 'xl/styles.xml',
          content: [
            `<styleSheet><numFmts>${codes.join('')}</numFmts><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
          ],
        },
        ...parts.map((xml, at) => ({ name: `xl/worksheets/s${at}.xml`, content: [xml] })),
      ]),
    ),
  )
}
