import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gtinCheckDigit } from '#kit/barcode.ts'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const EAN = '4006381333931'
const MM = 72 / 25.4

const done = (answer: { status: number; body: unknown }) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as { id: string; rows: never[] }
}
const pot = await aProduct(world, 'Clay pot', 10_000n)
done(await owner.call(`POST /catalog/variants/${pot.variant}/barcodes`, { code: EAN }))
const far = done(
  await owner.call('POST /places', { name: 'Far', code: 'FA', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }),
).id

async function labels(input: object): Promise<{ status: number; type: string | null; text: string }> {
  const answer = await fetch(`${server.base}/api/catalog/labels`, {
    method: 'POST',
    headers: {
      cookie: `__Host-duka=${world.cookie}`,
      'content-type': 'application/json',
      'idempotency-key': newId(),
      origin: server.base,
    },
    body: JSON.stringify({ place: world.place, kind: 'shelf', paper: 'a4-3x8', ...input }),
  })
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  return { status: answer.status, type: answer.headers.get('content-type'), text }
}
const pagesOf = (pdf: string) => pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
const sizeOf = (pdf: string) => (/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []).slice(1).map((at) => Number(at) / MM)
const items = (count: number) => [{ variant: pot.variant, count }]

test('a label says what the tills of its store ask for today, and what it cost before', async () => {
  const said = async (place: string) =>
    (done(await owner.call('POST /catalog/labels/articles', { place, variants: [pot.variant] })).rows as object[])[0] as {
      price: string
      oldPrice: string | null
      code: string
    }
  const asked = async (place: string) =>
    (done(await owner.call(`GET /catalog/sellables?place=${place}`)).rows as { id: string; price: string }[]).find(
      ({ id }) => id === pot.variant,
    )!.price
  const list = done(await owner.call('POST /catalog/price-lists', { name: 'Here', place: world.place })).id
  const price = { priceList: list, variant: pot.variant }
  done(await owner.call('POST /catalog/prices', { ...price, price: '9000' }))
  done(await owner.call('POST /catalog/prices', { ...price, price: '7000', minQuantity: '10000000' }))
  const closed = done(await owner.call('POST /catalog/price-lists', { name: 'Past', validTo: '2020-01-01', priority: 9 })).id
  done(await owner.call('POST /catalog/prices', { priceList: closed, variant: pot.variant, price: '1' }))
  assert.deepEqual([(await said(world.place)).price, (await said(far)).price], ['9000', '10000'])
  for (const place of [world.place, far]) assert.equal((await said(place)).price, await asked(place))
  assert.equal((await said(far)).oldPrice, null)

  const { version } = (await owner.call(`GET /catalog/variants/${pot.variant}`)).body.row
  const changed = await owner.call(
    `PATCH /catalog/variants/${pot.variant}`,
    { comparePrice: '9500' },
    { 'if-match': `"${version}"` },
  )
  done(changed)
  assert.equal((await said(world.place)).oldPrice, '9500', 'it was dearer than here')
  assert.equal((await said(far)).oldPrice, null, 'and cheaper than there')
  assert.equal((await said(far)).code, EAN)
})

test('labels fill a begun sheet where it is free, and stand where the paper has them', async () => {
  const one = await labels({ items: items(24) })
  assert.equal(one.type, 'application/pdf')
  assert.equal(pagesOf(one.text), 1)
  assert.deepEqual(sizeOf(one.text).map(Math.round), [210, 297])
  assert.equal(pagesOf((await labels({ items: items(24), first: 2 })).text), 2)
  assert.equal(pagesOf((await labels({ items: items(2000) })).text), 84)

  const preview = async (paper: string, first: number) =>
    done(
      await owner.call('POST /catalog/labels/preview', { place: world.place, kind: 'shelf', paper, first, items: items(1) }),
    ) as unknown as { svg: string; sheets: number }
  for (const [paper, first, x, y] of [
    ['a4-3x8', 1, 0, 0.5],
    ['a4-3x8', 5, 70, 37.5],
    ['a4-3x7', 21, 139.3, 243.75],
    ['a4-4x10', 40, 157.5, 267.3],
  ] as const) {
    const { svg, sheets } = await preview(paper, first)
    const places = [...svg.matchAll(/matrix\(1 0 0 1 ([\d.-]+) ([\d.-]+)\)/g)].map(([, left, top]) => [Number(left), Number(top)])
    const found = places.some(([left, top]) => Math.abs(left! - x * MM) < 0.1 && Math.abs(top! - y * MM) < 0.1)
    assert.ok(found, `${paper} ${first}: ${JSON.stringify(places.slice(0, 5))}`)
    assert.equal(sheets, 1)
  }
})

test('a roll has a label a page, of its size', async () => {
  const { text } = await labels({ paper: 'roll-50x30', items: items(3), locale: 'ar' })
  assert.equal(pagesOf(text), 3)
  assert.deepEqual(
    sizeOf(text).map((at) => Math.round(at * 10) / 10),
    [50, 30],
  )
})

const LEFT = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112']
const PARITY = ['LLLLLL', 'LLGLGG', 'LLGGLG', 'LLGGGL', 'LGLLGG', 'LGGLLG', 'LGGGLL', 'LGLGLG', 'LGLGGL', 'LGGLGL']
/** What a scanner makes of runs of dots: black, white, black … from the first bar on. */
function readEan(runs: readonly number[]): string {
  const dot = runs[0]!
  const digits = (from: number) =>
    Array.from({ length: 6 }, (_, n) =>
      runs
        .slice(from + n * 4, from + n * 4 + 4)
        .map((run) => run / dot)
        .join(''),
    )
  const left = digits(3).map((run) => {
    const isPlain = LEFT.includes(run)
    return { kind: isPlain ? 'L' : 'G', digit: LEFT.indexOf(isPlain ? run : [...run].toReversed().join('')) }
  })
  const first = PARITY.indexOf(left.map(({ kind }) => kind).join(''))
  return [first, ...left.map(({ digit }) => digit), ...digits(32).map((run) => LEFT.indexOf(run))].join('')
}

/** The rows of dots that a label printer makes of its file. */
function dotsOf(zpl: string): string[] {
  const [, bytes, , perRow, data = ''] = /\^GFA,(\d+),(\d+),(\d+),([0-9A-F,:]*)\^FS/.exec(zpl) ?? []
  const wide = Number(perRow) * 2
  const rows: string[] = []
  for (let at = 0; at < data.length;) {
    if (data[at] === ':') rows.push(rows.at(-1)!)
    const row = data[at] === ':' ? '' : (/^[0-9A-F]*/.exec(data.slice(at, at + wide))?.[0] ?? '')
    if (data[at] !== ':') rows.push(row.padEnd(wide, '0'))
    at += row.length + (row.length < wide ? 1 : 0)
  }
  assert.equal(rows.length * Number(perRow), Number(bytes))
  return rows.map((row) => [...row].map((hex) => Number.parseInt(hex, 16).toString(2).padStart(4, '0')).join(''))
}

test('a label printer gets each label once with its number, and a scanner reads its bars', async () => {
  for (const [paper, kind] of [
    ['roll-50x30', 'article'],
    ['roll-50x30', 'shelf'],
    ['roll-40x25', 'shelf'],
  ] as const) {
    const { text, status } = await labels({ paper, kind, format: 'zpl', items: items(7) })
    assert.equal(status, 200, text)
    assert.equal(text.match(/\^XA/g)?.length, 1)
    assert.match(text, /\^PQ7\^XZ/)
    const read = dotsOf(text).map((row) =>
      readEan((row.replace(/^0+|0+$/g, '').match(/1+|0+/g) ?? []).slice(0, 59).map((run) => run.length)),
    )
    assert.ok(read.filter((code) => code === EAN).length > 15, `${paper} ${kind}`)
  }
  assert.equal(gtinCheckDigit(EAN.slice(0, -1)), EAN.at(-1))
  assert.equal((await labels({ format: 'zpl', items: items(1) })).status, 422)
})

test('too many, a position that the sheet has not, and what is not sold any more are refused with what to do', async () => {
  const refusal = async (input: object) => (JSON.parse((await labels(input)).text) as { code: string }).code
  assert.equal(await refusal({ items: [...items(2000), { variant: pot.variant, count: 1 }] }), 'catalog.label.tooMany')
  assert.equal(await refusal({ items: items(1), first: 25 }), 'catalog.label.noSuchPlace')
  assert.equal(await refusal({ items: [{ variant: newId(), count: 1 }] }), 'kit.notFound')
  const old = await aProduct(world, 'Old pot', 100n)
  done(await owner.call(`POST /catalog/products/${old.product}/archival`))
  assert.equal(await refusal({ items: [{ variant: old.variant, count: 1 }] }), 'catalog.label.gone')
})
