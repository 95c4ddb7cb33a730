import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { reseal, newFieldsKey } from '#kit/server/vault/reseal.ts'
import { isSealed } from '#kit/server/data/seal.ts'
import { bytes } from '#kit/server/vault/store.ts'
import { bankAccount } from '#modules/parties/index.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until, type Client } from '#test/server.ts'
import { aMailbox, codeOf } from '../sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'

const world = await aCompany({ country: 'AE', currency: 'AED' })
const { codeFor, letter, settings } = await aMailbox()
const server = await aServer(world.url, settings)
const owner = server.client(world.cookie)
const { pool } = world.database
await owner.call('POST /security', { sellerRegistration: true, attemptsPerMinute: 1000 })

// The example of the UAE in the IBAN registry.
const IBAN = 'AE070331234567890123456'
const business = {
  company: 'Souq Traders LLC',
  country: 'AE',
  expectedDailyOrders: 40,
  storeName: 'Souq',
  storeLink: 'https://souq.example.com',
  bankAccount: 'AE07 0331 2345 6789 0123 456',
  bankAccountAgain: IBAN,
}
const ask = (email: string, seller: object | null, client = server.client()) =>
  client.call('POST /register', { name: 'Huda Salem', email, phone: '+971501234567', password: PASSWORD, seller })
const picture = (background: string) =>
  sharp({ create: { width: 640, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer()
const rowOf = async (email: string) =>
  (await owner.call('GET /registrations', { q: email })).body.rows[0] as { id: string; state: string; kind: string } & Record<
    string,
    unknown
  >
async function verified(email: string): Promise<{ client: Client; token: string }> {
  const client = server.client()
  assert.equal((await ask(email, business, client)).status, 200)
  const { status, body } = await client.call('POST /register/verification', { email, code: await codeFor(email) })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.waiting, false)
  return { client, token: body.upload }
}
const send = async (client: Client, token: string, side: string, content?: Buffer) => {
  const form = new FormData()
  form.append('token', token)
  form.append('side', side)
  form.append('file', new Blob([(content ?? (await picture('#a74'))) as BlobPart]), 'id.jpg')
  const response = await fetch(`${client.base}/api/register/identity`, {
    method: 'POST',
    body: form,
    headers: { 'idempotency-key': `identity-${Math.random()}` },
  })
  return { status: response.status, body: (await response.json()) as { waiting?: boolean; code?: string } }
}

test('bank accounts: an IBAN by its check digits, a plain number where there are none', () => {
  // Of the registry's examples, and one that has a digit wrong.
  for (const good of [
    'AE07 0331 2345 6789 0123 456',
    'SA0380000000608010167519',
    'EG380019000500000000263180002',
    'GB29NWBK60161331926819',
  ])
    assert.equal(bankAccount(good, 'AE'), good.replaceAll(' ', ''))
  assert.equal(bankAccount('AE080331234567890123456', 'AE'), undefined)
  assert.equal(bankAccount('0331234567', 'AE'), undefined, 'where there are IBANs, one is wanted')
  assert.equal(bankAccount(' KCB 1123 456 789 ', 'KE'), 'KCB 1123 456 789')
  assert.equal(bankAccount('GB29NWBK60161331926818', 'KE'), undefined, 'what looks like one is one')
  for (const bad of ['12', 'my account', '<script>12345</script>']) assert.equal(bankAccount(bad, 'KE'), undefined)
})

test('a seller registers with the business and both sides of the ID, is let in, and becomes a seller with an account', async () => {
  const email = 'huda@sellers.example'
  const { client, token } = await verified(email)
  assert.equal((await rowOf(email)).state, 'verified', 'nobody decides before the ID is there')
  assert.deepEqual((await send(client, token, 'front')).body, { waiting: false })
  assert.deepEqual((await send(client, token, 'back')).body, { waiting: true })
  assert.equal((await send(client, token, 'back')).status, 410, 'then the link is used up')
  const { id } = await rowOf(email)
  const { row } = (await owner.call(`GET /registrations/${id}`)).body
  assert.deepEqual(
    [row.state, row.kind, row.company, row.expectedDailyOrders, row.bankAccount],
    ['pending', 'seller', 'Souq Traders LLC', 40, IBAN],
  )

  const approved = await owner.call(`POST /registrations/${id}/approve`)
  assert.equal(approved.status, 200, JSON.stringify(approved.body))
  await letter(email, /have been let in/)
  const { roles } = (await owner.call(`GET /users/${approved.body.user}`)).body
  assert.deepEqual([roles[0].role, roles[0].sellerName], ['seller', 'Souq Traders LLC'])
  const party = (await owner.call(`GET /parties/${roles[0].seller}`)).body.row
  assert.deepEqual([party.roles, party.bankAccount, party.emails], [['seller'], IBAN, [email]])
  const signedIn = server.client()
  assert.equal((await signedIn.call('POST /sign-in', { email, password: PASSWORD })).status, 200)
  const seen = (await signedIn.call('GET /parties')).body.rows
  assert.deepEqual(
    seen.map((one: { name: string }) => one.name),
    ['Souq Traders LLC'],
  )
})

test('the pictures are encrypted where they lie, shown to those who decide, and gone after a refusal', async () => {
  const email = 'refused@sellers.example'
  const { client, token } = await verified(email)
  await send(client, token, 'front', await picture('#123456'))
  await send(client, token, 'back')
  const { id } = await rowOf(email)
  const { row } = (await owner.call(`GET /registrations/${id}`)).body
  const lying = async () => buffer((await bytes().get(`image/${row.idFront}`)).stream)
  assert.ok(isSealed(await lying()))
  const show = (cookie: string) =>
    fetch(`${server.base}/api/files/${row.idFront}`, { headers: { cookie: `__Host-duka=${cookie}` } })
  const shown = await show(world.cookie)
  assert.equal(shown.headers.get('cache-control'), 'no-store')
  assert.equal((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).format, 'webp')
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'c@people.example', [{ role: 'cashier' }]))
  assert.equal((await show(cashier.cookie)).status, 404)

  const before = await lying()
  const connection = await pool.connect()
  await newFieldsKey(connection)
  connection.release()
  await reseal(world.database)
  assert.notDeepEqual((await lying()).subarray(0, 6), before.subarray(0, 6), 'a new key reaches them too')
  assert.equal((await show(world.cookie)).status, 200)

  assert.equal((await owner.call(`POST /registrations/${id}/reject`, { reason: 'The ID is not yours' })).status, 200)
  assert.equal((await show(world.cookie)).status, 404)
  const isThere = () => lying().then(Boolean, () => false)
  await until(isThere, (there) => !there)
  const { rows } = await pool.query('select bank_account, id_front, id_back from access_registration where id = $1', [id])
  assert.deepEqual(rows, [{ bank_account: null, id_front: null, id_back: null }])
})

test('nobody registers with somebody else’s address: the code confirms what the browser sent that asked for it', async () => {
  const email = 'victim@sellers.example'
  const [victim, thief] = [server.client(), server.client()]
  await ask(email, business, victim)
  const own = await codeFor(email)
  const thiefs = {
    ...business,
    bankAccount: 'SA0380000000608010167519',
    bankAccountAgain: 'SA0380000000608010167519',
    country: 'SA',
  }
  await ask(email, thiefs, thief)
  await letter(email, new RegExp(`code is (?!${own})\\d{6}`))
  const theirs = await codeFor(email)
  const verify = (client: Client, code: string) => client.call('POST /register/verification', { email, code })
  // The newest letter is not for this browser, and the browser that it is for has no letters.
  assert.deepEqual(codeOf(await verify(victim, theirs)), [422, 'access.registration.wrongCode'])
  const { status, body } = await verify(victim, own)
  assert.equal(status, 200)
  assert.deepEqual(
    codeOf(await verify(thief, theirs)),
    [422, 'access.registration.wrongCode'],
    'the address has shown whose it is',
  )
  // Asking again changes nothing of what was confirmed.
  await ask(email, thiefs, thief)
  await send(victim, body.upload, 'front')
  await send(victim, body.upload, 'back')
  const [{ id }] = (await owner.call('GET /registrations', { q: email, state: 'pending' })).body.rows
  const { row } = (await owner.call(`GET /registrations/${id}`)).body
  assert.deepEqual([row.state, row.bankAccount], ['pending', IBAN])
})

test('what is wrong is refused with a sentence, and nothing is kept', async () => {
  const wrong = async (more: object) => codeOf(await ask('wrong@sellers.example', { ...business, ...more }))
  assert.deepEqual(await wrong({ bankAccountAgain: 'SA0380000000608010167519' }), [422, 'access.registration.bankTwice'])
  assert.deepEqual(await wrong({ bankAccount: 'AE080331234567890123456', bankAccountAgain: 'AE080331234567890123456' }), [
    422,
    'access.registration.badBank',
  ])
  assert.deepEqual(await wrong({ storeLink: 'javascript:alert(1)' }), [422, 'kit.invalid'])
  assert.deepEqual(codeOf(await ask('person@sellers.example', null)), [404, 'access.registration.closed'], 'only sellers may')
  const { client, token } = await verified('pictures@sellers.example')
  assert.equal((await send(client, token, 'front', Buffer.from('<svg onload="alert(1)"/>'))).status, 422)
  assert.equal((await send(client, 'A'.repeat(43), 'front')).status, 410)
  assert.equal((await send(client, token, 'sideways')).status, 422)
  await owner.call('POST /security', { sellerRegistration: false })
  assert.deepEqual(codeOf(await ask('late@sellers.example', business)), [404, 'access.registration.closedToSellers'])
})
