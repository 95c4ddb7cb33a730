import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct, type AProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aRole, changeRole, roleId, setLines } from '#modules/access/role/role.factory.ts'
import type { Membership } from '#modules/access/role/role.ts'

const world = await aCompany()
const server = await aServer(world.url)
// The same company, as another process sees it.
const other = await aServer(world.url)
const owner = server.client(world.cookie)
const { db, pool } = world.database
let people = 0

async function aPerson(...roles: Partial<Membership>[]): Promise<{ id: string; client: Client }> {
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, `somebody${++people}@example.com`, roles))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, client }
}
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
/** One of these, paid in cash. @returns the sale */
async function sellOne(by: Client, goods: AProduct): Promise<string> {
  const answer = await by.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: goods.variant, quantity: '1000000', listPrice: goods.price }],
    total: goods.price,
    tenders: [{ method: methods.find((one) => one.kind === 'cash')!.id, given: goods.price }],
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id as string
}
const codeOf = (answer: Answer) => answer.body.code ?? answer.status
const admin = await aPerson({ role: 'administrator' })

test('a role of one’s own begins with nothing or as a copy, and says what it may do', async () => {
  const key = await aRole(owner, 'Night watch', { 'inventory.stock.read': 'place' })
  assert.match(key, /^Night-watch-[a-z0-9]{4}$/)
  const { client } = await aPerson({ role: key, place: world.place })
  assert.equal((await client.call('GET /inventory/stock')).status, 200)
  assert.equal(codeOf(await client.call('GET /pos/sales')), 'kit.forbidden')

  const copy = await owner.call('POST /roles', { name: 'Senior cashier', from: 'cashier' })
  const { roles } = (await owner.call('GET /roles')).body
  const [made, cashier] = ['Senior cashier', 'cashier'].map((name) =>
    roles.find((one: { key: string; name: string }) => one.name === name || one.key === name),
  )
  assert.equal(made.id, copy.body.id)
  assert.deepEqual([made.lines, made.hours, made.lockMinutes], [cashier.lines, cashier.hours, cashier.lockMinutes])
  assert.equal(codeOf(await owner.call('POST /roles', { name: 'night WATCH' })), 'access.role.nameTaken')
  assert.equal(codeOf(await owner.call('POST /roles', { name: 'X', from: 'nobody' })), 'access.role.unknown')
})

test('a change of a role is felt at once by who holds it, in every process, and can be put back', async () => {
  const { client } = await aPerson({ role: 'viewer' })
  const there = other.client(client.cookie)
  for (const one of [client, there]) assert.equal((await one.call('GET /pos/sales')).status, 200)
  assert.equal((await setLines(owner, 'viewer', { 'pos.sale.read': 'none' })).status, 200)
  assert.equal(codeOf(await client.call('GET /pos/sales')), 'kit.forbidden')
  // The other process hears it with the next event, within a moment; or asks again after two seconds.
  let answer = await there.call('GET /pos/sales')
  for (const until = Date.now() + 5000; answer.status === 200 && Date.now() < until;) answer = await there.call('GET /pos/sales')
  assert.equal(codeOf(answer), 'kit.forbidden')
  assert.equal((await setLines(owner, 'viewer', { 'pos.sale.read': null })).status, 200)
  assert.equal((await client.call('GET /pos/sales')).status, 200)
  const history = (await owner.call(`GET /roles/${await roleId(owner, 'viewer')}/history`)).body.rows
  assert.deepEqual(history[0].changes, [
    { field: 'lines', before: { 'pos.sale.read': null }, after: { 'pos.sale.read': 'place' } },
  ])
})

test('what is forbidden stays forbidden whatever other roles allow', async () => {
  const key = await aRole(owner, 'No discounts', { 'pos.sale.read': 'never' })
  const { client } = await aPerson({ role: 'manager' }, { role: key, place: world.place })
  await anOpenTill(world)
  const goods = await aProduct(world, 'Basket', 10_000n, 5, 5_000n)
  const sale = await sellOne(owner, goods)
  const seen = (await client.call('GET /pos/sales')).body
  assert.ok(seen.code === 'kit.forbidden' || seen.rows.length === 0, 'nothing of the only place that there is')
  assert.notEqual((await client.call(`GET /pos/sales/${sale}`)).status, 200)
})

test('own and team: one sees what one made, and what the others of the team made', async () => {
  const sellers = await aRole(owner, 'Own sales', {
    'pos.sale.read': 'own',
    'pos.sale.complete': 'place',
    'pos.shift.read': 'place',
    'payments.method.read': 'place',
  })
  const leads = await aRole(owner, 'Team lead', { 'pos.sale.read': 'team', 'pos.sale.export': 'place' })
  const [ann, ben, lead] = [await aPerson({ role: sellers }), await aPerson({ role: sellers }), await aPerson({ role: leads })]
  const goods = await aProduct(world, 'Kettle', 20_000n, 50, 5_000n)
  const [hers, his] = [await sellOne(ann.client, goods), await sellOne(ben.client, goods)]
  const seenBy = async (who: Client) => ((await who.call('GET /pos/sales')).body.rows as { id: string }[]).map((one) => one.id)
  assert.deepEqual(await seenBy(ann.client), [hers])
  assert.equal((await ann.client.call(`GET /pos/sales/${his}`)).status, 404)
  assert.deepEqual(await seenBy(lead.client), [])

  const team = (await owner.call('POST /teams', { name: 'Kiosk' })).body.id
  for (const one of [ann, lead]) {
    const { version } = (await owner.call(`GET /users/${one.id}`)).body.row
    assert.equal(
      (await owner.call(`PATCH /users/${one.id}`, { team, because: 'asked by the owner' }, { 'if-match': `"${version}"` }))
        .status,
      200,
    )
  }
  assert.deepEqual(await seenBy(lead.client), [hers])
  assert.equal((await lead.client.call(`GET /pos/sales/${his}`)).status, 404)
  const exported = await fetch(`${server.base}/api/pos/sales/export?format=csv`, {
    headers: { cookie: `__Host-duka=${lead.client.cookie}` },
  })
  assert.equal((await exported.text()).trim().split('\n').length, 2, 'the head and one sale')
})

test('a role that is held until a moment is gone after it', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const { id, client } = await aPerson({ role: 'cashier', place: world.place }, { role: 'manager', place: world.place, until })
  assert.equal((await client.call('GET /board')).status, 200)
  await pool.query(`update access_member set until = now() - interval '1 second' where holder = $1 and role = 'manager'`, [id])
  let answer = await client.call('GET /board')
  for (const end = Date.now() + 5000; answer.status === 200 && Date.now() < end;) answer = await client.call('GET /board')
  assert.equal(codeOf(answer), 'kit.forbidden')
  assert.equal((await client.call('GET /pos/sales')).status, 200)
  const { roles } = (await owner.call(`GET /users/${id}`)).body
  assert.equal(roles.length, 2, 'it still stands on their page, as ended')

  const late = { token: 'x'.repeat(43), email: 'late@example.com', name: 'Late' }
  const gone = new Date(Date.now() - 1000).toISOString()
  assert.equal(
    codeOf(await owner.call('POST /invitations', { ...late, roles: [{ role: 'cashier', until: gone }] })),
    'access.role.ended',
  )
  assert.equal(codeOf(await owner.call('POST /invitations', { ...late, roles: [{ role: 'seller' }] })), 'access.role.seller')
  assert.equal(codeOf(await owner.call('POST /invitations', { ...late, roles: [{ role: 'king' }] })), 'access.role.unknown')
})

test('nobody raises their own rights, gives what they don’t hold, or touches what an owner may do', async () => {
  assert.equal(codeOf(await setLines(owner, 'owner', { 'pos.sale.read': 'none' })), 'access.role.fixed')
  assert.equal(codeOf(await setLines(admin.client, 'administrator', { 'pos.sale.read': 'none' })), 'access.role.yourOwn')
  const steward = await aRole(owner, 'Role steward', {
    'access.user.read': 'place',
    'access.role.edit': 'place',
    'pos.sale.read': 'place',
    'pos.sale.discount': 'own' as never,
  }).catch(() => undefined)
  assert.equal(steward, undefined, 'a scope that means nothing for a permission is refused')
  const key = await aRole(owner, 'Steward', {
    'access.user.read': 'place',
    'access.role.edit': 'place',
    'pos.sale.read': 'place',
  })
  const { client } = await aPerson({ role: key })
  assert.equal((await setLines(client, 'guard', { 'pos.sale.read': 'place' })).status, 200)
  const beyond = [
    ['pos.sale.complete', 'place'],
    ['inventory.stock.read', 'none'],
    ['ledger.account.read', 'never'],
  ] as const
  for (const [permission, line] of beyond)
    assert.equal(codeOf(await setLines(client, 'guard', { [permission]: line })), 'kit.forbidden', permission)
  assert.equal(codeOf(await client.call(`PATCH /roles/${await roleId(owner, key)}`, { hours: 90 })), 'access.role.yourOwn')
  assert.equal(codeOf(await client.call(`PATCH /roles/${await roleId(owner, 'owner')}`, { hours: 90 })), 'kit.forbidden')
  assert.equal(codeOf(await setLines(owner, 'guard', { 'no.such.right': 'place' })), 'kit.invalid')
  const local = await aPerson({ role: 'administrator', place: world.place })
  assert.equal(codeOf(await local.client.call('POST /roles', { name: 'Mine' })), 'kit.forbidden')
  const guard = (await owner.call('GET /roles')).body.roles.find((one: { key: string }) => one.key === 'guard')
  assert.deepEqual(guard.changed, ['pos.sale.read'])
})

test('administrators do everything but make and change owners', async () => {
  const roles = (of: string[]) => ({ roles: of.map((role) => ({ role })) })
  const { id } = await aPerson({ role: 'viewer' })
  assert.equal((await admin.client.call(`POST /users/${id}/roles`, roles(['manager']))).status, 201)
  assert.equal(codeOf(await admin.client.call(`POST /users/${id}/roles`, roles(['owner']))), 'access.user.ownersOnly')
  assert.equal(codeOf(await admin.client.call(`POST /users/${world.owner}/roles`, roles(['viewer']))), 'access.user.ownersOnly')
  assert.equal(codeOf(await admin.client.call(`POST /users/${world.owner}/disable`)), 'access.user.ownersOnly')
  assert.equal(codeOf(await admin.client.call(`DELETE /users/${world.owner}/sessions`)), 'access.user.ownersOnly')
  const invited = { token: 'y'.repeat(43), email: 'king@example.com', name: 'King', ...roles(['owner']) }
  assert.equal(codeOf(await admin.client.call('POST /invitations', invited)), 'access.user.ownersOnly')
})

test('a role that somebody holds is not put aside', async () => {
  const key = await aRole(owner, 'Helper', { 'places.place.read': 'place' })
  const id = await roleId(owner, key)
  const person = await aPerson({ role: key })
  assert.equal(codeOf(await owner.call(`POST /roles/${id}/archival`)), 'access.role.held')
  assert.equal((await owner.call(`POST /users/${person.id}/roles`, { roles: [{ role: 'viewer' }] })).status, 201)
  assert.equal((await owner.call(`POST /roles/${id}/archival`)).status, 201)
  assert.equal(codeOf(await owner.call(`POST /users/${person.id}/roles`, { roles: [{ role: key }] })), 'access.role.unknown')
  assert.equal(codeOf(await owner.call(`POST /roles/${await roleId(owner, 'owner')}/archival`)), 'access.role.fixed')
  await changeRole(owner, key, { name: 'Old helper' })
})

test('a role that is given and put aside at the same moment is one of the two', async () => {
  const person = await aPerson({ role: 'viewer' })
  for (let round = 0; round < 10; round++) {
    const key = await aRole(owner, `Short-lived ${round}`, { 'places.place.read': 'place' })
    const id = await roleId(owner, key)
    await Promise.all([
      owner.call(`POST /users/${person.id}/roles`, { roles: [{ role: key }] }),
      owner.call(`POST /roles/${id}/archival`),
    ])
    const { rows } = await pool.query(
      `select r.name from access_role r join access_member m on m.role = r.key where r.archived_at is not null`,
    )
    assert.deepEqual(rows, [])
  }
})

test('two who change one role at a moment leave it as one of them said', async () => {
  const key = await aRole(owner, 'Contested', { 'places.place.read': 'place' })
  const answers = await Promise.all([
    setLines(owner, key, { 'pos.sale.read': 'place', 'catalog.product.read': 'place' }),
    setLines(admin.client, key, { 'pos.sale.read': 'never', 'catalog.product.read': 'never' }),
  ])
  assert.deepEqual(
    answers.map((one) => one.status),
    [200, 200],
  )
  const { rows } = await pool.query<{ scope: string }>(
    `select scope from access_role_line l join access_role r on r.id = l.role where r.key = $1 and permission <> 'places.place.read'`,
    [key],
  )
  assert.equal(new Set(rows.map((row) => row.scope)).size, 1)
  assert.equal(rows.length, 2)
  assert.equal(
    (
      await db
        .selectFrom('auditTrailChange')
        .select('id')
        .where('record', '=', await roleId(owner, key))
        .execute()
    ).length,
    4,
  )
})
