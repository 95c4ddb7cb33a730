import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { receiveNew } from '#modules/inventory/document/draft.commands.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { anOpenTill, aProduct } from './sale.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pin = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin })
const aPerson = async (email: string, role: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role, place: world.place }]))
  return client
}
const cashier = await aPerson('cashier@example.com', 'cashier')
const other = await aPerson('other@example.com', 'cashier')
await anOpenTill(world)
const lamp = await aProduct(world, 'Lamp', 116_000n, 50, 60_000n)
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
const method = methods.find((one) => one.kind === 'cash')!.id

const aSale = (price: string) => ({
  id: newId(),
  till: world.till,
  lines: [{ variant: lamp.variant, quantity: '1000000', listPrice: '116000', unitPrice: price }],
  total: price,
  tenders: [{ method, given: price }],
})
type Sale = ReturnType<typeof aSale>
const sell = (sale: Sale, approval?: string, by = cashier): Promise<Answer> =>
  by.call('POST /pos/sales', sale, approval ? { approval } : {})
const codeOf = (answer: Answer) => answer.body.code ?? answer.status
/** Refused for want of a second person. @returns what somebody may agree to */
async function refused(sale: Sale): Promise<string> {
  const answer = await sell(sale)
  assert.deepEqual([answer.status, answer.body.code], [409, 'kit.approvalNeeded'])
  return answer.body.details.id
}
const agree = (id: string, typed: string, approver = world.owner, by = cashier) =>
  by.call(`POST /approvals/${id}/pin`, { approver, pin: typed })
const soldFor = async (sale: Sale) =>
  (await world.database.db.selectFrom('posSale').select('total').where('id', '=', sale.id).execute()).map((row) => row.total)

test('another price needs somebody who may, who agrees by PIN to this very sale and once', async () => {
  const sale = aSale('90000')
  const id = await refused(sale)
  assert.deepEqual(await soldFor(sale), [], 'a refusal sells nothing')
  const asked = await cashier.call(`GET /approvals/${id}/approvers`)
  assert.deepEqual(asked.body.rows, [{ id: world.owner, name: 'Amina Owner' }])
  assert.equal((await agree(id, pin)).status, 200)
  // Cheaper than what was agreed to, or another one's sale: not this approval.
  assert.equal(codeOf(await sell({ ...sale, ...aSale('50000') }, id)), 'access.approval.other')
  assert.equal(codeOf(await sell(sale, id, other)), 'kit.approvalNeeded')
  assert.equal(codeOf(await sell(sale, newId())), 'kit.approvalNeeded')
  const [one, two] = await Promise.all([sell(sale, id), sell({ ...sale, id: sale.id }, id)])
  assert.deepEqual([one.status, two.status].toSorted(), [201, 409], 'used up by one of two at once')
  assert.deepEqual(await soldFor(sale), [90_000n])
  assert.equal(codeOf(await sell(aSale('90000'), id)), 'kit.approvalNeeded')
  const { rows } = await world.database.pool.query(
    `select c.after - 'usedAt' as after from audit_change c join audit_entry e on e.id = c.entry where e.command = 'pos.completeSale' and c.record = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ after: { state: 'used', approvedBy: 'Amina Owner' } }])
})

test('the facts say what it is about; the same asked again is the same matter', async () => {
  const sale = aSale('80000')
  const answer = await sell(sale)
  const { id, ...need } = answer.body.details
  assert.deepEqual(need, {
    kinds: ['pos.price'],
    permissions: ['pos.sale.price'],
    byOwner: false,
    place: world.place,
    facts: { total: '80000', prices: [{ name: 'Lamp', listPrice: '116000', unitPrice: '80000' }] },
  })
  assert.equal(await refused(sale), id)
})

test('what somebody agreed to and stock then prevented goes on when the stock is there, without asking again', async () => {
  const rare = await aProduct(world, 'Rare lamp', 116_000n)
  const plain = aSale('90000')
  const sale = { ...plain, lines: [{ ...plain.lines[0]!, variant: rare.variant }] }
  const id = await refused(sale)
  assert.equal((await agree(id, pin)).status, 200)
  assert.equal(codeOf(await sell(sale, id)), 'inventory.stock.short')
  await receiveNew(world.ctx(), {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'opening',
    lines: [{ variant: rare.variant, quantity: '1000000' as never, unitCost: '60000' as never }],
  })
  const { details } = (await sell(sale)).body
  assert.deepEqual([details.id, details.isAgreed], [id, true])
  assert.equal((await sell(sale, id)).status, 201)
  // Used up: the same again is another matter.
  assert.notEqual(await refused({ ...sale, id: newId() }), id)
})

test('five wrong PINs lock it, also when they come at once; nobody agrees to their own, nor who may not', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => refused(aSale('70000'))))
  const wrong = await Promise.all(ids.slice(0, 7).map((id, at) => agree(id, `${at + 1}${at + 1}11`)))
  assert.deepEqual(
    wrong.map(codeOf).toSorted(),
    [...Array(5).fill('access.session.wrongPin'), ...Array(2).fill('access.session.pinLocked')].toSorted(),
  )
  assert.equal(codeOf(await agree(ids[7]!, pin)), 'access.session.pinLocked')
  // The person is not locked out.
  assert.equal((await owner.call('GET /session')).body.user.id, world.owner)
  assert.equal((await owner.call('POST /profile/pin', { current: 'correct horse battery', pin: '5836' })).status, 200)
  assert.equal((await agree(ids[7]!, '5836')).status, 200)

  const me = (await cashier.call('GET /session')).body.user.id
  const him = (await other.call('GET /session')).body.user.id
  for (const client of [cashier, other])
    assert.equal((await client.call('POST /profile/pin', { current: 'a long enough secret', pin: '6051' })).status, 200)
  const id = await refused(aSale('60000'))
  assert.equal(codeOf(await agree(id, '6051', me)), 'access.approval.notYours')
  assert.equal(codeOf(await agree(id, '6051', him)), 'access.session.wrongPin', 'a cashier may not')
  assert.equal(codeOf(await agree(id, '5836', world.owner, other)), 'kit.notFound', 'somebody else’s matter')
})

test('asked elsewhere: it stands in the inbox of those who may, and goes on when one of them agrees', async () => {
  const manager = await aPerson('manager@example.com', 'manager')
  const sale = aSale('65000')
  const id = await refused(sale)
  assert.deepEqual((await manager.call('GET /approvals')).body.rows, [])
  assert.equal(codeOf(await manager.call(`GET /approvals/${id}`)), 'kit.notFound', 'not asked yet')
  assert.equal((await cashier.call(`POST /approvals/${id}/asking`, { note: 'An old customer' })).status, 200)
  const { rows: letters } = await world.database.pool.query(
    `select recipient from comms_message where template = 'access.approvalAsked'`,
  )
  assert.deepEqual(letters.map((one) => one.recipient).toSorted(), ['amina@example.com', 'manager@example.com'])
  const inbox = (await manager.call('GET /approvals')).body.rows
  assert.deepEqual([inbox.length, inbox[0].note, inbox[0].askedByName], [1, 'An old customer', 'Somebody New'])
  assert.deepEqual((await manager.call('GET /approvals/count')).body, { waiting: 1, ready: 0 })
  assert.deepEqual((await other.call('GET /approvals')).body.rows, [])
  assert.equal(codeOf(await other.call(`POST /approvals/${id}/decision`, { approve: true })), 'access.approval.notYours')
  assert.equal(codeOf(await cashier.call(`POST /approvals/${id}/decision`, { approve: true })), 'access.approval.notYours')
  const { ready } = (await cashier.call('GET /approvals/count')).body
  assert.equal((await manager.call(`POST /approvals/${id}/decision`, { approve: true, note: 'This once' })).status, 200)
  assert.equal(codeOf(await owner.call(`POST /approvals/${id}/decision`, { approve: false })), 'access.approval.gone')
  assert.deepEqual((await cashier.call('GET /approvals/count')).body, { waiting: 0, ready: ready + 1 })
  // Done later, from the list, in the name of whoever asked.
  assert.equal(codeOf(await manager.call(`POST /approvals/${id}/completion`)), 'kit.notFound')
  const done = await cashier.call(`POST /approvals/${id}/completion`)
  assert.equal(done.status, 201, JSON.stringify(done.body))
  assert.deepEqual(await soldFor(sale), [65_000n])
  assert.equal(codeOf(await cashier.call(`POST /approvals/${id}/completion`)), 'kit.approvalNeeded')
})

test('what others have to decide, however much, crowds nothing out of an inbox', async () => {
  const { pool } = world.database
  const id = await refused(aSale('88000'))
  assert.equal((await cashier.call(`POST /approvals/${id}/asking`)).status, 200)
  const manager = await aPerson('inbox@example.com', 'manager')
  const shown = async () => {
    const [{ rows }, { waiting }] = [
      (await manager.call('GET /approvals')).body,
      (await manager.call('GET /approvals/count')).body,
    ]
    return [rows.some((row: { id: string }) => row.id === id), waiting]
  }
  const before = await shown()
  assert.equal(before[0], true)
  const { rows } = await pool.query<{ id: string }>(`insert into place (id, name, code, kind, time_zone, cut_off_hour)
    values (gen_random_uuid(), 'Quay', 'QY', 'store', 'Africa/Nairobi', 4) returning id`)
  await pool.query(
    `insert into access_approval (id, kinds, permissions, by_owner, place, command, content_hash, content, facts, asked_by, asked_at, expires_at, state)
     select gen_random_uuid(), kinds, permissions, by_owner, $2, command, content_hash || n, content, facts, asked_by, asked_at + interval '1 second', expires_at, state
     from access_approval, generate_series(1, 250) as n where id = $1`,
    [id, rows[0]!.id],
  )
  assert.deepEqual(await shown(), before)
})

test('of two who decide at the same moment one is heard', async () => {
  const second = await aPerson('second@example.com', 'manager')
  for (let round = 0; round < 5; round++) {
    const id = await refused(aSale(String(40_000 + round)))
    await cashier.call(`POST /approvals/${id}/asking`, {})
    const decisions = await Promise.all([
      second.call(`POST /approvals/${id}/decision`, { approve: true }),
      owner.call(`POST /approvals/${id}/decision`, { approve: false }),
    ])
    assert.deepEqual(decisions.map((one) => one.status).toSorted(), [200, 410])
  }
})

test('it runs out, can be refused and taken back, and counts only while whoever agreed still may', async () => {
  const askFor = async (sale: Sale) => {
    const id = await refused(sale)
    await cashier.call(`POST /approvals/${id}/asking`, {})
    return id
  }
  const [late, no, back] = [await askFor(aSale('64000')), await askFor(aSale('63000')), await askFor(aSale('62000'))]
  await world.database.pool.query(`update access_approval set expires_at = now() - interval '1 second' where id = $1`, [late])
  assert.equal(codeOf(await owner.call(`POST /approvals/${late}/decision`, { approve: true })), 'access.approval.gone')
  assert.equal((await owner.call(`POST /approvals/${no}/decision`, { approve: false, note: 'Too cheap' })).status, 200)
  assert.equal(codeOf(await sell(aSale('63000'), no)), 'kit.approvalNeeded')
  assert.equal((await cashier.call(`POST /approvals/${back}/withdrawal`)).status, 200)
  assert.equal(codeOf(await owner.call(`POST /approvals/${back}/decision`, { approve: true })), 'access.approval.gone')

  const boss = await aPerson('boss@example.com', 'manager')
  const sale = aSale('61000')
  const id = await askFor(sale)
  assert.equal((await boss.call(`POST /approvals/${id}/decision`, { approve: true })).status, 200)
  const { id: bossId } = (await boss.call('GET /session')).body.user
  await owner.call(`POST /users/${bossId}/disable`)
  assert.equal(codeOf(await sell(sale, id)), 'kit.approvalNeeded')
  const { details } = (await sell(sale)).body
  assert.equal(details.isAgreed, undefined)
  assert.notEqual(details.id, id)
  assert.deepEqual(await soldFor(sale), [])
})

test('what the company asks two persons for: writing off above a limit', async () => {
  const keeper = await aPerson('keeper@example.com', 'stockKeeper')
  const writeOff = (quantity: string) => ({
    kind: 'adjustment',
    id: newId(),
    location: world.location,
    reason: 'damaged',
    lines: [{ variant: lamp.variant, quantity }],
  })
  const small = writeOff('-1000000')
  assert.equal((await keeper.call('POST /inventory/documents/post', small)).status, 201)
  await owner.call('POST /approvals/settings', { settings: { 'inventory.wastage': { on: true, limit: '100000' } } })
  assert.equal((await keeper.call('POST /inventory/documents/post', writeOff('-1000000'))).status, 201, 'less than the limit')
  const before = await world.database.db.selectFrom('inventoryMove').select('id').execute()
  const large = writeOff('-2000000')
  const answer = await keeper.call('POST /inventory/documents/post', large)
  assert.equal(codeOf(answer), 'kit.approvalNeeded')
  assert.equal((await world.database.db.selectFrom('inventoryMove').select('id').execute()).length, before.length)
  const { id } = answer.body.details
  // [A12] What goods cost is told to nobody by a refusal who may not see it, and to whoever decides.
  assert.deepEqual(answer.body.details.facts, { reason: 'damaged', articles: 1 })
  await keeper.call(`POST /approvals/${id}/asking`, {})
  const shown = (who: typeof owner) => who.call(`GET /approvals/${id}`)
  assert.equal('value' in (await shown(keeper)).body.facts, false)
  assert.equal(typeof (await shown(owner)).body.facts.value, 'string')
  const { rows: mine } = (await keeper.call('GET /approvals', { show: 'mine' })).body as { rows: { facts: object }[] }
  assert.ok(mine.length > 0 && mine.every(({ facts }) => !('value' in facts)))
  assert.equal((await owner.call(`POST /approvals/${id}/decision`, { approve: true })).status, 200)
  assert.equal((await keeper.call('POST /inventory/documents/post', large, { approval: id })).status, 201)
  assert.equal(codeOf(await keeper.call('POST /approvals/settings', { settings: {} })), 'kit.forbidden')
})

test('a quantity is no finer than its unit', async () => {
  const { rows: units } = (await owner.call('GET /catalog/units')).body as { rows: { id: string; decimals: number }[] }
  await owner.call(`PATCH /catalog/products/${lamp.product}`, { unit: units.find((one) => one.decimals === 0)!.id })
  const answer = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: lamp.variant, quantity: '10000', listPrice: '116000' }],
    total: '1160',
    tenders: [{ method, given: '2000' }],
  })
  assert.equal(answer.body.code, 'pricing.tooFine')
})
