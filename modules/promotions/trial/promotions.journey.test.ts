import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer } from '#test/server.ts'
import { aRunningPromotion } from '../promotion/promotion.factory.ts'

/** A promotion from the wish to the till: by mouse, by keyboard, and on a phone in Arabic. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
await aProduct(world, 'Clay pot', 9_000n)
await aProduct(world, 'Lamp', 50_000n)

const show = async (id: string) => (await owner.call(`GET /promotions/${id}`)).body

test('by mouse: buy 2, get 1 free; it is tried on a basket and let go', async () => {
  const person = await Person.at(browser, server.base, 'promotion-mouse', { cookie: world.cookie })
  const { page } = person
  await person.go('/promotions/new')
  await page.getByRole('link', { name: person.word('promotion.example.spend') }).waitFor()
  await person.shot('kinds')
  await person.isAccessible('/promotions/new')
  await page.getByRole('link', { name: person.word('state.promotions.promotion.kind.buyGet') }).click()
  await person.field('field.name').fill('Pots: two and one')
  await person.button('promotion.add.product').click()
  await person.field('field.promotions.promotion.product').click()
  await page.getByRole('option', { name: 'Clay pot' }).click()
  await person.shot('written')
  await person.isAccessible('a promotion that is written')
  await person.button('lines.saveDraft').click()
  await page.waitForURL(/promotions\/[0-9a-f-]{36}$/)
  await person.says(person.word('promotion.says.buyGet', { buys: '2', gives: '1', what: 'Clay pot' }))
  await person.shot('draft')

  await page.getByRole('tab', { name: person.word('promotion.trial') }).click()
  await person.field('promotion.trialAdd').click()
  await page
    .getByRole('option', { name: /Clay pot/ })
    .first()
    .click()
  await person.field('promotion.trialAdd').click()
  await page.getByLabel(person.word('promotion.trialCount', { name: 'Clay pot' })).fill('6')
  await person.says(/180\.00/)
  await person.shot('tried')
  await person.isAccessible('a promotion that is tried')
  await person.button('verb.promotions.promotion.schedule').click()
  await person.says(person.word('state.promotions.promotion.state.running'))
  assert.equal((await show(page.url().split('/').at(-1)!)).row.state, 'running')
  await person.go('/promotions')
  await person.says('Pots: two and one')
  await person.shot('list')
  person.isUntroubled()
})

test('by keyboard: a share off everything at certain hours, with codes that are made', async () => {
  const person = await Person.at(browser, server.base, 'promotion-keys', { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  await person.go('/promotions')
  await person.heading('entities.promotions.promotion').waitFor()
  await page.keyboard.press('n')
  const kind = page.getByRole('link', { name: person.word('state.promotions.promotion.kind.percentage') })
  await kind.waitFor()
  await kind.focus()
  await page.keyboard.press('Enter')
  await person.field('field.name').focus()
  await page.keyboard.type('Happy hour')
  await page.keyboard.press('Tab')
  await page.keyboard.type('10')
  await person.field('field.promotions.promotion.hourFrom').focus()
  await page.keyboard.type('17')
  await page.keyboard.press('Tab')
  await page.keyboard.type('17:00')
  await person.button('lines.saveDraft').focus()
  await page.keyboard.press('Enter')
  // What can never apply is refused with what to do, and what was typed stays.
  await person.says(/two different times of the day/)
  await person.field('field.promotions.promotion.hourTo').fill('19')
  await person.field('field.promotions.promotion.coupons').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('option').first().waitFor()
  await page.getByRole('option', { name: person.word('state.promotions.promotion.coupons.codes') }).click()
  await person.shot('written')
  await person.button('lines.saveDraft').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/promotions\/[0-9a-f-]{36}$/)
  const { row } = await show(page.url().split('/').at(-1)!)
  assert.deepEqual([row.rate, row.hourFrom, row.hourTo, row.coupons], ['100000', '17:00', '19:00', 'codes'])
  await page.getByRole('tab', { name: person.word('promotion.coupons') }).focus()
  await page.keyboard.press('Enter')
  await person.field('coupon.howMany').fill('3')
  await person.field('coupon.howMany').press('Enter')
  await person.says(person.word('coupon.made'))
  await page
    .getByText(/^[2-9A-Z]{8}$/)
    .first()
    .waitFor()
  assert.equal(await page.getByText(/^[2-9A-Z]{8}$/).count(), 3)
  await person.shot('codes')
  await person.isAccessible('coupons of a promotion')
  person.isUntroubled()
})

test('on a phone in Arabic: a promotion is looked at and ended', async () => {
  const id = await aRunningPromotion(world.ctx(), { name: 'عشرة بالمئة', weekdays: ['5', '6'] })
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar' })
  const person = await Person.at(browser, server.base, 'promotion-phone', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
    scheme: 'dark',
  })
  const { page } = person
  await person.go('/promotions/new')
  await page.getByRole('link', { name: person.word('promotion.example.spend') }).waitFor()
  await person.fits('/promotions/new on a phone')
  await person.shot('kinds')
  await person.go('/promotions/new?kind=bundle')
  await person.button('promotion.add.variant').click()
  await person.fits('a bundle on a phone')
  await person.shot('bundle')
  await person.isAccessible('a bundle on a phone')
  await person.go(`/promotions/${id}`)
  await person.says('عشرة بالمئة')
  await person.fits('a promotion on a phone')
  await person.shot('running')
  await person.isAccessible('a promotion on a phone')
  await person.button('verb.promotions.promotion.end').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('verb.promotions.promotion.end') })
    .click()
  await person.says(person.word('state.promotions.promotion.state.ended'))
  assert.equal((await show(id)).row.state, 'ended')
  person.isUntroubled()
})
