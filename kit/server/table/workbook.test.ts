import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { readSheet } from 'read-excel-file/node'
import { readTable } from './read.ts'
import { writeXlsx } from './workbook.ts'
import type { Column } from './write.ts'

const columns: readonly Column[] = [
  { name: 'Name & <more>', type: 'text' },
  { name: 'Total', type: 'money', decimals: 2 },
  { name: 'Quantity', type: 'number' },
  { name: 'Day', type: 'date' },
  { name: 'At', type: 'moment' },
]
async function* these(rows: readonly string[][]) {
  yield* rows
}

test('a workbook says what was written: amounts are numbers, days and moments dates, texts never formulas', async () => {
  const hard = '=1+1 <b>"&\u0001\ud800_x0041_\n جرّة \u{1F3FA}'
  const book = await buffer(
    writeXlsx(
      columns,
      these([
        [hard, '-1234.50', '1.5', '2026-11-29', '2026-11-29 17:27'],
        ['  0012 ', '', '12345678901234567', 'never', ''],
      ]),
    ),
  )
  const rows = (await readSheet(book)) as unknown[][]
  assert.deepEqual(rows[0], ['Name & <more>', 'Total', 'Quantity', 'Day', 'At'])
  const [name, total, quantity, day, at] = rows[1]!
  // `_x0041_` would be read as "A" by a spreadsheet; the reader here leaves the escape as it stands in the file.
  assert.equal(String(name).replace('_x005F_', '_'), '=1+1 <b>"&\ufffd_x0041_\n جرّة \u{1F3FA}')
  assert.deepEqual([total, quantity], [-1234.5, 1.5])
  assert.equal((day as Date).toISOString(), '2026-11-29T00:00:00.000Z')
  assert.equal(Math.round((at as Date).getTime() / 1000), Date.UTC(2026, 10, 29, 17, 27) / 1000)
  assert.deepEqual(
    [String(rows[2]![0]).trim(), rows[2]![1], rows[2]![2], rows[2]![3]],
    ['0012', null, '12345678901234567', 'never'],
  )
})

test('an empty list is a workbook too, and its own import reads what an export wrote', async () => {
  const none = await buffer(writeXlsx(columns, these([])))
  assert.deepEqual(await readSheet(none), [columns.map(({ name }) => name)])
  const table = await readTable(
    await buffer(writeXlsx(columns, these([['Pot', '10.00', '2', '2026-01-31', '2026-01-31 17:26']]))),
    { name: 'x.xlsx' },
  )
  const rows = []
  for await (const row of table.rows) rows.push(row.cells)
  assert.deepEqual(rows, [['Pot', '10', '2', '2026-01-31', '2026-01-31T17:26:00.000Z']])
})

test('[A13] a workbook is streamed: its first bytes leave before its last row is read, and an error in between breaks it off', async () => {
  let read = 0
  const many = async function* (most: number, end?: Error) {
    for (; read < most; read++) yield [`Row ${read} ${Math.sin(read)}`, '1.00', '1', '2026-11-29', '']
    if (end) throw end
  }
  let before = 0
  for await (const _ of writeXlsx(columns, many(50_000))) before ||= read
  assert.ok(before < 25_000 && read === 50_000, `the first bytes left after row ${before}`)
  read = 0
  await assert.rejects(buffer(writeXlsx(columns, many(5000, new Error('the database went away')))), /went away/)
})
