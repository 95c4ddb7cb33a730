import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import writeXlsxFile from 'write-excel-file/node'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { pool } = world.database
const KIND = 'catalog.product'

const refusedIn = async (content: string | Buffer, kind = KIND) =>
  (await (await bring(owner, kind, content)).check()).refusals.map((one) => [one.rowNumber, one.field, one.problem])

beforeEach(async () => {
  for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product', 'catalog_category', 'import_mapping'])
    await pool.query(`delete from ${table}`)
})

test('[F10] spoilt codes and names are refused with a sentence, wrapped ones come in as they were', async () => {
  const content = [
    'Title,SKU,Barcode,Price',
    'A,A,6.29104E12,5',
    'B,B,6291041500213.0,5',
    'C,"=""007""",N/A,5',
    'F,F,#N/A,5',
    '#NAME?,G,,5',
    'E,E,978-3-16-148410-0,5',
  ].join('\n')
  assert.deepEqual(await refusedIn(content), [
    [2, 'barcode', 'import.rounded'],
    [5, 'barcode', 'import.cellError'],
    [6, 'name', 'import.cellError'],
  ])
  await take(owner, KIND, content)
  const { rows } = await pool.query(
    'select sku, array(select code from catalog_barcode where variant = v.id) as codes from catalog_variant v order by sku',
  )
  assert.deepEqual(rows, [
    { sku: '007', codes: [] },
    { sku: 'B', codes: ['6291041500213'] },
    { sku: 'E', codes: ['9783161484100'] },
  ])
})

test('[F10] a day and a rounded number of a workbook are no codes', async () => {
  const book = await writeXlsxFile([
    ['Title', 'SKU', 'Barcode', 'Price'].map((value) => ({ value })),
    [
      { value: 'D' },
      { value: new Date('2026-03-01T00:00:00Z'), type: Date, format: 'd-mmm' },
      { value: Number('123456789012345678'), type: Number },
      { value: 2, type: Number },
    ],
  ] as never).toBuffer()
  assert.deepEqual(await refusedIn(book), [
    [2, 'sku', 'import.dayForCode'],
    [2, 'barcode', 'import.rounded'],
  ])
})
