import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { newId } from '#kit/id.ts'
import { minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { command, query } from '#kit/server/door/command.ts'
import { contextOf } from '#kit/server/door/context.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { locationOf } from '../location/location.store.ts'
import { receive } from './stock.store.ts'

/** Two sellers keep goods here. Each sees their own, by the scope of every query, and by the tables when a query forgets it. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
await anOpenTill(world)
const lamp = await aProduct(world, 'Lamp', 116_000n, 50, 60_000n)
const rug = await aProduct(world, 'Rug', 300_000n, 5, 100_000n)
const aSeller = async (name: string) =>
  (await owner.call('POST /parties', { name, kind: 'organization', roles: ['seller'] })).body.id as string
const [ann, ben] = [await aSeller('Ann Lamps'), await aSeller('Ben Rugs')]

const keepFor = command({
  name: 'test.keepFor',
  can: 'inventory.stock.receive',
  internal: true,
  input: z.object({ seller: z.uuid(), variant: z.uuid(), quantity: z.number() }),
  async run(tx, { seller, variant, quantity }) {
    const line = { variant, quantity: BigInt(quantity * 1_000_000) as Qty, owner: seller, value: minor(0) }
    const why = { documentKind: 'inventory.receipt', document: newId(), businessDay: '2026-11-21', reason: 'test' }
    await receive(tx, await locationOf(tx, 'supplier'), world.location, [line], why)
    return {}
  },
})
await keepFor(world.ctx(), { seller: ann, variant: lamp.variant, quantity: 7 })
await keepFor(world.ctx(), { seller: ben, variant: rug.variant, quantity: 3 })
await keepFor(world.ctx(), { seller: ben, variant: lamp.variant, quantity: 2 })

async function aPerson(email: string, seller: string): Promise<{ id: string; client: Client }> {
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, [{ role: 'seller', seller }]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, client }
}
const hers = await aPerson('ann@example.com', ann)
const his = await aPerson('ben@example.com', ben)
const codeOf = (answer: Answer) => answer.body.code ?? answer.status

test('a seller sees the goods that are theirs, and nobody else’s', async () => {
  const stock = async (by: Client) =>
    ((await by.call('GET /inventory/stock')).body.rows as { name: string; onHand: string; value: unknown }[]).map((row) => [
      row.name,
      row.onHand,
      row.value ?? null,
    ])
  assert.deepEqual(await stock(hers.client), [['Lamp', '7000000', null]])
  assert.deepEqual(await stock(his.client), [
    ['Lamp', '2000000', null],
    ['Rug', '3000000', null],
  ])
  assert.equal((await hers.client.call(`GET /inventory/stock/${rug.variant}`)).status, 404)
  const { locations } = (await hers.client.call(`GET /inventory/stock/${lamp.variant}`)).body
  assert.deepEqual(
    locations.map((one: { onHand: string }) => one.onHand),
    ['7000000'],
  )
  const moves = (await hers.client.call('GET /inventory/moves')).body.rows
  assert.deepEqual(
    moves.map((one: { name: string; quantity: string }) => [one.name, one.quantity]),
    [['Lamp', '7000000']],
  )
})

test('they see themselves among customers and suppliers, and nothing of the rest of the shop', async () => {
  const { rows } = (await hers.client.call('GET /parties')).body
  assert.deepEqual(
    rows.map((one: { name: string }) => one.name),
    ['Ann Lamps'],
  )
  assert.equal((await hers.client.call(`GET /parties/${ben}`)).status, 404)
  assert.equal((await hers.client.call(`GET /parties/${ann}`)).status, 200)
  for (const path of ['/pos/sales', '/entries', '/users', '/audit', '/catalog/products', '/board', '/inventory/check'])
    assert.equal(codeOf(await hers.client.call(`GET ${path}`)), 'kit.forbidden', path)
  assert.deepEqual((await hers.client.call('GET /inventory/documents')).body.rows, [])
  const found = (await hers.client.call('GET /search', { q: 'Rugs' })).body.rows
  assert.deepEqual(found, [])
  assert.equal((await hers.client.call('GET /session')).body.user.id, hers.id, 'and they get in at all')
})

// What a careless programmer might write: all of it, whoever asks.
const forgetful = query({
  name: 'test.forgetful',
  can: 'inventory.stock.read',
  input: z.object({ table: z.string() }),
  run: async ({ db }, { table }) => (await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)).rows,
})

test('a query that forgot its scope finds nothing that is somebody else’s', async () => {
  const ctx = (await contextOf(world.ctx(), hers.id))!
  assert.deepEqual(ctx.actor.sellers, [ann])
  for (const table of ['inventory_balance', 'inventory_move', 'party']) {
    const rows = await forgetful(ctx, { table })
    assert.ok(rows.length > 0, table)
    assert.ok(
      rows.every((row) => (row['owner'] ?? row['id']) === ann),
      table,
    )
  }
  // Views look with their eyes too.
  assert.deepEqual(
    (await forgetful(ctx, { table: 'party_fact' })).map((row) => row['id']),
    [ann],
  )
  for (const table of [
    'pos_sale',
    'ledger_entry',
    'ledger_line',
    'inventory_document',
    'audit_entry',
    'audit_trail',
    'pos_sale_fact',
  ])
    assert.deepEqual(await forgetful(ctx, { table }), [], table)
  // And the same statement for somebody from inside finds what there is.
  assert.ok((await forgetful(world.ctx(), { table: 'inventory_balance' })).length > 3)
  assert.ok((await forgetful(world.ctx(), { table: 'ledger_entry' })).length > 0)
})

test('the lock is of one statement: whoever has the connection next is not locked by it', async () => {
  const ctx = (await contextOf(world.ctx(), hers.id))!
  await Promise.all(
    Array.from({ length: 60 }, async (_, at) => {
      const [mine, all] = await Promise.all([
        forgetful(ctx, { table: 'inventory_balance' }),
        forgetful(world.ctx(), { table: 'inventory_balance' }),
      ])
      assert.equal(mine.length, 1, `round ${at}`)
      assert.ok(all.length > 3, `round ${at}`)
    }),
  )
  const write = query({
    name: 'test.writingQuery',
    can: 'inventory.stock.read',
    input: z.object({}),
    run: async ({ db }) => sql`update party set name = 'x'`.execute(db),
  })
  await assert.rejects(write(ctx, {}), /read-only/)
})

test('every table says what it is to people from outside', async () => {
  const open =
    /^(access_|catalog_|place$|setting$|saved_view$|file$|series$|number_template$|migration$|data_key$|idempotency_key$|audit_|import_mapping$|comms_template$|payment_method$|inventory_location$|custom_field$)/
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity`,
  )
  assert.deepEqual(
    rows.map((row) => row.name).filter((name) => !open.test(name)),
    [],
  )
  const { rows: views } = await world.database.pool.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce(reloptions::text like '%security_invoker=true%', false)`,
  )
  assert.deepEqual(views, [])
})
