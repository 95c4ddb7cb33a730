import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { anOpenTill, aProduct, type AProduct } from '../sale/sale.factory.ts'

/** Goods that nobody can show a receipt of: the lowest price of 30 days, store credit, a second person, and seldom. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const cashier: Client = server.client()
await accept(cashier, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
const pin = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin })
await anOpenTill(world)
const card = (done(await owner.call('GET /payments/methods')).rows as { id: string; kind: string }[]).find(
  (one) => one.kind === 'card',
)!.id
const soap = await aProduct(world, 'Soap', 11_600n, 100, 4_000n)

const sell = async (goods: AProduct, discount: string | null, total: string) => {
  const id = newId()
  done(
    await owner.call('POST /pos/sales', {
      id,
      till: world.till,
      lines: [{ variant: goods.variant, quantity: '2000000', listPrice: goods.price }],
      ...(discount && { discount: { amount: discount } }),
      total,
      tenders: [{ method: card, given: total }],
    }),
  )
  return id
}
const aCustomer = async (name: string): Promise<string> => {
  const id = newId()
  done(await owner.call('POST /parties', { id, name }))
  return id
}
const without = (customer: string, due: string, more: object = {}) => ({
  id: newId(),
  till: world.till,
  customer,
  lines: [{ variant: soap.variant, quantity: '1000000' }],
  reason: 'unwanted',
  due,
  ...more,
})
const ROUTE = 'POST /pos/returns/without-receipt'
/** Asks, and has the owner agree by PIN. @returns how it is asked for once more */
const agreed = async (by: Client, input: object): Promise<() => Promise<Answer>> => {
  const asked = await by.call(ROUTE, input)
  assert.equal(asked.body.code, 'kit.approvalNeeded', JSON.stringify(asked.body))
  const { id } = asked.body.details as { id: string }
  done(await by.call(`POST /approvals/${id}/pin`, { approver: world.owner, pin }))
  return () => by.call(ROUTE, input, { approval: id })
}
const figures = async (customer: string) => {
  const { rows } = await pool.query<{ name: string; sum: string }>(
    `select coalesce(a.part, a.holds) as name, sum(l.amount)::text as sum from ledger_line l join ledger_account a on a.id = l.account
     where l.party is null or l.party = $1 group by 1`,
    [customer],
  )
  return new Map(rows.map((row) => [row.name, Number(row.sum)]))
}

await sell(soap, null, '23200')
await sell(soap, '3200', '20000')

test('the lowest price that somebody paid becomes store credit, with a second person; goods come back at what they cost now', async () => {
  const customer = await aCustomer('Zawadi')
  const found = done(await cashier.call('GET /pos/bought', { till: world.till, q: 'soap' })).rows
  assert.deepEqual(found[0].paid, { quantity: '2000000', net: '17241', tax: '2759' })
  const dear = await cashier.call(ROUTE, without(customer, '11600'))
  assert.equal(dear.body.code, 'returns.return.changed')
  const before = await figures(customer)
  const take = await agreed(cashier, without(customer, '10000'))
  const { id, total, refunds } = done(await take())
  assert.deepEqual([total, refunds[0].kind], ['10000', 'credit'])
  const after = await figures(customer)
  const change = Object.fromEntries(
    [...after].flatMap(([name, sum]) => {
      const moved = sum - (before.get(name) ?? 0)
      return moved === 0 ? [] : [[name, moved]]
    }),
  )
  assert.deepEqual(change, { sales: 8_620, taxOutput: 1_380, storeCredit: -10_000, stock: 4_000, costOfSales: -4_000 })
  const { row, soldAt, agreedByName } = done(await owner.call(`GET /returns/${id}`))
  assert.deepEqual([row.soldNumber, soldAt, agreedByName, row.cost], [null, null, 'Amina Owner', '4000'])
  for (const paper of ['slip.pdf', 'note.pdf']) assert.equal((await owner.call(`GET /returns/${id}/${paper}`)).status, 200)
  // An owner needs a second person as well.
  assert.equal((await owner.call(ROUTE, without(customer, '10000'))).body.code, 'kit.approvalNeeded')
})

test('what nobody bought in 30 days has no price, nor what was sold in a sale that was voided', async () => {
  const customer = await aCustomer('Juma')
  const lamp = await aProduct(world, 'Lamp', 5_000n, 10, 0n, { taxed: false })
  const input = without(customer, '5000', { lines: [{ variant: lamp.variant, quantity: '1000000' }] })
  const refused = await cashier.call(ROUTE, input)
  assert.deepEqual([refused.status, refused.body.code], [409, 'pos.back.notBought'])
  assert.match(refused.body.message, /Lamp/)
  const sale = await sell(lamp, null, '10000')
  done(await owner.call(`POST /pos/sales/${sale}/void`, { reason: 'Mistake' }))
  assert.equal((await cashier.call(ROUTE, input)).body.code, 'pos.back.notBought')
  await sell(lamp, null, '10000')
  assert.equal((await cashier.call(ROUTE, input)).body.code, 'kit.approvalNeeded')
})

test('three times in 90 days and no more, also by two tills at once', async () => {
  const customer = await aCustomer('Neema')
  for (let round = 0; round < 2; round++) done(await (await agreed(cashier, without(customer, '10000')))())
  const both = [await agreed(cashier, without(customer, '10000')), await agreed(cashier, without(customer, '10000'))]
  const answers = await Promise.all(both.map((take) => take()))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409])
  const refused = await cashier.call(ROUTE, without(customer, '10000'))
  assert.deepEqual(
    [refused.body.code, refused.body.message],
    ['returns.return.tooOften', 'Neema has brought goods back three times in 90 days without a receipt. Ask for the receipt.'],
  )
  assert.equal((await figures(customer)).get('storeCredit'), -30_000)
  assert.deepEqual(done(await owner.call('GET /ledger-check')).differences, [])
})

test('who takes back only what they sold themselves needs the receipt', async () => {
  const van = server.client()
  await accept(van, await anInvitation(owner, 'van@example.com', [{ role: 'vanSalesman', place: world.place }]))
  assert.equal((await van.call(ROUTE, without(await aCustomer('Baraka'), '10000'))).status, 404)
  assert.equal((await van.call('GET /pos/bought', { till: world.till })).status, 404)
})
