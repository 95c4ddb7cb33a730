import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredEntities, groupOf, groupsOf, type FieldKind } from '#kit/entity.ts'
import { resolvePeriod } from '#kit/web/session/period.ts'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { anOrder, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

/** What a list adds up to, what it is filtered by besides its fields, and how it is printed: whatever it is a list of. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
await anOpenTill(world)
const pot = await aProduct(world, 'Clay pot', 11_600n, 50, 4_000n)
const cup = await aProduct(world, 'Tin cup', 3_000n, 50, 1_000n)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const [cash, card] = ['cash', 'card'].map((kind) => methods.find((one) => one.kind === kind)!.id) as [string, string]
const sell = async (what: typeof pot, method: string) => {
  const made = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: what.variant, quantity: '1000000', listPrice: what.price }],
    total: what.price,
    tenders: [{ method, given: String(what.price), ...(method === card && { reference: newId().slice(0, 8) }) }],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
}
await sell(pot, cash)
await sell(pot, card)
await sell(cup, cash)
const supplier = await aSupplier(owner, 'Unga Ltd')
await anOrder(owner, { supplier, location: world.location }, [
  { variant: pot.variant, quantity: 3, price: 5_000n, taxRate: '160000' },
])
const clerk = server.client()
const harbour = { name: 'Harbour', code: 'HB', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
const { id: elsewhere } = (await owner.call('POST /places', harbour)).body
await accept(clerk, await anInvitation(owner, 'clerk@example.com', [{ role: 'cashier', place: elsewhere }]))

const sumsOf = async (path: string, filters = {}, by = owner) => (await by.call(`GET ${path}/sums`, filters)).body

test('the sums of a list are those of its rows, whatever the filters', async () => {
  assert.deepEqual(await sumsOf('/pos/sales'), { count: 3, sums: { total: '26200', discount: '0' } })
  for (const entity of [...declaredEntities.values()].filter((one) => one.sums)) {
    const { rows } = (await owner.call(`GET ${entity.path}`, { limit: '200' })).body as { rows: Record<string, string>[] }
    const { count, sums } = await sumsOf(entity.path)
    assert.equal(count, rows.length, entity.name)
    for (const name of entity.sums!)
      assert.equal(sums[name], String(rows.reduce((all, row) => all + BigInt(row[name] ?? 0), 0n)), `${entity.name}.${name}`)
  }
})

test('sales are filtered by cashier, way to pay and article', async () => {
  const totals = async (filters: object) => (await sumsOf('/pos/sales', filters)).sums.total
  assert.equal(await totals({ method: cash }), '14600')
  assert.equal(await totals({ method: card }), '11600')
  assert.equal(await totals({ method: `${cash},${card}` }), '26200')
  assert.equal(await totals({ variant: cup.variant }), '3000')
  assert.equal(await totals({ variant: cup.variant, method: card }), '0')
  const { rows } = (await owner.call('GET /pos/sales', { variant: cup.variant })).body
  assert.deepEqual(
    rows.map((row: { total: string }) => row.total),
    ['3000'],
  )
  assert.equal(await totals({ cashier: newId() }), '0')
  assert.equal((await owner.call('GET /pos/sales', { method: 'cash' })).status, 422)
  assert.equal((await owner.call('GET /pos/sales', { total: '1', tender: cash })).status, 400)
})

test('what somebody may not see is in no sum of theirs, nor what they may not reach', async () => {
  assert.deepEqual(await sumsOf('/pos/sales', {}, clerk), { count: 0, sums: { total: '0', discount: '0' } })
  assert.equal((await clerk.call('GET /sourcing/purchases/sums')).status, 403)
  const stock = await sumsOf('/inventory/documents')
  assert.ok('value' in stock.sums)
})

test('every list is printed with the columns that are shown', async () => {
  const print = async (path: string, by = world.cookie) => {
    const answer = await fetch(`${server.base}/api${path}`, { headers: { cookie: `__Host-duka=${by}` } })
    return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('latin1') }
  }
  for (const entity of [...declaredEntities.values()].filter((one) => one.can.export)) {
    if (Object.values(entity.fields).some((field) => field.personal)) continue
    const { status, text } = await print(`${entity.path}/export?format=pdf&for=people`)
    assert.deepEqual([entity.name, status, text.slice(0, 5)], [entity.name, 200, '%PDF-'])
  }
  const chosen = await print('/pos/sales/export?format=pdf&for=people&columns=number,total,nobodys&sort=total')
  assert.equal(chosen.status, 200)
  assert.equal((await print('/pos/sales/export?format=pdf&columns=nobodys')).status, 400)
})

const clock = { timeZone: 'Africa/Nairobi', cutOffHour: 4 }
const spanOf = (key: string, kind: FieldKind): string =>
  kind === 'day' || kind === 'instant' ? resolvePeriod(`${key}..${key}`, kind, clock) : key

test('what rows have in common adds up to what the list does, and each group is found by its filter', async () => {
  const groups = async (path: string, group: string, filters = {}, by = owner) =>
    (await by.call(`GET ${path}/groups`, { group, ...filters })).body as {
      rows: { key: string | null; count: number; sums: Record<string, string> }[]
      refs: Record<string, string>
    }
  for (const entity of [...declaredEntities.values()].filter((one) => one.sums))
    for (const group of groupsOf(entity)) {
      const { rows, refs } = await groups(entity.path, group)
      const { count, sums } = await sumsOf(entity.path)
      const added = (pick: (row: (typeof rows)[number]) => bigint) => rows.reduce((all, row) => all + pick(row), 0n)
      assert.equal(
        added((row) => BigInt(row.count)),
        BigInt(count),
        `${entity.name} by ${group}`,
      )
      for (const name of entity.sums!)
        assert.equal(String(added((row) => BigInt(row.sums[name]!))), sums[name], `${entity.name}.${name} by ${group}`)
      const { name, isMonth } = groupOf(entity, group)!
      const { key } = rows.find((row) => row.key !== null) ?? {}
      if (!key || isMonth) continue
      const { kind } = entity.fields[name]!
      if (kind === 'ref') assert.ok(refs[key], `${entity.name} ${group} has no title`)
      const filtered = await sumsOf(entity.path, { [name]: spanOf(key, kind) })
      assert.equal(filtered.count, rows.find((row) => row.key === key)!.count, `${entity.name} by ${group}`)
    }
  const [day] = (await groups('/pos/sales', 'completedAt', { zone: 'Pacific/Kiritimati' })).rows
  const { rows: sold } = (await owner.call('GET /pos/sales', { limit: 1 })).body
  assert.equal(
    day!.key,
    Temporal.Instant.from(sold[0].completedAt).toZonedDateTimeISO('Pacific/Kiritimati').toPlainDate().toString(),
  )
  assert.equal((await owner.call('GET /pos/sales/groups', { group: 'completedAt', zone: 'Nowhere/There' })).status, 422)
  const [month] = (await groups('/inventory/moves', 'businessDay.month')).rows
  assert.match(month!.key!, /^\d{4}-\d\d$/)
  assert.equal((await owner.call('GET /pos/sales/groups', { group: 'number' })).status, 400)
  assert.equal((await owner.call('GET /inventory/stock/groups', { group: 'value' })).status, 400)
  assert.deepEqual((await groups('/pos/sales', 'place', {}, clerk)).rows, [])
})

test('stock: what lies where, also where none of it is left, for whoever may see that place', async () => {
  const stock = async (filters = {}, by = owner) =>
    ((await by.call('GET /inventory/stock', filters)).body.rows as Record<string, string | boolean | null>[]).map(
      ({ name, place, onHand, free, level, low, value }) => ({
        name,
        here: place === world.place,
        onHand,
        free,
        level,
        low,
        value,
      }),
    )
  const potHere = { name: 'Clay pot', here: true, onHand: '48000000', free: '48000000', level: null, low: false, value: '192000' }
  const potThere = { ...potHere, here: false, onHand: '0', free: '0', value: '0' }
  assert.deepEqual(await stock({ variant: pot.variant, place: world.place }), [potHere])
  const both = await stock({ q: 'clay' })
  assert.deepEqual(
    both.toSorted((a, b) => Number(b.here) - Number(a.here)),
    [potHere, potThere],
  )
  // Who works elsewhere sees neither what lies here nor what it cost.
  const theirs = await stock({}, clerk)
  assert.ok(theirs.length > 0 && theirs.every(({ here, value }) => !here && value === undefined), JSON.stringify(theirs))
  assert.ok(!('value' in (await sumsOf('/inventory/stock', {}, clerk)).sums))
  assert.equal((await clerk.call('GET /inventory/stock/groups', { group: 'place', value: '1..' })).status, 400)
  await owner.call('POST /inventory/reorder-levels', { variant: pot.variant, place: elsewhere, level: '1000000' })
  assert.deepEqual(await stock({ low: 'true' }), [{ ...potThere, level: '1000000', low: true }])
  // Page after page, no row twice and none left out.
  const seen: string[] = []
  let next: string | null = null
  do {
    const page: { rows: { id: string }[]; next: string | null } = (
      await owner.call('GET /inventory/stock', { limit: '1', ...(next && { cursor: next }) })
    ).body
    seen.push(...page.rows.map((row) => row.id))
    next = page.next
  } while (next)
  assert.equal(new Set(seen).size, (await sumsOf('/inventory/stock')).count)
})

test('lots without a date stand behind those that expire, on one page as over several', async () => {
  const line = (lotCode: string, expiresOn?: string) => ({
    variant: cup.variant,
    lotCode,
    expiresOn,
    quantity: '1000000',
    unitCost: '1000',
  })
  const lines = [line('N1'), line('N2'), line('L2', '2031-05-01'), line('L1', '2031-05-01'), line('L0', '2020-01-01')]
  const made = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'opening',
    lines,
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const whole = async (sort: string) =>
    ((await owner.call('GET /inventory/lot-stock', { sort })).body.rows as { id: string }[]).map((row) => row.id)
  for (const sort of ['expiresOn', '-expiresOn']) {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { rows, next }: { rows: { id: string }[]; next: string | null } = (
        await owner.call('GET /inventory/lot-stock', { sort, limit: '1', ...(cursor && { cursor }) })
      ).body
      seen.push(...rows.map((row) => row.id))
      cursor = next
    }
    assert.equal(seen.length, 5)
    assert.deepEqual(seen, await whole(sort))
  }
  const { rows } = (await owner.call('GET /inventory/lot-stock', {})).body as { rows: { code: string; freshness: string }[] }
  assert.deepEqual([rows[0]!.code, rows[0]!.freshness, rows[4]!.freshness], ['L0', 'expired', 'undated'])
  assert.deepEqual((await owner.call('GET /inventory/lot-stock', { freshness: 'expired,expiring' })).body.rows.length, 1)
  assert.deepEqual((await clerk.call('GET /inventory/lot-stock')).body.rows, [])
})

test('moves: found by article, place, location, paper, reason and time; what goes out has its sign', async () => {
  const moves = async (filters = {}, by = owner) =>
    (await by.call('GET /inventory/moves', { ...filters, limit: '200' })).body.rows as Record<string, string>[]
  const sold = await moves({ variant: pot.variant, documentKind: 'pos.sale' })
  assert.deepEqual(
    sold.map(({ quantity, came, went, cost, value }) => [quantity, came, went, cost, value]),
    [1, 2].map(() => ['-1000000', '0', '1000000', '4000', '-4000']),
  )
  const all = await moves()
  assert.deepEqual(
    all.map((row) => row['at']),
    all
      .map((row) => row['at'])
      .toSorted()
      .toReversed(),
  )
  for (const filters of [{ place: world.place }, { location: world.location }])
    assert.equal((await moves(filters)).length, all.length)
  assert.deepEqual(await moves({ place: elsewhere }), [])
  assert.deepEqual(await moves({ businessDay: '2020-01-01..2020-12-31' }), [])
  assert.deepEqual(await moves({}, clerk), [])
  const { sums } = await sumsOf('/inventory/moves')
  const worth = (await sumsOf('/inventory/stock')).sums.value
  assert.equal(sums.value, worth, 'what moved adds up to what lies there')
})

test('stock and moves are filtered by who offers the article now, by those who may know that', async () => {
  const mill = await aSupplier(owner, 'Another Mill')
  const offer = async (by: string, { variant }: typeof pot) =>
    (await owner.call('POST /sourcing/offers', { supplier: by, variant })).body.id as string
  await offer(mill, pot)
  await offer(supplier, pot)
  const cups = await offer(mill, cup)
  const names = async (path: string, filters: object, by = owner) =>
    [...new Set(((await by.call(`GET ${path}`, filters)).body.rows as { name: string }[]).map((row) => row.name))].sort()
  for (const path of ['/inventory/stock', '/inventory/moves']) {
    assert.deepEqual(await names(path, { supplier: mill }), ['Clay pot', 'Tin cup'], path)
    assert.deepEqual(await names(path, { supplier: `${mill},${supplier}` }), ['Clay pot', 'Tin cup'], path)
    assert.deepEqual(await names(path, { supplier }), ['Clay pot'], path)
    assert.deepEqual(await sumsOf(path, { supplier }), await sumsOf(path, { variant: pot.variant }), path)
    const refused = await clerk.call(`GET ${path}`, { supplier })
    assert.deepEqual([refused.status, refused.body.code], [400, 'kit.unknownField'], path)
  }
  assert.equal((await owner.call(`POST /sourcing/offers/${cups}/archival`)).status, 201)
  assert.deepEqual(await names('/inventory/stock', { supplier: mill }), ['Clay pot'])
})

test('a page of a long ledger of goods is read from its index, at its beginning and far within', async () => {
  const { pool } = world.database
  await pool.query(`insert into inventory_move (id, at, business_day, variant, from_location, to_location, quantity, cost, document_kind, document)
    select uuidv7(), timestamptz '2025-01-01' + n * interval '1 minute', date '2025-01-01', m.variant, m.from_location, m.to_location, m.quantity, m.cost, m.document_kind, m.document
    from generate_series(1, 20000) n cross join (select * from inventory_move order by id limit 1) m`)
  await pool.query('analyze inventory_move')
  const client = await pool.connect()
  try {
    for (const after of ['', `where (t.at, t.id) < (timestamptz '2025-01-10', '00000000-0000-7000-8000-000000000000'::uuid)`]) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select t.* from inventory_move_list t ${after} order by t.at desc, t.id desc limit 51`,
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      assert.match(plan, /Index Scan using inventory_move_at/)
      assert.doesNotMatch(plan, /Seq Scan on inventory_move |Sort Key/)
    }
  } finally {
    client.release()
  }
})

test('the list of products has their price and what can be sold of them, for whoever may see that', async () => {
  const found = async (by: typeof owner) =>
    ((await by.call('GET /catalog/products', { q: 'Clay pot' })).body.rows as Record<string, unknown>[])[0]!
  const seen = await found(owner)
  assert.deepEqual(seen['prices'], { least: '11600', most: '11600', unit: null })
  // Two of fifty were sold.
  assert.equal(seen['free'], '48000000')
  // At their store none of it lies.
  assert.ok(['0', undefined].includes((await found(clerk))['free'] as string | undefined))
})

test('what somebody does not see puts no list in order for them, and finds no row', async () => {
  const [keeper, viewer] = [server.client(), server.client()]
  await accept(keeper, await anInvitation(owner, 'keeper@example.com', [{ role: 'stockKeeper', place: world.place }]))
  await accept(viewer, await anInvitation(owner, 'viewer@example.com', [{ role: 'viewer', place: world.place }]))
  const tried = new Set<string>()
  const cursor = Buffer.from(JSON.stringify(['5000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])).toString('base64url')
  for (const who of [keeper, viewer, clerk]) {
    const { permissions } = (await who.call('GET /session')).body as { permissions: Record<string, unknown> }
    for (const { name, path, can, fields, sort, filters = [] } of declaredEntities.values()) {
      const hides = (field: string) => {
        const { seenBy, personal } = fields[field] ?? {}
        return [seenBy, personal].some((one) => one && !(one in permissions))
      }
      if (!(can.read in permissions)) continue
      assert.equal((await who.call(`GET ${path}`)).status, 200, name)
      const orders = sort.filter((one) => hides(one.replace(/^-/, '')))
      const ways = [
        ...orders.flatMap((one) => [{ sort: one }, { sort: one, cursor }]),
        ...filters.filter((one) => hides(one) && !fields[one]!.findable).map((one) => ({ [one]: '5000' })),
      ]
      for (const asked of ways) {
        const { status, body } = await who.call(`GET ${path}`, asked)
        assert.deepEqual([status, body.code], [400, 'kit.unknownField'], `${name} ${JSON.stringify(asked)}`)
        tried.add(`${name} ${Object.keys(asked)[0]}`)
      }
    }
  }
  assert.ok(tried.has('sourcing.offer sort'), [...tried].join())
  assert.equal((await owner.call('GET /sourcing/offers', { sort: 'price', cursor })).status, 200)
})

test('what a list adds up to is told however much it is', async () => {
  // Ten thousand times the largest quantity: more than the numbers of the database hold.
  await world.database.pool
    .query(`insert into inventory_move (id, at, business_day, variant, from_location, to_location, quantity, cost, document_kind, document)
    select uuidv7(), timestamptz '2024-01-01', date '2024-01-01', m.variant, m.from_location, m.to_location, 1000000000000000, 10000000000000, m.document_kind, m.document
    from generate_series(1, 10000) n cross join (select * from inventory_move order by id limit 1) m`)
  const then = { businessDay: '2024-01-01' }
  const { sums } = await sumsOf('/inventory/moves', then)
  assert.equal(sums.came, `1${'0'.repeat(19)}`)
  const groups = await owner.call('GET /inventory/moves/groups', { ...then, group: 'businessDay' })
  assert.deepEqual([groups.status, groups.body.rows[0].sums.came], [200, sums.came])
})
