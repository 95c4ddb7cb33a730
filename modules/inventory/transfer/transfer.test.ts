import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { transferPaper } from './transfer.routes.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const ONE = 1_000_000n

const branch = (
  await owner.call('POST /places', { name: 'Westlands', code: 'WL', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string
const shelf = (await owner.call('GET /inventory/locations', { place: branch })).body.rows[0].id as string
async function person(role: string, place: string): Promise<Client> {
  const client = server.client()
  await accept(client, await anInvitation(owner, `${role}-${newId()}@example.com`, [{ role: role as 'manager', place }]))
  return client
}
const [sender, receiver] = [await person('manager', world.place), await person('manager', branch)]

const aTransfer = (by: Client, lines: readonly { variant: string; quantity: number }[], more: object = {}) =>
  by.call('POST /inventory/transfers', {
    id: newId(),
    location: world.location,
    toLocation: shelf,
    lines: lines.map(({ variant, quantity }) => ({ variant, quantity: String(BigInt(quantity) * ONE) })),
    ...more,
  })
const act = (by: Client, id: string, verb: string, more: object = {}, headers = {}) =>
  by.call(`POST /inventory/transfers/${id}/${verb}`, more, headers)
const show = async (id: string, by = owner) => (await by.call(`GET /inventory/transfers/${id}`)).body
const of = (line: string, quantity: number, more: { damaged?: number; missing?: number } = {}) => ({
  line,
  quantity: String(BigInt(quantity) * ONE),
  ...(more.damaged && { damaged: String(BigInt(more.damaged) * ONE) }),
  ...(more.missing && { missing: String(BigInt(more.missing) * ONE) }),
})
const at = async (variant: string, location: string) => {
  const { rows } = await world.database.pool.query<{ hand: bigint; reserved: bigint; value: bigint }>(
    `select coalesce(sum(on_hand), 0)::bigint as hand, coalesce(sum(reserved), 0)::bigint as reserved, coalesce(sum(value), 0)::bigint as value
     from inventory_balance where variant = $1 and location = $2`,
    [variant, location],
  )
  const { hand, reserved, value } = rows[0]!
  return [hand / ONE, reserved / ONE, value]
}
const balanceOf = async (part: string) => {
  const { rows } = await world.database.pool.query<{ n: bigint }>(
    `select coalesce(sum(b.debit - b.credit), 0)::bigint as n from ledger_balance b join ledger_account a on a.id = b.account where a.part = $1`,
    [part],
  )
  return rows[0]!.n
}
const inOrder = async () => {
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
}
/** Sent, with the id of its line. */
async function onItsWay(variant: string, quantity: number): Promise<{ id: string; line: string }> {
  const { body } = await aTransfer(receiver, [{ variant, quantity }])
  for (const verb of ['approve', 'dispatch']) {
    const answer = await act(sender, body.id, verb)
    assert.equal(answer.status, 201, `${verb}: ${JSON.stringify(answer.body)}`)
  }
  return { id: body.id, line: (await show(body.id)).lines[0].id }
}

test('[C28] asked for, kept aside, sent, seven whole, two damaged, one missing: nothing stays in transit', async () => {
  const pot = await aProduct(world, 'Clay pot', 10_000n, 50, 100n)
  const asked = await aTransfer(receiver, [{ variant: pot.variant, quantity: 10 }])
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  const { id } = asked.body
  // Both ends see it, and who asked approves nothing.
  assert.equal((await show(id, sender)).row.number, asked.body.number)
  assert.equal((await act(receiver, id, 'approve')).status, 404)
  assert.equal((await act(sender, id, 'approve')).status, 201)
  assert.deepEqual(await at(pot.variant, world.location), [50n, 10n, 5_000n])
  const review = await act(sender, id, 'dispatch', {}, { review: 'true' })
  assert.deepEqual(
    review.body.effects.map((one: { title: string; rows: unknown[] }) => [one.title, one.rows.length]),
    [
      ['review.goods', 1],
      ['review.books', 2],
    ],
  )
  assert.equal((await act(sender, id, 'dispatch')).status, 201)
  assert.deepEqual(await at(pot.variant, world.location), [40n, 0n, 4_000n])
  assert.equal(await balanceOf('inTransit'), 1_000n)

  const line = (await show(id)).lines[0].id
  const silent = await act(receiver, id, 'receive', { receipt: newId(), lines: [of(line, 7, { missing: 1 })] })
  assert.deepEqual([silent.status, silent.body.code], [422, 'inventory.transfer.sayWhy'])
  const first = await act(receiver, id, 'receive', { receipt: newId(), lines: [of(line, 7)] })
  assert.deepEqual([first.status, first.body.state], [201, 'partlyReceived'], JSON.stringify(first.body))
  assert.deepEqual([await at(pot.variant, shelf), await balanceOf('inTransit')], [[7n, 0n, 700n], 300n])
  const tooMuch = await act(receiver, id, 'receive', { receipt: newId(), lines: [of(line, 4)] })
  assert.deepEqual([tooMuch.status, tooMuch.body.code], [422, 'inventory.transfer.tooMuch'])
  const reason = 'Fell off the van'
  const last = await act(receiver, id, 'receive', { receipt: newId(), reason, lines: [of(line, 0, { damaged: 2, missing: 1 })] })
  assert.deepEqual([last.status, last.body.state], [201, 'received'], JSON.stringify(last.body))
  assert.deepEqual(
    [await at(pot.variant, shelf), await balanceOf('inTransit'), await balanceOf('stockLoss')],
    [[7n, 0n, 700n], 0n, 100n],
  )
  const shown = await show(id)
  assert.deepEqual(
    [
      shown.lines[0].received,
      shown.lines[0].damaged,
      shown.lines[0].missing,
      shown.receipts.at(-1).reason,
      shown.receipts.length,
    ],
    [String(7n * ONE), String(2n * ONE), String(ONE), reason, 2],
  )
  await inOrder()
})

test('cancelled before it is sent, the goods are on sale again; called back on the way, they lie where they came from', async () => {
  const pot = await aProduct(world, 'Iron pot', 10_000n, 20, 333n)
  const { body } = await aTransfer(receiver, [{ variant: pot.variant, quantity: 20 }])
  await act(sender, body.id, 'approve')
  assert.deepEqual(await at(pot.variant, world.location), [20n, 20n, 6_660n])
  assert.equal((await act(receiver, body.id, 'cancel', { reason: 'Not needed any more' })).status, 201)
  assert.deepEqual(await at(pot.variant, world.location), [20n, 0n, 6_660n])

  const sent = await onItsWay(pot.variant, 9)
  await act(receiver, sent.id, 'receive', { receipt: newId(), lines: [of(sent.line, 4)] })
  const back = await act(sender, sent.id, 'recall', { reason: 'The road is closed' })
  assert.deepEqual([back.status, back.body.state], [201, 'cancelled'], JSON.stringify(back.body))
  assert.deepEqual(
    [await at(pot.variant, world.location), await at(pot.variant, shelf)],
    [
      [16n, 0n, 5_328n],
      [4n, 0n, 1_332n],
    ],
  )
  assert.equal(await balanceOf('inTransit'), 0n)
  await inOrder()
})

test('a rejected request keeps nothing, and what is kept aside is sold to nobody', async () => {
  const pot = await aProduct(world, 'Tin pot', 10_000n, 5, 100n)
  const rejected = await aTransfer(receiver, [{ variant: pot.variant, quantity: 5 }])
  assert.equal((await act(sender, rejected.body.id, 'reject', { reason: 'We need them here' })).status, 201)
  assert.deepEqual(await at(pot.variant, world.location), [5n, 0n, 500n])
  const [one, other] = [
    await aTransfer(receiver, [{ variant: pot.variant, quantity: 3 }]),
    await aTransfer(receiver, [{ variant: pot.variant, quantity: 3 }]),
  ]
  const answers = await Promise.all([act(sender, one.body.id, 'approve'), act(sender, other.body.id, 'approve')])
  assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [201, 409])
  assert.deepEqual(await at(pot.variant, world.location), [5n, 3n, 500n])
})

test('sent and received by several at the same moment: once', async () => {
  const pot = await aProduct(world, 'Glass pot', 10_000n, 30, 100n)
  const { body } = await aTransfer(receiver, [{ variant: pot.variant, quantity: 30 }])
  await act(sender, body.id, 'approve')
  const sent = await Promise.all(Array.from({ length: 4 }, () => act(sender, body.id, 'dispatch')))
  assert.deepEqual(sent.map((one) => one.status).toSorted(), [201, 409, 409, 409])
  const line = (await show(body.id)).lines[0].id
  const came = await Promise.all(
    Array.from({ length: 4 }, () => act(receiver, body.id, 'receive', { receipt: newId(), lines: [of(line, 30)] })),
  )
  assert.equal(came.filter((one) => one.status === 201).length, 1, JSON.stringify(came.map((one) => one.body)))
  assert.deepEqual(
    [await at(pot.variant, world.location), await at(pot.variant, shelf)],
    [
      [0n, 0n, 0n],
      [30n, 0n, 3_000n],
    ],
  )
  await inOrder()
})

test('who works at neither end sees nothing and does nothing', async () => {
  const pot = await aProduct(world, 'Paper pot', 10_000n, 5, 100n)
  const third = (
    await owner.call('POST /places', { name: 'Thika', code: 'TH', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  ).body.id as string
  const stranger = await person('manager', third)
  const { id } = (await aTransfer(receiver, [{ variant: pot.variant, quantity: 1 }])).body
  assert.equal((await stranger.call(`GET /inventory/transfers/${id}`)).status, 404)
  for (const verb of ['approve', 'dispatch', 'receive', 'recall', 'cancel', 'reject'])
    assert.equal(
      (await act(stranger, id, verb, { reason: 'Just because', receipt: newId(), lines: [of(newId(), 1)] })).status,
      404,
      verb,
    )
  assert.equal((await aTransfer(stranger, [{ variant: pot.variant, quantity: 1 }])).status, 404)
  assert.ok(!(await stranger.call('GET /inventory/transfers')).body.rows.some((row: { id: string }) => row.id === id))
})

test('the paper of a transfer says what is picked and from where to where, in each language; a third store sees none', async () => {
  const pot = await aProduct(world, 'Copper pot', 10_000n, 20, 4_000n)
  const id = (
    await aTransfer(receiver, [{ variant: pot.variant, quantity: 3 }], { neededOn: '2026-12-24', note: 'Handle with care' })
  ).body.id
  const third = (
    await owner.call('POST /places', { name: 'Karen', code: 'KA', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  ).body.id as string
  const stranger = await person('manager', third)
  const paper = (by: Client, locale: string) =>
    fetch(`${server.base}/api/inventory/transfers/${id}/paper.pdf?locale=${locale}`, {
      headers: { cookie: `__Host-duka=${by.cookie}` },
    })
  for (const locale of ['en', 'ar', 'sw']) {
    const answer = await paper(sender, locale)
    assert.equal(answer.status, 200)
    const content = Buffer.from(await answer.arrayBuffer())
    assert.equal(content.subarray(0, 5).toString(), '%PDF-')
  }
  assert.equal((await paper(stranger, 'en')).status, 404)
})

test('[I1] what went with the goods stays as it was when they left, whatever is renamed afterwards', async () => {
  const pot = await aProduct(world, 'Brass pot', 10_000n, 20, 4_000n)
  const { id } = await onItsWay(pot.variant, 3)
  const asked = (await aTransfer(receiver, [{ variant: pot.variant, quantity: 2 }])).body.id as string
  const paper = (of: string) => transferPaper(world.ctx(), of, 'en')
  const before = await paper(id)
  assert.deepEqual([before.place, before.company, before.rows[0]![0]], ['Main Street', 'Baraka Stores', 'Brass pot'])
  const change = async (path: string, facts: object) => {
    const answer = await owner.call(`PATCH ${path}`, facts, {
      'if-match': `"${(await owner.call(`GET ${path}`)).body.row.version}"`,
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
  await change(`/places/${world.place}`, { name: 'New Street', address: 'New Market 3' })
  await change(`/places/${branch}`, { name: 'Westlands Mall' })
  await change(`/inventory/locations/${shelf}`, { name: 'Behind the counter' })
  await change(`/catalog/products/${pot.product}`, { name: 'Gold pot' })
  assert.deepEqual(await paper(id), before)

  // What has not left has the letterhead of the day on which it does.
  assert.equal((await paper(asked)).place, 'New Street')
  for (const verb of ['approve', 'dispatch']) assert.equal((await act(sender, asked, verb)).status, 201)
  const later = await paper(asked)
  assert.deepEqual([later.place, later.head[0]], ['New Street', 'New Market 3'])
  assert.ok(
    later.facts.some(([, end]) => end === 'Westlands Mall · Behind the counter'),
    JSON.stringify(later.facts),
  )
})
