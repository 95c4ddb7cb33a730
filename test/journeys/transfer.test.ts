import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Goods from one store to another: who needs them asks on a phone, who has them sends them from a desk. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const branch = (
  await owner.call('POST /places', { name: 'Westlands', code: 'WL', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string
await aProduct(world, 'Clay pot', 10_000n, 50, 4_000n)
await aProduct(world, 'Tin cup', 3_000n, 20, 1_000n)

test('asked for by finger, sent after a look at it, received with a piece broken and one missing', async () => {
  const client = server.client()
  await accept(client, await anInvitation(owner, 'wl@example.com', [{ role: 'manager', place: branch }]))
  const phone = await Person.at(browser, server.base, 'transfer-phone', { cookie: client.cookie, width: 390, height: 844 })
  await phone.go('/inventory/transfers/new')
  await phone.field('field.inventory.transferOrder.location').tap()
  await phone.page.getByRole('option', { name: /Main Street/ }).tap()
  const add = async (name: string) => {
    await phone.field('finder.search').fill(name)
    await phone.page.getByRole('option', { name }).tap()
  }
  await add('Clay')
  const line = phone.page.locator('li', { hasText: 'Clay pot' })
  await line.locator('input').fill('10')
  await add('Tin')
  await phone.shot('asking')
  await phone.isAccessible('a transfer that is asked for')
  await phone.button('transfer.ask').tap()
  await phone.page.waitForURL(/transfers\/[0-9a-f-]{36}$/)
  const id = phone.page.url().split('/').at(-1)!
  await phone.says(phone.word('state.inventory.transferOrder.state.requested'))
  // Who asked may take it back, and nothing else.
  assert.equal(await phone.page.getByRole('button', { name: phone.word('verb.inventory.transferOrder.approve') }).count(), 0)

  const desk = await Person.at(browser, server.base, 'transfer-desk', { cookie: world.cookie })
  await desk.go(`/inventory/transfers/${id}`)
  await desk.button('verb.inventory.transferOrder.approve').click()
  await desk.button('verb.inventory.transferOrder.dispatch').click()
  await desk.page.getByRole('dialog').getByText(desk.word('seed.account.inTransit'), { exact: false }).waitFor()
  await desk.shot('sending')
  await desk.page
    .getByRole('dialog')
    .getByRole('button', { name: desk.word('verb.inventory.transferOrder.dispatch') })
    .click()
  await desk.says(desk.word('state.inventory.transferOrder.state.dispatched'))
  await desk.isAccessible('a transfer on its way')

  // The phone heard of it by itself.
  await phone.button('verb.inventory.transferOrder.receive').tap()
  const cells = phone.page.locator('li', { hasText: 'Clay pot' }).locator('input')
  await cells.nth(0).fill('8')
  await cells.nth(1).fill('1')
  await cells.nth(2).fill('1')
  await phone.says(phone.word('transfer.sayWhy'))
  await phone.field('transfer.why').fill('One fell off the van')
  await phone.shot('receiving')
  await phone.isAccessible('receiving a transfer')
  await phone.button('arrival.check').tap()
  await phone.page
    .getByRole('dialog')
    .getByRole('button', { name: phone.word('transfer.receiveNow') })
    .tap()
  await phone.page.waitForURL(`**/inventory/transfers/${id}`)
  await phone.says(phone.word('state.inventory.transferOrder.state.received'))
  await phone.says('One fell off the van')
  await phone.shot('done')
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  phone.isUntroubled()
  desk.isUntroubled()
})

for (const [name, device] of [
  ['desk', { width: 1440, height: 900 }],
  ['phone-arabic', { width: 390, height: 844, language: 'ar' }],
] as const)
  test(`${name}: what is low here is asked for from whoever can spare it, but for a line and with another quantity`, async () => {
    await owner.call('POST /profile', { name: 'Amina Owner', locale: 'language' in device ? device.language : 'en' })
    const [lamp, mat] = [
      await aProduct(world, `Lamp ${name}`, 10_000n, 30, 4_000n),
      await aProduct(world, `Mat ${name}`, 3_000n, 20, 1_000n),
    ]
    for (const { variant } of [lamp!, mat!])
      await owner.call('POST /inventory/reorder-levels', { variant, place: branch, level: '6000000', target: '8000000' })
    const person = await Person.at(browser, server.base, `transfer-proposals-${name}`, { ...device, cookie: world.cookie })
    const { page } = person
    const isPhone = device.width < 600
    await person.go('/inventory/transfers')
    const way = page.getByRole('link', { name: person.word('page.transferProposals') })
    await (isPhone ? way.tap() : way.click())
    await person.heading('page.transferProposals').waitFor()
    await person.go(`/inventory/transfer-proposals?place=${branch}`)
    await person.says(`Lamp ${name}`)
    await person.shot('proposed')
    await person.fits('what others can send')
    await person.isAccessible('what others can send')
    const row = (article: string) => page.locator('tr', { hasText: `${article} ${name}` })
    const tick = row('Mat').getByRole('checkbox')
    await (isPhone ? tick.tap() : tick.click())
    if (isPhone)
      for (const other of ['Lamp desk', 'Mat desk']) await page.locator('tr', { hasText: other }).getByRole('checkbox').tap()
    await row('Lamp').locator('input:not([type=checkbox])').fill('5')
    await person.shot('chosen')
    const make = person.counted('transferProposals.make', 1)
    await (isPhone ? make.tap() : make.click())
    await page.waitForURL(/transfers\/[0-9a-f-]{36}$/)
    const { lines } = (await owner.call(`GET /inventory/transfers/${page.url().split('/').at(-1)}`)).body
    assert.deepEqual(
      lines.map((line: { variant: string; quantity: string }) => [line.variant, line.quantity]),
      [[lamp!.variant, '5000000']],
    )
    await person.shot('asked')
    person.isUntroubled()
  })
