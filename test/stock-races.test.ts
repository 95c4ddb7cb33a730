import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from './harness.ts'
import { aServer, type Client } from './server.ts'

/**
 * [A8] Receipts and sales of the same goods at once, over real sockets: no failure on our side, and no refusal that the shelf
 * contradicts. Whoever sells has brought the goods before, so nobody may be told that they aren't there.
 */
const TILLS = 4
const ROUNDS = 25

for (const costing of ['average', 'fifo'] as const)
  test(`[A8] stock that rises while it is sold refuses nobody and never fails, costed by ${costing}`, async () => {
    const world = await aCompany({ costing })
    const server = await aServer(world.url)
    const owner = server.client(world.cookie)
    const { body: taxes } = await owner.call('GET /catalog/tax-classes')
    const taxClass = (taxes.rows as { id: string; code: string }[]).find((one) => one.code === 'standard')!.id
    const cash = ((await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]).find(
      (one) => one.kind === 'cash',
    )!.id
    const goods: string[] = []
    for (const name of ['Rice', 'Beans', 'Oil'])
      goods.push(
        (await owner.call('POST /catalog/products', { id: newId(), name, taxClass, variants: [{ price: '10000' }] })).body
          .variants[0],
      )
    const tills = [world.till]
    for (let number = 2; number <= TILLS; number++)
      tills.push(
        (
          await owner.call('POST /pos/tills', {
            name: `Till ${number}`,
            code: `Q${number}`,
            place: world.place,
            location: world.location,
          })
        ).body.id,
      )
    for (const till of tills) await owner.call('POST /pos/shifts', { id: newId(), till, float: '0' })

    let lots = 0
    const receive = (client: Client, quantity: string, lot?: string) =>
      client.call('POST /inventory/documents/receive', {
        kind: 'receipt',
        id: newId(),
        location: world.location,
        reason: 'supplier',
        lines: goods.map((variant) => ({
          variant,
          quantity,
          unitCost: '4000',
          ...(lot && { lotCode: lot, expiresOn: '2999-01-01' }),
        })),
      })
    const sell = (client: Client, till: string, order: readonly string[]) =>
      client.call('POST /pos/sales', {
        id: newId(),
        till,
        lines: order.map((variant) => ({ variant, quantity: '1000000', listPrice: '10000' })),
        total: String(10_000 * order.length),
        tenders: [{ method: cash, given: String(10_000 * order.length) }],
      })
    const outcomes = new Map<string, number>()
    const count = ({ status, body }: { status: number; body: { code?: string } }) => {
      const key = status === 201 ? '201' : `${status} ${body.code}`
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
    }
    const cashier = async (index: number) => {
      for (let round = 0; round < ROUNDS; round++) {
        const own = server.client(world.cookie)
        // Everybody brings one and takes one: the shelf is all but empty, and there is always one for whoever has brought it.
        count(await receive(own, '1000000', index % 2 === 0 ? `LOT-${(lots += 1)}` : undefined))
        count(await sell(own, tills[index]!, round % 2 === 0 ? goods : goods.toReversed()))
      }
    }
    await Promise.all(tills.map((_, index) => cashier(index)))
    assert.deepEqual([...outcomes.keys()], ['201'])
    assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
    assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  })
