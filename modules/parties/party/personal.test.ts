import assert from 'node:assert/strict'
import { test } from 'node:test'
import { masked } from '#kit/entity.ts'
import { flushActivity } from '#kit/server/door/activity.ts'
import { aRole } from '#modules/access/role/role.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { body: made } = await owner.call('POST /parties', {
  name: 'Juma Otieno',
  kind: 'person',
  roles: ['customer'],
  phones: ['+254712344567'],
  emails: ['juma@example.com'],
  address: 'Kimathi Street 4',
})
await owner.call(`PATCH /parties/${made.id}`, { phones: ['+254712344567', '+254700009999'] })

const aPerson = async (email: string, role: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role }]))
  return client
}
const keeper = await aPerson('keeper@example.com', 'stockKeeper')
const cashier = await aPerson('cashier@example.com', 'cashier')
const file = async (by: Client) =>
  (await fetch(`${server.base}/api/parties/export?format=csv`, { headers: { cookie: `__Host-duka=${by.cookie}` } })).text()

test('enough to recognise it by, and not enough to use it', () => {
  assert.deepEqual(
    ['+254712344567', 'juma@example.com', 'P051234567X', 'Kimathi Street 4', '', null, ['+254712344567', 'a@b.co']].map(masked),
    ['•••• 4567', 'j•••@example.com', '•••', '•••', '', null, ['•••• 4567', 'a•••@b.co']],
  )
})

test('who may not see telephone numbers sees their end: in lists, records, histories, searches and files', async () => {
  for (const path of [
    '/parties',
    `/parties/${made.id}`,
    `/parties/${made.id}/history`,
    '/parties/find?q=Juma',
    '/parties/duplicates?name=Juma%20Otieno',
  ]) {
    const [theirs, hidden] = [await cashier.call(`GET ${path}`), await keeper.call(`GET ${path}`)]
    assert.equal(hidden.status, 200, path)
    // What a number was is kept for nobody: the trail knows its end.
    assert.match(JSON.stringify(theirs.body), path.endsWith('history') ? /•••• 4567/ : /\+254712344567/, path)
    assert.doesNotMatch(JSON.stringify(hidden.body), /\+2547|juma@|Kimathi/, path)
  }
  for (const q of ['712344567', '0712 344 567', '+254712344567', '4567', '344567', 'juma@example.com']) {
    assert.equal((await cashier.call('GET /parties/find', { q })).body.rows.length, 1)
    assert.deepEqual((await keeper.call('GET /parties/find', { q })).body.rows, [], 'and finds nobody by them')
  }
  for (const question of ['phones=0712344567', 'emails=juma%40example.com'])
    assert.deepEqual(
      [
        (await cashier.call(`GET /parties/duplicates?${question}`)).body.rows.length,
        (await keeper.call(`GET /parties/duplicates?${question}`)).body.rows,
      ],
      [1, []],
      question,
    )
  assert.match(JSON.stringify((await keeper.call(`GET /parties/${made.id}`)).body), /•••• 4567/)
  const carrier = await aPerson(
    'c@example.com',
    await aRole(owner, 'Carrier', { 'parties.party.read': 'place', 'parties.party.export': 'place' }),
  )
  assert.doesNotMatch(await file(carrier), /712344567|juma@/)
  assert.match(await file(owner), /712344567/)
})

test('who sees the end only changes nothing of it, and makes others without it', async () => {
  const editor = await aPerson(
    'e@example.com',
    await aRole(owner, 'Editor', { 'parties.party.read': 'place', 'parties.party.edit': 'place' }),
  )
  assert.equal((await editor.call(`PATCH /parties/${made.id}`, { phones: ['•••• 4567'] })).body.code, 'kit.forbidden')
  assert.equal((await editor.call(`PATCH /parties/${made.id}`, { city: 'Nakuru' })).status, 200)
  assert.equal((await editor.call('POST /parties', { name: 'New One', kind: 'person', roles: ['customer'] })).status, 201)
  const { row } = (await owner.call(`GET /parties/${made.id}`)).body
  assert.deepEqual([row.phones, row.city], [['+254712344567', '+254700009999'], 'Nakuru'])
})

test('reading it is noted, with whose it was or how many; seeing the end of it is not', async () => {
  const read = async () => {
    await flushActivity(server.database)
    return (
      await world.database.pool.query<{ actor_name: string; about: string | null; facts: { what: string; count: number } }>(
        `select actor_name, about, facts from activity where kind = 'kit.personalRead' and facts ->> 'what' = 'parties.party' order by at`,
      )
    ).rows
  }
  const before = (await read()).length
  await keeper.call(`GET /parties/${made.id}`)
  assert.equal((await read()).length, before)
  await cashier.call(`GET /parties/${made.id}`)
  const [last] = (await read()).slice(before)
  assert.deepEqual([last!.about, last!.facts], [made.id, { what: 'parties.party', count: 1 }])
  // Whose number it was is written down; the number is not.
  const { rows } = await world.database.pool.query(`select 1 from activity a where a::text like '%712344567%'`)
  assert.deepEqual(rows, [])
})

test('a file is for who brought it; what it holds is compared with nothing that its bringer may not see', async () => {
  const bank = 'KCB 1123456789'
  await owner.call('POST /parties', { name: 'Paid Supplier', kind: 'person', phones: ['0733000111'], bankAccount: bank })
  const until = async (by: Client, id: string, state: string) => {
    for (;;) if ((await by.call(`GET /imports/${id}`)).body.run.state === state) return
  }
  const csv = 'name,phones,bankAccount\nSecret Supplier,0733000222,KCB 5550001234\n'
  const { body: run } = await owner.upload('/imports?kind=parties.party', 'secret.csv', csv)
  for (const call of [`GET /imports/${run.id}`, `GET /imports/${run.id}/rejected`, `POST /imports/${run.id}/check`])
    assert.equal((await cashier.call(call, { mapping: run.mapping })).status, 404, call)
  assert.deepEqual((await cashier.call('GET /imports', { kind: 'parties.party' })).body.rows, [])

  const guesses = ['KCB 1123456780', bank, 'KCB 1123456788']
  const rows = guesses.map((guess, at) => `Paid Supplier,07${'-'.repeat(at)}33000111,${guess}`)
  const { body: own } = await cashier.upload(
    '/imports?kind=parties.party',
    'guess.csv',
    `name,phones,bankAccount\n${rows.join('\n')}\n`,
  )
  await cashier.call(`POST /imports/${own.id}/check`, { mapping: own.mapping })
  await until(cashier, own.id, 'checked')
  const { run: checked, refusals } = (await cashier.call(`GET /imports/${own.id}`)).body
  assert.equal(checked.rowsRefused, 3, 'the right one looks like the wrong ones')
  assert.equal(new Set(refusals.map((one: { problem: string }) => one.problem)).size <= 2, true)
})

test('a tax number is one of their country, of the company’s where none is given; what stands already stays', async () => {
  const with_ = (facts: object) => owner.call('POST /parties', { name: 'Umeme Ltd', roles: ['supplier'], ...facts })
  const refused = await with_({ taxNumber: '12345' })
  assert.deepEqual(
    [refused.status, refused.body.details],
    [422, [{ path: 'taxNumber', code: 'taxNumber', n: 'P051234567X', message: 'taxNumber' }]],
  )
  assert.equal((await with_({ taxNumber: '100 1234 5670 0003' })).status, 422)
  assert.equal((await with_({ taxNumber: '100 1234 5670 0003', country: 'AE' })).status, 201)
  assert.equal((await with_({ taxNumber: 'anything', country: 'DE' })).status, 201)
  const { body: kept } = await with_({ taxNumber: 'as it stood', country: 'DE' })
  const change = async (facts: object) => (await owner.call(`PATCH /parties/${kept.id}`, facts)).status
  assert.deepEqual([await change({ city: 'Berlin' }), await change({ country: 'AE' })], [200, 422])
  assert.equal(await change({ country: 'AE', taxNumber: '100123456700003' }), 200)
})

test('a store’s own tax number is one of the country of the company', async () => {
  const set = async (taxNumber: string | null) => (await owner.call(`PATCH /places/${world.place}`, { taxNumber })).status
  assert.deepEqual([await set('12345'), await set('P051234567X'), await set(null)], [422, 200, 200])
})
