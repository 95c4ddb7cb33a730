import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDayCell } from './day-cell.ts'

test('a day of a file is read where it has one reading, and told with both where it has two', () => {
  for (const [cell, is] of [
    ['2027-02-01', '2027-02-01'],
    ['2027/2/1', '2027-02-01'],
    ['2027-02-01T00:00:00.000Z', '2027-02-01'],
    ['2027-02-01 10:30', '2027-02-01'],
    ['13/02/2027', '2027-02-13 dmy'],
    ['02/13/2027', '2027-02-13 mdy'],
    ['13.2.27', '2027-02-13 dmy'],
    ['2/2/2027', '2027-02-02'],
    ['01/02/2027', '2027-02-01 or 2027-01-02'],
    ['1.2.2027', '2027-02-01 or 2027-01-02'],
    ['2/1/27', '2027-01-02 or 2027-02-01'],
    ['٠١/٠٢/٢٠٢٧', '2027-02-01 or 2027-01-02'],
    ['01022027', '2027-02-01 or 2027-01-02'],
    ['20270201', '2027-02-01'],
    ['46054', '2026-02-01'],
    ['1 Feb 2027', '2027-02-01'],
    ['1 февраля 2027', '2027-02-01'],
    ['١ فبراير ٢٠٢٧', '2027-02-01'],
    ['31 декабря 2026 г.', '2026-12-31'],
    ['31 декабря 2026 года', '2026-12-31'],
    ['Thu 31 Dec 2026', '2026-12-31'],
    ['Thursday, 31 December 2026', '2026-12-31'],
    ['Thu, Dec 31, 2026', '2026-12-31'],
    ['чт, 31 дек. 2026 г.', '2026-12-31'],
    ['الخميس، 31 ديسمبر 2026 م', '2026-12-31'],
    ['Alhamisi, 31 Desemba 2026', '2026-12-31'],
    ['Thu 31', undefined],
    ['Thursday', undefined],
    ['31/02/2027', undefined],
    ['13/13/2027', undefined],
    ['soon', undefined],
    ['5', undefined],
    ['99999', undefined],
  ] as const) {
    const read = readDayCell(cell)
    const told =
      read.kind === 'value'
        ? [read.day, read.order].filter(Boolean).join(' ')
        : read.kind === 'twofold'
          ? read.readings.join(' or ')
          : undefined
    assert.equal(told, is, cell)
  }
  assert.deepEqual(
    (['dmy', 'mdy'] as const).map((order) => readDayCell('01/02/2027', order)),
    ['2027-02-01', '2027-01-02'].map((day) => ({ kind: 'value', day, order: null })),
  )
})
