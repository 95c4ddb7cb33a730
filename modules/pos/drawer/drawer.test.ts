import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escpos } from '#kit/escpos.ts'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer } from '#test/server.ts'
import { aProduct } from '../sale/sale.factory.ts'

/** A drawer opens for cash, or with a reason; once for each, and its report tells who did and why. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const cashier = server.client()
await accept(cashier, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
const pot = await aProduct(world, 'Clay pot', 450n, 500, 100n, { taxed: false })
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const shift = newId()
done(await cashier.call('POST /pos/shifts', { id: shift, till: world.till, float: '100000' }))
const { rows: methods } = done(await owner.call('GET /payments/methods')) as { rows: { id: string; kind: string }[] }
const sell = async (kind: string) => {
  const id = newId()
  done(
    await cashier.call('POST /pos/sales', {
      id,
      till: world.till,
      lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
      total: '450',
      tenders: [{ method: methods.find((one) => one.kind === kind)!.id, given: kind === 'cash' ? '500' : '450' }],
    }),
  )
  return id
}
const PULSE = Buffer.from(escpos.drawer())
const bytes = async (path: string) => {
  const answer = await fetch(`${server.base}/api${path}`, {
    headers: { cookie: `__Host-duka=${cashier.jar.get('__Host-duka')}` },
  })
  return {
    status: answer.status,
    opens: Buffer.from(await answer.arrayBuffer())
      .subarray(0, 32)
      .includes(PULSE),
  }
}
const receipt = (sale: string) => bytes(`/pos/sales/${sale}/receipt.bin?drawer=true`)
const drawer = (document: string) => bytes(`/pos/shifts/${shift}/drawer.bin?document=${document}`)

test('the receipt of a cash sale opens the drawer, once; one of a card does not', async () => {
  const [cash, card] = [await sell('cash'), await sell('card')]
  assert.deepEqual(await receipt(card), { status: 200, opens: false })
  assert.deepEqual(await receipt(cash), { status: 200, opens: true })
  assert.deepEqual(await receipt(cash), { status: 200, opens: false })
  assert.equal((await drawer(card)).status, 409)
})

test('cash in and out open it, and a reason that somebody gave; nothing else does', async () => {
  const move = newId()
  done(await cashier.call(`POST /pos/shifts/${shift}/cash`, { move, kind: 'out', amount: '100', reason: 'Tea' }))
  assert.deepEqual(await drawer(move), { status: 200, opens: true })
  const opening = newId()
  assert.equal((await drawer(opening)).status, 409)
  assert.equal((await cashier.call(`POST /pos/shifts/${shift}/no-sale`, { opening, reason: ' ' })).status, 422)
  done(await cashier.call(`POST /pos/shifts/${shift}/no-sale`, { opening, reason: 'Change for a note' }))
  assert.deepEqual(await drawer(opening), { status: 200, opens: true })
  assert.equal((await drawer(opening)).status, 409)
  const { rows } = await world.database.pool.query(
    'select cause, count(*)::int as count from pos_drawer_pulse group by 1 order by 1',
  )
  assert.deepEqual(rows, [
    { cause: 'cash', count: 1 },
    { cause: 'noSale', count: 1 },
    { cause: 'sale', count: 1 },
  ])
})

test('the report of the shift tells who opened it without a sale and why, and no drawer opens after it was closed', async () => {
  const { report, noSales } = done(await owner.call(`GET /pos/shifts/${shift}`))
  assert.deepEqual(
    noSales.map(({ reason }: { reason: string }) => reason),
    ['Change for a note'],
  )
  assert.equal(report.noSales.length, 1)
  const late = newId()
  done(await cashier.call(`POST /pos/shifts/${shift}/no-sale`, { opening: late, reason: 'To look' }))
  done(await owner.call(`POST /pos/shifts/${shift}/close`, { counted: report.expected }))
  assert.equal((await drawer(late)).status, 409)
  const refused = await cashier.call(`POST /pos/shifts/${shift}/no-sale`, { opening: newId(), reason: 'To look' })
  assert.equal(refused.body.code, 'pos.shift.notOpen')
  const closed = done(await owner.call(`GET /pos/shifts/${shift}`)).report
  assert.deepEqual(
    closed.noSales.map(({ reason }: { reason: string }) => reason),
    ['Change for a note', 'To look'],
  )
})
