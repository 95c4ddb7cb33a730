import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperPdf } from './paper.ts'
import { printPdf } from './print.ts'

const paper = (lines: number) => ({
  lang: 'en',
  rtl: false,
  company: 'Baraka Stores',
  place: 'Main Street',
  head: [],
  title: 'Goods received',
  number: 'R-1',
  facts: [],
  columns: [{ title: 'Name' }, { title: 'Quantity', end: true }],
  rows: Array.from({ length: lines }, (_, n) => [`Article ${n}`, '1']),
  sums: [],
})

test('[A13] others have their turns while a paper of many pages is printed', async () => {
  await paperPdf(paper(1))
  let turns = 0
  let isDone = false
  const turn = () => void ((turns += 1), isDone || setImmediate(turn))
  setImmediate(turn)
  const pdf = await paperPdf(paper(4000))
  isDone = true
  assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0) > 50)
  assert.ok(turns > 10, `${turns} turns`)
})

test('a document that cannot be set is refused alone; the next is printed', async () => {
  await assert.rejects(printPdf('#panic("broken")', {}))
  assert.equal((await paperPdf(paper(1))).subarray(0, 5).toString(), '%PDF-')
})
