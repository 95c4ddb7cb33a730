import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct, anOpenTill } from '#modules/pos/sale/sale.factory.ts'
import { newId } from '#kit/id.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** What stands around the pages, and what they say about what was typed. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

test('[W12] the menu stays where it was scrolled after a reload, and the page that is shown is in view in it', async () => {
  const person = await Person.at(browser, server.base, 'shell-menu', { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  const menu = page.locator('aside .mantine-ScrollArea-viewport')
  const isInView = () =>
    menu.evaluate((one) => {
      const [frame, item] = [one, one.querySelector('[aria-current=page]')!].map((each) => each.getBoundingClientRect())
      return item!.top >= frame!.top - 1 && item!.bottom <= frame!.bottom + 1
    })
  await person.go('/settings/numbers')
  await person.heading('page.numbers').waitFor()
  await page.waitForFunction(() => document.querySelector('aside .mantine-ScrollArea-viewport')!.scrollTop > 100)
  assert.ok(await isInView(), 'the last items of the menu are shown when their page is')
  const far = await menu.evaluate((one) => one.scrollTop)
  assert.ok(far > 100)
  await page.reload()
  await person.heading('page.numbers').waitFor()
  assert.ok(await isInView())
  assert.equal(await menu.evaluate((one) => one.scrollTop), far)
  await person.follow('/pos/sales')
  await page.waitForFunction(() => {
    const menu = document.querySelector('aside .mantine-ScrollArea-viewport')!
    const item = menu.querySelector('[aria-current=page][href="/pos/sales"]')?.getBoundingClientRect()
    return item !== undefined && item.top >= menu.getBoundingClientRect().top - 1
  })
  person.isUntroubled()
})

test('[W10] a password that others try first is told as that while it is typed; a refusal goes when something else is typed', async () => {
  const person = await Person.at(browser, server.base, 'shell-password', { cookie: world.cookie })
  await person.go('/profile')
  const box = person.field('field.newPassword')
  await box.fill('password123')
  await person.says(person.word('password.strength.guessed'))
  await person.shot('guessed')
  await box.fill('Baraka Stores 2026')
  await person.says(person.word('password.strength.guessed'))
  await box.fill('seven green lorries at dawn')
  await person.says(person.word('password.strength.4'))
  // What the server says against it stands until something else is typed.
  await person.field('field.currentPassword').fill('not my password')
  await person.page.keyboard.press('Enter')
  const alert = person.page.getByRole('alert')
  await alert.first().waitFor()
  await person.field('field.currentPassword').fill('correct horse battery')
  await alert.first().waitFor({ state: 'detached' })
  person.isUntroubled()
})

test('[W7] the journal shows what the customer paid, not the cost of the goods on top; shares add up to a hundred', async () => {
  const pot = await aProduct(world, 'Clay pot', 14_600n, 10, 9_480n)
  await anOpenTill(world)
  const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
  const pay = (kind: string) => methods.find((one) => one.kind === kind)!.id
  const sell = async (tenders: object[]) => {
    const { status, body } = await owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
      total: pot.price,
      tenders,
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  await sell([{ method: pay('cash'), given: '14600' }])
  await sell([{ method: pay('card'), given: '14600', reference: '1' }])
  await sell([{ method: pay('mobile'), given: '14600', reference: 'QK1' }])
  const sales = (await owner.call('GET /entries', { documentKind: 'pos.sale' })).body.rows as {
    headline: string
    amount: string
  }[]
  assert.deepEqual(
    sales.map(({ headline, amount }) => [headline, amount]),
    sales.map(() => ['14600', '24080']),
  )
  const person = await Person.at(browser, server.base, 'shell-journal', { cookie: world.cookie })
  await person.go('/entries')
  await person.says(/146\.00/)
  assert.equal(await person.page.getByText(/240\.80/).count(), 0)
  await person.go('/board')
  await person.says(/34%|34 %/)
  const shares = await person.page
    .locator('li')
    .filter({ hasText: /\d\s?%/ })
    .allInnerTexts()
  const percents = shares.map((text) => Number(/(\d+)\s?%/.exec(text)![1]))
  assert.equal(
    percents.reduce((all, one) => all + one, 0),
    100,
    String(percents),
  )
  person.isUntroubled()
})

test('[W13] accounts that the company began with are called in the reader’s language: chart, entry, trial balance', async () => {
  const entry = (await owner.call('GET /entries')).body.rows[0].id as string
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'latn' })
  const person = await Person.at(browser, server.base, 'shell-names', { cookie: world.cookie, language: 'ar' })
  for (const [path, key] of [
    ['/accounts', 'seed.account.costOfSales'],
    [`/entries/${entry}`, 'seed.account.costOfSales'],
    ['/trial-balance', 'seed.account.costOfSales'],
  ] as const) {
    await person.go(path)
    await person.says(person.word(key))
    assert.equal(await person.page.getByText('Cost of sales').count(), 0, path)
  }
  // A name of the company's own is nobody's to translate.
  const { id, version } = (await owner.call('GET /accounts', { q: 'Cost of sales' })).body.rows[0] as {
    id: string
    version: number
  }
  const renamed = await owner.call(`PATCH /accounts/${id}`, { name: 'Goods of Amina' }, { 'if-match': `"${version}"` })
  assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
  await person.go('/accounts')
  await person.says('Goods of Amina')
  person.isUntroubled()
})
