import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShippedRole } from '#kit/program.ts'
import { newId } from '#kit/id.ts'
import type { Problem } from '#kit/problem.ts'
import { receiveNew } from '#modules/inventory/document/draft.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { acceptInvitation, invite } from '../invitation/invitation.commands.ts'
import { newToken } from '../session/session.store.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'
import { disableUser, setRoles } from './user.commands.ts'
import { aRole } from '../role/role.factory.ts'
import type { Membership } from '../role/role.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { db } = world.database
let people = 0

/** Somebody who works here: their browser and who they are. */
async function aPerson(...roles: Partial<Membership>[]): Promise<{ id: string; email: string; client: Client }> {
  const email = `person${++people}@example.com`
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, roles))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, email, client }
}
const anotherPlace = async (code: string): Promise<string> => {
  const answer = await owner.call('POST /places', {
    name: `Store ${code}`,
    code,
    kind: 'store',
    timeZone: 'Africa/Nairobi',
    cutOffHour: 4,
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}
const rolesOf = async (holder: string) =>
  (await db.selectFrom('accessMember').select(['role', 'place']).where('holder', '=', holder).orderBy('role').execute()).map(
    ({ role, place }) => (place === null ? role : `${role}@${place}`),
  )
const openSessions = async (holder: string) =>
  (await db.selectFrom('accessSession').select('tokenHash').where('holder', '=', holder).execute()).length

test('an invitation lets one person in once, with all its roles', async () => {
  const token = await anInvitation(owner, 'once@example.com', [
    { role: 'cashier', place: world.place },
    { role: 'stockKeeper', place: world.place },
    { role: 'cashier', place: world.place },
  ])
  const greeting = await server.client().call(`GET /invitations/by-token/${token}`)
  assert.deepEqual([greeting.status, greeting.body.email], [200, 'once@example.com'])

  const first = await accept(server.client(), token)
  const again = await accept(server.client(), token)

  assert.equal(first.status, 200)
  assert.deepEqual([again.status, again.body.code], [410, 'access.invitation.gone'])
  assert.deepEqual(await rolesOf(first.body.user), [`cashier@${world.place}`, `stockKeeper@${world.place}`])
  assert.equal((await server.client().call(`GET /invitations/by-token/${token}`)).status, 410)
})

test('two who open one link at the same moment: one gets in', async () => {
  const token = await anInvitation(owner, 'race@example.com', [{ role: 'cashier' }])

  const answers = await Promise.all([accept(server.client(), token), accept(server.client(), token)])

  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 410])
})

test('an invitation ends after seven days, to the second', async () => {
  const sentAt = Temporal.Instant.from('2026-11-01T08:00:00Z')
  const open = async (email: string, at: Temporal.Instant) => {
    const token = newToken()
    await invite(world.ctx({ now: sentAt }), { token, email, name: 'Late', roles: [{ role: 'cashier' }] })
    const guest = { ...world.ctx({ now: at }), actor: { ...world.ctx().actor, id: null, grants: new Map() } }
    return acceptInvitation(guest, { token, name: 'Late', password: PASSWORD })
  }
  const end = sentAt.add({ hours: 7 * 24 })

  await assert.rejects(open('late@example.com', end), { code: 'access.invitation.gone' })
  await open('just@example.com', end.subtract({ seconds: 1 }))

  const late = await db.selectFrom('accessUser').select('id').where('email', '=', 'late@example.com').execute()
  assert.equal(late.length, 0)
})

test('a withdrawn invitation is refused; so is one that a newer one to the same address has replaced', async () => {
  const withdrawn = await anInvitation(owner, 'gone@example.com', [{ role: 'cashier' }])
  const { body } = await owner.call('GET /invitations')
  const { id } = body.rows.find((row: { email: string }) => row.email === 'gone@example.com')
  assert.equal((await owner.call(`DELETE /invitations/${id}`)).status, 200)
  assert.equal((await accept(server.client(), withdrawn)).status, 410)
  assert.equal((await owner.call(`DELETE /invitations/${id}`)).status, 410)

  const older = await anInvitation(owner, 'twice@example.com', [{ role: 'manager' }])
  const newer = await anInvitation(owner, 'twice@example.com', [{ role: 'cashier' }])
  assert.equal((await accept(server.client(), older)).status, 410)
  assert.equal((await accept(server.client(), newer)).status, 200)
})

test('the secret of a link is kept nowhere: not in the trail, not among the answers, not in its table', async () => {
  const token = await anInvitation(owner, 'secret@example.com', [{ role: 'cashier' }])

  const { rows } = await world.database.pool.query(
    `select 'trail' from audit_entry where input::text like $1
     union all select 'answer' from idempotency_key where answer::text like $1
     union all select 'table' from access_invitation i where i::text like $1`,
    [`%${token}%`],
  )

  assert.deepEqual(rows, [])
})

test('who is disabled is out at once, on every device, and lets nobody in any more', async () => {
  const { id, email, client } = await aPerson({ role: 'administrator' })
  const second = server.client()
  assert.equal((await second.call('POST /sign-in', { email, password: PASSWORD })).status, 200)
  assert.equal((await client.call('GET /users')).status, 200)
  const behind = await anInvitation(client, 'behind@example.com', [{ role: 'manager' }])

  assert.equal((await owner.call(`POST /users/${id}/disable`)).status, 200)

  for (const device of [client, second]) assert.equal((await device.call('GET /users')).status, 401)
  assert.equal(await openSessions(id), 0)
  assert.equal((await second.call('POST /sign-in', { email, password: PASSWORD })).status, 401)
  assert.equal((await accept(server.client(), behind)).status, 410)
  assert.equal((await owner.call(`POST /users/${id}/enable`)).status, 200)
  assert.equal((await client.call('GET /users')).status, 401)
  assert.equal((await second.call('POST /sign-in', { email, password: PASSWORD })).status, 200)
})

test('new roles are felt at once: the old session is over', async () => {
  const { id, client } = await aPerson({ role: 'manager' })
  assert.equal((await client.call('GET /users')).status, 200)

  assert.equal((await owner.call(`POST /users/${id}/roles`, { roles: [{ role: 'cashier', place: world.place }] })).status, 201)

  assert.equal((await client.call('GET /users')).status, 401)
  assert.deepEqual(await rolesOf(id), [`cashier@${world.place}`])
  const { body } = await owner.call(`GET /users/${id}/history`)
  const change = body.rows[0].changes.find((one: { field: string }) => one.field === 'roles')
  assert.deepEqual([change.before[0].role, change.after[0].role, body.refs[world.place]], ['manager', 'cashier', 'Main Street'])
})

test('nobody disables themselves or changes their own roles', async () => {
  const disabled = await owner.call(`POST /users/${world.owner}/disable`)
  const changed = await owner.call(`POST /users/${world.owner}/roles`, { roles: [{ role: 'owner' }, { role: 'cashier' }] })

  assert.deepEqual([disabled.status, disabled.body.code], [409, 'access.user.notYourself'])
  assert.deepEqual([changed.status, changed.body.code], [409, 'access.user.notYourself'])
})

test('owners are changed and made by two of them, and in no other way', async () => {
  const shop = await aCompany()
  const here = await aServer(shop.url)
  const [first, second, third] = [here.client(shop.cookie), here.client(), here.client()]
  const invited = (email: string) =>
    first.call('POST /invitations', { token: newToken(), email, name: 'Another', roles: [{ role: 'owner' }] })
  await accept(second, await anInvitation(first, 'second@example.com', [{ role: 'owner' }]))
  const { id: secondId } = (await second.call('GET /session')).body.user
  // There are two now: a third one, who might then agree to anything, needs both.
  const asked = await invited('third@example.com')
  assert.equal(asked.body.code, 'kit.approvalNeeded')
  await accept(third, await anInvitation(first, 'boss@example.com', [{ role: 'administrator' }]))
  const acts = [
    () => first.call(`POST /users/${secondId}/disable`),
    () => first.call(`POST /users/${secondId}/roles`, { roles: [{ role: 'manager' }] }),
    () => first.call(`DELETE /users/${secondId}/sessions`),
    () => first.call(`POST /users/${secondId}/password-change`),
    () => first.call(`POST /users/${secondId}/factors/reset`, { reason: 'They asked me to' }),
    () => first.call(`POST /users/${secondId}/badge`),
  ]
  for (const act of acts) assert.equal((await act()).body.code, 'kit.approvalNeeded')
  assert.equal((await second.call('GET /users')).status, 200, 'still there')
  const refusal = await acts[1]!()
  const { id } = refusal.body.details
  await first.call(`POST /approvals/${id}/asking`, {})
  assert.equal((await third.call(`POST /approvals/${id}/decision`, { approve: true })).body.code, 'access.approval.notYours')
  assert.equal(
    (await second.call(`POST /approvals/${id}/decision`, { approve: true })).status,
    200,
    'an owner may agree to their own going',
  )
  assert.equal((await first.call(`POST /approvals/${id}/completion`)).status, 201)
  assert.equal((await second.call('GET /users')).status, 401)
  // One owner again: the next one needs nobody.
  assert.equal((await invited('fourth@example.com')).status, 201)
})

test('the last owner can’t be disabled or made something else', async () => {
  const onlyOwner = await aCompany()
  const system = { ...onlyOwner.ctx(), actor: { ...onlyOwner.ctx().actor, kind: 'system' as const, id: null } }

  await assert.rejects(disableUser(system, { id: onlyOwner.owner }), { code: 'access.user.lastOwner' })
  await assert.rejects(setRoles(system, { id: onlyOwner.owner, roles: [{ role: 'manager' }] }), { code: 'access.user.lastOwner' })
  // An owner of one place looks after that place and not after the company.
  await assert.rejects(setRoles(system, { id: onlyOwner.owner, roles: [{ role: 'owner', place: onlyOwner.place }] }), {
    code: 'access.user.lastOwner',
  })

  const left = await onlyOwner.database.db.selectFrom('accessMember').select(['role', 'place']).execute()
  assert.deepEqual(left, [{ role: 'owner', place: null }])
})

for (const [what, act] of [
  [
    'demote',
    (by: string, id: string, two: typeof world, more: object) =>
      setRoles(two.as('owner', { id: by, more }), { id, roles: [{ role: 'cashier' }] }),
  ],
  [
    'disable',
    (by: string, id: string, two: typeof world, more: object) => disableUser(two.as('owner', { id: by, more }), { id }),
  ],
] as const) {
  test(`two owners who ${what} each other at the same moment: one of them stays an owner`, async () => {
    const two = await aCompany()
    const token = newToken()
    await invite(two.ctx(), { token, email: 'second@example.com', name: 'Second', roles: [{ role: 'owner' }] })
    const { user: second } = await acceptInvitation(two.ctx(), { token, name: 'Second', password: PASSWORD })
    // Both connections are open and waiting for each other's rows, ten times over.
    for (let round = 0; round < 10; round++) {
      // Each has the other's word for it.
      const agreed = async (by: string, to: string) => {
        const refusal = await act(by, to, two, {}).catch((error: Problem) => error)
        const { id: approval } = (refusal as Problem).details as { id: string }
        await two.database.pool.query(`update access_approval set state = 'approved', decided_by = $2 where id = $1`, [
          approval,
          to,
        ])
        return { approval }
      }
      const [first, other] = [await agreed(two.owner, second), await agreed(second, two.owner)]
      const results = await Promise.allSettled([act(two.owner, second, two, first), act(second, two.owner, two, other)])

      const owners = await two.database.db
        .selectFrom('accessMember as m')
        .innerJoin('accessUser as u', 'u.id', 'm.holder')
        .select('u.id')
        .where('m.role', '=', 'owner')
        .where('u.state', '=', 'active')
        .execute()
      assert.deepEqual(results.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
      assert.equal(owners.length, 1)
      await two.database.pool.query(`update access_user set state = 'active'`)
      await two.database.pool.query(`update access_member set role = 'owner', place = null`)
    }
  })
}

test('nobody gives or takes rights that they don’t hold, nor further than they reach', async () => {
  const place = await anotherPlace('S8')
  const local = await aPerson({ role: 'owner', place })
  const global = await aPerson({ role: 'cashier' })
  const here = await aPerson({ role: 'cashier', place })
  const give = (id: string, role: ShippedRole, at: string | null) =>
    local.client.call(`POST /users/${id}/roles`, { roles: [{ role, place: at }] })
  const code = (answer: { status: number; body: { code?: string } }) => answer.body.code ?? answer.status
  const invited = (roles: Partial<Membership>[]) =>
    local.client.call('POST /invitations', { token: newToken(), email: `x${newId()}@example.com`, name: 'X', roles })

  assert.equal(code(await give(here.id, 'manager', null)), 'access.user.beyondYours')
  assert.equal(code(await give(here.id, 'cashier', world.place)), 'access.user.beyondYours')
  assert.equal(code(await give(here.id, 'owner', null)), 'access.user.beyondYours')
  // Taking is giving the other way round.
  assert.equal(code(await give(global.id, 'cashier', place)), 'access.user.beyondYours')
  assert.equal(code(await local.client.call(`POST /users/${global.id}/disable`)), 'access.user.beyondYours')
  assert.equal(code(await local.client.call(`POST /users/${world.owner}/disable`)), 'access.user.beyondYours')
  assert.equal(
    code(
      await local.client.call(
        `PATCH /users/${global.id}`,
        { name: 'Renamed', because: 'asked by the owner' },
        { 'if-match': '"1"' },
      ),
    ),
    'access.user.beyondYours',
  )
  assert.equal(code(await invited([{ role: 'cashier' }])), 'access.user.beyondYours')
  assert.equal(
    code(
      await invited([
        { role: 'cashier', place },
        { role: 'cashier', place: world.place },
      ]),
    ),
    'access.user.beyondYours',
  )
  assert.deepEqual(await rolesOf(global.id), ['cashier'])
  assert.deepEqual(await rolesOf(here.id), [`cashier@${place}`])

  assert.equal((await give(here.id, 'manager', place)).status, 201)
  assert.equal((await invited([{ role: 'cashier', place }])).status, 201)
})

test('a role at one place changes nothing that all places share', async () => {
  const place = await anotherPlace('S71')
  const method = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
  const { body: invitation } = await owner.call('POST /invitations', {
    token: newToken(),
    email: 'everywhere@example.com',
    name: 'E',
    roles: [{ role: 'cashier' }],
  })
  for (const role of ['owner', 'manager', 'accountant'] as const) {
    const { client } = await aPerson({ role, place })
    const rename = await client.call(
      `PATCH /payments/methods/${method.id}`,
      { name: 'Renamed', because: 'asked by the owner' },
      { 'if-match': '"1"' },
    )
    assert.equal(rename.status, 403, role)
    assert.equal((await client.call('POST /catalog/tax-classes', { name: 'Free', code: 'free' })).status, 403, role)
    const withdrawn = await client.call(`DELETE /invitations/${invitation.id}`)
    assert.equal(withdrawn.status, 403, role)
  }
  const { client } = await aPerson({ role: 'manager' })
  const rename = await client.call(`PATCH /payments/methods/${method.id}`, { name: 'Cash' }, { 'if-match': '"1"' })
  assert.equal(rename.status, 200)
})

test('who may not change people gives nothing: not as a manager, an auditor or a cashier', async () => {
  const target = await aPerson({ role: 'cashier' })
  for (const role of ['manager', 'auditor', 'cashier', 'accountant', 'stockKeeper'] as const) {
    const { client } = await aPerson({ role })
    const roles = [{ role: 'owner' }]
    assert.equal((await client.call(`POST /users/${target.id}/roles`, { roles })).status, 403, role)
    assert.equal((await client.call(`POST /users/${target.id}/disable`)).status, 403, role)
    const input = { token: newToken(), email: 'evil@example.com', name: 'Evil', roles }
    assert.equal((await client.call('POST /invitations', input)).status, 403, role)
  }
  assert.deepEqual(await rolesOf(target.id), ['cashier'])
})

test('one’s own sessions: each is named without its secret and can be ended; nobody else’s can', async () => {
  const { email, client } = await aPerson({ role: 'cashier' })
  const other = server.client()
  await other.call('POST /sign-in', { email, password: PASSWORD })
  const { body } = await client.call('GET /profile/sessions')
  assert.deepEqual(body.rows.map((row: { isThis: boolean }) => row.isThis).sort(), [false, true])
  assert.ok(body.rows.every((row: object) => !('tokenHash' in row)))
  const theirs = body.rows.find((row: { isThis: boolean }) => !row.isThis)

  assert.equal((await owner.call(`DELETE /profile/sessions/${theirs.id}`)).status, 404)
  assert.equal((await other.call('GET /profile/sessions')).status, 200)
  assert.equal((await client.call(`DELETE /profile/sessions/${theirs.id}`)).status, 200)
  assert.equal((await other.call('GET /profile/sessions')).status, 401)
  assert.equal((await client.call('GET /profile/sessions')).body.rows.length, 1)
})

test('a PIN is changed with the password only', async () => {
  const { client } = await aPerson({ role: 'manager' })
  const wrong = await client.call('POST /profile/pin', { current: 'not the password', pin: '4821' })
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'access.session.wrongPassword'])
  assert.equal((await client.call('POST /profile/pin', { current: PASSWORD, pin: '4821' })).status, 200)
  assert.equal((await client.call('GET /session')).body.user.hasPin, true)
})

test('a cashier of one place sees nothing of another place, and does nothing there', async () => {
  const lamp = await aProduct(world, 'Lamp', 90_000n, 5, 40_000n)
  const shift = await anOpenTill(world)
  const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
  const saleId = newId()
  const basket = {
    id: saleId,
    till: world.till,
    lines: [{ variant: lamp.variant, quantity: '1000000' as never, listPrice: lamp.price as never }],
    tenders: [{ method: cash.id, given: lamp.price as never }],
    total: lamp.price as never,
  }
  await completeSale(world.ctx(), basket)
  const document = newId()
  await receiveNew(world.ctx(), {
    kind: 'receipt',
    id: document,
    location: world.location,
    reason: 'opening',
    lines: [{ variant: lamp.variant, quantity: '2000000' as never, unitCost: '40000' as never }],
  })
  // Files go no further than lists, also for who may carry them away.
  const exports = { 'pos.sale.export': 'all', 'inventory.stock.export': 'all', 'places.place.export': 'all' } as const
  const carrier = await aRole(owner, 'Carrier', exports)
  const place = await anotherPlace('S9')
  const { client } = await aPerson({ role: 'cashier', place }, { role: carrier, place })

  const exported = ['/pos/sales', '/pos/shifts', '/pos/tills', '/inventory/documents', '/inventory/locations', '/places']
  const lists = [...exported, ...exported.map((path) => `${path}/export`), '/inventory/moves', '/inventory/stock']
  for (const path of lists) {
    const answer = await client.call(`GET ${path}`)
    assert.equal(answer.status, 200, path)
    assert.ok(!JSON.stringify(answer.body).includes(world.place), `${path} tells of another place`)
    assert.ok(!JSON.stringify(answer.body).includes('Main Street'), `${path} names another place`)
  }
  const search = await client.call('GET /search', { q: 'Main' })
  assert.deepEqual([search.status, search.body.rows], [200, []])
  for (const path of [
    `/pos/sales/${saleId}`,
    `/pos/sales/${saleId}/receipt.pdf`,
    `/pos/shifts/${shift}`,
    `/pos/shifts/${shift}/history`,
    `/pos/tills/${world.till}`,
    `/pos/tills/${world.till}/start`,
    `/inventory/documents/${document}`,
    `/inventory/locations/${world.location}`,
    `/catalog/sellables?place=${world.place}`,
    `/pos/parked?place=${world.place}`,
    `/places/${world.place}`,
  ])
    assert.equal((await client.call(`GET ${path}`)).status, 404, path)
  assert.deepEqual(
    (await client.call('GET /session')).body.places.map((one: { name: string }) => one.name),
    ['Store S9'],
  )
  assert.equal((await client.call('GET /audit')).status, 403)
  assert.equal((await client.call('GET /users')).status, 403)

  for (const [route, input] of [
    ['POST /pos/sales', { ...basket, id: newId() }],
    ['POST /pos/shifts', { id: newId(), till: world.till, float: '0' }],
    [`POST /pos/shifts/${shift}/cash`, { move: newId(), kind: 'out', amount: '100', reason: 'taken away' }],
    [`POST /pos/shifts/${shift}/close`, { counted: '0' }],
  ] as const)
    assert.equal((await client.call(route, input)).status, 404, route)
})

test('a manager of one place changes nothing of another', async () => {
  const { client } = await aPerson({ role: 'manager', place: await anotherPlace('S6') })
  for (const path of [`/inventory/locations/${world.location}`, `/pos/tills/${world.till}`, `/places/${world.place}`])
    assert.equal((await client.call(`PATCH ${path}`, { name: 'Taken over' }, { 'if-match': '"1"' })).status, 404, path)
})

test('whoever reads the books or the shelves of one place compares not those of the whole company', async () => {
  const { client } = await aPerson({ role: 'manager', place: world.place })
  for (const path of ['/ledger-check', '/inventory/check']) assert.equal((await client.call(`GET ${path}`)).status, 403, path)
})

test('who audits one place reads the trail of that place and of themselves', async () => {
  const place = await anotherPlace('S7')
  const { id, client } = await aPerson({ role: 'auditor', place })
  await aPerson({ role: 'cashier', place })

  const { body } = await client.call('GET /audit', { limit: '200' })

  assert.ok(body.rows.length > 0)
  assert.ok(body.rows.every((row: { place: string; actor: string }) => row.place === place || row.actor === id))
  const { body: all } = await owner.call('GET /audit', { limit: '1', place: world.place })
  assert.equal((await owner.call(`GET /audit/${all.rows[0].id}`)).status, 200)
  assert.equal((await client.call(`GET /audit/${all.rows[0].id}`)).status, 404)
  const exported = await client.call('GET /audit/export')
  assert.ok(exported.status === 200 && !exported.body.includes('Main Street'))
})

test('the pages of the trail join without a gap, and a record’s trail holds what was done to it', async () => {
  const { body } = await owner.call('POST /catalog/categories', { name: 'Watched', position: 1 })
  for (let position = 2; position < 8; position++)
    await owner.call(`PATCH /catalog/categories/${body.id}`, { position }, { 'if-match': `"${position - 1}"` })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { body: { rows: { id: string; command: string }[]; next: string | null } } = await owner.call('GET /audit', {
      about: body.id,
      limit: '3',
      ...(cursor && { cursor }),
    })
    seen.push(...page.body.rows.map((row) => row.id))
    cursor = page.body.next
  }
  assert.equal(new Set(seen).size, 7)
  assert.equal(seen.length, 7)
  const { body: shown } = await owner.call(`GET /audit/${seen[0]}`)
  assert.deepEqual([shown.changes[0].before, shown.changes[0].after], [{ position: 6 }, { position: 7 }])
  assert.equal(shown.refs[body.id], 'Watched')
})
