import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { aProduct } from '../sale/sale.factory.ts'

/** A shift is in somebody's care, and its money comes from somewhere. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pin = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin })
const aCashier = async (email: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role: 'cashier', place: world.place }]))
  return client
}
const one = await aCashier('one@example.com')
const two = await aCashier('two@example.com')
const pot = await aProduct(world, 'Clay pot', 100_000n, 50, 40_000n, { taxed: false })
const { rows: methods } = (await owner.call('GET /payments/methods')).body as {
  rows: { id: string; kind: string; name: string }[]
}
const method = (kind: string) => methods.find((way) => way.kind === kind)!
const balanceOf = async (part: string): Promise<bigint> => {
  const { rows } = await world.database.pool.query<{ sum: bigint }>(
    'select coalesce(sum(b.debit - b.credit), 0)::bigint as sum from ledger_balance b join ledger_account a on a.id = b.account where a.part = $1',
    [part],
  )
  return rows[0]!.sum
}
const open = async (by: Client, float: string, more: object = {}) => {
  const id = newId()
  return { id, answer: await by.call('POST /pos/shifts', { id, till: world.till, float, ...more }) }
}
const sell = (by: Client, kind: string, reference?: string) =>
  by.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: pot.variant, quantity: '1000000', listPrice: '100000' }],
    total: '100000',
    tenders: [{ method: method(kind).id, given: '100000', ...(reference && { reference }) }],
  })

test('[W16] the first float is the owner’s money; the safe gives only what it has', async () => {
  const empty = await open(one, '200000', { source: 'safe' })
  assert.deepEqual([empty.answer.status, empty.answer.body.code], [422, 'pos.shift.safeShort'])
  assert.equal(empty.answer.body.params.left, undefined, 'who does not read the books is not told what the safe holds')
  const told = await open(owner, '200000', { source: 'safe' })
  assert.match(told.answer.body.message, /The safe holds 0\.00 KES\./)
  const first = await open(one, '200000', { source: 'capital' })
  assert.equal(first.answer.status, 201)
  assert.deepEqual([await balanceOf('safe'), await balanceOf('capital')], [0n, -200_000n])
  const move = (kind: string, amount: string) =>
    one.call(`POST /pos/shifts/${first.id}/cash`, { move: newId(), kind, amount, reason: 'change' })
  assert.equal((await move('in', '100')).body.code, 'pos.shift.safeShort')
  assert.equal((await one.call(`POST /pos/shifts/${first.id}/close`, { counted: '200000' })).status, 201)
  assert.equal(await balanceOf('safe'), 200_000n)
  const next = await open(one, '150000')
  assert.equal(next.answer.status, 201)
  assert.deepEqual([await balanceOf('safe'), await balanceOf('capital')], [50_000n, -200_000n])
  // Two who take out of the safe at once don't take more than there is.
  const both = await Promise.all(
    ['40000', '40000'].map((amount) =>
      owner.call(`POST /pos/shifts/${next.id}/cash`, { move: newId(), kind: 'in', amount, reason: 'change' }),
    ),
  )
  assert.deepEqual(both.map((answer) => answer.status).toSorted(), [201, 422])
  assert.equal(await balanceOf('safe'), 10_000n)
  assert.equal((await one.call(`POST /pos/shifts/${next.id}/close`, { counted: '190000' })).status, 201)
})

test('[W9] a colleague’s drawer is theirs: who takes it over holds it, with somebody who may; only then is it closed', async () => {
  const { id } = await open(one, '100000')
  const start = (await two.call(`GET /pos/tills/${world.till}/start`)).body
  assert.equal(start.shift.heldByName, (await one.call('GET /session')).body.user.name)
  const closed = await two.call(`POST /pos/shifts/${id}/close`, { counted: '100000' })
  assert.deepEqual([closed.status, closed.body.code], [403, 'pos.shift.notYours'])
  const asked = await two.call(`POST /pos/shifts/${id}/takeover`)
  assert.equal(asked.body.code, 'kit.approvalNeeded')
  const approval = asked.body.details.id
  assert.equal((await two.call(`POST /approvals/${approval}/pin`, { approver: world.owner, pin })).status, 200)
  assert.equal((await two.call(`POST /pos/shifts/${id}/takeover`, {}, { approval })).status, 201)
  assert.equal((await one.call(`POST /pos/shifts/${id}/close`, { counted: '100000' })).body.code, 'pos.shift.notYours')
  assert.equal((await two.call(`POST /pos/shifts/${id}/close`, { counted: '100000' })).status, 201)
  const other = await open(one, '100000')
  assert.equal((await owner.call(`POST /pos/shifts/${other.id}/close`, { counted: '100000' })).status, 201, 'a manager may')
})

test('[W9] parked baskets and the other ways to pay are told and counted at closing', async () => {
  const { id } = await open(one, '100000')
  assert.equal((await sell(one, 'card')).status, 201)
  assert.equal((await sell(one, 'mobile', 'QK1')).status, 201)
  const basket = { id: newId(), till: world.till, label: 'Red shirt', basket: {}, lines: 1, total: '450' }
  await one.call('POST /pos/parked', basket)
  const shown = (await one.call(`GET /pos/shifts/${id}`)).body
  assert.deepEqual([shown.parked, shown.report], [['Red shirt'], null])
  assert.ok(shown.counted.every((way: { method: string }) => way.method !== method('cash').id))
  const counts = [
    { method: method('card').id, counted: '100000' },
    { method: method('mobile').id, counted: '90000' },
  ]
  const refused = await one.call(`POST /pos/shifts/${id}/close`, { counted: '100000', counts })
  assert.deepEqual([refused.status, refused.body.params], [409, { names: 'Red shirt' }])
  const wrong = [{ method: method('cash').id, counted: '1' }]
  const cash = await one.call(`POST /pos/shifts/${id}/close`, { counted: '100000', leaveParked: true, counts: wrong })
  assert.equal(cash.status, 422)
  assert.equal((await one.call(`POST /pos/shifts/${id}/close`, { counted: '100000', leaveParked: true, counts })).status, 201)
  const { row } = (await owner.call(`GET /pos/shifts/${id}`)).body
  assert.deepEqual(
    row.counts.map((one: { name: string; expected: string; variance: string }) => [one.name, one.expected, one.variance]),
    [
      [method('card').name, '100000', '0'],
      [method('mobile').name, '100000', '-10000'],
    ],
  )
  assert.equal((await owner.call(`GET /pos/shifts/${id}/report.pdf`)).status, 200)
})

test('who sells along takes nothing out of a colleague’s drawer alone; the report says who moved what', async () => {
  const { id } = await open(one, '50000')
  const move = (by: Client, kind: string, amount: string, headers = {}, at = newId()) =>
    by.call(`POST /pos/shifts/${id}/cash`, { move: at, kind, amount, reason: 'taxi' }, headers)
  const at = newId()
  const asked = await move(two, 'out', '3000', {}, at)
  assert.deepEqual([asked.status, asked.body.code], [409, 'kit.approvalNeeded'])
  assert.equal((await move(two, 'drop', '90000000')).body.code, 'kit.approvalNeeded', 'nor is it told how much there is')
  const { name: holder } = (await one.call('GET /session')).body.user
  assert.deepEqual([asked.body.details.facts.heldBy, asked.body.details.facts.value], [holder, '3000'])
  const approval = asked.body.details.id
  assert.equal((await two.call(`POST /approvals/${approval}/pin`, { approver: world.owner, pin })).status, 200)
  assert.equal((await move(two, 'out', '4000', { approval }, at)).body.code, 'access.approval.other')
  assert.equal((await move(two, 'out', '3000', { approval }, at)).status, 201)
  assert.equal((await move(two, 'out', '3000', { approval })).body.code, 'kit.approvalNeeded', 'once')
  assert.equal((await move(one, 'out', '1000')).status, 201, 'one’s own')
  assert.equal((await move(owner, 'drop', '2000')).status, 201, 'who may close for others')
  assert.equal((await one.call(`POST /pos/shifts/${id}/close`, { counted: '44000', leaveParked: true })).status, 201)
  const { row } = (await owner.call(`GET /pos/shifts/${id}`)).body
  assert.deepEqual(
    row.report.moves.map((one: { kind: string; amount: string; by: string }) => [one.kind, one.amount, one.by]),
    [
      ['out', '3000', (await two.call('GET /session')).body.user.name],
      ['out', '1000', holder],
      ['drop', '2000', 'Amina Owner'],
    ],
  )
  assert.equal((await owner.call(`GET /pos/shifts/${id}/report.pdf`)).status, 200)
})

test('[A18] what a drawer should hold is not found out by asking for more and more of it', async () => {
  const { id } = await open(one, '77777')
  const take = (amount: bigint, by = one) =>
    by.call(`POST /pos/shifts/${id}/cash`, { move: newId(), kind: 'drop', amount: String(amount), reason: 'too much' })
  const codes: string[] = []
  for (let amount = 100_000n; codes.length < 6; amount -= 1_000n) codes.push((await take(amount)).body.code)
  assert.deepEqual(codes, [...Array(3).fill('pos.shift.tooMuch'), ...Array(3).fill('pos.shift.askCounter')])
  assert.equal((await take(1n)).body.code, 'pos.shift.askCounter', 'not by asking for less either')
  assert.equal((await take(80_000n, owner)).body.code, 'pos.shift.tooMuch')
  assert.equal((await take(70_000n, owner)).status, 201)
})
