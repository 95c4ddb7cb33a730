import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import type { ShippedRole } from '#kit/program.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aDraft, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from './harness.ts'
import { aServer, type Answer, type Client } from './server.ts'

/** What a second person agreed to is done as they saw it, and by every road on which it can be done. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

const done = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
let people = 0
async function aPerson(role: ShippedRole, place: string | null = world.place): Promise<Client> {
  const client = server.client()
  const invitation = await anInvitation(owner, `${role.toLowerCase()}-${++people}@example.com`, [{ role, place }] as object[])
  assert.equal((await accept(client, invitation)).status, 200)
  return client
}
const [keeper, manager, other] = [await aPerson('stockKeeper'), await aPerson('manager'), await aPerson('manager')]
const supplier = await aSupplier(owner, 'Unga Ltd')
const pot = await aProduct(world, 'Clay pot', 100_000n, 500, 8_000n)
const q = (n: number) => String(n * 1_000_000)
done(
  await owner.call('POST /approvals/settings', {
    settings: { 'inventory.wastage': { on: true, limit: '1000' }, 'sourcing.purchase': { on: true, limit: '1000' } },
  }),
)

/** Somebody asks, somebody else agrees. @returns the agreement */
async function agreed(asker: Client, refused: Answer, by: Client): Promise<string> {
  assert.equal(refused.body.code, 'kit.approvalNeeded', JSON.stringify(refused.body))
  const id = refused.body.details.id as string
  done(await asker.call(`POST /approvals/${id}/asking`, {}))
  done(await by.call('POST /session/proof', { way: 'password', password: PASSWORD }))
  done(await by.call(`POST /approvals/${id}/decision`, { approve: true }))
  return id
}

test('a yes is for the draft that somebody saw: what was changed since needs another one', async () => {
  const lines = [{ variant: pot.variant, quantity: q(-10) }]
  const draft = { kind: 'adjustment', reason: 'damaged', location: world.location, lines }
  const { id } = done(await keeper.call('POST /inventory/documents', draft))
  const post = (approval?: string) => keeper.call(`POST /inventory/documents/${id}/post`, {}, approval ? { approval } : {})
  const yes = await agreed(keeper, await post(), manager)
  const [line] = done(await keeper.call(`GET /inventory/documents/${id}`)).lines
  done(await keeper.call(`PATCH /inventory/documents/${id}`, { lines: [{ ...lines[0], id: line.id, quantity: q(-250) }] }))
  assert.equal((await post(yes)).body.code, 'access.approval.other')
  const { rows } = await pool.query('select 1 from inventory_move where document = $1', [id])
  assert.equal(rows.length, 0)
  // As it is now somebody agrees to it, once.
  const second = await agreed(keeper, await post(), manager)
  done(await post(second))
})

test('a yes to an order is none for the order that came of it', async () => {
  const { id } = done(
    await aDraft(manager, { supplier, location: world.location }, [{ variant: pot.variant, quantity: 1, price: 5_000n }]),
  )
  done(await manager.call(`POST /sourcing/purchases/${id}/submit`))
  const approve = (approval?: string) => manager.call(`POST /sourcing/purchases/${id}/approve`, {}, approval ? { approval } : {})
  const yes = await agreed(manager, await approve(), other)
  done(await manager.call(`POST /sourcing/purchases/${id}/sendBack`, { reason: 'Once more' }))
  const [line] = done(await manager.call(`GET /sourcing/purchases/${id}`)).lines
  const changed = { id: line.id, variant: pot.variant, quantity: q(900), price: '5000' }
  done(await manager.call(`PATCH /sourcing/purchases/${id}`, { lines: [changed] }))
  done(await manager.call(`POST /sourcing/purchases/${id}/submit`))
  assert.equal((await approve(yes)).body.code, 'access.approval.other')
})

test('nobody approves what they wrote into the draft of somebody else', async () => {
  const buyer = await aPerson('buyer')
  const { id } = done(
    await aDraft(buyer, { supplier, location: world.location }, [{ variant: pot.variant, quantity: 1, price: 500n }]),
  )
  const [line] = done(await manager.call(`GET /sourcing/purchases/${id}`)).lines
  done(
    await manager.call(`PATCH /sourcing/purchases/${id}`, {
      lines: [{ id: line.id, variant: pot.variant, quantity: q(100), price: '50000' }],
    }),
  )
  done(await manager.call(`POST /sourcing/purchases/${id}/submit`))
  assert.equal((await manager.call(`POST /sourcing/purchases/${id}/approve`)).body.code, 'kit.approvalNeeded')
  done(await other.call(`POST /sourcing/purchases/${id}/approve`))

  const shelf = done(await owner.call('POST /inventory/locations', { name: 'Back', code: 'BACK', place: world.place })).id
  const wanted = [{ variant: pot.variant, quantity: q(1) }]
  const moved = done(
    await keeper.call('POST /inventory/transfers', { location: world.location, toLocation: shelf, lines: wanted }),
  ).id
  const [own] = done(await manager.call(`GET /inventory/transfers/${moved}`)).lines
  done(await manager.call(`PATCH /inventory/transfers/${moved}`, { lines: [{ ...wanted[0], id: own.id, quantity: q(40) }] }))
  assert.equal((await manager.call(`POST /inventory/transfers/${moved}/approve`)).body.code, 'inventory.transfer.ownRequest')
  done(await other.call(`POST /inventory/transfers/${moved}/approve`))

  // What is lost on the way is written off, and judged as that.
  done(await keeper.call(`POST /inventory/transfers/${moved}/dispatch`))
  const missing = { receipt: newId(), reason: 'Gone', lines: [{ line: own.id, quantity: '0', missing: q(40) }] }
  assert.equal((await keeper.call(`POST /inventory/transfers/${moved}/receive`, missing)).body.code, 'kit.approvalNeeded')
})

test('taking a receipt back takes goods out, and is judged as writing them off', async () => {
  const receipt = {
    kind: 'receipt',
    location: world.location,
    reason: 'supplier',
    supplier,
    lines: [{ variant: pot.variant, quantity: q(100), unitCost: '8000' }],
  }
  const { id } = done(await owner.call('POST /inventory/documents/receive', receipt))
  const back = { newDocument: newId(), reason: 'Counted twice' }
  const refused = await keeper.call(`POST /inventory/documents/${id}/reversal`, back)
  const yes = await agreed(keeper, refused, manager)
  done(await keeper.call(`POST /inventory/documents/${id}/reversal`, back, { approval: yes }))
})

test('a delivery is taken in once, whatever key it comes with; an invoice says days and amounts that can be', async () => {
  const { id } = done(
    await aDraft(other, { supplier, location: world.location }, [{ variant: pot.variant, quantity: 10, price: 50n }]),
  )
  done(await other.call(`POST /sourcing/purchases/${id}/submit`))
  done(await owner.call(`POST /sourcing/purchases/${id}/approve`))
  const [line] = done(await keeper.call(`GET /sourcing/purchases/${id}`)).lines
  const came = { receipt: newId(), lines: [{ line: line.id, quantity: q(3) }] }
  done(await keeper.call(`POST /sourcing/purchases/${id}/receive`, came))
  assert.equal((await keeper.call(`POST /sourcing/purchases/${id}/receive`, came)).body.code, 'sourcing.purchase.receivedAlready')

  const accountant = await aPerson('accountant')
  const bill = (more: object) =>
    accountant.call(`POST /sourcing/purchases/${id}/bill`, {
      bill: newId(),
      number: 'INV-7',
      dated: '2026-11-01',
      net: '150',
      tax: '0',
      ...more,
    })
  assert.equal((await bill({ dated: '2999-11-30' })).body.code, 'sourcing.purchase.billDays')
  assert.equal((await bill({ dueOn: '1900-01-01' })).body.code, 'sourcing.purchase.billDays')
  assert.equal((await bill({ net: '99900000000' })).body.code, 'kit.approvalNeeded')
  done(await bill({}))
  assert.equal((await bill({ number: 'inv - 7', net: '1' })).body.code, 'sourcing.purchase.billTwice')
})

test('nothing is taken back on a day before it was booked', async () => {
  const chart = (await owner.call('GET /accounts/chart')).body.rows as { id: string; kind: string }[]
  const [debit, credit] = chart.filter((one) => one.kind === 'expense').map((one) => one.id)
  const lines = [
    { account: debit, debit: '100' },
    { account: credit, credit: '100' },
  ]
  const { id } = done(await owner.call('POST /journals', { memo: 'Rent', businessDay: '2026-06-05', lines }))
  done(await owner.call(`POST /journals/${id}/post`))
  const back = (businessDay: string) => owner.call(`POST /journals/${id}/reverse`, { businessDay, reason: 'Mistaken' })
  assert.equal((await back('2026-06-04')).body.code, 'ledger.entry.before')
  done(await back('2026-06-05'))
})

test('a review tells whoever may not see costs neither what goods cost nor from which quantity on somebody has to agree', async () => {
  const review = async (by: Client, n: number) => {
    const lines = [{ variant: pot.variant, quantity: q(-n) }]
    const paper = { id: newId(), kind: 'adjustment', reason: 'damaged', location: world.location, lines }
    return done(await by.call('POST /inventory/documents/post', paper, { review: 'true' })).approvals as string[]
  }
  assert.deepEqual(await review(manager, 5), ['inventory.wastage'])
  assert.deepEqual([await review(keeper, 1), await review(keeper, 5)], [[], []])
})
