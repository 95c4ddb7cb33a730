import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPhoneNumbersInText } from 'libphonenumber-js'
import pg from 'pg'
import { newId } from '#kit/id.ts'
import { openDatabase } from '#kit/server/data/db.ts'
import { flushActivity } from '#kit/server/door/activity.ts'
import { migrate, readMigrations } from '#kit/server/data/migrate.ts'
import { migrateQueue } from '#kit/server/door/job.ts'
import { newFieldsKey, reseal, rewrap, sealOld } from '#kit/server/vault/reseal.ts'
import { StartProblem } from '#kit/server/host/postgres.ts'
import { useMasterKeys } from '#kit/server/data/seal.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { onEnd } from './end.ts'
import { aCompany, server as postgres } from './harness.ts'
import { aServer } from './server.ts'
import { dropClone, MASTER_KEY, root, urlOf } from './template.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

const aCustomer = async (name: string, more: object = {}): Promise<string> => {
  const answer = await owner.call('POST /parties', { name, kind: 'person', roles: ['customer'], ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}
const phonesOf = async (id: string) => (await owner.call(`GET /parties/${id}`)).body.row.phones as string[]

/** Every value of every table, the queue's too, as a dump by the server's own administrator writes it. */
async function dump(database: string): Promise<string> {
  const client = new pg.Client({ connectionString: urlOf(postgres(), database) })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
    parts.push(...rows.map((row) => `${name} ${row.line}`))
  }
  await client.end()
  return parts.join('\n')
}

test('a dump of the database contains no telephone number and no e-mail address', async () => {
  const id = await aCustomer('Juma Otieno', {
    phones: ['+254712344567', '0733 123 456'],
    emails: ['juma@customers.example'],
    taxNumber: 'P051234567X',
    address: 'Kimathi Street 4',
  })
  await owner.call(`PATCH /parties/${id}`, { phones: ['+254712344568'] })
  await owner.call(`PATCH /places/${world.place}`, { phone: '+254202345678' })
  await accept(server.client(), await anInvitation(owner, 'cashier@people.example', [{ role: 'cashier' }]))
  await anInvitation(owner, 'invited@people.example', [{ role: 'cashier' }])
  await owner.call('POST /security', { registration: true, checkpointMails: ['board@people.example'] })
  const person = { name: 'Wanjiru', email: 'wanjiru@people.example', phone: '+254711000111', password: PASSWORD }
  assert.equal((await server.client().call('POST /register', person)).status, 200)
  await server.client().call('POST /sign-in', { email: 'nobody@people.example', password: 'wrong' })
  await server.client().call('POST /reset', { email: 'cashier@people.example' })
  await owner.call('POST /message-templates/access.code/test', { channel: 'sms', locale: 'en', to: '+254733999888' })
  const changes = await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en', phones: ['0755 444 333'] })
  assert.equal(changes.status, 200)
  assert.equal((await owner.call('POST /profile/email', { email: 'moved@people.example' })).status, 200)
  assert.equal((await owner.call('POST /profile/code-phone', { phone: '+254755444333' })).status, 200)
  // Looked for, refused, kept as a view, and from a file with a row that is wrong.
  await owner.call('GET /parties', { q: '+254712344568' })
  await owner.call('POST /views', { list: 'parties.party', name: 'Juma', search: { q: '0733123456' } })
  assert.equal((await owner.call('GET /views', { list: 'parties.party' })).body.rows[0].search.q, '0733123456')
  const keeper = server.client()
  await accept(keeper, await anInvitation(owner, 'keeper@people.example', [{ role: 'stockKeeper' }]))
  for (const by of [owner, keeper])
    await fetch(`${server.base}/api/parties/export?format=csv&q=0733%20123%20456`, {
      headers: { cookie: `__Host-duka=${by.cookie}` },
    })
  const csv = 'name,phones,emails\nAli,0722000999,ali@customers.example\nBad,0722000998,not an address at all\n'
  const { body: run } = await owner.upload('/imports?kind=parties.party', 'people.csv', csv)
  assert.ok(run.id, JSON.stringify(run))
  await owner.call(`POST /imports/${run.id}/check`, { mapping: run.mapping })
  for (;;) {
    const { state } = (await owner.call(`GET /imports/${run.id}`)).body.run
    if (state === 'checked') break
    assert.notEqual(state, 'failed')
  }
  await owner.call(`POST /imports/${run.id}/application`)
  while ((await owner.call(`GET /imports/${run.id}`)).body.run.state !== 'applied');
  const { refusals } = (await owner.call(`GET /imports/${run.id}`)).body
  assert.equal(refusals[0].cells.phones, '0722000998', 'who imports reads what is wrong')
  await flushActivity(server.database)

  const text = await dump(new URL(world.url.replace('@/', '@x/')).pathname.slice(1))
  assert.ok(text.length > 20_000)
  const mails = text.match(/[\w.+-]+@[\w-]+\.[\w.]+/g) ?? []
  // The company's own demo of a sender; the owner's address is somebody's.
  assert.deepEqual([...new Set(mails)], [])
  const numbers = findPhoneNumbersInText(text, { extended: true }).map((one) => text.slice(one.startsAt, one.endsAt))
  assert.deepEqual([...new Set(numbers)], [])
  for (const part of [
    '712344567',
    '712344568',
    '733123456',
    '733 123',
    '711000111',
    '733999888',
    '722000999',
    '722000998',
    '755444333',
    '755 444',
  ])
    assert.ok(!text.includes(part), part)
  for (const part of ['P051234567X', 'Kimathi']) assert.ok(!text.includes(part), part)
})

test('a value belongs to its record: the database refuses it in another one', async () => {
  const [one, other] = [
    await aCustomer('One', { phones: ['+254700000001'] }),
    await aCustomer('Other', { phones: ['+254700000002'] }),
  ]
  const moved = pool.query('update party set phones = (select phones from party where id = $1) where id = $2', [one, other])
  await assert.rejects(moved, { code: '23514' })
  // Its record is authenticated with it: with another one written into it, it does not open.
  const ring = world.database.keys
  const sealed = ring.sealed(one, ['+254700000001'])
  const forged = Buffer.from(sealed)
  ring.sealed(other, []).copy(forged, 6, 6, 22)
  assert.deepEqual(ring.unsealed(sealed), ['+254700000001'])
  assert.throws(() => ring.unsealed(forged), /authenticate/)
  for (let at = 4; at < sealed.length; at++) {
    const broken = Buffer.from(sealed)
    broken[at]! ^= 1
    assert.throws(() => ring.unsealed(broken), `byte ${at}`)
  }
  assert.deepEqual(await phonesOf(other), ['+254700000002'])
})

test('a new key: what others seal and read meanwhile stays right, and in the end nothing is sealed with the old one', async () => {
  const ids: string[] = []
  for (let at = 0; at < 40; at++) ids.push(await aCustomer(`Rotated ${at}`, { phones: [`+2547220001${10 + at}`] }))
  const tool = openDatabase(world.url, { max: 2 })
  onEnd(() => tool.close())
  const client = await tool.pool.connect()
  await client.query('begin')
  const generation = await newFieldsKey(client)
  await client.query('commit')
  client.release()
  const [, ...changes] = await Promise.all([
    reseal(tool),
    ...ids.map((id, at) => owner.call(`PATCH /parties/${id}`, { phones: [`+2547220002${10 + at}`] })),
    ...ids.map((id) => owner.call(`GET /parties/${id}`)),
  ])
  assert.deepEqual([...new Set(changes.map((one) => one.status))], [200])
  for (const [at, id] of ids.entries()) assert.deepEqual(await phonesOf(id), [`+2547220002${10 + at}`])
  // A laggard's values are found by the next pass.
  await reseal(tool)
  const { rows } = await pool.query(
    `select generation, count(*)::int as count from (
       select get_byte(phones, 4) * 256 + get_byte(phones, 5) as generation from party
       union all select get_byte(email, 4) * 256 + get_byte(email, 5) from access_user) v group by 1`,
  )
  assert.deepEqual(
    rows.map((row) => row.generation),
    [generation],
  )
  const { rows: secrets } = await pool.query(
    `select split_part(secrets, '.', 1) as by from comms_message where secrets is not null`,
  )
  assert.ok(secrets.length > 0 && secrets.every((row) => row.by === String(generation)))
  const { rows: keys } = await pool.query(`select resealed_at from data_key where use = 'fields' and generation = $1`, [
    generation,
  ])
  assert.ok(keys[0].resealed_at)
  assert.equal((await owner.call('GET /parties/find', { q: '0722000210' })).body.rows.length, 1, 'found as before')
})

test('another master key: who has both goes on, who has the old one only is told', async () => {
  const old = Buffer.from(MASTER_KEY, 'base64')
  const next = Buffer.alloc(32, 9)
  const tool = openDatabase(world.url, { max: 2 })
  onEnd(() => tool.close())
  const { signer } = (await tool.pool.query('select 1'), tool.keys)
  const client = await tool.pool.connect()
  await rewrap(client, next)
  client.release()
  const late = openDatabase(world.url, { max: 1 })
  await assert.rejects(late.pool.query('select 1'), StartProblem)
  await late.close()
  useMasterKeys([old], () => Promise.resolve([old, next]))
  const asking = openDatabase(world.url, { max: 1 })
  const { rows } = await asking.pool.query<{ phones: string[] }>('select phones from party limit 1')
  assert.match(rows[0]!.phones[0]!, /^\+254/)
  assert.deepEqual(asking.keys.signer, signer, 'checkpoints are signed as before')
  const back = await asking.pool.connect()
  await rewrap(back, old)
  back.release()
  await asking.close()
  useMasterKeys([old])
})

test('a database from before has its fields sealed by the next start, and people sign in as ever', async () => {
  const name = `t_${newId().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: postgres() })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  onEnd(() => dropClone(postgres(), name))
  const url = urlOf(postgres(), name)
  const migrations = await readMigrations(root)
  await migrateQueue(url)
  const sealing = migrations.findIndex((one) => one.name.includes('kit_sealed'))
  await migrate(url, migrations.slice(0, sealing))
  const before = new pg.Client({ connectionString: url })
  await before.connect()
  const [party, user] = [newId(), newId()]
  await before.query(
    `insert into party (id, kind, name, phones, emails, address) values ($1, 'person', 'Juma', '{+254712344567}', '{}', E'Road "4"\n2nd floor')`,
    [party],
  )
  await before.query(`insert into access_user (id, name, email) values ($1, 'Amina', 'amina@old.example')`, [user])
  await before.end()
  await migrate(url, migrations)

  const database = openDatabase(url.replace(/\/\/[^@]*@/, '//duka_app:duka_app@'))
  onEnd(() => database.close())
  assert.match(await dump(name), /6f6c642e6578616d706c65/, 'as it was, only in another form')
  await sealOld(database)
  const row = await database.db.selectFrom('party').selectAll().where('id', '=', party).executeTakeFirstOrThrow()
  assert.deepEqual([row.phones, row.emails, row.address, row.taxNumber], [['+254712344567'], [], 'Road "4"\n2nd floor', null])
  assert.equal(row.phonesIndex.length, 3)
  const { blindIndex } = await import('#kit/server/data/blind.ts')
  const found = await database.db
    .selectFrom('accessUser')
    .select(['id', 'email'])
    .where('emailIndex', '=', blindIndex(database.db, 'AMINA@old.example'))
    .execute()
  assert.deepEqual(found, [{ id: user, email: 'amina@old.example' }])
  const text = await dump(name)
  assert.doesNotMatch(text, /old\.example|6f6c642e6578616d706c65/, 'not as bytes either')
})
