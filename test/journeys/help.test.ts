import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Help: for the page one is on, by the words of whoever asks, in their language, and only for what they may do. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const cashier = server.client()
await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))

test('the question mark opens the guides for this page, and a step leads to where it is done', async () => {
  const person = await Person.at(browser, server.base, 'help', { cookie: world.cookie })
  const { page } = person
  await person.go('/catalog/price-lists')
  await person.button('help.ask').click()
  const window = page.getByRole('dialog')
  await window.getByText('Other prices for some customers, stores or days').waitFor()
  await person.shot('window')
  await person.isAccessible('the help')
  await window
    .getByRole('link', { name: person.word('help.open') })
    .first()
    .click()
  await page.waitForURL('**/catalog/price-lists/new')
  await window.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('stocktake')
  await page.getByRole('option', { name: /Count the stock/ }).click()
  await page.waitForURL('**/help?guide=inventory.count')
  await page.getByText('Look at the differences', { exact: false }).waitFor()
  await person.shot('guide')
  await person.isAccessible('a guide')
  person.isUntroubled()
})

test('on a phone in Arabic a cashier finds how to sell, and nothing that is not theirs', async () => {
  await cashier.call('POST /profile', { name: 'Juma', locale: 'ar' })
  const person = await Person.at(browser, server.base, 'help-phone', {
    cookie: cashier.cookie,
    language: 'ar',
    width: 390,
    height: 844,
  })
  const { page } = person
  await person.go('/help')
  await page.getByText('البيع عند نقطة البيع').waitFor()
  assert.ok((await page.locator('details').count()) > 1, 'a cashier has several guides')
  await page.getByLabel(person.word('help.search')).fill('باقي')
  await page.getByText('الدفع بأكثر من طريقة').waitFor()
  await person.shot('found')
  await person.fits('the help')
  await person.isAccessible('the help')
  await page.getByLabel(person.word('help.search')).fill('smtp')
  await page.getByText(person.word('help.nothing')).waitFor()
  assert.equal(await page.locator('details').count(), 0, 'how mail is connected is no matter of a cashier')
  person.isUntroubled()
})
