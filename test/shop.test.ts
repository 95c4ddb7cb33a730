import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { newToken } from '#modules/access/session/session.store.ts'
import { aCompany } from './harness.ts'
import { aServer, until } from './server.ts'
import { root } from './template.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

const HEAD = 'Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Cost per item'
const CSV = [
  HEAD,
  'pot,Clay pot,Kisumu Clay,Outdoor,Size,Small,,9.99,,4.00',
  'pot,,,,,Large,POT-L,15.99,6291041500213,6.50',
  'lamp,"Desk lamp, brass",,Lighting,Title,Default Title,,45.00,,',
].join('\r\n')

async function importProducts(name: string, content: string | Buffer) {
  const uploaded = await owner.upload('/imports?kind=catalog.product', name, content)
  assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body))
  const { id, mapping } = uploaded.body
  const state = async (wanted: string[]) =>
    (
      await until(
        () => owner.call(`GET /imports/${id}`),
        (answer) => wanted.includes(answer.body.run.state),
      )
    ).body
  assert.equal((await owner.call(`POST /imports/${id}/check`, { mapping })).status, 200)
  const checked = await state(['checked', 'failed'])
  return {
    id,
    mapping,
    checked,
    async apply() {
      assert.equal((await owner.call(`POST /imports/${id}/application`)).status, 200)
      return state(['applied', 'failed'])
    },
    async undo() {
      assert.equal((await owner.call(`POST /imports/${id}/undo`)).status, 200)
      return state(['undone', 'failed'])
    },
  }
}
const products = async () =>
  (await owner.call('GET /catalog/products', { limit: '200' })).body.rows as { id: string; name: string; handle: string }[]

test('who is not signed in gets no data, and is told so in one shape', async () => {
  const answer = await server.client().call('GET /catalog/products')
  assert.equal(answer.status, 401)
  assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  assert.deepEqual([answer.body.success, answer.body.code], [false, 'kit.signedOut'])
  assert.ok(answer.body.traceId)
  assert.match(answer.headers.get('content-security-policy') ?? '', /object-src 'none'/)
})

test('a wrong password and an unknown person get the same answer; five of them lock; the right one opens a session', async () => {
  const guest = server.client()
  const wrong = await guest.call('POST /sign-in', { email: 'amina@example.com', password: 'wrong' })
  const unknown = await guest.call('POST /sign-in', { email: 'nobody@example.com', password: 'wrong' })
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'access.session.wrong'])
  assert.deepEqual([unknown.status, unknown.body.code], [401, 'access.session.wrong'])
  const right = await guest.call('POST /sign-in', { email: 'Amina@Example.com', password: 'correct horse battery' })
  assert.equal(right.status, 200)
  assert.match(right.headers.get('set-cookie') ?? '', /__Host-duka=[^;]{40,}; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax/)
  assert.equal((await guest.call('GET /session')).body.user.name, 'Amina Owner')
  assert.equal((await guest.call('POST /sign-out')).status, 200)
  assert.equal((await guest.call('GET /session')).body.user, null)
})

test('a change without a key is refused, and a stranger’s page can’t make one', async () => {
  const none = await owner.call('POST /catalog/categories', { name: 'No key' }, { 'idempotency-key': '' })
  assert.deepEqual([none.status, none.body.code], [400, 'kit.keyMissing'])
  const cross = await owner.call('POST /catalog/categories', { name: 'Cross' }, { origin: 'https://evil.example' })
  assert.equal(cross.status, 403)
})

test('two people change different fields of one record: both stand; the same field: the second is shown the first', async () => {
  const { body } = await owner.call('POST /catalog/categories', { name: 'Drinks', position: 1 })
  const at = `/catalog/categories/${body.id}`
  assert.equal((await owner.call(`GET ${at}`)).headers.get('etag'), '"1"')
  assert.equal((await owner.call(`PATCH ${at}`, { position: 5 }, { 'if-match': '"1"' })).status, 200)
  assert.equal((await owner.call(`PATCH ${at}`, { name: 'Cold drinks' }, { 'if-match': '"1"' })).status, 200)
  const clash = await owner.call(`PATCH ${at}`, { position: 9 }, { 'if-match': '"1"' })
  assert.deepEqual([clash.status, clash.body.code, clash.body.details[0].theirs], [409, 'kit.changedMeanwhile', 5])
  const history = await owner.call(`GET ${at}/history`)
  assert.deepEqual(
    history.body.rows.map((row: { command: string }) => row.command),
    ['catalog.category.change', 'catalog.category.change', 'catalog.category.create'],
  )
})

test('a Shopify file: dry run, import, again without change, undo', async () => {
  const first = await importProducts('products.csv', CSV)
  assert.deepEqual([first.checked.run.rowsTotal, first.checked.run.rowsNew, first.checked.run.rowsRefused], [3, 3, 0])
  assert.equal((await products()).length, 0)
  const applied = await first.apply()
  assert.equal(applied.run.rowsNew, 3)
  assert.deepEqual(
    (await products()).map((one) => one.name),
    ['Clay pot', 'Desk lamp, brass'],
  )
  const sellables = await owner.call('GET /catalog/sellables', { place: world.place })
  const large = sellables.body.rows.find((row: { sku: string }) => row.sku === 'POT-L')
  assert.deepEqual(
    [large.name, large.price, large.taxRate, large.codes],
    ['Clay pot · Large', '1599', '160000', [['6291041500213', '1000000']]],
  )
  const again = await (await importProducts('products.csv', CSV)).apply()
  assert.deepEqual([again.run.rowsNew, again.run.rowsChanged, again.run.rowsSame], [0, 0, 3])
  const dearer = await importProducts('products.csv', CSV.replace('45.00', '49.50'))
  assert.equal((await dearer.apply()).run.rowsChanged, 1)
  assert.equal((await dearer.undo()).run.state, 'undone')
  const lamp = (await owner.call('GET /catalog/variants', { q: 'lamp' })).body.rows[0]
  assert.equal(lamp.price, '4500')
  await first.undo()
  assert.deepEqual(await products(), [])
})

test('rows that are wrong are listed with their reason and come back as a file; the others go in', async () => {
  const file = [
    HEAD,
    'ok,Good thing,,,,,,5.00,,',
    'bad,Bad price,,,,,,five,,',
    ',,,,,,,7.00,,',
    'code,Bad code,,,,,,5.00,6291041500214,',
  ].join('\n')
  const run = await importProducts('mixed.csv', file)
  assert.deepEqual([run.checked.run.rowsNew, run.checked.run.rowsRefused], [1, 3])
  assert.deepEqual(
    run.checked.refusals.map((one: { rowNumber: number; problem: string }) => [one.rowNumber, one.problem]),
    [
      [3, 'import.unreadable'],
      [4, 'required'],
      [5, 'catalog.product.badBarcode'],
    ],
  )
  assert.equal((await run.apply()).run.rowsNew, 1)
  const rejected = await owner.call(`GET /imports/${run.id}/rejected`)
  assert.equal(rejected.body.trim().split('\r\n').length, 4)
  await run.undo()
})

test(
  'the real files of two shops go in whole',
  { skip: !existsSync(join(root, '../shared/data/products')) && 'the sample files are not beside this clone' },
  async () => {
    for (const [name, rows] of [
      ['shopify-apparel.csv', 22],
      ['shopify-home-and-garden.csv', 21],
    ] as const) {
      const run = await importProducts(name, readFileSync(join(root, '../shared/data/products', name)))
      assert.equal(run.checked.run.rowsRefused, 0, JSON.stringify(run.checked.refusals))
      assert.equal((await run.apply()).run.rowsNew, rows)
    }
  },
)

test('a file that is no table is refused with a sentence', async () => {
  for (const [content, code] of [
    [Buffer.from('a,b\n1,\0'), 200],
    [Buffer.alloc(0), 422],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 422],
  ] as const) {
    const answer = await owner.upload('/imports?kind=catalog.product', 'strange.csv', content)
    assert.ok([201, 422].includes(answer.status), `${code} ${JSON.stringify(answer.body)}`)
  }
  assert.equal((await owner.upload('/imports?kind=no.such', 'x.csv', 'a,b')).status, 404)
})

test('an auditor reads and changes nothing; a cashier sees no cost', async () => {
  const tokens = [newToken(), newToken()] as const
  await owner.call('POST /invitations', {
    token: tokens[0],
    email: 'audit@example.com',
    name: 'Audit',
    roles: [{ role: 'auditor' }],
  })
  const auditor = server.client()
  const joined = await auditor.call('POST /invitations/acceptance', {
    token: tokens[0],
    name: 'Audit',
    password: 'another long secret',
  })
  assert.equal(joined.status, 200)
  assert.equal((await auditor.call('GET /audit')).status, 200)
  assert.equal((await auditor.call('POST /catalog/categories', { name: 'X' })).status, 403)
  const cashier = server.client()
  await owner.call('POST /invitations', {
    token: tokens[1],
    email: 'cash@example.com',
    name: 'Cash',
    roles: [{ role: 'cashier', place: world.place }],
  })
  await cashier.call('POST /invitations/acceptance', {
    token: tokens[1],
    name: 'Cash',
    password: 'a third long secret',
  })
  await (await importProducts('products.csv', CSV)).apply()
  const rows = (await cashier.call('GET /catalog/variants')).body.rows
  assert.ok(rows.length > 0 && !('cost' in rows[0]))
  assert.equal((await cashier.call('GET /audit')).status, 403)
  assert.equal((await cashier.call('GET /accounts')).status, 403)
})

test('the document of the API and its page are there', async () => {
  const { body } = await owner.call('GET /openapi.json')
  assert.equal(body.openapi, '3.1.0')
  assert.ok(Object.keys(body.paths).length > 60)
  assert.match((await owner.call('GET /docs')).body, /Idempotency-Key/)
  assert.equal((await fetch(`${server.base}/ready`)).status, 200)
  assert.match(await (await fetch(`${server.base}/metrics`)).text(), /duka_http_request_seconds_bucket/)
})

test('whoever asks for the head of live updates is answered', async () => {
  const ask = (cookie: string) =>
    fetch(`${server.base}/api/live`, { method: 'HEAD', headers: { cookie: `__Host-duka=${cookie}` } })
  const answer = await ask(world.cookie)
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/event-stream; charset=utf-8'])
  assert.equal((await ask('')).status, 401)
})

test('live updates reach who may see them, and what was missed comes after a reconnect', { timeout: 120_000 }, async () => {
  const open = async (cookie: string, since?: string) => {
    const stop = new AbortController()
    const response = await fetch(`${server.base}/api/live`, {
      headers: { cookie: `__Host-duka=${cookie}`, ...(since && { 'last-event-id': since }) },
      signal: stop.signal,
    })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      stop,
      async wait(pattern: RegExp) {
        for (let match = pattern.exec(text); ; match = pattern.exec(text)) {
          if (match) return match
          const { value, done } = await reader.read()
          if (done) throw new Error('the stream ended')
          text += value
        }
      },
    }
  }
  const first = await open(world.cookie)
  await first.wait(/retry/)
  const product = newId()
  await owner.call('POST /catalog/products', { id: product, name: 'Live one', variants: [{ price: '100' }] })
  const [, cursor] = await first.wait(/id: (\S+)\nevent: catalog.product.changed/)
  first.stop.abort()
  const missed = newId()
  await owner.call('POST /catalog/products', { id: missed, name: 'Missed one', variants: [{ price: '100' }] })
  const second = await open(world.cookie, cursor)
  const [, seen] = await second.wait(new RegExp(`id: (\\S+)\nevent: catalog.product.changed\ndata: [^\n]*${missed}`))
  second.stop.abort()

  // [A19] Whoever was away for longer than is sent one by one is told to read everything anew, and goes on from there.
  await world.database.pool.query(
    `insert into event (name, data, by, at)
     select 'catalog.product.changed', jsonb_build_object('product', $1::text), 'test', now() from generate_series(1, 600)`,
    [product],
  )
  // The horizon of what is surely over is that of the whole cluster: transactions of other databases hold it back for a while.
  const isOver = `select bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) as over from event where by = 'test'`
  await until(
    async () => (await world.database.pool.query<{ over: boolean }>(isOver)).rows[0]!.over,
    (over) => over,
  )
  const third = await open(world.cookie, seen)
  await third.wait(/event: kit.reload/)
  const later = newId()
  await owner.call('POST /catalog/products', { id: later, name: 'Later one', variants: [{ price: '100' }] })
  await third.wait(new RegExp(later))
  third.stop.abort()
})
