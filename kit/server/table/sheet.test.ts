import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from './read.ts'
import { aBook, cell } from './sheet.factory.ts'
import { zipped } from './zip.ts'

const read = async (book: Buffer, sheet?: string) => {
  const table = await readTable(book, { name: 'a.xlsx', sheet })
  const rows = await Array.fromAsync(table.rows)
  return { ...table, rows: rows.map(({ cells }) => cells), kinds: rows.map(({ kinds }) => kinds) }
}
/** What one number looks like in one format. */
const shown = async (format: string | number, ...values: number[]) =>
  (await read(await aBook([{ rows: [['A', 'B'], ...values.map((value) => [cell(value, format), 'x'])] }]))).rows.map(
    ([one]) => one,
  )

test('a number of a workbook is what its format makes of it: percents, currencies, noughts in front, words around it', async () => {
  const cases: [string | number, number, string][] = [
    ['0%', 0.14, '14%'],
    [9, 0.155, '15.5%'],
    [10, 0.07, '7%'],
    ['0.0"%"', 16, '16%'],
    ['[$USD] #,##0.00', 1500, 'USD 1500'],
    ['[$€-2] #,##0.00', 50, '€ 50'],
    ['[$$-409]#,##0.00', 12.5, '$12.5'],
    ['#,##0.00\\ [$€-407]', 1234.5, '1234.5 €'],
    ['"KSh" #,##0.00;[Red]-"KSh" #,##0.00', -1234.5, 'KSh -1234.5'],
    ['_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', 5, '$5'],
    ['"Rs."#,##0', 50, 'Rs. 50'],
    ['KSh #,##0', 50, 'KSh 50'],
    ['[$-409]#,##0', 1250, '1250'],
    ['0000', 7, '0007'],
    ['000000000000', 36000291452, '036000291452'],
    ['0000 000 000', 712345678, '0712 345 678'],
    ['\\+000', 254, '+254'],
    ['"SKU-"0000', 7, 'SKU-0007'],
    ['# ##0.00', 1250000.5, '1250000.5'],
    ['0.000 "kg"', 0.5, '0.5 kg'],
    ['0.00E+00', 6291041500213, '6291041500213'],
    ['# ?/?', 0.5, '0.5'],
    ['General', 1.5, '1.5'],
    ['"yes";"no"', 1, '1'],
    [44, 5, '5'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 46450, '2027-03-04'],
    ['dd/mm/yyyy hh:mm', 46450.5, '2027-03-04T12:00:00.000Z'],
    [14, 46450, '2027-03-04'],
    [14, 1e12, '1000000000000'],
  ]
  const book = await aBook([{ rows: [['A', 'B'], ...cases.map(([format, value]) => [cell(value, format), 'x'])] }])
  assert.deepEqual(
    (await read(book)).rows.map(([one]) => one),
    cases.map(([, , text]) => text),
  )
  assert.deepEqual(await shown('0%', 0.29, 0.07 * 3), ['29%', '21%'])
})

test('texts, flags, days, errors and signs of a workbook come as they stand there', async () => {
  const { rows, kinds } = await read(
    await aBook([
      {
        rows: [
          ['A', 'B', 'C', 'D', 'E'],
          [
            true,
            { xml: '<c r="B2" t="e"><v>#N/A</v></c>' },
            { xml: '<c r="C2" t="str"><f>A1&amp;B1</f><v>a &amp; b_x000D_</v></c>' },
          ],
          [
            { xml: '<c r="A3" t="d"><v>2027-03-04</v></c>' },
            '',
            '',
            { xml: '<c r="D3" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r><rPh><t>spoken</t></rPh></is></c>' },
          ],
        ],
      },
    ]),
  )
  assert.deepEqual(rows, [
    ['TRUE', '#N/A', 'a & b\r'],
    ['2027-03-04', '', '', 'rich text'],
  ])
  assert.deepEqual(kinds, [
    ['flag', null, null],
    ['day', null, null, null],
  ])
})

test('the first sheet that is shown and has rows is read, or the one that is wanted; which there are is told', async () => {
  const list = (name: string) => [
    ['Name', 'Price'],
    [name, 5],
  ]
  const book = await aBook([
    { name: 'Old', state: 'hidden', rows: list('Old') },
    { name: 'Older', state: 'veryHidden', rows: list('Older') },
    { name: 'Read me', rows: [['How to use this file']] },
    { name: 'Drinks & more', rows: list('Tea') },
    { name: 'Empty', rows: [] },
    { name: 'Food', rows: list('Bread') },
  ])
  const first = await read(book)
  assert.deepEqual([first.sheet, first.sheets, first.rows], ['Drinks & more', ['Drinks & more', 'Food'], [['Tea', '5']]])
  assert.deepEqual((await read(book, 'Food')).rows, [['Bread', '5']])
  await assert.rejects(read(book, 'Old'), { code: 'broken' })
  // Headings alone are a list that is empty.
  assert.deepEqual((await read(await aBook([{ rows: [['Name', 'Price']] }]))).header, ['Name', 'Price'])
  await assert.rejects(read(await aBook([{ rows: [] }])), { code: 'empty' })
})

test('what is merged downwards belongs to all its rows, what is merged sideways to the first cell', async () => {
  const book = await aBook([
    {
      rows: [
        ['Price list', '', ''],
        ['Category', 'Name', 'Price'],
        ['Drinks', 'Tea', 5],
        ['', 'Mate', 6],
        ['', '', ''],
        ['Food', 'Bread', 7],
      ],
      merged: ['A1:C1', 'A3:A5', 'A6:B6', 'A3:A1048576'],
    },
  ])
  assert.deepEqual((await read(book)).rows, [
    ['Drinks', 'Tea', '5'],
    ['Drinks', 'Mate', '6'],
    ['Food', 'Bread', '7'],
  ])
})

test('a sheet may leave out where its rows and cells stand, and may not say that they stand outside of it', async () => {
  const sheet = (data: string) =>
    aBook([{ name: 'A', xml: `<x:worksheet xmlns:x="m"><x:sheetData>${data}</x:sheetData></x:worksheet>` }])
  const bare = (...cells: string[]) =>
    `<x:row>${cells.map((one) => `<x:c t="inlineStr"><x:is><x:t>${one}</x:t></x:is></x:c>`).join('')}</x:row>`
  assert.deepEqual((await read(await sheet(bare('A', 'B') + bare('1', '2')))).rows, [['1', '2']])
  for (const at of ['A9999999', 'ZZZ1'])
    await assert.rejects(read(await sheet(`<x:row r="${/\d+/.exec(at)![0]}"><x:c r="${at}"><x:v>1</x:v></x:c></x:row>`)), {
      code: 'broken',
    })
})

test('rows that a sheet does not show are counted, and left out where that is wanted; titles above the headings are none', async () => {
  const rows = [
    ['Prices', ''],
    ['Name', 'Price'],
    ['Tea', 5],
    ['Old tea', 4],
    ['', ''],
    ['Oil', 90],
  ]
  const plain = await aBook([{ rows, hidden: [1, 4, 5] }])
  const { hidden, rows: all } = await read(plain)
  assert.deepEqual([hidden, all.map(([name]) => name)], [1, ['Tea', 'Old tea', 'Oil']])
  const left = await readTable(plain, { name: 'a.xlsx', withoutHidden: true })
  assert.deepEqual(
    (await Array.fromAsync(left.rows)).map(({ number, cells }) => [number, cells[0]]),
    [
      [3, 'Tea'],
      [6, 'Oil'],
    ],
  )
  const flat = '<row r="2" ht="0"><c r="A2" t="inlineStr"><is><t>Tea</t></is></c></row>'
  const xml = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>${flat}</sheetData></worksheet>`
  assert.equal((await read(await aBook([{ xml }]))).hidden, 1)
  assert.equal((await read(await aBook([{ rows }]))).hidden, undefined)
})

/** A sheet as LibreOffice writes it. */
const anOds = async (tables: string, styles = '') =>
  Buffer.concat(
    await Array.fromAsync(
      zipped([
        { name: 'mimetype', content: ['application/vnd.oasis.opendocument.spreadsheet'] },
        {
          name: 'content.xml',
          content: [
            `<?xml version="1.0"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
          ],
        },
      ]),
    ),
  )
const text = (said: string, more = '') =>
  `<table:table-cell office:value-type="string"${more}><text:p>${said}</text:p></table:table-cell>`
const figure = (type: string, value: string, shown: string, more = '') =>
  `<table:table-cell office:value-type="${type}" office:value="${value}"${more}><text:p>${shown}</text:p></table:table-cell>`
const line = (cells: string, more = '') => `<table:table-row${more}>${cells}</table:table-row>`
const nothing = (columns: number) => `<table:table-cell table:number-columns-repeated="${columns}"/>`

test('a sheet of LibreOffice is read by its values: figures, days, codes, what is repeated, merged, noted or not shown', async () => {
  const rows = [
    line(
      text('Price list', ' table:number-columns-spanned="4"') + '<table:covered-table-cell table:number-columns-repeated="3"/>',
    ),
    line(nothing(16_384)),
    line(text('SKU') + text('Name') + nothing(1) + text('Price') + text('Day') + text('Active') + nothing(16_378)),
    line(
      figure('float', '7', '0007') +
        `<table:table-cell office:value-type="string" table:number-rows-spanned="2"><office:annotation><text:p>ask Ali</text:p></office:annotation><text:p>Tea <text:s text:c="2"/>&amp; <text:span>more</text:span></text:p><text:p>of it</text:p></table:table-cell>` +
        nothing(1) +
        figure('currency', '1250.5', 'KSh 1.250,50', ' office:currency="KES"') +
        '<table:table-cell office:value-type="date" office:date-value="2026-11-30"><text:p>30/11/26</text:p></table:table-cell>' +
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>',
    ),
    line(
      text('A2') + '<table:covered-table-cell/>' + nothing(1) + figure('percentage', '0.16', '16,00 %') + nothing(2),
      ' table:visibility="filter"',
    ),
    line(
      text('A3') + text('Oil') + nothing(1) + figure('float', '0.30000000000000004', '0,3') + nothing(2),
      ' table:number-rows-repeated="2"',
    ),
    line(nothing(16_384), ' table:number-rows-repeated="1048570"'),
  ]
  const book = await anOds(
    `<table:table table:name="Old" table:style-name="ta2">${line(text('A') + text('B'))}${line(text('C') + text('D'))}</table:table>` +
      `<table:table table:name="Cover" table:style-name="ta1">${line(text('My shop'))}</table:table>` +
      `<table:table table:name="Items &amp; more" table:style-name="ta1">${rows.join('')}</table:table>`,
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>',
  )
  const table = await read(book)
  assert.deepEqual([table.sheet, table.sheets, table.hidden], ['Items & more', ['Items & more'], 1])
  assert.deepEqual(table.header, ['SKU', 'Name', '', 'Price', 'Day', 'Active'])
  const tea = 'Tea   & more\nof it'
  assert.deepEqual(table.rows, [
    ['0007', tea, '', 'KES 1250.5', '2026-11-30', 'TRUE'],
    ['A2', tea, '', '16%'],
    ['A3', 'Oil', '', '0.3'],
    ['A3', 'Oil', '', '0.3'],
  ])
  assert.deepEqual(table.kinds[0], ['number', null, null, 'number', 'day', 'flag'])
  assert.deepEqual((await read(book, 'Cover')).header, ['My shop'])
  // A few letters that stand for more cells than any memory holds: its reader dies alone.
  const bomb = `<table:table table:name="A">${line(text('x', ' table:number-columns-repeated="16384"'), ' table:number-rows-repeated="1048576"')}</table:table>`
  await assert.rejects(read(await anOds(bomb)), { code: 'zipBomb' })
})
