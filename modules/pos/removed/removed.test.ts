import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer } from '#test/server.ts'
import { aProduct } from '../sale/sale.factory.ts'
import { emptied, takenOut, type BasketLine } from './removed.rules.ts'

const line = (key: string, quantity: bigint, more: Partial<BasketLine> = {}): BasketLine => ({
  key,
  variant: key,
  name: key.toUpperCase(),
  quantity: String(quantity * 1_000_000n),
  listPrice: '450',
  ...more,
})

test('what a basket has less of is taken out, at the price that stood there; what grew or was put aside is not', () => {
  assert.deepEqual(takenOut([line('a', 3n)], [line('a', 1n)]), [{ what: 'A', variant: 'a', quantity: '2000000', worth: '900' }])
  assert.deepEqual(takenOut([line('a', 1n)], [line('a', 2n), line('b', 1n)]), [])
  assert.deepEqual(takenOut([line('a', 1n, { isGone: true })], []), [])
  assert.deepEqual(
    takenOut([line('a', 1n, { unitPrice: '400' }), line('b', 500n, { priceUnit: '1000' })], []).map((one) => one.worth),
    ['400', '225'],
  )
  assert.deepEqual(emptied([line('a', 1n), line('b', 2n)]), { what: 'A · B', worth: '1350' })
  assert.equal(emptied(Array.from({ length: 90 }, (_, n) => line(`line ${n}`, 1n))).what.length, 300)
})

test('what a till tells stands in the list once, under the name of who did it; cashiers do not read it', async () => {
  const world = await aCompany()
  const server = await aServer(world.url)
  const owner = server.client(world.cookie)
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
  const pot = await aProduct(world, 'Clay pot', 450n, 5, 100n, { taxed: false })
  const done = (answer: Answer) => {
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    return answer.body
  }
  const one = {
    id: newId(),
    kind: 'removed',
    basket: newId(),
    what: 'Clay pot',
    variant: pot.variant,
    quantity: '1000000',
    worth: '450',
    at: '2099-01-01T00:00:00Z',
  }
  const told = { till: world.till, removals: [one] }
  for (let time = 0; time < 2; time++) done(await cashier.call('POST /pos/removals', told))
  const { rows, refs } = done(await owner.call('GET /pos/removals'))
  assert.deepEqual([rows.length, rows[0].what, rows[0].worth, rows[0].sale], [1, 'Clay pot', '450', null])
  assert.ok(rows[0].at < '2099', 'a clock that goes ahead is set right')
  assert.ok(refs[rows[0].removedBy])
  assert.equal(done(await owner.call('GET /pos/removals', { removedBy: world.owner })).rows.length, 0)
  assert.equal((await cashier.call('GET /pos/removals')).status, 403)
})
