import type pg from 'pg'
import { zipped, type ZipEntry } from '#kit/server/table/zip.ts'

export interface BenchFile {
  readonly kind: string
  readonly name: string
  readonly content: Buffer<ArrayBuffer>
}

const many = (count: number, line: (n: number) => string, head = '') =>
  Buffer.from([...(head ? [head] : []), ...Array.from({ length: count }, (_, n) => line(n))].join('\n'))
const csv = (kind: string, content: Buffer<ArrayBuffer>): BenchFile => ({ kind, name: 'file.csv', content })

/** Files that are long in each way that a kind of them can be, judged by the dry run. */
export async function files(pool: pg.Pool): Promise<Record<string, BenchFile>> {
  const { rows } = await pool.query<{ sku: string }>('select sku from catalog_variant order by sku')
  await pool.query(`insert into catalog_price_list (id, name) values (uuidv7(), 'Long')`)
  const card = (n: number) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person ${n}\r\nTEL;TYPE=CELL:+2547${String(n).padStart(8, '0')}\r\nEMAIL:p${n}@example.com\r\nADR:;;Road ${n};Nairobi;;00100;Kenya\r\nNOTE:${'met at the fair '.repeat(10)}\r\nEND:VCARD`
  const tags = Array.from({ length: 40 }, (_, n) => `tag ${n}`).join(', ')
  const nested = 'name,parent'
  return {
    '10,000 cards': { kind: 'parties.party', name: 'people.vcf', content: many(10_000, card) },
    '10,000 products with 40 tags each': csv(
      'catalog.product',
      many(10_000, (n) => `tagged-${n},Tagged ${n},"${tags}",5.50,TAG-${n}`, 'Handle,Title,Tags,Variant Price,Variant SKU'),
    ),
    'one product of 2,000 variants': csv(
      'catalog.product',
      many(
        2000,
        (n) => `wide,Wide,Size,${n},5.50,WIDE-${n}`,
        'Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant SKU',
      ),
    ),
    '15,000 categories that lie in themselves': csv(
      'catalog.category',
      many(15_000, (n) => `Category ${n},Category ${n}`, nested),
    ),
    '15,000 categories, each in the one before': csv(
      'catalog.category',
      many(15_000, (n) => `Deep ${n},${n ? `Deep ${n - 1}` : ''}`, nested),
    ),
    '15,000 categories in one circle': csv(
      'catalog.category',
      many(15_000, (n) => `Round ${n},Round ${(n + 1) % 15_000}`, nested),
    ),
    '30,000 prices of a list': csv(
      'catalog.price',
      many(
        30_000,
        (n) => `Long,${rows[n % rows.length]!.sku},${Math.floor(n / rows.length) + 1},${n + 1}.50`,
        'priceList,variant,minQuantity,price',
      ),
    ),
    'a workbook of 1,000 sheets and 20,000 styles': { kind: 'catalog.category', name: 'book.xlsx', content: await workbook() },
  }
}

/** A workbook as other programs leave them: hundreds of sheets nobody looks at, and a style for every cell that ever was. */
async function workbook(): Promise<Buffer<ArrayBuffer>> {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const all = (count: number, one: (n: number) => string) => Array.from({ length: count }, (_, n) => one(n + 1)).join('')
  const cell = (text: string, style: number) => `<c t="inlineStr" s="${style}"><is><t>${text}</t></is></c>`
  const [SHEETS, STYLES, ROWS] = [1000, 20_000, 10_000]
  const rows = all(ROWS, (n) => `<row>${cell(`Leaf ${n}`, n)}${cell('', n)}</row>`)
  const parts: ZipEntry[] = [
    {
      name: 'xl/workbook.xml',
      content: [
        `<workbook ${main} xmlns:r="${office}"><sheets>${all(SHEETS, (n) => `<sheet name="${n}" sheetId="${n}" r:id="s${n}"/>`)}</sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [
        `<Relationships>${all(SHEETS, (n) => `<Relationship Id="s${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      ],
    },
    {
      name: 'xl/styles.xml',
      content: [
        `<styleSheet ${main}><numFmts>${all(STYLES, (n) => `<numFmt numFmtId="${163 + n}" formatCode="#,##0.00 &quot;kind ${n}&quot;"/>`)}</numFmts><cellXfs>${all(STYLES, (n) => `<xf numFmtId="${163 + n}"/>`)}</cellXfs></styleSheet>`,
      ],
    },
    ...Array.from({ length: SHEETS }, (_, n) => ({
      name: `xl/worksheets/sheet${n + 1}.xml`,
      content: [
        `<worksheet ${main}><sheetData>${n === SHEETS - 1 ? `<row>${cell('name', 0)}${cell('parent', 0)}</row>${rows}` : ''}</sheetData></worksheet>`,
      ],
    })),
  ]
  return Buffer.from(await Array.fromAsync(zipped(parts)).then((all) => Buffer.concat(all)))
}
