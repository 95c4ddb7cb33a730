import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { roleId, setLines } from '#modules/access/role/role.factory.ts'
import type { Membership } from '#modules/access/role/role.ts'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
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
  await person.field('form.reason').fill('August only, asked by the manager')
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

test('a discount above the limit: a second person agrees at the till by PIN, or from elsewhere', async () => {
  await setLines(owner, 'cashier', { 'pos.sale.discount': null })
  await aProduct(world, 'Clay pot', 100_000n, 20, 40_000n)
  await owner.call('POST /profile/pin', { current: OWNER_PASSWORD, pin: '7294' })
  const { client } = await aPerson('sells@example.com', { role: 'cashier', place: world.place })
  // A till is in the care of whoever opened it.
  const shift = await client.call('POST /pos/shifts', { id: newId(), till: world.till, float: '100000' })
  assert.equal(shift.status, 201, JSON.stringify(shift.body))
  const device = { cookie: client.cookie, width: 1024, height: 700 }
  const person = await Person.at(browser, server.base, 'second-person', device)
  const { page } = person
  const dialog = page.getByRole('dialog', { name: person.word('secondPerson.title') })
  const sellCheaply = async () => {
    await page.getByText('Clay pot').first().waitFor()
    await page.keyboard.type('clay')
    await page.keyboard.press('Enter')
    await page.getByText('Clay pot').nth(1).waitFor({ state: 'attached' })
    await person.button('till.basketMenu').click()
    await page.getByRole('menuitem', { name: person.word('till.basketDiscount') }).click()
    await person.field('till.discountPercent').fill('40')
    await person.says(person.word('till.approvalNeeded'))
    await person.button('action.apply').click()
    await dialog.waitFor()
  }
  // Agreed to while it was given: nobody is asked again when the customer pays.
  const pay = async () => {
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Wherever the focus goes when the question is answered.
    await page.keyboard.press('F9')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  }
  await person.go('/pos/sell')
  await sellCheaply()
  await person.isAccessible('the question for a second person')
  // One Escape closes the question; the discount stands below it as it was typed.
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await person.field('till.discountPercent').inputValue(), '40')
  await person.button('action.apply').click()
  await dialog.waitFor()
  await person.shot('asked')
  await dialog.locator('input[inputmode=numeric]').first().click()
  await page.keyboard.type('7294')
  await person.button('secondPerson.agree').click()
  await pay()
  await person.shot('sold')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // Nobody is here this time: the owner is asked, and the till waits.
  await sellCheaply()
  await page.getByRole('tab', { name: person.word('secondPerson.elsewhere') }).click()
  await person.field('secondPerson.note').fill('Last of the old ones')
  // No mail server: what is promised is what happens.
  await person.says(new RegExp(`Approvals.*${person.word('sent.tellThem')}`))
  await person.button('secondPerson.ask').click()
  await person.says(person.word('secondPerson.waiting'))
  const boss = await anOwner('approvals', { width: 390, height: 844 })
  await boss.go('/approvals')
  await boss.says('Last of the old ones')
  await boss.isAccessible('the inbox')
  await boss.fits('the inbox')
  await boss.shot('inbox')
  await boss.button('approvals.approve').click()
  await boss.page
    .getByRole('dialog')
    .getByRole('button', { name: boss.word('approvals.approve') })
    .click()
  await boss.says(boss.word('approvals.empty.waiting'))
  await pay()
  assert.deepEqual(
    (await owner.call('GET /pos/sales')).body.rows.map((row: { total: string }) => row.total),
    ['60000', '60000'],
  )
  const settings = await anOwner('approval-settings', { scheme: 'dark' })
  await settings.go('/settings/approvals')
  await settings.page.getByRole('switch', { name: settings.word('approval.inventory.wastage') }).click()
  await settings.isAccessible('the settings')
  await settings.shot('settings')
  await settings.button('common.save').click()
  await settings.says(settings.word('common.saved'))
  for (const one of [person, boss, settings]) one.isUntroubled()
})

test('whoever has to agree reads words and money in their language, and no names of fields', async () => {
  const shop = await aCompany()
  const here = await aServer(shop.url)
  const [first, second, cashier] = [here.client(shop.cookie), here.client(), here.client()]
  await accept(second, await anInvitation(first, 'second@example.com', [{ role: 'owner' }]))
  const seller = await accept(cashier, await anInvitation(first, 'cashier@example.com', [{ role: 'cashier', place: shop.place }]))
  const lamp = await aProduct(shop, 'Lamp', 116_000n, 50, 60_000n)
  const saffron = await aProduct(shop, 'Saffron', 8_555n, 10_000, 300n, { unit: 'g', per: '100' })
  const shift = await cashier.call('POST /pos/shifts', { id: newId(), till: shop.till, float: '100000' })
  assert.equal(shift.status, 201)
  assert.equal((await first.call('POST /periods/2026-10-01/close')).status, 200)
  const kinds = ['inventory.wastage', 'access.roleChange', 'access.roleLines', 'kit.personalExport', 'ledger.reopen']
  const settings = Object.fromEntries(kinds.map((kind) => [kind, { on: true, limit: '0' }]))
  assert.equal((await first.call('POST /approvals/settings', { settings })).status, 200)
  const basket = {
    id: newId(),
    till: shop.till,
    lines: [
      { variant: lamp.variant, quantity: '1000000', listPrice: lamp.price, unitPrice: '90000' },
      {
        variant: saffron.variant,
        quantity: '100000000',
        listPrice: saffron.price,
        unitPrice: '8000',
        discount: { rate: '250000' },
      },
    ],
  }
  const role = await roleId(first, 'cashier')
  const acts = [
    await cashier.call('POST /pos/agreements', basket),
    await first.call('POST /inventory/documents/post', {
      kind: 'adjustment',
      id: newId(),
      location: shop.location,
      reason: 'ownUse',
      lines: [{ variant: lamp.variant, quantity: '-1000000' }],
    }),
    await first.call(`POST /users/${seller.body.user}/roles`, { roles: [{ role: 'manager', place: shop.place }] }),
    await first.call(`POST /roles/${role}/lines`, { lines: { 'pos.sale.price': 'place' } }),
    await first.call('GET /parties/export?format=csv&q=Ama'),
    await first.call('POST /periods/2026-10-01/reopen', { reason: 'A late invoice' }),
  ]
  for (const [at, { body }] of acts.entries()) {
    assert.equal(body.code, 'kit.approvalNeeded', JSON.stringify(body))
    const by = at === 0 ? cashier : first
    assert.equal((await by.call(`POST /approvals/${body.details.id}/asking`, {})).status, 200)
  }
  for (const [language, device] of [
    ['en', {}],
    ['ar', { width: 390, height: 844, scheme: 'dark' }],
  ] as const) {
    await second.call('POST /profile', { name: 'Zawadi Owner', locale: language })
    const person = await Person.at(browser, here.base, `facts-${language}`, { ...device, language, cookie: second.cookie })
    await person.go('/approvals')
    const matters = person.page.locator('dl')
    await matters.nth(acts.length - 1).waitFor()
    await person.says(/Lamp/)
    await matters.locator('li ins').first().waitFor()
    const facts = (await matters.allInnerTexts()).join('\n')
    // No names of our own (camelCase, dotted), no ids, no amounts in the smallest coin, no days as computers write them.
    assert.doesNotMatch(facts, /[a-z][A-Z]|[a-z]\.[a-z]|[0-9a-f]{8}-|\d{5,}|\d{4}-\d\d/u)
    for (const raw of ['cashier', 'manager', 'ownUse', 'damaged', '[object'])
      assert.ok(!facts.includes(raw), `${raw} in ${facts}`)
    for (const said of ['900.00', '1,160.00', '100\u00a0g', '25', person.word('role.manager')])
      assert.ok(facts.includes(said), `${said} not in ${facts}`)
    await person.isAccessible('what has to be agreed to')
    await person.fits('what has to be agreed to')
    await person.shot('inbox')
    person.isUntroubled()
  }
})

test('where nothing can be sent nothing is promised: a new password, an invitation, the security page', async () => {
  const stranger = await Person.at(browser, server.base, 'nothing-sent', { width: 390, height: 844 })
  await stranger.go('/reset')
  await stranger.says(stranger.word('sent.kept'))
  await stranger.field('field.email').fill('amina@example.com')
  await stranger.button('common.next').click()
  await stranger.field('signIn.way.emailCode').waitFor()
  await stranger.says(stranger.word('sent.kept'))
  await stranger.shot('reset')

  await anInvitation(owner, 'later@example.com', [{ role: 'viewer', place: world.place }])
  const person = await anOwner('nothing-sent-inside')
  await person.go('/users?show=invitations')
  await person.page.getByRole('button', { name: /^Send the invitation/ }).click()
  await person.says(person.word('sent.kept'))
  await person.shot('invitation')
  await person.go('/settings/security')
  await person.field('security.checkpointMails').fill('auditor@example.com')
  await person.field('security.checkpointMails').press('Enter')
  await person.says(person.word('sent.kept'))
  for (const one of [stranger, person]) one.isUntroubled()
})

test('why somebody can’t, and what they see', async () => {
  const { id } = await aPerson(
    'asks@example.com',
    { role: 'cashier', place: world.place },
    { role: 'viewer', place: world.place },
  )
  const person = await anOwner('why')
  const { page } = person
  await person.go(`/users/${id}`)
  await page.getByRole('link', { name: person.word('why.ask') }).click()
  await page.getByRole('combobox', { name: person.word('why.permission') }).click()
  await page.getByRole('option', { name: /^Sell at another price/ }).click()
  await person.says(/No, .* can’t/)
  await person.says(person.word('why.withSecond'))
  await person.isAccessible('the answer')
  await person.fits('the answer')
  await person.shot('no')
  const [sale] = (await owner.call('GET /pos/sales')).body.rows
  await person.go(`/pos/sales/${sale.id}`)
  await person.button('common.more').click()
  await page.getByRole('menuitem', { name: person.word('detail.why') }).click()
  await page.getByLabel(person.word('why.person'), { exact: true }).first().fill('Somebody')
  await page.getByRole('option').first().click()
  await page.getByRole('status').filter({ hasText: sale.number }).waitFor()
  await person.shot('record')

  await person.go(`/users/${id}`)
  await person.button('view.start').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('view.start') })
    .click()
  await page.waitForURL((url) => url.pathname === '/')
  await person.says(/You see what Somebody New sees/)
  await person.isAccessible('another one’s eyes')
  await person.shot('eyes')
  await person.button('view.stop').click()
  await page.waitForURL((url) => url.pathname === '/users')
  await page.getByText(/You see what/).waitFor({ state: 'detached' })
  person.isUntroubled()
})
