import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Labels: of what was picked in a list, of what a delivery brought, by mouse and by finger. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const pot = await aProduct(world, 'Clay pot', 120_000n)
const rice = await aProduct(
  world,
  'Rice, long grain, of the new harvest, from Mwea, sorted twice and packed by hand',
  24_000n,
  0,
  0n,
  {
    unit: 'kg',
  },
)
const jar = await aProduct(world, 'جرة فخار كبيرة للماء البارد من طين أحمر', 55_000n)
await owner.call(`POST /catalog/variants/${pot.variant}/barcodes`, { code: '4006381333931' })

const printed = (person: Person) =>
  person.page.waitForResponse((answer) => answer.url().endsWith('/api/catalog/labels') && answer.request().method() === 'POST')

test('labels of what was picked in the list, for a printer that is remembered', async () => {
  const person = await Person.at(browser, server.base, 'labels-mouse', { cookie: world.cookie })
  const { page } = person
  await person.go('/catalog/products')
  for (const name of ['Clay pot', 'Rice, long'])
    await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check()
  await person.shot('picked')
  await page
    .getByRole('link', { name: person.word('label.print'), exact: true })
    .last()
    .click()
  await person.heading('page.labels').waitFor()
  await page.getByRole('img', { name: person.word('label.preview') }).waitFor()
  await person.says(/240\.00\s\/\skg/)
  await page.getByLabel(person.word('label.countOf', { name: 'Clay pot' })).fill('5')
  await person.says('6 labels · 1 sheet')
  await person.field('label.first').fill('20')
  await person.says('6 labels · 2 sheets')
  await person.shot('sheet')
  await person.fits('labels on sheets')
  await person.isAccessible('labels on sheets')

  // A scanner adds one more of what stands there.
  await person.field('finder.search').fill('4006381333931')
  await page.keyboard.press('Enter')
  await person.says('7 labels · 2 sheets')
  const [answer] = await Promise.all([printed(person), person.button('label.printNow').click()])
  assert.equal(answer.status(), 200)
  assert.equal(answer.headers()['content-type'], 'application/pdf')

  await page.getByText(person.word('label.article'), { exact: true }).click()
  await person.field('label.paper').click()
  await page.getByRole('option', { name: person.word('label.roll', { size: '\u206650 × 30\u2069' }) }).click()
  await page.getByText('7 labels', { exact: true }).waitFor()
  await page.locator('[data-old]').waitFor({ state: 'detached' })
  await person.shot('roll')
  const [zpl] = await Promise.all([page.waitForEvent('download'), person.button('label.zpl').click()])
  assert.equal(zpl.suggestedFilename(), 'labels.zpl')

  await page.reload()
  await person.button('label.zpl').waitFor()
  assert.equal(await page.getByLabel(person.word('label.countOf', { name: 'Clay pot' })).inputValue(), '6')
  await page.getByRole('button', { name: person.word('label.takeOff', { name: 'Clay pot' }) }).click()
  await page.getByText('1 label', { exact: true }).waitFor()
  person.isUntroubled()
})

test('as many labels as a delivery brought, by finger, in Arabic', async () => {
  const id = newId()
  const { status, body } = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id,
    location: world.location,
    reason: 'opening',
    lines: [
      { variant: jar.variant, quantity: '12000000', unitCost: '100' },
      { variant: rice.variant, quantity: '2500000', unitCost: '100' },
    ],
  })
  assert.equal(status, 201, JSON.stringify(body))
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar' })
  const person = await Person.at(browser, server.base, 'labels-finger', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
    scheme: 'dark',
  })
  const { page } = person
  await person.go(`/inventory/documents/${id}`)
  await page.getByRole('link', { name: person.word('label.print'), exact: true }).tap()
  await person.heading('page.labels').waitFor()
  await page.getByRole('img', { name: person.word('label.preview') }).waitFor()
  const count = (name: RegExp) => page.getByRole('textbox', { name }).inputValue()
  assert.equal(await count(/جرة فخار/), '12', 'one a piece')
  assert.equal(await count(/Rice/), '1', 'one for what is weighed')
  await person.shot('delivery')
  await person.fits('labels of a delivery')
  await person.isAccessible('labels of a delivery')
  const [answer] = await Promise.all([printed(person), person.button('label.printNow').tap()])
  assert.equal(answer.status(), 200)
  person.isUntroubled()
})

test('whoever comes without articles is told how, and finds them here', async () => {
  const reader = await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  assert.equal(reader.status, 200)
  const person = await Person.at(browser, server.base, 'labels-none', { cookie: world.cookie, width: 1024, height: 600 })
  await person.go('/catalog/labels')
  await person.says(person.word('label.noneHint'))
  await person.shot('none')
  await person.field('finder.search').fill('Clay')
  await person.page.getByRole('option', { name: 'Clay pot' }).click()
  await person.page.getByRole('img', { name: person.word('label.preview') }).waitFor()
  await person.shot('found')
  person.isUntroubled()
})
