import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { activityKinds } from '#kit/server/door/activity.ts'
import { sealTrail } from '#kit/server/door/audit-seal.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { forgetOld, keptKinds } from '#kit/server/list/keeping.ts'
import { codeOf } from '#modules/access/sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { aProduct, anOpenTill } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from './harness.ts'
import { aMailServer } from './post.ts'
import { aServer, until, type Client } from './server.ts'
import { root } from './template.ts'

const world = await aCompany()
const mail = await aMailServer()
const server = await aServer(world.url, { environment: mail.environment })
const owner = server.client(world.cookie)
const { pool, db } = world.database
await anOpenTill(world)

const aCustomer = async (name: string, more: object = {}): Promise<string> =>
  (await owner.call('POST /parties', { name, kind: 'person', roles: ['customer'], ...more })).body.id
async function aPerson(email: string): Promise<{ id: string; client: Client }> {
  const client = server.client()
  const { body } = await accept(client, await anInvitation(owner, email, [{ role: 'cashier' }]))
  return { id: body.user, client }
}
/** Everything that stands about somebody anywhere, opened. */
const known = async (part: string) => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query(`select * from ${name}`)
    if (JSON.stringify(rows).includes(part)) found.push(name)
  }
  return found
}

test('a customer is erased: who they were is nowhere, what they bought stays in the books, and the trail verifies', async () => {
  const contact = { phones: ['+254712900900'], emails: ['gone@customers.example'], address: 'Vanished Lane 9' }
  const id = await aCustomer('Juma Vanishing', { ...contact, note: 'Likes tea' })
  const { variant } = await aProduct(world, 'Tea', 10_000n, 5)
  const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
  const sale = newId()
  const sold = await owner.call('POST /pos/sales', {
    id: sale,
    till: world.till,
    customer: id,
    lines: [{ variant, quantity: '1000000', listPrice: '10000' }],
    total: '10000',
    tenders: [{ method: cash.id, given: '10000' }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  assert.equal((await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'gone@customers.example' })).status, 200)
  await until(
    () => pool.query(`select 1 from comms_message where state <> 'queued'`),
    ({ rowCount }) => rowCount! > 0,
  )
  assert.ok((await known('gone@customers.example')).length > 0)

  assert.deepEqual(codeOf(await owner.call(`POST /parties/${id}/erasure`, {})), [422, 'kit.invalid'], 'without a reason')
  assert.equal((await owner.call(`POST /parties/${id}/erasure`, { reason: 'Asked for it by letter' })).status, 200)

  for (const part of ['712900900', 'gone@customers.example', 'Vanished', 'Likes tea'])
    assert.deepEqual(await known(part), [], part)
  const { row } = (await owner.call(`GET /parties/${id}`)).body
  assert.deepEqual([row.name, row.phones, row.emails, row.address], ['•••', [], [], null])
  assert.equal((await owner.call('GET /parties/find', { q: '0712900900' })).body.rows.length, 0)
  const kept = await db.selectFrom('posSale').select(['customer', 'total']).where('id', '=', sale).executeTakeFirstOrThrow()
  assert.deepEqual([kept.customer, kept.total], [id, 10_000n])
  const { rows } = await pool.query('select sum(amount) as books from ledger_line')
  assert.equal(String(rows[0].books), '0')
  await sealTrail(world.database, 'all')
  const { rows: broken } = await pool.query(
    `select e.id from audit_entry e join audit_leaf l on l.entry = e.id
     where l.hash <> sha256('\\x00'::bytea || convert_to(audit_text_v1(e), 'UTF8'))`,
  )
  assert.deepEqual(broken, [], 'the trail still verifies')
  // Once, and for good.
  assert.deepEqual(codeOf(await owner.call(`POST /parties/${id}/erasure`, { reason: 'Again' })), [409, 'parties.party.erased'])
  assert.deepEqual(codeOf(await owner.call(`PATCH /parties/${id}`, { name: 'Back' }, { 'if-match': `"${row.version}"` })), [
    409,
    'parties.party.erased',
  ])
})

test('somebody who left is erased: after they were disabled, by who may, and nothing lets them in', async () => {
  const { id, client } = await aPerson('leaver@people.example')
  await client.call('POST /profile', { name: 'Leaver Lastname', locale: 'en', phones: ['+254733800800'] })
  const why = { reason: 'Left in March' }
  assert.deepEqual(codeOf(await owner.call(`POST /users/${id}/erasure`, why)), [409, 'access.user.disableFirst'])
  await owner.call(`POST /users/${id}/disable`, why)
  assert.equal((await client.call(`POST /users/${id}/erasure`, why)).status, 401)
  assert.equal((await owner.call(`POST /users/${id}/erasure`, why)).status, 200)
  for (const part of ['leaver@people.example', '733800800']) assert.deepEqual(await known(part), [], part)
  const { row, roles } = (await owner.call(`GET /users/${id}`)).body
  assert.deepEqual([row.name, row.phones, row.state, roles], ['•••', [], 'disabled', []])
  assert.equal((await server.client().call('POST /sign-in', { email: 'leaver@people.example', password: PASSWORD })).status, 401)
  assert.deepEqual(codeOf(await owner.call(`POST /users/${id}/enable`, why)), [409, 'access.user.erased'])
  // Who did what stays known.
  const { rows } = await pool.query(`select distinct actor_name from audit_entry where actor = $1`, [id])
  assert.ok(rows.some((one) => one.actor_name !== '•••'))
  // The address is free again.
  await accept(server.client(), await anInvitation(owner, 'leaver@people.example', [{ role: 'cashier' }]))
})

test('what is held stays: nobody erases it until the hold is lifted, and both stand in its history', async () => {
  const id = await aCustomer('Held Person', { phones: ['+254712111000'] })
  const { client: cashier } = await aPerson('holder@people.example')
  const hold = { entity: 'parties.party', record: id, reason: 'Case 12/2026' }
  assert.equal((await cashier.call('POST /holds', hold)).status, 403)
  const { status, body } = await owner.call('POST /holds', hold)
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(codeOf(await owner.call('POST /holds', hold)), [409, 'kit.keeping.heldAlready'])
  const refused = await owner.call(`POST /parties/${id}/erasure`, { reason: 'Asked' })
  assert.deepEqual(codeOf(refused), [409, 'kit.keeping.held'])
  assert.match(refused.body.message, /Case 12\/2026/)
  const read = (await owner.call(`GET /parties/${id}`)).body
  assert.deepEqual([read.row.phones, read.isHeld], [['+254712111000'], true])
  const { holds } = (await owner.call('GET /keeping')).body
  assert.deepEqual([holds[0].title, holds[0].placedByName], ['Held Person', 'Amina Owner'])
  assert.equal((await owner.call(`POST /holds/${body.id}/lift`, { reason: 'Settled' })).status, 200)
  assert.equal((await owner.call(`POST /holds/${body.id}/lift`, { reason: 'Twice' })).status, 404)
  assert.equal((await owner.call(`GET /parties/${id}`)).body.isHeld, false)
  assert.equal((await owner.call(`POST /parties/${id}/erasure`, { reason: 'Asked' })).status, 200)
})

test('a hold holds against whatever comes: erasing at the same moment, changing, taking an import back', async () => {
  for (let round = 0; round < 8; round++) {
    const id = await aCustomer(`Raced ${round}`, { phones: ['+254712111777'] })
    const [held, erased] = await Promise.all([
      owner.call('POST /holds', { entity: 'parties.party', record: id, reason: 'Case' }),
      owner.call(`POST /parties/${id}/erasure`, { reason: 'Asked' }),
    ])
    const { row } = (await owner.call(`GET /parties/${id}`)).body
    // One after the other: a hold that came first kept it, one that came later holds what is left.
    assert.equal(held.status, 201)
    assert.equal(row.erasedAt === null, erased.status === 409, `${round}: ${erased.status}`)
    if (row.erasedAt === null) assert.deepEqual(row.phones, ['+254712111777'])
  }
  const { body: run } = await owner.upload('/imports?kind=parties.party', 'one.csv', 'name,phones\nImported Once,0722000777\n')
  const at = async (state: string) =>
    until(
      async () => (await owner.call(`GET /imports/${run.id}`)).body.run.state,
      (now) => now === state,
    )
  await owner.call(`POST /imports/${run.id}/check`, { mapping: run.mapping })
  await at('checked')
  await owner.call(`POST /imports/${run.id}/application`)
  await at('applied')
  const [{ id }] = (await owner.call('GET /parties/find', { q: 'Imported Once' })).body.rows
  await owner.call('POST /holds', { entity: 'parties.party', record: id, reason: 'Case' })
  assert.deepEqual(codeOf(await owner.call(`PATCH /parties/${id}`, { phones: [] }, { 'if-match': '"1"' })), [
    409,
    'kit.keeping.held',
  ])
  await owner.call(`POST /imports/${run.id}/undo`)
  await at('undone')
  assert.deepEqual((await owner.call(`GET /parties/${id}`)).body.row.phones, ['+254722000777'])
})

test('each kind is kept for its time, no longer, and never for less than it needs', async () => {
  const { kinds } = (await owner.call('GET /keeping')).body
  assert.deepEqual(
    kinds.map((one: { name: string }) => one.name).toSorted(),
    keptKinds()
      .map((one) => one.name)
      .toSorted(),
  )
  assert.deepEqual(codeOf(await owner.call('POST /keeping', { days: { message: 29 } })), [422, 'kit.invalid'])
  assert.deepEqual(codeOf(await owner.call('POST /keeping', { days: { 'no such kind': 99 } })), [422, 'kit.invalid'])
  assert.equal((await owner.call('POST /keeping', { days: { message: 40, 'activity.signIn': 40 } })).status, 200)

  const held = await aCustomer('Kept Person')
  await owner.call('POST /holds', { entity: 'parties.party', record: held, reason: 'A quarrel' })
  const note = (kind: string, days: number, about: string | null = null) =>
    pool.query(
      `insert into activity (id, at, kind, actor_name, about, facts, trace_id) values ($1, now() - make_interval(days => $2), $3, 'x', $4, '{}', 't')`,
      [newId(), days, kind, about],
    )
  await pool.query(`update comms_message set created_at = now() - interval '41 days' where state <> 'queued'`)
  await pool.query(`update idempotency_key set at = now() - interval '31 days'`)
  const before = (await pool.query(`select count(*)::int as n from activity where kind = 'access.signedIn'`)).rows[0].n
  await note('access.signedIn', 41)
  await note('access.signedIn', 41, held)
  await note('access.signedIn', 39)
  await note('kit.exported', 41)

  const gone = await forgetOld(systemContext(world.database, 'test'))

  assert.equal(gone['activity.signIn'], 1)
  assert.equal(gone['activity.export'], undefined)
  assert.ok(gone['message']! > 0 && gone['repetition']! > 0)
  const { rows } = await pool.query(`select count(*)::int as n from activity where kind = 'access.signedIn'`)
  assert.equal(rows[0].n, before + 2, 'the held one and the young one stay')
  assert.deepEqual(await forgetOld(systemContext(world.database, 'test')), {}, 'once')
})

test('the one door through which activity goes lets out nothing that is young, whoever asks', async () => {
  await pool.query(
    `insert into activity (id, at, kind, actor_name, facts, trace_id) values ($1, now() - interval '29 days', 'access.wrongPin', 'x', '{}', 't')`,
    [newId()],
  )
  const { rows } = await pool.query(`select forget_activity(array['access.wrongPin'], now() + interval '1 year', 1000) as gone`)
  assert.equal(rows[0].gone, 0)
  for (const statement of [
    'delete from activity',
    `select set_config('duka.forgetting', 'activity', false); delete from activity`,
    'delete from audit_entry',
  ])
    await assert.rejects(pool.query(statement), /permission denied/)
})

test('everything that is noted is kept for some time that somebody can say', async () => {
  const files = globSync('{kit/server,modules}/**/*.ts', { cwd: root }).filter((path) => !path.includes('.test.'))
  const noted = new Set(activityKinds)
  const kept = new Set<string>()
  for (const path of files) {
    const text = await readFile(join(root, path), 'utf8')
    for (const [, kind] of text.matchAll(/\bnote\(\s*[\w.]+,\s*'([\w.]+)'/g)) noted.add(kind!)
    for (const [, list] of text.matchAll(/keptActivity\('[\w.]+', \d+, \(\) => \[([^\]]*)\]/g))
      for (const [, kind] of list!.matchAll(/'([\w.]+)'/g)) kept.add(kind!)
  }
  assert.deepEqual(
    [...noted].filter((kind) => !kept.has(kind)),
    [],
  )
  assert.deepEqual(
    [...kept].filter((kind) => !noted.has(kind)),
    [],
  )
})
