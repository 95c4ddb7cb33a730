import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** A list as a board: by mouse, by keyboard and by finger, each step as it is on the page of the record. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const supplier = await aSupplier(owner, 'Unga Ltd')
const flour = await aProduct(world, 'Flour 50 kg', 400_000n, 2, 320_000n)
const numberOf = async (id: string) => (await owner.call(`GET /sourcing/purchases/${id}`)).body.row.number as string
const stateOf = async (id: string) => (await owner.call(`GET /sourcing/purchases/${id}`)).body.row.state as string

/** The column of a state. */
const stage = (person: Person, state: string) => person.page.locator(`section[data-state=${state}]`)

test('by mouse: a card is drawn into the column where its step leads, and into no other', async () => {
  const made = await draftOrder()
  const number = await numberOf(made)
  const person = await Person.at(browser, server.base, 'board-mouse', { cookie: world.cookie })
  const { page } = person
  await person.go('/sourcing/purchases')
  await page.getByText(person.word('board.asBoard')).locator('xpath=ancestor::label').click()
  await page.waitForURL(/as=board/)
  const card = (state: string) => stage(person, state).getByRole('article').filter({ hasText: number })
  await card('draft').waitFor()
  await card('draft').dragTo(stage(person, 'approved'))
  assert.equal(await stateOf(made), 'draft', 'no step leads there')
  await card('draft').dragTo(stage(person, 'submitted'))
  await card('submitted').waitFor()
  assert.equal(await stateOf(made), 'submitted')
  await card('draft').waitFor({ state: 'detached' })
  await stage(person, 'submitted').getByText('6,400.00').first().waitFor()
  await person.shot('submitted')
  await person.isAccessible('a board')
  person.isUntroubled()
})

test('by keyboard: arrows find the card, its menu has the steps, a bad end is asked about', async () => {
  const made = await draftOrder()
  const number = await numberOf(made)
  const person = await Person.at(browser, server.base, 'board-keys', { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  await person.go('/sourcing/purchases?as=board')
  const card = stage(person, 'draft').getByRole('article').filter({ hasText: number })
  await card.getByRole('link').focus()
  await page.keyboard.press('ArrowRight')
  const there = stage(person, 'submitted').getByRole('link').first()
  await there.waitFor()
  assert.ok(await there.evaluate((one) => one === document.activeElement), 'the card beside it')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const cancel = page.getByRole('menuitem', { name: person.word('verb.sourcing.purchase.cancel') })
  await cancel.waitFor()
  await cancel.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(person.word('verb.reason')).fill('Ordered elsewhere')
  await dialog.getByRole('button', { name: person.word('verb.sourcing.purchase.cancel') }).click()
  await stage(person, 'cancelled').getByRole('article').filter({ hasText: number }).waitFor()
  assert.equal(await stateOf(made), 'cancelled')
  person.isUntroubled()
})

test('by finger, in Arabic and in the dark; hundreds of cards are no more than are seen', async () => {
  for (let made = 0; made < 120; made++) await draftOrder()
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar' })
  const person = await Person.at(browser, server.base, 'board-phone', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
    scheme: 'dark',
  })
  const { page } = person
  await person.go('/sourcing/purchases?as=board')
  const cards = stage(person, 'draft').getByRole('article')
  await cards.first().waitFor()
  assert.ok((await cards.count()) < 40, `${await cards.count()} cards are in the page`)
  await person.shot('phone')
  await person.isAccessible('a board on a phone')
  const first = cards.first()
  const number = (await first.getByRole('link').innerText()).trim()
  await first.getByRole('button').tap()
  await page.getByRole('menuitem', { name: person.word('verb.sourcing.purchase.submit') }).tap()
  await stage(person, 'submitted').getByRole('article').filter({ hasText: number }).waitFor()
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  person.isUntroubled()
})

async function draftOrder(): Promise<string> {
  const { status, body } = await owner.call('POST /sourcing/purchases', {
    supplier,
    location: world.location,
    lines: [{ variant: flour.variant, quantity: '2000000', price: '320000' }],
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}
