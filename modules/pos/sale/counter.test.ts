import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { MOST_PARKED } from '../parked/parked.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { anOpenTill, aProduct } from './sale.factory.ts'

/** What happens at the counter beside the plain sale: refusals that say the right thing, and what nobody may do to another. */
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
await anOpenTill(world)
const pot = await aProduct(world, 'Clay pot', 450n, 500, 100n, { taxed: false })
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
const method = (kind: string) => methods.find((way) => way.kind === kind)!.id

const aSale = (more: object = {}, price = '450') => ({
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: price }],
  total: price,
  tenders: [{ method: method('card'), given: price }],
  ...more,
})

test('[P3] amounts in a refusal have the decimals and the name of their currency', async () => {
  const short = await owner.call('POST /pos/sales', aSale({ tenders: [{ method: method('card'), given: '400' }] }))
  assert.deepEqual([short.body.code, short.body.message], ['payments.short', 'The payment is short by 0.50 KES.'])
  assert.deepEqual(short.body.params, { missing: '50', currency: 'KES' })
  const stale = await owner.call('POST /pos/sales', aSale({}, '400'))
  assert.equal(stale.body.message, 'The price of Clay pot is 4.50 KES now. Look at the basket again before you take payment.')
  const customer = newId()
  await owner.call('POST /parties', { id: customer, name: 'Wanjiru' })
  const credit = await owner.call('POST /pos/sales', aSale({ customer, tenders: [{ method: method('credit'), given: '450' }] }))
  assert.equal(credit.body.message, 'The customer’s store credit is 0.00 KES.')
})

test('[P2] an article that was put aside is named in the refusal', async () => {
  const gone = await aProduct(world, 'Old lamp', 450n, 5, 100n, { taxed: false })
  assert.equal((await owner.call(`POST /catalog/variants/${gone.variant}/archival`)).status, 201)
  const lines = [{ variant: gone.variant, quantity: '1000000', listPrice: '450' }]
  const answer = await owner.call('POST /pos/sales', aSale({ lines }))
  assert.deepEqual([answer.status, answer.body.code, answer.body.params], [409, 'pricing.gone', { name: 'Old lamp' }])
})

test('[P1] six in two lines are sold at the price of six, and at the price of the customer’s group', async () => {
  const list = newId()
  await owner.call('POST /catalog/price-lists', { id: list, name: 'By the dozen' })
  const wanted = { priceList: list, variant: pot.variant, minQuantity: '6000000', price: '400' }
  assert.equal((await owner.call('POST /catalog/prices', wanted)).status, 201)
  const three = (listPrice: string) => ({ variant: pot.variant, quantity: '3000000', listPrice })
  const sale = (price: string, total: string, more: object = {}) =>
    aSale({ lines: [three(price), three(price)], total, tenders: [{ method: method('card'), given: total }], ...more })
  assert.equal((await owner.call('POST /pos/sales', sale('450', '2700'))).body.code, 'pricing.priceChanged')
  assert.equal((await owner.call('POST /pos/sales', sale('400', '2400'))).status, 201)
  const staff = newId()
  await owner.call('POST /catalog/price-lists', { id: staff, name: 'Staff', customerGroup: 'staff', priority: 5 })
  await owner.call('POST /catalog/prices', { priceList: staff, variant: pot.variant, minQuantity: '0', price: '300' })
  const customer = newId()
  await owner.call('POST /parties', { id: customer, name: 'Otieno', customerGroup: 'staff' })
  const stale = await owner.call('POST /pos/sales', sale('400', '2400', { customer }))
  assert.deepEqual([stale.body.code, stale.body.details.customerGroup], ['pricing.priceChanged', 'staff'])
  assert.equal((await owner.call('POST /pos/sales', sale('300', '1800', { customer }))).status, 201)
})

test('[A18] a message about mobile money pays once, however it is written, and one of two at once', async () => {
  const pay = (reference: string) =>
    owner.call('POST /pos/sales', aSale({ tenders: [{ method: method('mobile'), given: '450', reference }] }))
  assert.equal((await pay('QK12-ab 9')).status, 201)
  const again = await pay(' qk12ab9')
  assert.deepEqual([again.status, again.body.code], [409, 'payments.referenceUsed'])
  for (const like of ['ＱＫ12ＡＢ9', 'QК12АB9']) assert.equal((await pay(like)).body.code, 'payments.referenceUsed', like)
  assert.equal((await pay('---')).body.code, 'payments.referenceNeeded')
  const both = await Promise.all([pay('ZX77'), pay('zx77')])
  assert.deepEqual(both.map((answer) => answer.status).toSorted(), [201, 409])
  const twice = [200, 250].map((given) => ({ method: method('mobile'), given: String(given), reference: 'TWICE1' }))
  assert.equal((await owner.call('POST /pos/sales', aSale({ tenders: twice }))).body.code, 'payments.referenceUsed')
})

test('[A18] 5 % off at the limit of 5 % is allowed at 19.99', async () => {
  const lamp = await aProduct(world, 'Lamp', 1_999n, 5, 100n, { taxed: false })
  const sale = (off: string) => {
    const total = String(1_999n - BigInt(off))
    const line = { variant: lamp.variant, quantity: '1000000', listPrice: '1999', discount: { amount: off } }
    return aSale({ lines: [line], total, tenders: [{ method: method('card'), given: total }] })
  }
  assert.equal((await one.call('POST /pos/sales', sale('101'))).body.code, 'kit.approvalNeeded')
  assert.equal((await one.call('POST /pos/sales', sale('100'))).status, 201)
})

test('[A18] a sale takes no parked basket of somebody else with it', async () => {
  const parked = newId()
  const basket = { id: parked, till: world.till, label: 'Red shirt', basket: {}, lines: 1, total: '450' }
  assert.equal((await one.call('POST /pos/parked', basket)).status, 201)
  const taken = await two.call('POST /pos/sales', aSale({ parked }))
  assert.deepEqual([taken.status, taken.body.code], [409, 'pos.parked.notYours'])
  const { rows } = (await one.call('GET /pos/parked', { place: world.place })).body
  assert.deepEqual(
    rows.map((row: { label: string }) => row.label),
    ['Red shirt'],
  )
  assert.equal((await one.call('POST /pos/sales', aSale({ parked }))).status, 201)
  assert.deepEqual((await one.call('GET /pos/parked', { place: world.place })).body.rows, [])
})

test('no more baskets are parked in a store than its tills can show', async () => {
  const basket = { till: world.till, label: 'X', basket: {}, lines: 1, total: '450' }
  await world.database.pool.query(
    `insert into pos_parked (id, till, place, label, basket, lines, total, parked_by, parked_at)
    select gen_random_uuid(), $1, $2, 'Old', '{}', 1, 1, $3, now() from generate_series(1, $4)`,
    [world.till, world.place, world.owner, MOST_PARKED - 1],
  )
  // Two tills that park at the same moment are counted one after the other.
  const atOnce = await Promise.all([one, two, one, two].map((by) => by.call('POST /pos/parked', { ...basket, id: newId() })))
  assert.deepEqual(atOnce.map((each) => each.status).toSorted(), [201, 409, 409, 409])
  const full = await one.call('POST /pos/parked', { ...basket, id: newId() })
  assert.deepEqual([full.status, full.body.code], [409, 'pos.parked.tooMany'])
  assert.equal((await one.call('GET /pos/parked', { place: world.place })).body.rows.length, MOST_PARKED)
  await world.database.pool.query('delete from pos_parked')
})

test('[W8] a discount is agreed to when it is given; it holds for this basket, for so much and no more', async () => {
  const id = newId()
  const off = (rate: string, quantity = '1000000') => [{ variant: pot.variant, quantity, listPrice: '450', discount: { rate } }]
  const basket = { id, till: world.till, lines: off('200000') }
  const asked = await one.call('POST /pos/agreements', basket)
  assert.equal(asked.body.code, 'kit.approvalNeeded')
  assert.deepEqual(asked.body.details.facts, {
    total: '360',
    discount: '90',
    discounts: [{ name: 'Clay pot', gross: '450', share: '200000', discount: '90' }],
  })
  const approval = asked.body.details.id
  assert.equal((await one.call(`POST /approvals/${approval}/pin`, { approver: world.owner, pin })).status, 200)
  assert.equal((await one.call('POST /pos/agreements', basket, { approval })).status, 200)
  const pay = (lines: object[], total: string, by = one, sale = id) =>
    by.call('POST /pos/sales', aSale({ id: sale, lines, total, tenders: [{ method: method('card'), given: total }] }))
  assert.equal((await pay(off('300000'), '315')).body.code, 'kit.approvalNeeded', 'more than was agreed to')
  assert.equal((await pay(off('200000', '2000000'), '720')).body.code, 'kit.approvalNeeded', 'more of it')
  assert.equal((await pay(off('200000'), '360', two)).body.code, 'kit.approvalNeeded', 'somebody else')
  assert.equal((await pay(off('200000'), '360', one, newId())).body.code, 'kit.approvalNeeded', 'another basket')
  assert.equal((await pay(off('200000'), '360')).status, 201)
  const left = await world.database.db.selectFrom('pricingAgreement').select('id').execute()
  assert.deepEqual(left, [], 'used up with the sale')
  // A small one needs nobody, and leaves nothing behind.
  assert.equal((await one.call('POST /pos/agreements', { ...basket, id: newId(), lines: off('50000') })).status, 200)
})

test('what somebody agreed to counts only while they may agree to it, and for two days', async () => {
  const boss = server.client()
  await accept(boss, await anInvitation(owner, 'boss@example.com', [{ role: 'manager', place: world.place }]))
  const manager = (await boss.call('GET /session')).body.user.id as string
  assert.equal((await boss.call('POST /profile/pin', { current: PASSWORD, pin })).status, 200)
  const agree = async () => {
    const basket = {
      id: newId(),
      till: world.till,
      lines: [{ variant: pot.variant, quantity: '1000000', listPrice: '450', discount: { rate: '500000' } }],
    }
    const { body } = await one.call('POST /pos/agreements', basket)
    const approval = body.details.id
    assert.equal((await one.call(`POST /approvals/${approval}/pin`, { approver: manager, pin })).status, 200)
    assert.equal((await one.call('POST /pos/agreements', basket, { approval })).status, 200)
    const pay = () =>
      one.call('POST /pos/sales', { ...basket, total: '225', tenders: [{ method: method('card'), given: '225' }] })
    return { id: basket.id, pay }
  }
  const [old, late] = [await agree(), await agree()]
  await world.database.db
    .updateTable('pricingAgreement')
    .set({ askedAt: Temporal.Now.instant().subtract({ hours: 49 }) })
    .where('basket', '=', old.id)
    .execute()
  assert.equal((await old.pay()).body.code, 'kit.approvalNeeded')
  assert.equal((await owner.call(`POST /users/${manager}/disable`)).status, 200)
  assert.equal((await late.pay()).body.code, 'kit.approvalNeeded')
  assert.equal((await owner.call(`POST /users/${manager}/enable`)).status, 200)
  assert.equal((await late.pay()).status, 201)
})

test('[S3] a product that is renamed is renamed at the till', async () => {
  const { product, variant } = await aProduct(world, 'Kettle', 450n)
  await world.database.db.updateTable('catalogProduct').set({ name: 'Water kettle' }).where('id', '=', product).execute()
  const { rows } = (await owner.call('GET /catalog/sellables', { place: world.place })).body
  assert.equal(rows.find((row: { id: string }) => row.id === variant).name, 'Water kettle')
})

test('[W8] the till knows what there is to sell', async () => {
  const rare = await aProduct(world, 'Rare lamp', 450n, 2)
  const { free, isLimited } = (await one.call(`GET /pos/tills/${world.till}/stock`)).body
  assert.deepEqual([new Map(free).get(rare.variant), isLimited], ['2000000', true])
})
