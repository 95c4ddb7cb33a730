import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { tallyStockCount } from './counting.commands.ts'
import { postStockCount, reviewStockCount, startStockCount } from './stock-count.commands.ts'

type Run = (ctx: Ctx, input: object) => Promise<unknown>
const endpoint = (name: string) => declaredEndpoints.get(name) as unknown as Run
const world = await aCompany()
/** A company that no server asks: what its database is asked is what a command asks. */
const big = await aCompany()
let asked = 0
const watched = new WeakSet<object>()
big.database.pool.on('acquire', (client) => {
  if (watched.has(client)) return
  watched.add(client)
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  Object.assign(client, {
    query: (...given: unknown[]) => {
      asked += 1
      return query(...given)
    },
  })
})
const server = await aServer(world.url)
const owner = server.client(world.cookie)
await anOpenTill(world)
const ONE = 1_000_000n
const units = (n: number | bigint) => String(BigInt(n) * ONE)
const cash = ((await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]).find(
  (one) => one.kind === 'cash',
)!.id
async function person(role: string, place: string): Promise<Client> {
  const client = server.client()
  await accept(client, await anInvitation(owner, `${role}-${newId()}@example.com`, [{ role: role as 'manager', place }]))
  return client
}
const keeper = await person('stockKeeper', world.place)
const cashier = await person('cashier', world.place)
const branch = (
  await owner.call('POST /places', { name: 'Westlands', code: 'WL', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string
const stranger = await person('manager', branch)

interface Line {
  readonly id: string
  readonly variant: string
  readonly name: string
  readonly round: number
  readonly counted: string | null
  readonly expected: string | null
}
const at = (id: string, rest = '') => `/inventory/stock-counts/${id}${rest}`
const show = async (id: string, by = owner) => (await by.call(`GET ${at(id)}`)).body as { row: Answer['body']; lines: Line[] }
const act = (id: string, verb: string, more: object = {}, by = owner, headers = {}) =>
  by.call(`POST ${at(id, `/${verb}`)}`, more, headers)
const done = (answer: Answer): Answer['body'] => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
/** A count of these articles, under way. */
async function aCount(...variants: { variant: string }[]): Promise<{ id: string; lines: Map<string, string> }> {
  const { id } = done(
    await owner.call('POST /inventory/stock-counts', {
      location: world.location,
      covers: 'chosen',
      lines: variants.map(({ variant }) => ({ variant })),
    }),
  )
  done(await act(id, 'start'))
  return { id, lines: new Map((await show(id)).lines.map((line) => [line.variant, line.id])) }
}
const tally = (id: string, by: Client, line: string, quantity: bigint | number | null, more: object = {}, round = 1) =>
  by.call(`POST ${at(id, '/tallies')}`, {
    round,
    tallies: [
      {
        id: newId(),
        line,
        quantity: quantity === null ? null : units(quantity),
        countedAt: Temporal.Now.instant().toString(),
        ...more,
      },
    ],
  })
const onHand = async (variant: string) => {
  const { rows } = await world.database.pool.query<{ n: bigint }>(
    'select coalesce(sum(on_hand), 0)::bigint as n from inventory_balance where variant = $1',
    [variant],
  )
  return rows[0]!.n / ONE
}
const inOrder = async () => {
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
}
async function sell(pot: { variant: string; price: string }, quantity: bigint): Promise<void> {
  const total = String(BigInt(pot.price) * quantity)
  done(
    await owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: pot.variant, quantity: units(quantity), listPrice: pot.price }],
      total,
      tenders: [{ method: cash, given: total }],
    }),
  )
}

test('opened, counted by two, reviewed, one line again, posted: the shelf, the books and the paper agree', async () => {
  const pot = await aProduct(world, 'Clay pot', 10_000n, 100, 4_000n)
  const cup = await aProduct(world, 'Tin cup', 3_000n, 20, 1_000n)
  const lid = await aProduct(world, 'Tin lid', 1_000n, 8, 500n)
  const { id, lines } = await aCount(pot, cup, lid)
  const of = (one: { variant: string }) => lines.get(one.variant)!
  done(await tally(id, owner, of(pot), 60))
  done(await tally(id, keeper, of(pot), 38))
  done(await tally(id, keeper, of(cup), 12))
  // A mistake is put right by saying it again; nobody else’s figure is touched.
  done(await tally(id, owner, of(pot), 61))
  done(await act(id, 'review'))
  const seen = done(await owner.call(`GET ${at(id, '/differences')}`))
  const row = (one: { variant: string }) => seen.rows.find((row: { variant: string }) => row.variant === one.variant)
  assert.deepEqual(
    [row(pot).counted, row(pot).expected, row(pot).difference, row(pot).value, row(pot).by.length],
    [units(99), units(100), units(-1), '-4000', 2],
  )
  assert.deepEqual([row(lid).counted, row(lid).difference, row(lid).expected], [null, '0', units(8)])
  assert.deepEqual([seen.found, seen.missing], ['0', '-12000'])
  done(await act(id, 'recount', { lines: [of(cup)] }))
  const again = await show(id)
  assert.deepEqual([again.row.state, again.row.round, again.lines.find((line) => line.id === of(cup))!.round], ['counting', 2, 2])
  const refused = await tally(id, keeper, of(pot), 5, {}, 2)
  assert.deepEqual([refused.status, refused.body.code], [409, 'inventory.stockCount.notAsked'])
  const late = await tally(id, keeper, of(cup), 12)
  assert.deepEqual([late.status, late.body.code], [409, 'inventory.stockCount.otherRound'])
  done(await tally(id, keeper, of(cup), 19, {}, 2))
  done(await act(id, 'review'))
  const review = done(await act(id, 'post', {}, owner, { review: 'true' }))
  assert.deepEqual(
    review.effects.map((one: { title: string }) => one.title),
    ['review.goods', 'review.books'],
  )
  assert.equal((await show(id)).row.state, 'reviewed')
  done(await act(id, 'post'))
  assert.deepEqual([await onHand(pot.variant), await onHand(cup.variant), await onHand(lid.variant)], [99n, 19n, 8n])
  const posted = await show(id)
  assert.deepEqual([posted.row.state, posted.row.value], ['posted', '-5000'])
  const line = posted.lines.find((one) => one.variant === pot.variant)!
  assert.deepEqual([line.counted, line.expected], [units(99), units(100)])
  const paper = done(await owner.call(`GET /inventory/documents/${posted.row.paper}`))
  assert.deepEqual([paper.row.kind, paper.stockCount.id, paper.lines.length], ['count', id, 2])
  await inOrder()
  // Taken back from the paper itself, as any other.
  done(
    await owner.call(`POST /inventory/documents/${posted.row.paper}/reversal`, {
      newDocument: newId(),
      reason: 'The wrong shelf',
    }),
  )
  assert.deepEqual([await onHand(pot.variant), await onHand(cup.variant)], [100n, 20n])
  await inOrder()
})

test('[M1] counted 100, sold 20, then posted: 80 lie there and nothing was found; two missing stay two', async () => {
  const jar = await aProduct(world, 'Water jar', 2_000n, 100, 900n)
  const pan = await aProduct(world, 'Iron pan', 5_000n, 50, 2_000n)
  const { id, lines } = await aCount(jar, pan)
  done(await tally(id, keeper, lines.get(jar.variant)!, 100))
  done(await tally(id, keeper, lines.get(pan.variant)!, 48))
  await sell(jar, 20n)
  await sell(pan, 5n)
  done(await act(id, 'review'))
  const { rows } = done(await owner.call(`GET ${at(id, '/differences')}`))
  const jarRow = rows.find((row: { variant: string }) => row.variant === jar.variant)
  assert.deepEqual([jarRow.expected, jarRow.since, jarRow.difference], [units(100), units(-20), '0'])
  await sell(jar, 1n)
  done(await act(id, 'post'))
  assert.deepEqual([await onHand(jar.variant), await onHand(pan.variant)], [79n, 43n])
  assert.equal((await show(id)).row.value, '-4000')
  await inOrder()
})

test('blind on the wire: while it is counted nobody is told what should be there, nor what others found', async () => {
  const bowl = await aProduct(world, 'Wooden bowl', 7_000n, 73_137, 1_234n)
  const { id, lines } = await aCount(bowl)
  const line = lines.get(bowl.variant)!
  done(await tally(id, owner, line, 41_239))
  for (const who of [keeper, cashier, owner]) {
    const told = JSON.stringify([
      await who.call(`GET ${at(id)}`),
      await who.call(`GET ${at(id, '/history')}`),
      await who.call('GET /inventory/stock-counts'),
      await who.call(`GET ${at(id, '/goods')}?q=bowl`),
      ...(who === owner ? [] : [await who.call(`GET ${at(id, '/progress')}`)]),
    ])
    assert.doesNotMatch(told, /73137|41239/)
  }
  assert.deepEqual((await owner.call(`GET ${at(id, '/differences')}`)).body, { rows: [], found: null, missing: null })
  assert.equal((await act(id, 'post', {}, owner, { review: 'true' })).status, 409)
  const { rows } = done(await keeper.call(`GET ${at(id, '/progress')}`))
  assert.deepEqual([rows[0].line, rows[0].mine, rows[0].by.length], [line, null, 1])
  assert.equal(done(await owner.call(`GET ${at(id, '/progress')}`)).rows[0].mine, units(41_239))
  done(await act(id, 'review'))
  // Who may not adjust stock is told no difference either.
  assert.equal((await cashier.call(`GET ${at(id, '/differences')}`)).status, 403)
  done(await act(id, 'recount', { lines: [line] }))
  assert.deepEqual(done(await keeper.call(`GET ${at(id, '/progress')}`)).rows, [])
  done(await act(id, 'cancel', { reason: 'Only a try' }))
})

test('rights: who only looks counts nothing, who works elsewhere finds nothing', async () => {
  const spoon = await aProduct(world, 'Spoon', 700n, 5, 100n)
  const { id, lines } = await aCount(spoon)
  const line = lines.get(spoon.variant)!
  assert.equal((await tally(id, cashier, line, 1)).status, 403)
  assert.equal((await act(id, 'review', {}, cashier)).status, 403)
  assert.equal((await tally(id, stranger, line, 1)).status, 404)
  for (const verb of ['review', 'cancel']) assert.equal((await act(id, verb, { reason: 'Not mine' }, stranger)).status, 404)
  assert.equal((await stranger.call(`POST ${at(id, '/lines')}`, { variant: spoon.variant })).status, 404)
  for (const path of ['', '/progress', '/goods', '/differences', '/history'])
    assert.equal((await stranger.call(`GET ${at(id, path)}`)).status, 404, path)
  const elsewhere = await stranger.call('POST /inventory/stock-counts', {
    location: world.location,
    covers: 'everything',
    lines: [],
  })
  assert.equal(elsewhere.status, 404)
  done(await act(id, 'cancel', { reason: 'Only a try' }))
})

test('a device that sends again what it never heard of adds nothing; two at once both count', async () => {
  const fork = await aProduct(world, 'Fork', 700n, 30, 100n)
  const { id, lines } = await aCount(fork)
  const line = lines.get(fork.variant)!
  const again = newId()
  await Promise.all([
    ...Array.from({ length: 4 }, () => tally(id, owner, line, 10, { id: again })),
    ...Array.from({ length: 4 }, (_, n) =>
      tally(id, keeper, line, 20 + n, { countedAt: Temporal.Now.instant().add({ milliseconds: n }).toString() }),
    ),
  ]).then((all) => all.map(done))
  const { rows } = await world.database.pool.query(
    'select count(*)::int as n from inventory_stock_count_tally where stock_count = $1',
    [id],
  )
  assert.equal(rows[0].n, 5)
  done(await act(id, 'review'))
  const { rows: seen } = done(await owner.call(`GET ${at(id, '/differences')}`))
  assert.equal(seen[0].by.length, 2)
  assert.equal(BigInt(seen[0].counted) / ONE >= 30n, true)
  // Too late: what a device still holds is not lost without a word.
  const late = await tally(id, keeper, line, 9)
  assert.deepEqual([late.status, late.body.code], [409, 'kit.wrongStep'])
  // Two post at once: once.
  const posts = await Promise.all([act(id, 'post'), act(id, 'post', {}, keeper), act(id, 'post')])
  assert.deepEqual(posts.map((one) => one.status).toSorted(), [201, 409, 409])
  const papers = await world.database.pool.query(
    'select count(*)::int as n from inventory_move where variant = $1 and reason = $2',
    [fork.variant, 'count'],
  )
  assert.ok(papers.rows[0].n <= 1)
  await inOrder()
})

test('goods that are on one count are not begun on another at the same shelf; cancelled, they are free', async () => {
  const lamp = await aProduct(world, 'Oil lamp', 2_000n, 10, 900n)
  const wick = await aProduct(world, 'Wick', 200n, 10, 90n)
  const first = await aCount(lamp)
  const other = done(
    await owner.call('POST /inventory/stock-counts', {
      location: world.location,
      covers: 'chosen',
      lines: [{ variant: wick.variant }, { variant: lamp.variant }],
    }),
  )
  const refused = await act(other.id, 'start')
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.details.id],
    [409, 'inventory.stockCount.alsoCounted', first.id],
  )
  assert.match(refused.body.message, /Oil lamp.*SC-/)
  // Nor found on the shelf while counting.
  const second = await aCount(wick)
  const found = await keeper.call(`POST ${at(second.id, '/lines')}`, { variant: lamp.variant })
  assert.equal(found.body.code, 'inventory.stockCount.alsoCounted')
  done(await act(first.id, 'cancel', { reason: 'Wrong shelf' }))
  const lines = await Promise.all([1, 2, 3].map(() => keeper.call(`POST ${at(second.id, '/lines')}`, { variant: lamp.variant })))
  assert.equal(new Set(lines.map((one) => done(one).line)).size, 1)
  // Two counts of the same goods that begin at once: one of them.
  done(await act(second.id, 'cancel', { reason: 'Done with it' }))
  const both = await Promise.all(
    [1, 2].map(async () =>
      done(
        await owner.call('POST /inventory/stock-counts', {
          location: world.location,
          covers: 'chosen',
          lines: [{ variant: lamp.variant }],
        }),
      ),
    ),
  )
  const started = await Promise.all(both.map((one) => act(one.id, 'start')))
  assert.deepEqual(started.map((one) => one.status).toSorted(), [201, 409])
  for (const one of both) await act(one.id, 'cancel', { reason: 'Done with it' })
})

test('what nobody counted stays, or is said to be gone, by line or all at once; what was counted is not', async () => {
  const [a, b, c] = [
    await aProduct(world, 'Mat A', 900n, 3, 100n),
    await aProduct(world, 'Mat B', 900n, 4, 100n),
    await aProduct(world, 'Mat C', 900n, 5, 100n),
  ]
  const { id, lines } = await aCount(a!, b!, c!)
  const empty = await act(id, 'review')
  assert.equal(empty.body.code, 'inventory.stockCount.nothingCounted')
  done(await tally(id, keeper, lines.get(a.variant)!, 3))
  done(await act(id, 'review'))
  const before = (await show(id)).row.version
  done(await act(id, 'uncounted', { isGone: true }))
  done(await act(id, 'uncounted', { isGone: false, lines: [lines.get(c.variant)!] }))
  const wrong = await act(id, 'uncounted', { isGone: true, lines: [lines.get(a.variant)!] })
  assert.equal(wrong.body.code, 'inventory.stockCount.isCounted')
  // Whoever posts what looked otherwise when they read it is told so.
  assert.equal((await act(id, 'post', { ifMatch: before })).body.code, 'kit.changedMeanwhile')
  // What came after it was said to be gone is there.
  done(
    await owner.call('POST /inventory/documents/receive', {
      kind: 'receipt',
      id: newId(),
      location: world.location,
      reason: 'opening',
      lines: [{ variant: b.variant, quantity: units(2), unitCost: '100' }],
    }),
  )
  done(await act(id, 'post'))
  assert.deepEqual([await onHand(a.variant), await onHand(b.variant), await onHand(c.variant)], [3n, 2n, 5n])
  await inOrder()
})

test('a category is counted with those below it; what comes before the start is on it, each lot by itself', async () => {
  const food = done(await owner.call('POST /catalog/categories', { name: 'Food' })).id
  const dairy = done(await owner.call('POST /catalog/categories', { name: 'Dairy', parent: food })).id
  const milk = await aProduct(world, 'Milk', 900n, 0, 100n)
  const oil = await aProduct(world, 'Oil', 900n, 3, 100n)
  for (const [one, category] of [
    [milk, dairy],
    [oil, food],
  ] as const)
    done(await owner.call(`PATCH /catalog/products/${one.product}`, { category }))
  const missing = await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'category', lines: [] })
  assert.equal(missing.body.code, 'inventory.stockCount.chooseCategory')
  const { id } = done(
    await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'category', category: food, lines: [] }),
  )
  assert.deepEqual(
    (await show(id)).lines.map((line) => line.name),
    ['Oil'],
  )
  done(
    await owner.call('POST /inventory/documents/receive', {
      kind: 'receipt',
      id: newId(),
      location: world.location,
      reason: 'opening',
      lines: ['L1', 'L2'].map((lotCode) => ({ variant: milk.variant, quantity: units(2), unitCost: '100', lotCode })),
    }),
  )
  done(await act(id, 'start'))
  const { lines, refs } = (await owner.call(`GET ${at(id)}`)).body
  assert.deepEqual(
    lines.map((line: { name: string; lot: string }) => [line.name, refs[line.lot] ?? null]),
    [
      ['Oil', null],
      ['Milk', 'L1'],
      ['Milk', 'L2'],
    ],
  )
  done(await act(id, 'cancel', { reason: 'Only a try' }))
})

test('what is counted is changed while nobody counts yet, by whoever read it last; then no more', async () => {
  const [rug, vase] = [await aProduct(world, 'Rug', 900n, 3, 100n), await aProduct(world, 'Vase', 900n, 4, 100n)]
  await aProduct(world, 'Wardrobe', 900n, 1, 100n)
  const head = { location: world.location, covers: 'chosen' }
  const { id } = done(await owner.call('POST /inventory/stock-counts', { ...head, lines: [{ variant: rug.variant }] }))
  const change = (changes: object, by = owner, version = 1) =>
    by.call(`PATCH ${at(id)}`, changes, { 'if-match': String(version) })
  const names = async () => (await show(id)).lines.map((line) => line.name)
  const [kept] = (await show(id)).lines
  done(await change({ note: 'Top shelf' }))
  assert.deepEqual([(await show(id)).row.note, await names()], ['Top shelf', ['Rug']])
  assert.equal((await change({ note: 'Other' }, keeper)).body.code, 'kit.changedMeanwhile')
  done(await change({ lines: [{ variant: rug.variant }, { variant: vase.variant }] }, keeper, 2))
  assert.deepEqual(await names(), ['Rug', 'Vase'])
  assert.equal((await show(id)).lines[0]!.id, kept!.id)
  assert.equal((await change({ note: 'Mine' }, cashier, 3)).status, 403)
  assert.equal((await change({ note: 'Mine' }, stranger, 3)).status, 404)
  done(await change({ covers: 'everything', lines: [] }, owner, 3))
  assert.ok((await names()).length > 2)
  done(await change({ covers: 'chosen', lines: [{ variant: vase.variant }] }, owner, 4))
  done(await act(id, 'start'))
  const late = await change({ note: 'Too late' }, owner, 6)
  assert.equal(late.status, 409, JSON.stringify(late.body))
  done(await act(id, 'cancel', { reason: 'Only a try' }))
  assert.deepEqual([await onHand(rug.variant), await onHand(vase.variant)], [3n, 4n])
})

test('5,000 lines are opened, counted and posted in as many questions to the database as five', async () => {
  const { variant } = await aProduct(big, 'Nail', 900n, 0, 100n)
  await big.database.pool.query(
    `insert into catalog_variant select r.* from catalog_variant v, generate_series(1, 4999) n,
       jsonb_populate_record(v, jsonb_build_object('id', uuidv7(), 'name', 'Nail ' || n, 'sku', 'N' || n, 'option_values', array[n::text])) r
     where v.id = $1`,
    [variant],
  )
  // Nothing has lain there yet, so all articles are on it; found by the first, missed by the second.
  const many = await countedWhole({ covers: 'everything' }, 2n)
  const fewer = await countedWhole({ covers: 'category', category: await aCategory() }, 1n)
  const few = await countedWhole({ covers: 'chosen', lines: [{ variant }] }, 1n)
  assert.deepEqual([few.lines, many.lines, fewer.lines], [1, 5000, 5000])
  assert.ok(many.asked <= few.asked + 12 && fewer.asked <= few.asked + 12, JSON.stringify([few, many, fewer]))
  const { rows } = await big.database.pool.query<{ n: bigint }>('select sum(on_hand)::bigint as n from inventory_balance')
  assert.equal(rows[0]!.n, 5000n * ONE)
})

async function aCategory(): Promise<string> {
  const { id } = (await endpoint('catalog.category.create')(big.ctx(), { name: 'Nails' })) as { id: string }
  await big.database.pool.query('update catalog_product set category = $1', [id])
  return id
}

/** Opens, counts and posts; so many of each line are found. @returns its lines, and how much the database was asked */
async function countedWhole(head: object, found: bigint): Promise<{ lines: number; asked: number }> {
  asked = 0
  const { id } = (await endpoint('inventory.stockCount.create')(big.ctx(), { location: big.location, lines: [], ...head })) as {
    id: string
  }
  await startStockCount(big.ctx(), { id })
  const { rows: lines } = await big.database.pool.query<{ id: string }>(
    'select id from inventory_stock_count_line where document = $1',
    [id],
  )
  const before = asked
  for (let from = 0; from < lines.length; from += 500)
    await tallyStockCount(big.ctx(), {
      id,
      round: 1,
      tallies: lines.slice(from, from + 500).map((line) => ({
        id: newId(),
        line: line.id,
        quantity: String(found * ONE) as never,
        countedAt: Temporal.Now.instant().toString(),
      })),
    })
  const tallied = asked - before
  await reviewStockCount(big.ctx(), { id })
  await postStockCount(big.ctx(), { id })
  return { lines: lines.length, asked: asked - tallied }
}
