import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperPdf } from './paper.ts'
import { printPdf, printRaster } from './print.ts'

const paper = (lines: number) => ({
  lang: 'en',
  rtl: false,
  company: 'Baraka Stores',
  place: 'Main Street',
  head: [],
  logo: null,
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

test('a receipt waits for no sheets: labels, lists and reports are printed beside it', async () => {
  await Promise.all([paperPdf(paper(1)), paperPdf(paper(1), 'sheets')])
  const order: string[] = []
  const sheets = [4000, 4000].map((lines) => paperPdf(paper(lines), 'sheets').then(() => order.push('sheets')))
  await paperPdf(paper(1)).then(() => order.push('receipt'))
  await Promise.all(sheets)
  assert.equal(order[0], 'receipt')
})

test('a document that cannot be set is refused alone; the next is printed', async () => {
  await assert.rejects(printPdf('#panic("broken")', {}))
  const pdf = (await paperPdf(paper(1))).toString('latin1')
  assert.equal(pdf.slice(0, 5), '%PDF-')
  assert.ok(pdf.includes('/Title (Goods received R-1)'), 'its title')
})

test('a receipt longer than any surface is printed whole: what crosses two strips and its last line are there', async () => {
  // Bars across the whole roll, one in every ten: 15,000 points are 38,100 dots.
  const template = String.raw`
#set page(width: 80mm, height: auto, margin: 0pt)
#for _ in range(1500) [#block(height: 9pt, spacing: 0pt)#block(height: 1pt, width: 100%, fill: black, spacing: 0pt)]
`
  const { bytes, width, height } = await printRaster(template, {})
  assert.equal(bytes.length, (width / 8) * height)
  const isBlack = (y: number) => bytes.subarray(y * 72, y * 72 + 72).every((byte) => byte === 0xff)
  const bars = Array.from({ length: height }, (_, y) => isBlack(y) && !(y > 0 && isBlack(y - 1))).filter(Boolean)
  assert.equal(bars.length, 1500)
  assert.ok(isBlack(height - 2), 'the last bar')
})

test('a word that is longer than the paper is wide goes on below, in any letters', async () => {
  const template = String.raw`
#let d = json(bytes(sys.inputs.data))
#set page(width: 80mm, height: auto, margin: 4mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 9pt)
#d.name
`
  const high = async (name: string) => (await printRaster(template, { name })).height
  const line = await high('Tea')
  for (const letters of ['x', 'ب', 'Ж']) assert.ok((await high(letters.repeat(600))) > 3 * line, letters)
  assert.equal(await high('S1T1-20261201-0001'), line)
})
