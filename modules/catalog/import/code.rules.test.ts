import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCellError } from '#kit/import.ts'
import { readCode } from './code.rules.ts'

const said = (cell: string, field: 'sku' | 'barcode') => {
  const read = readCode(cell, field)
  return 'problem' in read ? read.problem : read.code
}

test('[F10] what a spreadsheet did to a code is taken off, or refused with the reason', () => {
  const cases: [cell: string, barcode: string | null, sku: string | null][] = [
    ['6.29104E12', 'import.rounded', 'import.rounded'],
    ['6,29104E+12', 'import.rounded', 'import.rounded'],
    ['6E+12', 'import.rounded', 'import.rounded'],
    ['12E5', '12E5', '12E5'],
    ['6291041500213.0', '6291041500213', '6291041500213'],
    ['6291041500213.00', '6291041500213', '6291041500213'],
    ['6291041500213,00', '6291041500213', '6291041500213'],
    // The nought in front is lost.
    ['36000291452.0', 'import.spoiltCode', 'import.spoiltCode'],
    ['1001.0', 'import.spoiltCode', 'import.spoiltCode'],
    ['="007"', '007', '007'],
    ['="6291041500213"', '6291041500213', '6291041500213'],
    ["'007", '007', '007'],
    ['=A1&B1', 'import.spoiltCode', 'import.spoiltCode'],
    ['629 104 150 0213', '6291041500213', '6291041500213'],
    ['978-3-16-148410-0', '9783161484100', '9783161484100'],
    ['6,291,041,500,213', '6291041500213', '6291041500213'],
    ['629 104 150 0214', 'import.spoiltCode', '629 104 150 0214'],
    ['10-20', '10-20', '10-20'],
    ['1.5', '1.5', '1.5'],
    ['1.234', 'import.spoiltCode', '1.234'],
    ['N/A', null, null],
    ['n/a', null, null],
    ['-', null, null],
    ['—', null, null],
    ['0', null, '0'],
    ['0000000000000', null, '0000000000000'],
    ['2026-03-01', 'import.spoiltCode', 'import.spoiltCode'],
    ['1-Mar', 'import.spoiltCode', 'import.spoiltCode'],
    ['Mar-01', 'import.spoiltCode', 'import.spoiltCode'],
    ['MAR-01', 'MAR-01', 'MAR-01'],
    ['NA-1', 'NA-1', 'NA-1'],
    ['T\n2', 'import.lineBreak', 'import.lineBreak'],
  ]
  for (const [cell, barcode, sku] of cases) assert.deepEqual([said(cell, 'barcode'), said(cell, 'sku')], [barcode, sku], cell)
})

test('[F10] what stands where a formula went wrong is known in every language of spreadsheets', () => {
  for (const cell of ['#N/A', '#REF!', '#NAME?', '#DIV/0!', '#WERT!', '#ССЫЛКА!', '#ИМЯ?', '#Н/Д', '#NV', '####', ' #VALUE! '])
    assert.ok(isCellError(cell), cell)
  for (const cell of ['#1', '#tee', '# 1!', 'A#REF!', '#12', 'Wow!']) assert.ok(!isCellError(cell), cell)
})
