import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { bring, take } from './importing.ts'
import { aServer, until } from './server.ts'

/** Two machines with a worker each, over one database and one folder of files. */
const KIND = 'catalog.product'
const ROUNDS = 2
const dataDir = await mkdtemp(join(tmpdir(), 'duka-import-races-'))
onEnd(() => rm(dataDir, { recursive: true, force: true }))
const world = await aCompany()
const [one, other] = [await aServer(world.url, { dataDir }), await aServer(world.url, { dataDir })]
const [here, there] = [one.client(world.cookie), other.client(world.cookie)]
const { pool } = world.database

const list = (prefix: string, order: readonly number[], price: number) =>
  `Title,SKU,Price,Category\n${order.map((at) => `${prefix} ${at},${prefix}-${at},${price},Shelf ${at % 7}`).join('\n')}`
const numbers = Array.from({ length: 400 }, (_, at) => at)
const countOf = async (prefix: string) =>
  (
    await pool.query(
      `select count(*)::int as variants, count(distinct code_key(sku))::int as codes, count(distinct product)::int as products
       from catalog_variant where sku like $1`,
      [`${prefix}-%`],
    )
  ).rows[0]

test('two files with the same goods, written at the same moment by two machines: each article is there once', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const prefix = `T${round}`
    // The other way round, so that each has what the other one wants next.
    const files = [
      await bring(here, KIND, list(prefix, numbers, 5)),
      await bring(there, KIND, list(prefix, numbers.toReversed(), 6)),
    ]
    for (const file of files) assert.deepEqual((await file.check()).counts, [400, 0, 0, 0])
    const ends = await Promise.all(files.map((file) => file.apply()))
    for (const end of ends) {
      assert.equal(end.state, 'applied')
      // New for one of them is there already for the other; nobody is told a refusal that another try would not give.
      assert.equal(end.new + end.changed + end.same, 400, JSON.stringify(end.refusals.slice(0, 3)))
    }
    assert.equal(
      ends.reduce((all, end) => all + end.new, 0),
      400,
    )
    assert.deepEqual(await countOf(prefix), { variants: 400, codes: 400, products: 400 })
    const { rows } = await pool.query(`select name from catalog_category group by name, parent having count(*) > 1`)
    assert.deepEqual(rows, [])
  }
})

test('applied and taken back by two people at the same moment: once', async () => {
  const file = await bring(here, KIND, list('D', numbers, 5))
  await file.check()
  const press = async (verb: string) =>
    (await Promise.all([here, there, here, there].map((client) => client.call(`POST /imports/${file.id}/${verb}`)))).map(
      ({ status, body }) => (status === 200 ? 200 : body.code),
    )
  const pressed = await press('application')
  assert.ok(
    pressed.every((answer) => answer === 200 || answer === 'kit.import.notNow'),
    JSON.stringify(pressed),
  )
  assert.deepEqual((await file.look('applied')).counts, [400, 0, 0, 0])
  assert.deepEqual(await countOf('D'), { variants: 400, codes: 400, products: 400 })
  const undone = await press('undo')
  assert.ok(
    undone.every((answer) => answer === 200 || answer === 'kit.import.notNow'),
    JSON.stringify(undone),
  )
  assert.equal((await file.look('undone')).refused, 0)
  assert.equal((await countOf('D')).variants, 0)
})

test('taken back while it is still being written: nothing of it stays', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const file = await bring(here, KIND, list(`H${round}`, numbers, 5))
    await file.check()
    await here.call(`POST /imports/${file.id}/application`)
    assert.equal((await there.call(`POST /imports/${file.id}/undo`)).status, 200)
    assert.equal((await file.look('undone', 'failed')).state, 'undone')
    assert.equal((await countOf(`H${round}`)).variants, 0)
  }
})

test('whoever is shut out while their file is being written writes nothing more of it', async () => {
  const client = one.client()
  const joined = await accept(client, await anInvitation(here, 'importer@example.com', [{ role: 'manager' }]))
  const many = Array.from({ length: 6_000 }, (_, at) => at + 1)
  const file = await bring(client, KIND, list('L', many, 5))
  await file.check()
  await client.call(`POST /imports/${file.id}/application`)
  const at = () => here.call(`GET /imports/${file.id}`)
  await until(at, ({ body }) => body.run.done > 0)
  assert.equal((await here.call(`POST /users/${joined.body.user}/disable`)).status, 200)
  const { body } = await until(at, (answer) => !['applying', 'checked'].includes(answer.body.run.state))
  assert.equal(body.run.state, 'failed')
  const { variants } = await countOf('L')
  assert.ok(variants > 0 && variants < many.length, `${variants} of ${many.length}`)
  // What went in before can be taken back by somebody who is here.
  assert.equal((await here.call(`POST /imports/${file.id}/undo`)).status, 200)
  await until(at, (answer) => answer.body.run.state === 'undone')
  assert.equal((await countOf('L')).variants, 0)
})

test('taken back while its goods come in and are sold: what was used stays and is told, stock and books are right', async () => {
  const cash = (await here.call('GET /payments/methods')).body.rows.find((row: { kind: string }) => row.kind === 'cash').id
  await here.call('POST /pos/shifts', { id: newId(), till: world.till, float: '0' })
  const file = await take(here, KIND, list('U', numbers.slice(0, 120), 5))
  const { rows } = await pool.query(`select id, product from catalog_variant where sku like 'U-%' order by sku`)
  const wanted = rows.filter((_, at) => at % 2 === 0) as { id: string; product: string }[]
  const sold: string[] = []
  const trade = async ({ id, product }: { id: string; product: string }, client: typeof here) => {
    const receipt = { kind: 'receipt', id: newId(), location: world.location, reason: 'opening' }
    const came = await client.call('POST /inventory/documents/receive', {
      ...receipt,
      lines: [{ variant: id, quantity: '2000000', unitCost: '100' }],
    })
    if (came.status !== 201) return
    const went = await client.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: id, quantity: '1000000', listPrice: '500' }],
      total: '500',
      tenders: [{ method: cash, given: '500' }],
    })
    assert.equal(went.status, 201, JSON.stringify(went.body))
    sold.push(product)
  }
  const half = wanted.length / 2
  const trading = [wanted.slice(0, half), wanted.slice(half)].map(async (part, at) => {
    for (const goods of part) await trade(goods, at === 0 ? here : there)
  })
  const [undone] = await Promise.all([file.undo(), ...trading])
  assert.equal(undone.state, 'undone')
  const left = await pool.query(`select product from catalog_variant where sku like 'U-%'`)
  assert.deepEqual(new Set(left.rows.map((row) => row.product)), new Set(sold))
  assert.equal(undone.refused, sold.length)
  assert.deepEqual((await here.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await here.call('GET /ledger-check')).body.differences, [])
})
