import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { isCompanyWide, NOWHERE } from '#kit/access.ts'
import { declaredEntities } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { identityOf, question } from '#modules/access/provider/provider.store.ts'
import { covers, reachOfLine, somebody } from '#modules/access/role/role.rules.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { postEntry } from '#modules/ledger/journal/journal.factory.ts'
import { allCases } from './cases.ts'
import { aCompany } from './harness.ts'
import { bring } from './importing.ts'
import { anHttpServer } from './post.ts'
import { aServer, until, type Client } from './server.ts'

/** Nobody comes by more rights than they were given, by whatever way. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
let people = 0
async function aPerson(...roles: { role: string; place?: string }[]): Promise<{ client: Client; email: string; id: string }> {
  const [client, email] = [server.client(), `rising${++people}@example.com`]
  const answer = await accept(client, await anInvitation(owner, email, roles))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { client, email, id: answer.body.user }
}
/** A role of this company's own with these lines, held everywhere by somebody. */
async function holding(lines: Record<string, string>) {
  const { id } = (await owner.call('POST /roles', { name: `Own ${++people}` })).body
  assert.equal((await owner.call(`POST /roles/${id}/lines`, { lines })).status, 200)
  const { rows } = await pool.query<{ key: string }>('select key from access_role where id = $1', [id])
  return { role: id as string, key: rows[0]!.key, ...(await aPerson({ role: rows[0]!.key })) }
}
const messageTo = async (email: string, template: string) => {
  const found = await until(
    async () => (await owner.call('GET /messages', { q: email })).body.rows as { id: string; template: string; state: string }[],
    (rows) => rows.some((one) => one.template === template && one.state === 'kept'),
  )
  return found.find((one) => one.template === template)!.id
}

test('[A5] the link to become the owner opens for owners only, and one’s equals’ for oneself', async () => {
  useEnvironment({})
  const admin = await aPerson({ role: 'administrator' })
  const [peer, owned] = [await aPerson({ role: 'cashier' }), 'amina@example.com']
  for (const email of [owned, peer.email]) assert.equal((await server.client().call('POST /reset', { email })).status, 200)
  const [mail, other] = [await messageTo(owned, 'access.reset'), await messageTo(peer.email, 'access.reset')]
  const refused = await admin.client.call(`POST /messages/${mail}/secret`)
  assert.deepEqual([refused.status, refused.body.code], [403, 'access.user.ownersOnly'])
  assert.doesNotMatch(JSON.stringify(refused.body), /\/reset\//)
  assert.equal((await admin.client.call(`POST /messages/${other}/secret`)).status, 200)
  // An invitation to be owner is a key to the house as well.
  await anInvitation(owner, 'partner@example.com', [{ role: 'owner' }])
  const invitation = await messageTo('partner@example.com', 'access.invitation')
  assert.equal((await admin.client.call(`POST /messages/${invitation}/secret`)).status, 403)
  assert.equal((await owner.call(`POST /messages/${mail}/secret`)).status, 200)
})

test('[A6] a group of the provider brings no more than whoever maps it holds', async () => {
  const { client } = await holding({ 'access.security.edit': 'place' })
  const map = (role: string) => client.call('POST /security', { groupRoles: [{ group: 'everybody', role }] })
  for (const role of ['administrator', 'manager', 'cashier']) {
    const answer = await map(role)
    assert.deepEqual([answer.status, answer.body.code], [403, 'access.user.beyondYours'], role)
  }
  assert.equal((await client.call('POST /security', { lockMinutes: 20 })).status, 200, 'what they may change they change')
  assert.equal((await owner.call('POST /security', { groupRoles: [{ group: 'everybody', role: 'cashier' }] })).status, 200)
  assert.equal((await client.call('POST /security', { groupRoles: [] })).status, 403, 'what others hold is not taken either')
  assert.equal((await owner.call('POST /security', { groupRoles: [{ group: 'x', role: 'no-such-role' }] })).status, 422)
  await owner.call('POST /security', { groupRoles: [] })
})

test('[A6] every way that gives rights is judged: inviting, giving, approving, lines of a role, keys, other people’s eyes', async () => {
  const { client } = await holding({
    'access.user.edit': 'place',
    'access.user.read': 'place',
    'access.role.edit': 'place',
    'access.user.viewAs': 'place',
    'access.apiKey.use': 'place',
  })
  const cashier = await aPerson({ role: 'cashier' })
  const { rows } = await pool.query<{ id: string }>(`select id from access_role where key = 'cashier'`)
  const cashierRole = rows[0]!.id
  const manager = [{ role: 'manager', place: null }]
  const tries: [string, string, object][] = [
    ['POST', '/invitations', { token: 'k'.repeat(43), email: 'up@example.com', name: 'Up', roles: manager }],
    ['POST', `/users/${cashier.id}/roles`, { roles: manager, reason: 'asked for it' }],
    ['POST', `/roles/${cashierRole}/lines`, { lines: { 'ledger.entry.post': 'place' } }],
    ['POST', '/api-keys', { name: 'Key', permissions: ['ledger.entry.post'] }],
    ['POST', `/users/${cashier.id}/view`, {}],
    ['POST', `/users/${cashier.id}/password-change`, {}],
    ['POST', `/users/${cashier.id}/badge`, {}],
  ]
  const accepted: string[] = []
  for (const [method, path, input] of tries) {
    const { status, body } = await client.call(`${method} ${path}`, input)
    const isJudged = /^(kit\.forbidden|access\.user\.(beyondYours|ownersOnly)|access\.machine\.beyond)$/.test(body?.code)
    if (!isJudged) accepted.push(`${path}: ${status} ${JSON.stringify(body)}`)
  }
  assert.deepEqual(accepted, [])
})

test('[A6] nobody takes somebody into a team to see what they make', async () => {
  const lead = await holding({ 'access.user.edit': 'place', 'access.user.read': 'place', 'pos.sale.read': 'team' })
  const seller = await holding({ 'pos.sale.read': 'own' })
  const other = await holding({ 'pos.sale.read': 'own' })
  const team = (await owner.call('POST /teams', { id: newId(), name: 'Night' })).body.id as string
  const put = async (by: Client, id: string) => {
    const { version } = (await owner.call(`GET /users/${id}`)).body.row
    return by.call(`PATCH /users/${id}`, { team, because: 'asked for it' }, { 'if-match': String(version) })
  }
  const led = await put(owner, lead.id)
  assert.equal(led.status, 200, JSON.stringify(led.body))
  const refused = await put(lead.client, seller.id)
  assert.deepEqual([refused.status, refused.body.code], [403, 'access.user.beyondYours'])
  // Whoever sees everything may.
  assert.equal((await put(owner, other.id)).status, 200)
})

test('[A6] [A16] whoever sees one store gives nobody a team of another one, by team or by role', async () => {
  const { body: there } = await owner.call('POST /places', {
    name: 'Quay',
    code: 'QY',
    kind: 'store',
    timeZone: 'Africa/Nairobi',
    cutOffHour: 4,
  })
  const keyOf = async (lines: Record<string, string>) => (await holding(lines)).key
  const at = world.place
  const boss = await aPerson({
    role: await keyOf({ 'access.user.edit': 'place', 'access.user.read': 'place', 'pos.sale.read': 'place' }),
    place: at,
  })
  const leads = await keyOf({ 'pos.sale.read': 'team' })
  const [friend, near, far] = [
    await aPerson({ role: leads, place: at }),
    await aPerson({ role: 'cashier', place: at }),
    await aPerson({ role: 'cashier', place: there.id }),
  ]
  const aTeam = async (name: string) => (await owner.call('POST /teams', { id: newId(), name })).body.id as string
  const [here, elsewhere] = [await aTeam('Here'), await aTeam('Elsewhere')]
  const put = async (by: Client, id: string, team: string) => {
    const { version } = (await owner.call(`GET /users/${id}`)).body.row
    return (await by.call(`PATCH /users/${id}`, { team, because: 'asked for it' }, { 'if-match': String(version) })).status
  }
  assert.deepEqual([await put(owner, near.id, here), await put(owner, far.id, elsewhere)], [200, 200])
  assert.equal(await put(boss.client, friend.id, elsewhere), 403)
  assert.equal(await put(boss.client, friend.id, here), 200, 'those of one’s own store')
  const give = async (id: string) =>
    boss.client.call(`POST /users/${id}/roles`, {
      roles: [
        { role: 'cashier', place: at },
        { role: leads, place: at },
      ],
      reason: 'asked for it',
    })
  const other = await aPerson({ role: 'cashier', place: at })
  assert.equal(await put(owner, other.id, elsewhere), 200)
  assert.equal((await give(other.id)).status, 403)
})

test('[A20] whoever sees their own gives nobody a team’s; whoever sees a place or a team may', () => {
  const team = reachOfLine('team', 'pos.sale.read', { role: 'r', place: null }, somebody('me'))
  const own = reachOfLine('own', 'pos.sale.read', { role: 'r', place: null }, somebody('me'))
  const mine = { ...NOWHERE, owners: ['me'] }
  assert.deepEqual([covers(mine, team), covers(mine, own)], [false, true])
  assert.equal(covers({ ...NOWHERE, owners: ['me', 'mate'] }, team), true)
  assert.equal(covers({ ...NOWHERE, places: ['A'] }, team), true)
  assert.equal(covers(undefined, team), false)
})

test('[A20] a role’s line goes no wider than the line of whoever changes it', async () => {
  const { client } = await holding({ 'access.role.edit': 'place', 'access.user.read': 'place', 'pos.sale.read': 'own' })
  const { id } = (await owner.call('POST /roles', { name: 'Widened' })).body
  assert.equal((await client.call(`POST /roles/${id}/lines`, { lines: { 'pos.sale.read': 'team' } })).status, 403)
  assert.equal((await client.call(`POST /roles/${id}/lines`, { lines: { 'pos.sale.read': 'own' } })).status, 200)
})

test('[A20] a token that another key than the provider’s has signed tells nobody who somebody is', async () => {
  const [theirs, foreign] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')]
  const jwk = { ...(await exportJWK(theirs.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  let [nonce, signer] = ['', theirs.privateKey]
  const issuer: string = await anHttpServer(async ({ path }) => {
    if (path.endsWith('/openid-configuration'))
      return {
        status: 200,
        body: {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
        },
      }
    if (path.endsWith('/jwks')) return { status: 200, body: { keys: [jwk] } }
    const idToken = await new SignJWT({ nonce, email: 'a@example.com', email_verified: true })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience('duka')
      .setSubject('somebody')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(signer)
    return { status: 200, body: { access_token: 'x', token_type: 'Bearer', id_token: idToken } }
  })
  useEnvironment({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'duka', OIDC_CLIENT_SECRET: 's', OIDC_SCOPE: 'openid' })
  const come = async () => {
    const { wait } = await question()
    nonce = wait.nonce
    return identityOf(`?code=c&state=${wait.state}&iss=${encodeURIComponent(issuer)}`, wait)
  }
  assert.equal((await come()).subject, 'somebody')
  signer = foreign.privateKey
  await assert.rejects(come(), { code: 'access.provider.refused' })
  useEnvironment({})
})

test('[A16] what belongs to a place is changed by those whose right reaches it; what all share by those whose right does', async () => {
  const loose = [...declaredEntities.values()].flatMap(({ name, fields, scope, can }) => {
    const isPlaced = Object.values(fields).some((field) => field.to === 'place' && !field.readonly)
    const isJudged = allCases.some((one) => one.judged?.[name])
    return isPlaced && can.write && !scope?.place && !isJudged && !isCompanyWide(can.write) ? [name] : []
  })
  assert.deepEqual(loose, [], 'an entity of a place says so')

  const elsewhere = (
    await owner.call('POST /places', { name: 'Harbour', code: 'HB', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  ).body as { id: string }
  const { client } = await aPerson({ role: 'manager', place: world.place })
  const add = (by: Client, place: string | null) => by.call('POST /catalog/price-lists', { name: `List ${++people}`, place })
  assert.equal((await add(client, elsewhere.id)).status, 404)
  assert.equal((await add(client, null)).status, 403)
  const own = await add(client, world.place)
  assert.equal(own.status, 201)
  const [theirs, shared] = [(await add(owner, elsewhere.id)).body.id, (await add(owner, null)).body.id]
  await owner.call('POST /catalog/products', { id: newId(), name: 'Pot', variants: [{ price: '500' }] })
  const { rows } = await pool.query<{ id: string; sku: string }>('select id, sku from catalog_variant limit 1')
  const variant = rows[0]!.id
  for (const list of [theirs, shared]) {
    assert.equal((await client.call(`PATCH /catalog/price-lists/${list}`, { name: 'Mine' }, { 'if-match': '"1"' })).status, 404)
    assert.equal((await client.call('POST /catalog/prices', { priceList: list, variant, price: '1' })).status, 404)
  }
  assert.equal((await client.call('POST /catalog/prices', { priceList: own.body.id, variant, price: '450' })).status, 201)
  // The price of the article itself is everybody's.
  const cheap = await client.call(`PATCH /catalog/variants/${variant}`, { price: '2' }, { 'if-match': '"1"' })
  assert.deepEqual([cheap.status, cheap.body.code], [403, 'catalog.product.priceOfAll'])
  for (const price of ['2', '0']) {
    const byFile = await (await bring(client, 'catalog.product', `SKU,Price\n${rows[0]!.sku},${price}`)).check()
    assert.deepEqual(
      byFile.refusals.map((one) => [one.field, one.problem]),
      [['price', 'catalog.product.priceOfAll']],
    )
  }
  assert.equal((await client.call(`GET /catalog/price-lists/${shared}`)).status, 200, 'what all share is read by all')
  assert.equal((await client.call(`GET /catalog/price-lists/${theirs}`)).status, 404)

  // The months tell a manager what their place turned over, and not the company.
  const day = new Date().toISOString().slice(0, 10)
  const accounts = await pool.query<{ id: string }>(`select id from ledger_account where kind = 'expense' order by code limit 2`)
  const [from, to] = accounts.rows.map((one) => one.id)
  const lines = [
    { account: from, amount: '7000' },
    { account: to, amount: '-7000' },
  ]
  await postEntry(owner, {
    businessDay: day,
    place: elsewhere.id,
    memo: 'Rent of the harbour',
    lines,
  })
  const debits = async (by: Client) => (await by.call('GET /periods')).body.rows.map((one: { debit: string }) => one.debit)
  assert.deepEqual([await debits(owner), await debits(client)], [['7000'], []])
})
