import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { roleId } from '#modules/access/role/role.factory.ts'
import type { Membership } from '#modules/access/role/role.ts'
import { aCompany } from '../harness.ts'
import { aServer, type Client } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** Who may do what: an owner makes a role, says how far it reaches, and gives it to somebody until a day. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const OWNER_PASSWORD = 'correct horse battery'

async function aPerson(email: string, ...roles: Partial<Membership>[]): Promise<{ id: string; client: Client }> {
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, roles))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, client }
}
/** The owner, who has just signed in at this device. */
async function anOwner(name: string, device: Device = {}): Promise<Person> {
  const client = server.client()
  await client.call('POST /sign-in', { email: 'amina@example.com', password: OWNER_PASSWORD })
  return Person.at(browser, server.base, name, { ...device, cookie: client.cookie })
}

test('an owner makes a role, says what it may do, and gives it to somebody until a day', async () => {
  const { id, client } = await aPerson('temp@example.com', { role: 'viewer', place: world.place })
  const person = await anOwner('roles')
  const { page } = person
  await person.go('/roles')
  await person.heading('page.roles').waitFor()
  await person.isAccessible('the roles')
  await person.shot('roles')
  await person.button('roles.new').click()
  await person.field('field.name').fill('Holiday cover')
  await page.getByRole('combobox', { name: person.word('roles.from') }).click()
  await page.getByRole('option', { name: 'Cashier' }).click()
  await person.button('roles.make').click()
  await page.getByRole('heading', { name: 'Holiday cover' }).waitFor()
  await page.getByRole('button', { name: /^See sales and reprint receipts:/ }).click()
  await page.getByRole('menuitem', { name: person.word('line.own') }).click()
  await page.getByRole('button', { name: /^Change tax classes.*:/ }).click()
  await person.shot('menu')
  await page.getByRole('menuitem', { name: person.word('line.never') }).click()
  await person.page.getByPlaceholder(person.word('roles.reason')).fill('August only')
  await person.isAccessible('a role that is being changed')
  await person.shot('role')
  await person.button('common.save').click()
  await page.getByRole('form').waitFor({ state: 'detached' })
  await person.says(/changed what the role may do/)
  await person.shot('saved')

  await person.go(`/users/${id}`)
  await page.getByRole('button', { name: /^Change the roles of/ }).click()
  await page.getByRole('combobox', { name: person.word('field.role') }).click()
  await page.getByRole('option', { name: 'Holiday cover' }).click()
  await person.button('users.setUntil').click()
  await person.field('users.until').fill('2099-08-31')
  await person.shot('give')
  await person.button('common.save').click()
  await person.says(/Holiday cover/)
  await person.says(/until.*2099/)
  await person.shot('person')
  assert.equal((await client.call('GET /pos/sales')).status, 401, 'signed out, to come back with the new role')
  const { roles } = (await owner.call(`GET /users/${id}`)).body
  assert.equal(roles[0].until, '2099-08-31T21:00:00Z', 'all of that day in Nairobi')
  person.isUntroubled()
})

test('roles stand side by side, and what differs is changed there', async () => {
  const person = await anOwner('compare', { height: 2600 })
  const { page } = person
  await person.go('/roles/compare')
  await page.getByRole('table').waitFor()
  await person.shot('all')
  await person.go('/roles/compare?of=manager,cashier&only=different')
  await page.getByRole('button', { name: 'Cashier, Give any discount: No' }).click()
  await page.getByRole('menuitem', { name: person.word('line.place') }).click()
  await person.shot('two')
  await person.isAccessible('the comparison')
  await person.button('common.save').click()
  await page.getByRole('form').waitFor({ state: 'detached' })
  const { roles } = (await owner.call('GET /roles')).body
  assert.equal(roles.find((one: { key: string }) => one.key === 'cashier').lines['pos.sale.discount'], 'place')
  person.isUntroubled()
})

test('roles on a phone, in Arabic and in the dark', async () => {
  const id = await roleId(owner, 'cashier')
  const client = server.client()
  const token = await anInvitation(owner, 'nour@example.com', [{ role: 'administrator' }])
  await client.call('POST /invitations/acceptance', { token, name: 'نور', password: OWNER_PASSWORD, locale: 'ar' })
  const device = { language: 'ar', width: 390, height: 844, scheme: 'dark', cookie: client.cookie } as const
  const person = await Person.at(browser, server.base, 'roles-ar', device)
  for (const path of ['/roles', `/roles/${id}`, '/roles/compare?of=manager,cashier']) {
    await person.go(path)
    await person.page.locator('h1').waitFor()
    await person.fits(path)
    await person.isAccessible(path)
    await person.shot('page')
  }
  person.isUntroubled()
})
