import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredAccess, may } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { contextOf } from '#kit/server/door/context.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until, type Answer, type Client } from '#test/server.ts'
import { isAtPlace } from '#modules/access/role/role.rules.ts'
import { aRole, setLines } from '#modules/access/role/role.factory.ts'
import type { Membership } from '#modules/access/role/role.ts'
import { explainWhy } from './why.queries.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { shippedRoles } from '#modules/access/role/shipped.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
let people = 0

async function aPerson(...roles: Partial<Membership>[]): Promise<{ id: string; email: string; client: Client }> {
  const client = server.client()
  const email = `asked${++people}@example.com`
  const answer = await accept(client, await anInvitation(owner, email, roles))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, email, client }
}
const why = (person: string, permission: string, more: object = {}, by = owner): Promise<Answer> =>
  by.call('GET /why', { person, permission, ...more })
const codeOf = (answer: Answer) => answer.body.code ?? answer.status
const elsewhere = (
  await owner.call('POST /places', { name: 'Harbour', code: 'HB', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string

await anOpenTill(world)
const goods = await aProduct(world, 'Basket', 10_000n, 5, 5_000n)
const { rows } = (await owner.call('GET /payments/methods')).body
const sale = newId()
await owner.call('POST /pos/sales', {
  id: sale,
  till: world.till,
  lines: [{ variant: goods.variant, quantity: '1000000', listPrice: goods.price }],
  total: goods.price,
  tenders: [{ method: rows.find((one: { kind: string }) => one.kind === 'cash').id, given: goods.price }],
})

test('the answer is what the engine does, for every shipped role, right and place', async () => {
  const permissions = declaredAccess().flatMap((one) => Object.keys(one.permissions))
  const wrong: string[] = []
  const { id } = await aPerson({ role: 'viewer', place: world.place })
  for (const role of shippedRoles) {
    await pool.query('update access_member set role = $2 where holder = $1', [id, role])
    const { actor } = (await contextOf(world.ctx(), id))!
    const judge = async (permission: string) => {
      for (const place of [undefined, world.place, elsewhere]) {
        const { verdict } = await explainWhy(world.ctx(), { person: id, permission, ...(place && { place }) })
        const asked = place && isAtPlace(permission) ? place : undefined
        if ((verdict === 'allowed') !== may(actor, permission, asked)) wrong.push(`${role} ${permission} ${place}: ${verdict}`)
      }
    }
    await Promise.all(permissions.map(judge))
  }
  assert.deepEqual(wrong, [])
})

test('it says which role, which rule, and how far', async () => {
  const forbids = await aRole(owner, 'No sales seen', { 'pos.sale.read': 'never' })
  const past = new Date(Date.now() + 3_600_000).toISOString()
  const { id } = await aPerson(
    { role: 'cashier', place: world.place },
    { role: forbids, place: elsewhere },
    { role: 'accountant', place: world.place, until: past },
  )
  await pool.query(`update access_member set until = now() - interval '1 minute' where holder = $1 and role = 'accountant'`, [id])
  const { body } = await why(id, 'pos.sale.read', { entity: 'pos.sale', record: sale })
  assert.equal(body.verdict, 'allowed')
  assert.deepEqual(
    body.reasons.map((one: { held: Membership; line: string; rule: string }) => [one.held.role, one.line, one.rule]).toSorted(),
    [
      ['accountant', 'place', 'ended'],
      ['cashier', 'place', 'allows'],
      [forbids, 'never', 'forbids'],
    ].toSorted(),
  )
  assert.deepEqual(body.reach.places, [world.place])
  assert.deepEqual(body.about.hidden, [{ field: 'pos.sale.cost', permission: 'catalog.cost.read' }])
  assert.equal(body.refs[world.place], 'Main Street')

  const verdict = async (roles: Partial<Membership>[], permission: string, more: object = {}) =>
    (await why((await aPerson(...roles)).id, permission, more)).body.verdict
  const record = { entity: 'pos.sale', record: sale }
  assert.equal(await verdict([{ role: 'cashier', place: elsewhere }], 'pos.sale.read', record), 'otherPlace')
  assert.equal(await verdict([{ role: 'vanSalesman' }], 'pos.sale.read', record), 'notTheirs')
  assert.equal(await verdict([{ role: 'cashier' }, { role: forbids }], 'pos.sale.read', record), 'forbidden')
  assert.equal(await verdict([{ role: 'packer' }], 'pos.sale.read', record), 'notInRoles')
  assert.equal(await verdict([{ role: 'manager', place: world.place }], 'catalog.tax.edit'), 'companyWide')
  const gone = await aPerson({ role: 'manager' })
  await owner.call(`POST /users/${gone.id}/disable`)
  assert.equal((await why(gone.id, 'pos.sale.read')).body.verdict, 'disabled')
  const cashier = await aPerson({ role: 'cashier' })
  assert.equal((await why(cashier.id, 'pos.sale.price')).body.withSecondPerson, true)
})

test('people may ask about themselves; about others and about records it takes the right to see them', async () => {
  const [one, other] = [
    await aPerson({ role: 'cashier', place: elsewhere }),
    await aPerson({ role: 'manager', place: elsewhere }),
  ]
  assert.equal((await why(one.id, 'pos.sale.read', {}, one.client)).body.verdict, 'allowed')
  assert.equal(codeOf(await why(other.id, 'pos.sale.read', {}, one.client)), 'kit.forbidden')
  assert.equal((await why(one.id, 'pos.sale.read', {}, other.client)).status, 200)
  assert.equal(codeOf(await why(one.id, 'pos.sale.read', { entity: 'pos.sale', record: sale }, other.client)), 'kit.notFound')
  assert.equal(codeOf(await why(newId(), 'pos.sale.read')), 'kit.notFound')
  assert.equal(codeOf(await why(one.id, 'no.such.right')), 'kit.invalid')
})

test('an administrator looks through somebody’s eyes: sees what they see, changes nothing, and it stands in the trail', async () => {
  const admin = await aPerson({ role: 'administrator' })
  const local = await aPerson({ role: 'cashier', place: elsewhere })
  const { client } = admin
  const seen = async () => ((await client.call('GET /pos/sales')).body.rows as unknown[]).length
  assert.equal(await seen(), 1)
  assert.equal((await client.call(`POST /users/${local.id}/view`)).status, 200)
  assert.equal(await seen(), 0)
  assert.equal((await client.call(`GET /pos/sales/${sale}`)).status, 404)
  assert.equal(codeOf(await client.call('GET /users')), 'kit.forbidden')
  const { user, viewedBy } = (await client.call('GET /session')).body
  assert.deepEqual([user.id, viewedBy], [local.id, 'Somebody New'])
  for (const [route, input] of [
    ['POST /profile', { name: 'Changed', locale: 'en' }],
    ['POST /parties', { name: 'Made in view', kind: 'person', roles: ['customer'] }],
    ['POST /views', { list: 'x', name: 'y', search: {} }],
    [`POST /users/${local.id}/view`, {}],
    ['POST /approvals/settings', { settings: { 'ledger.reopen': { on: true } } }],
  ] as const)
    assert.ok(['kit.viewOnly', 404].includes(codeOf(await client.call(route, input))), route)
  assert.equal((await client.call('DELETE /session/view')).status, 200)
  assert.equal(await seen(), 1)
  const { rows: trail } = await pool.query(
    `select command, actor, about from audit_entry where command in ('access.viewAs', 'access.stopViewing') order by at`,
  )
  assert.deepEqual(trail, [
    { command: 'access.viewAs', actor: admin.id, about: local.id },
    { command: 'access.stopViewing', actor: admin.id, about: local.id },
  ])
})

test('nobody sees more through another’s eyes: not owners, not people with more, not without the right', async () => {
  const admin = await aPerson({ role: 'administrator' })
  const manager = await aPerson({ role: 'manager' })
  assert.equal(codeOf(await admin.client.call(`POST /users/${world.owner}/view`)), 'access.user.ownersOnly')
  assert.equal(codeOf(await manager.client.call(`POST /users/${admin.id}/view`)), 'kit.forbidden')
  assert.equal(codeOf(await admin.client.call(`POST /users/${admin.id}/view`)), 'access.user.notYourself')
  // Who looks loses what they lose, and whom they look at gains nothing for them.
  const narrow = await aRole(owner, 'Looks on', {
    'access.user.viewAs': 'place',
    'access.user.read': 'place',
    'pos.sale.read': 'place',
  })
  const looker = await aPerson({ role: narrow })
  const target = await aPerson({ role: narrow })
  assert.equal((await looker.client.call(`POST /users/${target.id}/view`)).status, 200)
  await owner.call(`POST /users/${target.id}/roles`, { roles: [{ role: 'manager' }] })
  assert.equal((await looker.client.call('GET /pos/sales')).status, 200)
  assert.equal(codeOf(await looker.client.call('GET /board')), 'kit.forbidden')
  // Who may not look any more sees with their own eyes from then on, and so does who looks at somebody who became an owner.
  const eyes = async () => (await looker.client.call('GET /session')).body.viewedBy as string | null
  assert.equal(await eyes(), 'Somebody New')
  await setLines(owner, narrow, { 'access.user.viewAs': 'none' })
  assert.equal(await eyes(), null)
  assert.equal((await looker.client.call('GET /pos/sales')).status, 200)
  await setLines(owner, narrow, { 'access.user.viewAs': 'place' })
  assert.equal(await eyes(), 'Somebody New')
  await pool.query(`insert into access_member (id, holder, role) values ($1, $2, 'owner')`, [newId(), target.id])
  await until(eyes, (viewer) => viewer === null)
  const again = server.client()
  assert.equal((await again.call('POST /sign-in', { email: looker.email, password: PASSWORD })).status, 200)
  assert.equal((await again.call('GET /session')).body.viewedBy, null, 'only in the session in which it began')
})
