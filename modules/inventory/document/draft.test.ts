import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aRole } from '#modules/access/role/role.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const ONE = 1_000_000n
const q = (n: number) => String(BigInt(n) * ONE)

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const place = (await owner.call('GET /places')).body.rows[0].id as string
const back = (await owner.call('POST /inventory/locations', { name: 'Back room', code: 'BACK', place })).body.id as string
async function as(role: 'stockKeeper' | 'buyer' | 'dispatcher') {
  const client = server.client()
  await accept(client, await anInvitation(owner, `${role}-${newId()}@example.com`, [{ role, place }]))
  return client
}
const [keeper, buyer, dispatcher] = [await as('stockKeeper'), await as('buyer'), await as('dispatcher')]
const pot = await aProduct(world, 'Clay pot', 10_000n, 20, 4_000n)
const lamp = await aProduct(world, 'Oil lamp', 10_000n, 20, 4_000n)

const onHand = async (variant: string, location = world.location) =>
  (
    await world.database.pool.query<{ n: bigint }>(
      'select coalesce(sum(on_hand), 0)::bigint as n from inventory_balance where variant = $1 and location = $2',
      [variant, location],
    )
  ).rows[0]!.n / ONE
const footprint = async () =>
  (
    await world.database.pool.query(
      `select (select count(*) from inventory_move) as moves, (select count(*) from ledger_entry) as entries,
         (select count(*) from inventory_reservation) as promises, (select coalesce(sum(last), 0) from series where document = 'receipt') as numbers`,
    )
  ).rows[0]
const keep = async (input: object, by = owner) => {
  const answer = await by.call('POST /inventory/documents', { location: world.location, lines: [], ...input })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id as string
}
const show = async (id: string, by = owner) => (await by.call(`GET /inventory/documents/${id}`)).body
const delivery = { kind: 'receipt', reason: 'supplier', lines: [{ variant: pot.variant, quantity: q(5), unitCost: '4000' }] }

test('a draft moves nothing and has no number; somebody else goes on with it and posts it', async () => {
  const before = await footprint()
  const id = await keep(delivery, buyer)
  const { row, lines, refs } = await show(id, keeper)
  assert.deepEqual([row.state, row.number, row.value], ['draft', null, undefined])
  assert.equal(refs[id], 'Stock document without a number')
  assert.deepEqual(await footprint(), before)
  const [line] = lines
  assert.deepEqual([line.name, line.quantity, line.onHand], ['Clay pot', q(5), q(20)])

  const more = [
    { variant: pot.variant, quantity: null },
    { id: line.id, variant: pot.variant, quantity: q(7), unitCost: null },
    { variant: lamp.variant, quantity: q(2), unitCost: '4100', lotCode: 'L-1', expiresOn: '2030-01-31' },
  ]
  const changed = await keeper.call(`PATCH /inventory/documents/${id}`, { lines: more }, { 'if-match': String(row.version) })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.deepEqual(await footprint(), before)

  const { body: seen } = await keeper.call(`POST /inventory/documents/${id}/receive`, {}, { review: 'true' })
  assert.equal(seen.effects[0].rows.length, 2)
  assert.deepEqual(await footprint(), before, 'a review leaves nothing')

  const posted = await keeper.call(`POST /inventory/documents/${id}/receive`, {})
  assert.equal(posted.status, 201, JSON.stringify(posted.body))
  assert.match(posted.body.number, /^GRN-\d{4}-\d{4}$/)
  const paper = await show(id)
  assert.deepEqual(
    [paper.row.state, paper.row.number, paper.row.value, paper.lines.map((one: { lot: string | null }) => one.lot)],
    ['posted', posted.body.number, String(7 * 4000 + 2 * 4100), [null, 'L-1']],
    'lines that say no quantity are left out, and a cost that the keeper was not told stayed',
  )
  assert.deepEqual([await onHand(pot.variant), await onHand(lamp.variant)], [27n, 22n])
  const history = (await owner.call(`GET /inventory/documents/${id}/history`)).body.rows as { command: string }[]
  assert.deepEqual(
    history.map((one) => one.command),
    ['inventory.document.receive', 'inventory.document.change', 'inventory.document.create'],
  )
  assert.equal(
    (await owner.call(`POST /inventory/documents/${id}/reversal`, { newDocument: newId(), reason: 'Wrong' })).status,
    201,
  )
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
})

test('posted twice at once: one wins, the other is told; what was posted stays as it is', async () => {
  const id = await keep({
    ...delivery,
    kind: 'adjustment',
    reason: 'damaged',
    lines: [{ variant: pot.variant, quantity: q(-2) }],
  })
  const had = await onHand(pot.variant)
  const post = (by: typeof owner) => by.call(`POST /inventory/documents/${id}/post`, {})
  const answers = await Promise.all([post(owner), post(keeper)])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409], JSON.stringify(answers.map((one) => one.body)))
  assert.equal(answers.find((one) => one.status === 409)!.body.code, 'kit.wrongStep')
  assert.equal(await onHand(pot.variant), had - 2n)
  for (const attack of [
    ['PATCH', `/inventory/documents/${id}`, { note: 'Mine' }],
    ['POST', `/inventory/documents/${id}/void`, {}],
  ] as const)
    assert.equal((await owner.call(`${attack[0]} ${attack[1]}`, attack[2])).body.code, 'kit.wrongStep')
  for (const attack of [
    'update inventory_document set note = note where id = $1',
    'delete from inventory_document where id = $1',
    'update inventory_document_line set quantity = 1 where document = $1',
    'delete from inventory_document_line where document = $1',
  ])
    await assert.rejects(
      world.database.pool.query(attack, [id]),
      { code: '23514', constraint: 'inventory_document_final' },
      attack,
    )
})

test('a draft is thrown away and moves nothing; what was seen before somebody changed it is not posted', async () => {
  const id = await keep({ kind: 'transfer', toLocation: back, lines: [{ variant: lamp.variant, quantity: q(3) }] })
  const { version } = (await show(id)).row
  await owner.call(`PATCH /inventory/documents/${id}`, { note: 'Careful' })
  const stale = await owner.call(`POST /inventory/documents/${id}/post`, { ifMatch: version })
  assert.deepEqual([stale.status, stale.body.code], [409, 'kit.changedMeanwhile'])
  assert.equal((await keeper.call(`POST /inventory/documents/${id}/void`, {})).status, 201)
  assert.deepEqual([(await show(id)).row.state, await onHand(lamp.variant, back)], ['voided', 0n])
  assert.equal((await owner.call(`POST /inventory/documents/${id}/post`, {})).body.code, 'kit.wrongStep')
  const drafts = (await owner.call('GET /inventory/documents', { state: 'draft' })).body.rows as { id: string }[]
  assert.ok(drafts.every((one) => one.id !== id))
})

test('each kind is posted by those who may, and not before it says what it must', async () => {
  const receipt = await keep(delivery)
  const move = await keep({ kind: 'transfer', lines: [{ variant: lamp.variant, quantity: q(1) }] }, dispatcher)
  const less = await keep({ kind: 'adjustment', lines: [{ variant: lamp.variant, quantity: q(-1) }] })
  const empty = await keep({ kind: 'receipt', lines: [{ variant: lamp.variant, quantity: null }] })
  const bare = await keep({ kind: 'receipt', lines: [{ variant: lamp.variant, quantity: q(1) }] })
  const short = await keep({ kind: 'adjustment', reason: 'stolen', lines: [{ variant: lamp.variant, quantity: q(-500) }] })
  for (const [by, id, verb, code] of [
    [dispatcher, receipt, 'receive', 'kit.forbidden'],
    [buyer, less, 'post', 'kit.forbidden'],
    [owner, receipt, 'post', 'inventory.document.otherStep'],
    [owner, less, 'receive', 'inventory.document.otherStep'],
    [owner, less, 'post', 'inventory.document.noReason'],
    [dispatcher, move, 'post', 'inventory.document.noTarget'],
    [owner, empty, 'receive', 'inventory.document.noLines'],
    [owner, bare, 'receive', 'inventory.document.noCost'],
    [owner, short, 'post', 'inventory.stock.short'],
  ] as const)
    assert.equal((await by.call(`POST /inventory/documents/${id}/${verb}`, {})).body.code, code, `${verb} ${code}`)
  for (const [input, code] of [
    [{ kind: 'count' }, 'inventory.document.countIt'],
    [{ kind: 'adjustment', reason: 'supplier' }, 'inventory.document.otherReason'],
    [{ ...delivery, lines: [{ variant: pot.variant, quantity: q(-1) }] }, 'inventory.document.wrongQuantity'],
  ] as const)
    assert.equal(
      (await owner.call('POST /inventory/documents', { location: world.location, lines: [], ...input })).body.code,
      code,
    )
  const unknown = { ...delivery, location: world.location, lines: [{ variant: newId(), quantity: q(1), unitCost: '1' }] }
  for (const at of ['', '/receive'])
    assert.equal((await owner.call(`POST /inventory/documents${at}`, unknown)).body.code, 'kit.notFound', at)
  const moved = await dispatcher.call(`PATCH /inventory/documents/${move}`, { toLocation: back })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.equal((await dispatcher.call(`POST /inventory/documents/${move}/post`, {})).status, 201)
  assert.equal(await onHand(lamp.variant, back), 1n)
})

test('what was never kept is written and posted in one, with the right of that step alone; a review or a refusal leaves nothing', async () => {
  const input = { ...delivery, id: newId(), location: world.location }
  const papers = async () =>
    (await world.database.pool.query('select count(*)::int as n from inventory_document')).rows[0].n as number
  const before = { ...(await footprint()), papers: await papers() }
  const now = async () => ({ ...(await footprint()), papers: await papers() })
  const { body: seen } = await owner.call('POST /inventory/documents/receive', input, { review: 'true' })
  assert.equal(seen.effects[0].rows.length, 1)
  assert.deepEqual(await now(), before)
  const damaged = {
    kind: 'adjustment',
    reason: 'damaged',
    location: world.location,
    lines: [{ variant: pot.variant, quantity: q(-1) }],
  }
  for (const [by, at, wrong, code] of [
    [dispatcher, 'receive', input, 'kit.forbidden'],
    [buyer, 'post', damaged, 'kit.forbidden'],
    [owner, 'post', input, 'inventory.document.otherStep'],
    [owner, 'receive', damaged, 'inventory.document.otherStep'],
    [owner, 'receive', { ...input, lines: [{ ...delivery.lines[0], unitCost: null }] }, 'inventory.document.noCost'],
    [owner, 'receive', { ...input, lines: [] }, 'inventory.document.noLines'],
    [owner, 'post', { ...damaged, lines: [{ variant: pot.variant, quantity: q(-900) }] }, 'inventory.stock.short'],
  ] as const)
    assert.equal((await by.call(`POST /inventory/documents/${at}`, wrong)).body.code, code, `${at} ${code}`)
  assert.deepEqual(await now(), before)

  const had = await onHand(pot.variant)
  const [one, other] = await Promise.all([1, 2].map(() => owner.call('POST /inventory/documents/receive', input)))
  assert.deepEqual([one!.status, other!.status].toSorted(), [201, 409], JSON.stringify([one!.body, other!.body]))
  assert.equal(await onHand(pot.variant), had + 5n)
  const { row } = await show(input.id)
  assert.deepEqual([row.state, row.value], ['posted', '20000'])
  // Who takes goods in without keeping papers for later takes them in all the same.
  const taker = server.client()
  const taking = { 'inventory.stock.receive': 'place', 'inventory.stock.read': 'place' } as const
  await accept(
    taker,
    await anInvitation(owner, `taker-${newId()}@example.com`, [{ role: await aRole(owner, 'Taker', taking), place }]),
  )
  assert.equal((await taker.call('POST /inventory/documents', { ...input, id: newId() })).body.code, 'kit.forbidden')
  assert.equal((await taker.call('POST /inventory/documents/receive', { ...input, id: newId() })).status, 201)
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
})
