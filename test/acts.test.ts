import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredEntities } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { flushActivity } from '#kit/server/door/activity.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { modules } from '../server.ts'
import { aCompany } from './harness.ts'
import { aServer, until, type Client } from './server.ts'

/** What is done to one record is done to many: by the same command, as far as the same rights reach. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const there = (
  await owner.call('POST /places', { name: 'Market', code: 'MK', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string
const aPerson = async (email: string, role: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role, place: world.place }]))
  return client
}
const cashier = await aPerson('cashier@example.com', 'cashier')
const manager = await aPerson('manager@example.com', 'manager')
const category = (await owner.call('POST /catalog/categories', { name: 'Food' })).body.id as string
const products: string[] = []
for (const name of ['Rice', 'Beans', 'Maize']) products.push((await aProduct(world, name, 500n)).product)
const [rice, beans, maize] = products as [string, string, string]
const archived = async () =>
  (await pool.query<{ name: string }>('select name from catalog_product where archived_at is not null order by name')).rows.map(
    ({ name }) => name,
  )

test('records are put aside and come back together, each with an entry of its own in the trail', async () => {
  const act = (verb: string) => owner.call('POST /catalog/products/acts', { ids: [rice, beans], verb })
  assert.deepEqual((await act('archive')).body, { done: 2, refused: [] })
  assert.deepEqual(await archived(), ['Beans', 'Rice'])
  const { rows } = await pool.query(`select about from audit_entry where command = 'catalog.product.archive' order by about`)
  assert.deepEqual(
    rows.map((one) => one.about),
    [rice, beans].toSorted(),
  )
  assert.deepEqual((await act('restore')).body, { done: 2, refused: [] })
  assert.deepEqual(await archived(), [])
})

test('one field is set for all; one that is there no more is told with its sentence, and the others are done', async () => {
  const gone = newId()
  const answer = await owner.call('POST /catalog/products/acts', { ids: [rice, gone, maize], changes: { category } })
  assert.equal(answer.body.done, 2)
  assert.deepEqual(
    answer.body.refused.map((one: { id: string; code: string; status: number }) => [one.id, one.code, one.status]),
    [[gone, 'kit.notFound', 404]],
  )
  const { rows } = await pool.query('select name from catalog_product where category = $1 order by name', [category])
  assert.deepEqual(
    rows.map((one) => one.name),
    ['Maize', 'Rice'],
  )
})

test('the same key does nothing twice, and what is one record’s own is given to none', async () => {
  const body = { ids: [beans, maize], verb: 'archive' }
  const key = newId()
  const send = () =>
    fetch(`${server.base}/api/catalog/products/acts`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        cookie: `__Host-duka=${world.cookie}`,
      },
      body: JSON.stringify(body),
    }).then((answer) => answer.json())
  const count = async () =>
    (await pool.query(`select count(*)::int as n from audit_entry where command = 'catalog.product.archive'`)).rows[0].n as number
  assert.deepEqual(await send(), { done: 2, refused: [] })
  const before = await count()
  assert.deepEqual(await send(), { done: 2, refused: [] })
  assert.equal(await count(), before)
  await owner.call('POST /catalog/products/acts', { ids: [beans, maize], verb: 'restore' })
  const named = await owner.call('POST /catalog/products/acts', { ids: [rice, maize], changes: { name: 'Same' } })
  assert.deepEqual([named.status, named.body.code], [400, 'kit.unknownField'])
  for (const wrong of [
    { ids: [], verb: 'archive' },
    { ids: [rice, rice], verb: 'archive' },
    { ids: [rice] },
    { ids: [rice], verb: 'archive', changes: { category } },
    { ids: [rice], verb: 'explode' },
    { ids: Array.from({ length: 201 }, newId), verb: 'archive' },
  ])
    assert.equal((await owner.call('POST /catalog/products/acts', wrong)).status, 422, JSON.stringify(wrong).slice(0, 80))
})

test('rights are those of the single act: none without it, and no record of another store', async () => {
  assert.equal((await cashier.call('POST /catalog/products/acts', { ids: [rice], verb: 'archive' })).status, 403)
  assert.deepEqual((await cashier.call('GET /catalog/products/acts')).body, { verbs: [], fields: [], steps: {} })
  const list = async (place: string) =>
    (await owner.call('POST /catalog/price-lists', { name: `List ${newId()}`, place })).body.id as string
  const [ours, theirs] = [await list(world.place), await list(there)]
  const { body } = await manager.call('POST /catalog/price-lists/acts', { ids: [ours, theirs], verb: 'archive' })
  assert.equal(body.done, 1)
  assert.deepEqual(
    body.refused.map((one: { id: string; code: string }) => [one.id, one.code]),
    [[theirs, 'kit.notFound']],
  )
  const raised = await manager.call('POST /catalog/price-lists/acts', { ids: [theirs], changes: { priority: 9 } })
  assert.equal(raised.body.done, 0)
})

test('what is refused of each is noted like the refusal of one', async () => {
  // Who changes products, and no prices.
  const keeper = await aPerson('keeper@example.com', 'stockKeeper')
  const noted = async () => {
    await flushActivity(server.database)
    const { rows } = await pool.query<{ facts: object }>(
      `select facts from activity where kind = 'kit.refused' and facts ->> 'what' = 'catalog.product.change'`,
    )
    return rows.map(({ facts }) => facts)
  }
  const changes = { leastPrice: '100' }
  const { version } = (await owner.call(`GET /catalog/products/${rice}`)).body.row
  assert.equal((await keeper.call(`PATCH /catalog/products/${rice}`, changes, { 'if-match': `"${version}"` })).status, 403)
  const one = { what: 'catalog.product.change', code: 'kit.forbidden' }
  assert.deepEqual(await noted(), [one])
  const { body } = await keeper.call('POST /catalog/products/acts', { ids: [rice, maize], changes })
  assert.deepEqual([body.done, body.refused.map(({ code }: { code: string }) => code)], [0, ['kit.forbidden', 'kit.forbidden']])
  assert.deepEqual(await noted(), [one, one, one])
  // What somebody has not found is no try at what is not theirs, in one act or by itself.
  await keeper.call('POST /catalog/products/acts', { ids: [newId()], changes: { category } })
  assert.equal((await noted()).length, 3)
})

/** Acts on three articles, with `meanwhile` while the second of them is waited for. */
async function interrupted(by: Client, leastPrice: string, meanwhile: () => Promise<unknown>) {
  const holder = await pool.connect()
  const waiting = async () =>
    (await pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount
  try {
    await holder.query('begin')
    await holder.query('select from catalog_product where id = $1 for update', [beans])
    const acting = by.call('POST /catalog/products/acts', { ids: [rice, beans, maize], changes: { leastPrice } })
    await until(waiting, (count) => count === 1)
    await meanwhile()
    await holder.query('rollback')
    const { rows } = await acting.then(() =>
      pool.query<{ name: string }>('select name from catalog_product where least_price = $1 order by name', [leastPrice]),
    )
    return { answer: await acting, done: rows.map(({ name }) => name) }
  } finally {
    holder.release()
  }
}

test('who is shut out while several records are acted on, or may no longer, does nothing to those that are left', async () => {
  const aManager = async (email: string) => {
    const client = server.client()
    const { user } = (await accept(client, await anInvitation(owner, email, [{ role: 'manager', place: null }]))).body
    return { client, user: user as string }
  }
  const out = await aManager('out@example.com')
  const first = await interrupted(out.client, '201', async () => {
    assert.equal((await owner.call(`POST /users/${out.user}/disable`, { reason: 'Has left us' })).status, 200)
  })
  assert.deepEqual([first.answer.status, first.answer.body.code, first.done], [401, 'kit.signedOut', ['Beans', 'Rice']])
  // The role is taken beneath the program, as by another process of it: what this one remembers is not asked.
  const less = await aManager('less@example.com')
  const second = await interrupted(less.client, '202', () =>
    pool.query('delete from access_member where holder = $1', [less.user]),
  )
  assert.deepEqual([second.answer.status, second.answer.body.done, second.done], [200, 2, ['Beans', 'Rice']])
  assert.deepEqual(
    second.answer.body.refused.map((one: { id: string; code: string }) => [one.id, one.code]),
    [[maize, 'kit.forbidden']],
  )
})

test('a key or a session that is taken back while several records are acted on does nothing to those that are left', async () => {
  const made = await owner.call('POST /api-keys', {
    name: 'Robot',
    permissions: ['catalog.product.read', 'catalog.product.edit', 'catalog.price.edit'],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const program = server.client()
  const withKey = { authorization: `Bearer ${made.body.key}` }
  const robot = { call: (route: string, input?: object) => program.call(route, input, withKey) } as Client
  // Beneath the program, as by another process of it: what this one remembers is not asked.
  const first = await interrupted(robot, '203', () =>
    pool.query(`update access_api_key set state = 'revoked' where id = $1`, [made.body.id]),
  )
  assert.deepEqual([first.answer.status, first.answer.body.code, first.done], [401, 'kit.signedOut', ['Beans', 'Rice']])
  const away = server.client()
  const { user } = (await accept(away, await anInvitation(owner, 'away@example.com', [{ role: 'manager', place: null }]))).body
  const second = await interrupted(away, '204', () => pool.query('delete from access_session where holder = $1', [user]))
  assert.deepEqual([second.answer.status, second.answer.body.code, second.done], [401, 'kit.signedOut', ['Beans', 'Rice']])
})

test('a file of the picked records has those and no others', async () => {
  const answer = await fetch(`${server.base}/api/catalog/products/export?ids=${rice},${maize}&format=csv&for=machines`, {
    headers: { cookie: `__Host-duka=${world.cookie}` },
  })
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  assert.ok(text.includes('Rice') && text.includes('Maize') && !text.includes('Beans'))
  assert.equal((await owner.call('GET /catalog/products', { ids: 'x' })).status, 422)
})

test('whatever can be put aside can be put aside together', () => {
  const routes = new Set(modules.flatMap((one) => one.routes).flatMap((group) => Object.keys(group)))
  const able = [...declaredEntities.values()].filter(({ path }) => routes.has(`POST ${path}/:id/archival`))
  assert.ok(able.length >= 8)
  assert.deepEqual(
    able.filter(({ path }) => !routes.has(`POST ${path}/acts`) || !routes.has(`GET ${path}/acts`)).map(({ name }) => name),
    [],
  )
})
