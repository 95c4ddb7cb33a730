import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVERYWHERE } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { party } from '#modules/parties/party/party.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { anOrder, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from '#test/harness.ts'
import { bring } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

/** A field that the company adds is in form, list, filter, search, files and API, and what is not of its kind is refused. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

const add = async (facts: object) => {
  const made = await owner.call('POST /settings/fields', facts)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return (await owner.call(`GET /settings/fields/${made.body.id}`)).body.row as { id: string; key: string; version: number }
}
const product = (more: object = {}) => ({
  id: newId(),
  name: `Serum ${newId()}`,
  variants: [{ price: '10000' }],
  ...more,
})
const make = async (more: object = {}) => {
  const input = product(more)
  const made = await owner.call('POST /catalog/products', input)
  return { ...made, id: input.id }
}
const show = async (id: string) => (await owner.call(`GET /catalog/products/${id}`)).body.row as Record<string, unknown>

const shelf = await add({ of: 'catalog.product', label: 'Shelf life', kind: 'number' })
const skin = await add({ of: 'catalog.product', label: 'Skin', kind: 'choice', choices: ['dry', 'oily'], isListed: true })
const origin = await add({ of: 'catalog.product', label: 'أصل', kind: 'text' })
const maker = await add({ of: 'catalog.product', label: 'Made by', kind: 'reference', target: 'parties.party' })
const tested = await add({ of: 'catalog.product', label: 'Tested on', kind: 'day' })
const vegan = await add({ of: 'catalog.product', label: 'Vegan', kind: 'yesNo' })
const route = await add({ of: 'sourcing.purchase', label: 'Lorry', kind: 'text' })
const born = await add({ of: 'parties.party', label: 'Birthday', kind: 'day' })

test('a key is made of the name, and of nothing where the name has no such letters', () => {
  assert.equal(shelf.key, 'shelflife')
  assert.match(origin.key, /^field[0-9a-f]{8}$/)
})

test('values of every kind are written, shown, changed, cleared, and stand in the history one by one', async () => {
  const supplier = await aSupplier(owner, 'Aroma Ltd')
  const { id, status } = await make({
    'custom.shelflife': '24500000',
    'custom.skin': 'dry',
    [`custom.${origin.key}`]: 'جبل',
    'custom.madeby': supplier,
    'custom.testedon': '2026-11-03',
    'custom.vegan': true,
  })
  assert.equal(status, 201)
  const row = await show(id)
  assert.deepEqual(
    ['shelflife', 'skin', origin.key, 'madeby', 'testedon', 'vegan'].map((key) => row[`custom.${key}`]),
    ['24500000', 'dry', 'جبل', supplier, '2026-11-03', true],
  )
  const { refs } = (await owner.call(`GET /catalog/products/${id}`)).body
  assert.equal(refs[supplier], 'Aroma Ltd')
  const changed = await owner.call(`PATCH /catalog/products/${id}`, { 'custom.skin': 'oily', 'custom.vegan': null })
  assert.equal(changed.status, 200)
  const after = await show(id)
  assert.deepEqual([after['custom.skin'], after['custom.vegan'], after['custom.shelflife']], ['oily', null, '24500000'])
  const [last] = (await owner.call(`GET /catalog/products/${id}/history`)).body.rows
  assert.deepEqual(
    last.changes.toSorted((a: { field: string }, b: { field: string }) => a.field.localeCompare(b.field)),
    [
      { field: 'custom.skin', before: 'dry', after: 'oily' },
      { field: 'custom.vegan', before: true, after: null },
    ],
  )
})

test('what is not of its kind is refused by field, and nothing is written', async () => {
  for (const [field, value, code] of [
    ['custom.skin', 'fat', 'invalid_value'],
    ['custom.shelflife', 'long', 'invalid_format'],
    ['custom.testedon', '2026-02-30', 'invalid_format'],
    ['custom.madeby', newId(), 'unknown'],
    ['custom.vegan', 'perhaps', 'invalid_type'],
  ] as const) {
    const { status, body, id } = await make({ [field]: value })
    assert.deepEqual([field, status, body.details?.[0]?.path, body.details?.[0]?.code], [field, 422, field, code])
    assert.equal((await owner.call(`GET /catalog/products/${id}`)).status, 404)
  }
  assert.equal((await make({ 'custom.nobodys': 'x' })).status, 400)
  assert.equal((await make({ unheardOf: 'x' })).status, 422)
})

test('a list has them, filters by them, and finds their words', async () => {
  const name = `Cream ${newId()}`
  const { id } = await make({
    name,
    'custom.skin': 'oily',
    'custom.shelflife': '6000000',
    [`custom.${origin.key}`]: 'Zanzibar cloves',
  })
  const ids = async (query: string) =>
    ((await owner.call(`GET /catalog/products?${query}&limit=200`)).body.rows as { id: string }[]).map((row) => row.id)
  assert.ok((await ids('custom.skin=oily')).includes(id))
  assert.ok(!(await ids('custom.skin=dry')).includes(id))
  assert.ok((await ids('custom.shelflife=5000000..7000000')).includes(id))
  assert.ok(!(await ids('custom.shelflife=7000000..')).includes(id))
  assert.deepEqual(await ids('q=zanzibar'), [id])
  assert.equal((await owner.call('GET /catalog/products?custom.skin=fat')).status, 422)
})

test('a required one is asked of what is new, and of a change that would empty it', async () => {
  const weight = await add({ of: 'catalog.category', label: 'Aisle', kind: 'text', isRequired: true })
  const without = await owner.call('POST /catalog/categories', { name: 'Soaps' })
  assert.deepEqual([without.status, without.body.details[0].path], [422, 'custom.aisle'])
  const made = await owner.call('POST /catalog/categories', { name: 'Soaps', 'custom.aisle': '4' })
  assert.equal(made.status, 201)
  const emptied = await owner.call(`PATCH /catalog/categories/${made.body.id}`, { 'custom.aisle': null })
  assert.equal(emptied.status, 422)
  await owner.call(`POST /settings/fields/${weight.id}/archival`)
})

test('one that is put aside is gone from everything, and its values are there when it comes back', async () => {
  const { id } = await make({ 'custom.skin': 'dry', 'custom.shelflife': '1000000' })
  await owner.call(`POST /settings/fields/${skin.id}/archival`)
  assert.ok(!('custom.skin' in (await show(id))))
  assert.equal((await owner.call(`PATCH /catalog/products/${id}`, { 'custom.skin': 'oily' })).status, 400)
  assert.equal((await owner.call(`PATCH /catalog/products/${id}`, { 'custom.shelflife': '2000000' })).status, 200)
  await owner.call(`DELETE /settings/fields/${skin.id}/archival`)
  const row = await show(id)
  assert.deepEqual([row['custom.skin'], row['custom.shelflife']], ['dry', '2000000'])
})

test('a document has them in its head, whatever becomes of it', async () => {
  assert.equal(route.key, 'lorry')
  const supplier = await aSupplier(owner, `Lorries ${newId()}`)
  const location = (await owner.call('GET /inventory/locations?kind=storage')).body.rows[0].id
  const made = await owner.call('POST /sourcing/purchases', { supplier, location, lines: [], 'custom.lorry': 'KBX 123' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const at = `/sourcing/purchases/${made.body.id}`
  assert.equal((await owner.call(`GET ${at}`)).body.row['custom.lorry'], 'KBX 123')
  await owner.call(`PATCH ${at}`, { 'custom.lorry': 'KBX 124' })
  assert.equal((await owner.call(`GET ${at}`)).body.row['custom.lorry'], 'KBX 124')
  // Counts, goods papers and entries by hand take them too, and those that are asked for.
  for (const [of, path, facts] of [
    ['inventory.stockCount', '/inventory/stock-counts', { location, covers: 'everything', lines: [] }],
    ['inventory.document', '/inventory/documents', { kind: 'adjustment', location, reason: 'found', lines: [] }],
    ['ledger.journal', '/journals', { memo: 'Rent', businessDay: '2026-11-30', lines: [] }],
  ] as const) {
    const { key } = await add({ of, label: 'Team', kind: 'text', isRequired: true })
    const without = await owner.call(`POST ${path}`, facts)
    assert.deepEqual([without.status, without.body.details?.[0].path], [422, `custom.${key}`], path)
    const { body } = await owner.call(`POST ${path}`, { ...facts, [`custom.${key}`]: 'Night' })
    await owner.call(`PATCH ${path}/${body.id}`, { [`custom.${key}`]: 'Morning' })
    const found = (await owner.call(`GET ${path}?q=Morning`)).body.rows as { id: string }[]
    assert.deepEqual(
      found.map(({ id }) => id),
      [body.id],
      path,
    )
  }
})

test('what is told of a person is masked to whoever may not read how to reach them, and goes with them', async () => {
  assert.equal(born.key, 'birthday')
  const made = await owner.call('POST /parties', { name: 'Amina', roles: ['customer'], 'custom.birthday': '1990-05-17' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { id } = made.body
  const stranger = { ...world.ctx().actor, isOwner: false, grants: new Map([['parties.party.read', EVERYWHERE]]) }
  const ctx = { ...world.ctx(), actor: stranger }
  const seen = await getRow({ db: world.database.db, ctx, actor: stranger, now: ctx.now, reach: EVERYWHERE }, party, id)
  assert.equal((seen.row as unknown as Record<string, unknown>)['custom.birthday'], '•••')
  await owner.call(`PATCH /parties/${id}`, { 'custom.birthday': '1991-06-18' })
  await owner.call(`POST /parties/${id}/erasure`, { reason: 'she asked for it' })
  const { rows } = await world.database.pool.query('select custom, custom_said from party where id = $1', [id])
  assert.deepEqual(rows, [{ custom: {}, custom_said: '' }])
  // The trail forgets nothing, so it was never told.
  const trail = await world.database.pool.query(
    `select 1 from audit_entry e left join audit_change c on c.entry = e.id
      where concat(e.input::text, c.before::text, c.after::text) ~ '1990-05-17|1991-06-18'`,
  )
  assert.equal(trail.rowCount, 0)
})

test('a file for people leaves with them and comes back with them; a second time it changes nothing', async () => {
  const name = `Balm ${newId()}`
  const { id } = await make({ name, handle: 'balm', 'custom.skin': 'dry', 'custom.shelflife': '12000000', 'custom.vegan': true })
  const answer = await fetch(`${server.base}/api/catalog/products/export?format=csv&for=people&q=${encodeURIComponent(name)}`, {
    headers: { cookie: `__Host-duka=${world.cookie}` },
  })
  const file = await answer.text()
  assert.match(file, /Shelf life/)
  await owner.call(`PATCH /catalog/products/${id}`, { 'custom.skin': 'oily', 'custom.shelflife': null })
  const back = await bring(owner, 'catalog.product', file, { options: { ownFields: true } })
  assert.equal((await back.check()).state, 'checked')
  assert.equal((await show(id))['custom.skin'], 'oily')
  await back.apply()
  const row = await show(id)
  assert.deepEqual([row['custom.skin'], row['custom.shelflife'], row['custom.vegan']], ['dry', '12000000', true])
  const again = await bring(owner, 'catalog.product', file, { options: { ownFields: true } })
  await again.check()
  await again.apply()
  assert.equal((await show(id))['version'], row['version'])
  await back.undo()
  const undone = await show(id)
  assert.deepEqual([undone['custom.skin'], undone['custom.shelflife']], ['oily', null])
})

test('two of one name are refused, a choice without answers, a reference without a target', async () => {
  const refused = async (facts: object) => (await owner.call('POST /settings/fields', facts)).body.code
  assert.equal(await refused({ of: 'catalog.product', label: 'SKIN', kind: 'text' }), 'setup.customField.taken')
  assert.equal(await refused({ of: 'catalog.product', label: 'Grade', kind: 'choice' }), 'setup.customField.noChoices')
  assert.equal(await refused({ of: 'catalog.product', label: 'Cousin', kind: 'reference' }), 'setup.customField.noTarget')
  assert.equal(tested.version + vegan.version + maker.version, 3)
})

test('a list is sorted by the company’s own fields, page by page, and those without a value stand at its end', async () => {
  const made: string[] = []
  for (const value of ['9000000', '100000000', '20000000', null]) {
    const { id } = await make({ ...(value && { 'custom.shelflife': value }), description: 'sorted' })
    made.push(id)
  }
  const pages = async (sort: string) => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const { status, body } = await owner.call('GET /catalog/products', { sort, limit: '3', ...(cursor && { cursor }) })
      assert.equal(status, 200, JSON.stringify(body))
      ids.push(...(body.rows as { id: string }[]).map(({ id }) => id))
      cursor = body.next ?? undefined
    } while (cursor)
    assert.equal(new Set(ids).size, ids.length)
    return ids.filter((id) => made.includes(id))
  }
  const [nine, hundred, twenty, none] = made
  assert.deepEqual(await pages('custom.shelflife'), [nine, twenty, hundred, none], 'by number, not by its letters')
  assert.deepEqual(await pages('-custom.shelflife'), [none, hundred, twenty, nine])
  // What could be chosen once stands on records still, and lists go on over it.
  const grade = await add({ of: 'catalog.product', label: 'Sort', kind: 'choice', choices: ['a', 'b', 'c'] })
  for (const value of ['a', 'b', 'b', 'c']) made.push((await make({ 'custom.sort': value })).id)
  const fewer = await owner.call(
    `PATCH /settings/fields/${grade.id}`,
    { choices: ['a', 'c'] },
    { 'if-match': String(grade.version) },
  )
  assert.equal(fewer.status, 200, JSON.stringify(fewer.body))
  const graded = await pages('custom.sort')
  assert.deepEqual(new Set(graded), new Set(made))
  // What is masked is sorted by nobody: the order would tell it.
  const hidden = await owner.call('GET /parties', { sort: 'custom.birthday' })
  assert.deepEqual([hidden.status, hidden.body.code], [400, 'kit.unknownField'])
})

test('what one points to is told to whoever may see it, and to nobody else by a page, a file or an import', async () => {
  await add({ of: 'catalog.product', label: 'Comes by', kind: 'reference', target: 'sourcing.purchase' })
  const location = (await owner.call('GET /inventory/locations?kind=storage')).body.rows[0].id
  const goods = await aProduct(world, 'Clay', 500n)
  const order = await anOrder(owner, { supplier: await aSupplier(owner, 'Mine'), location }, [
    { variant: goods.variant, quantity: 1, price: 100n },
  ])
  const { number } = (await owner.call(`GET /sourcing/purchases/${order.id}`)).body.row as { number: string }
  const { id } = await make({ name: 'Pointing', 'custom.comesby': order.id })
  const elsewhere = { name: 'Westlands', code: 'WL', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  const { id: place } = (await owner.call('POST /places', elsewhere)).body as { id: string }
  const stranger = server.client()
  await accept(stranger, await anInvitation(owner, 'elsewhere@example.com', [{ role: 'manager', place }]))
  assert.equal((await stranger.call(`GET /sourcing/purchases/${order.id}`)).status, 404)
  const told = async (by: typeof owner) => {
    const read = async (path: string) => JSON.stringify((await by.call(`GET /catalog/products${path}`)).body).includes(number)
    return Promise.all(
      ['?q=Pointing', `/${id}`, `/${id}/history`, `/export?format=csv&for=people&q=Pointing`, '/groups?group=custom.comesby'].map(
        read,
      ),
    )
  }
  assert.deepEqual(await told(stranger), [false, false, false, false, false])
  assert.deepEqual((await told(owner)).slice(0, 4), [true, true, true, true])
  const taken = async (by: typeof owner, sku: string, said: string) => {
    const file = await bring(by, 'catalog.product', `Name,SKU,Price,Comes by\nJar ${sku},${sku},5,${said}`, {
      options: { ownFields: true },
    })
    const { state, warnings } = await file.check()
    assert.equal(state, 'checked')
    await file.apply()
    const { rows } = await world.database.pool.query('select custom from catalog_product where name = $1', [`Jar ${sku}`])
    return { warnings: warnings.map(({ field, problem }) => [field, problem]), custom: rows[0]?.custom }
  }
  assert.deepEqual((await taken(owner, 'J1', number)).custom, { comesby: order.id })
  const unknown = await taken(stranger, 'J2', 'ZZ-1')
  assert.equal(unknown.warnings.length, 1)
  assert.deepEqual([await taken(stranger, 'J3', number), unknown.custom], [unknown, {}])
})

test('a file makes nothing without what a form would ask for, and changes what is there', async () => {
  const asked = [
    await add({ of: 'catalog.category', label: 'Bay', kind: 'text', isRequired: true }),
    await add({ of: 'catalog.product', label: 'Grade', kind: 'choice', choices: ['fine', 'rough'], isRequired: true }),
  ]
  const judged = async (kind: string, file: string, options = { ownFields: true }) => {
    const brought = await bring(owner, kind, file, { options })
    const { refusals } = await brought.check()
    await brought.apply()
    const { counts } = await brought.look('applied')
    return { counts, refusals: refusals.map(({ rowNumber, field, problem }) => [rowNumber, field, problem]) }
  }
  assert.deepEqual(await judged('catalog.category', 'Name,Bay\nOils,7\nWaters,'), {
    counts: [1, 0, 0, 1],
    refusals: [[3, 'custom.bay', 'required']],
  })
  const file = 'Name,SKU,Price,Grade\nFlour,G1,5,fine\nMeal,G2,5,\nBran,G3,5,soft'
  const first = await judged('catalog.product', file)
  assert.deepEqual(first.counts, [1, 0, 0, 2])
  assert.deepEqual(
    first.refusals.map(([row, field]) => [row, field]),
    [
      [3, 'custom.grade'],
      [4, 'custom.grade'],
    ],
  )
  // What is there needs no second telling; what is new is refused although nobody asked for these fields.
  const again = await judged('catalog.product', 'Name,SKU,Price\nFlour,G1,6\nMeal,G2,5', { ownFields: false })
  assert.deepEqual(again, { counts: [0, 1, 0, 1], refusals: [[3, 'custom.grade', 'required']] })
  for (const { id } of asked) assert.equal((await owner.call(`POST /settings/fields/${id}/archival`)).status, 201)
})

test('a thing has so many own fields and no more, counted one after the other; one that is put aside makes room', async () => {
  const field = (label: string) => owner.call('POST /settings/fields', { of: 'inventory.location', label, kind: 'text' })
  const made: string[] = []
  for (let n = 1; n < 40; n++) made.push((await field(`Own ${n}`)).body.id)
  const atOnce = await Promise.all(Array.from({ length: 5 }, (_, n) => field(`Last ${n}`)))
  assert.deepEqual(atOnce.map((each) => each.status).toSorted(), [201, 409, 409, 409, 409])
  const [first] = made
  assert.equal((await owner.call(`POST /settings/fields/${first}/archival`)).status, 201)
  assert.equal((await field('Room')).status, 201)
  const again = await owner.call(`DELETE /settings/fields/${first}/archival`)
  assert.deepEqual([again.status, again.body.code], [409, 'setup.customField.tooMany'])
})
