import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { simulate } from '#modules/access/provider/provider.simulator.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '../harness.ts'
import { onEnd } from '../end.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Single sign-on with a real provider of identities, in the real browser. */
const people: Record<string, object> = {
  known: { email: 'known@example.com', email_verified: true, name: 'Known Person', groups: [] },
  unverified: { email: 'victim@example.com', email_verified: false, name: 'Not Them', groups: ['counter'] },
  fresh: { email: 'fresh@example.com', email_verified: true, name: 'Fresh Face', groups: ['counter'] },
  nobody: { email: 'nobody@example.com', email_verified: true, name: 'Nobody', groups: ['unknown'] },
}
let address = ''
const provider = await simulate({ duka: () => address, claimsOf: (login) => people[login]! })
onEnd(provider.stop)
const { issuer } = provider
const environment = { ...provider.environment, OIDC_NAME: 'Hospital ID' }
const world = await aCompany()
const server = await aServer(world.url, { environment })
address = server.base.replace('127.0.0.1', 'localhost')
const owner = server.client(world.cookie)
const browser = await aBrowser()
assert.equal(
  (await owner.call('POST /security', { groupRoles: [{ group: 'counter', role: 'cashier', place: world.place }] })).status,
  200,
)

/** Through the provider's own pages: who it is, and that they agree. */
async function through(person: Person, login: string): Promise<void> {
  await person.go('/sign-in')
  await person.button('signIn.provider', { name: 'Hospital ID' }).click()
  await person.page.waitForURL(`${issuer}/**`)
  await person.page.locator('input[name=login]').fill(login)
  await person.page.locator('input[name=password]').fill('anything')
  await person.page.locator('button[type=submit]').click()
  await person.page.locator('button[type=submit]', { hasText: /continue/i }).click()
  await person.page.waitForURL(`${address}/**`)
}
const sessionOf = async (person: Person) => {
  const cookie = (await person.context.cookies()).find((one) => one.name === '__Host-duka')
  return (await server.client(cookie?.value ?? '').call('GET /session')).body
}

test('somebody who works here comes through the provider by the address that it has verified', async () => {
  await accept(server.client(), await anInvitation(owner, 'known@example.com', [{ role: 'stockKeeper', place: world.place }]))
  const person = await Person.at(browser, server.base, 'provider')
  await person.go('/sign-in')
  await person.shot('first')
  await through(person, 'known')
  await person.page
    .getByRole('button', { name: /Somebody New/ })
    .first()
    .waitFor()
  assert.deepEqual((await sessionOf(person)).user.roles, ['stockKeeper'])
})

test('somebody new gets the roles of their groups, and loses them with the group', async () => {
  const person = await Person.at(browser, server.base, 'provider-new', { width: 390, height: 844 })
  await through(person, 'fresh')
  await person.page.waitForURL('**/pos/sell')
  assert.deepEqual((await sessionOf(person)).user.roles, ['cashier'])

  people['fresh'] = { ...people['fresh'], groups: [] }
  const again = await Person.at(browser, server.base, 'provider-left')
  await through(again, 'fresh')
  await again.page
    .getByRole('button', { name: /Fresh Face/ })
    .first()
    .waitFor()
  assert.deepEqual((await sessionOf(again)).user.roles, [])
})

test('an address that is not verified opens nobody’s account, and who is in no group is told what to do', async () => {
  await accept(server.client(), await anInvitation(owner, 'victim@example.com', [{ role: 'manager', place: world.place }]))
  for (const login of ['unverified', 'nobody']) {
    const person = await Person.at(browser, server.base, `provider-${login}`)
    await through(person, login)
    await person.page.getByRole('alert').waitFor()
    await person.shot('refused')
    assert.equal((await sessionOf(person)).user, null)
  }
})

test('an answer that was not asked for in this browser, or comes twice, opens nothing', async () => {
  const client = server.client()
  assert.equal((await client.call('POST /sign-in/provider/answer', { search: '?code=x&state=y' })).status, 410)
  const { url } = (await client.call('POST /sign-in/provider')).body
  assert.match(url, /code_challenge_method=S256/)
  assert.equal(
    (await client.call('POST /sign-in/provider/answer', { search: '?code=x&state=forged' })).body.code,
    'access.provider.refused',
  )
  const state = new URL(url).searchParams.get('state')
  assert.equal(
    (await client.call('POST /sign-in/provider/answer', { search: `?code=x&state=${state}` })).body.code,
    'access.provider.refused',
  )
})

test('how strongly and how lately the provider has asked is judged, where the company wants that', async () => {
  // This provider asks for a password and says nothing of how: that is not enough for who wants more.
  useEnvironment({ ...environment, OIDC_ACR: 'urn:duka:strong', OIDC_MAX_AGE: '60' })
  const weak = await Person.at(browser, server.base, 'provider-weak')
  await through(weak, 'known')
  await weak.page.getByRole('alert').waitFor()
  assert.equal((await sessionOf(weak)).user, null)
  const asked = new URL((await server.client().call('POST /sign-in/provider')).body.url).searchParams
  assert.deepEqual([asked.get('acr_values'), asked.get('max_age')], ['urn:duka:strong', '60'])

  useEnvironment({ ...environment, OIDC_MAX_AGE: '60' })
  const fresh = await Person.at(browser, server.base, 'provider-lately')
  await through(fresh, 'known')
  await fresh.page
    .getByRole('button', { name: /Somebody New/ })
    .first()
    .waitFor()
  useEnvironment(environment)
})
