import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, resetOf, writeNumber } from './number.ts'

test('a template says what a number looks like and when its series starts again', () => {
  assert.equal(writeNumber('{CODE}-{YYYYMMDD}-{NNNN}', 7, '2026-11-21', 'S1T1'), 'S1T1-20261121-0007')
  assert.equal(writeNumber('INV/{YYYY}/{MM}/{NNN}', 1234, '2026-11-21', ''), 'INV/2026/11/1234')
  assert.deepEqual(
    ['{NN}', 'A-{YYYY}-{N}', '{YYYYMM}-{N}', '{YYYY}.{MM}.{DD}-{N}', '{YYMMDD}-{N}'].map(resetOf),
    [0, 4, 7, 10, 10],
  )
})

const [journal, sale] = [{ isCoded: false }, { isCoded: true }]

test('templates that give two papers one number are refused', () => {
  assert.equal(faultOf(journal, 'JV-{YYYY}-{NNNNN}'), undefined)
  assert.equal(faultOf(sale, '{CODE}-{YYYYMMDD}-{NNNN}'), undefined)
  assert.equal(faultOf(journal, 'JV-{YYYY}'), 'running')
  assert.equal(faultOf(journal, 'JV-{NN}-{NN}'), 'running')
  assert.equal(faultOf(journal, 'JV-{YYYY}{NN}'), 'apart')
  assert.equal(faultOf(journal, 'JV7{NN}'), 'apart')
  assert.equal(faultOf(journal, 'قيد-{NN}'), 'unknown')
  assert.equal(faultOf(journal, 'JV-{WEEK}-{NN}'), 'unknown')
  assert.equal(faultOf(sale, '{YYYYMMDD}-{NNNN}'), 'code')
  assert.equal(faultOf(journal, '{CODE}-{NNNN}'), 'code')
  assert.equal(faultOf(journal, 'JV-{MM}-{NNNN}'), 'date')
  assert.equal(faultOf(journal, 'JV-{YYYY}-{DD}-{NNNN}'), 'date')
})
