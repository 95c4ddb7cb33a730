import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Goods that expire: from the delivery to the shelf, the promise and the till, on the pages that people use. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
await anOpenTill(world)
const { variant } = await aProduct(world, 'Fresh milk', 10_000n)
const soon = Temporal.Now.plainDateISO('Africa/Nairobi').add({ days: 4 }).toString()

test('milk is taken in with its lot and date, put aside, and found by what expires first', async () => {
  const person = await Person.at(browser, server.base, 'lots', { cookie: world.cookie })
  const { page } = person
  await person.go('/inventory/receive')
  await person.field('goods.search').fill('Fresh')
  await page.getByRole('option').filter({ hasText: 'Fresh milk' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'Fresh milk' })
  const named = (key: string) => line.getByLabel(person.word(key, { name: 'Fresh milk' }))
  await named('goods.quantityOf').fill('6')
  await named('goods.costOf').fill('55')
  await line.getByRole('button', { name: person.word('lot.add') }).click()
  await named('lot.codeOf').fill('M-77')
  await named('lot.expiresOf').fill(soon)
  await person.shot('receive')
  await person.button('goods.review').click()
  await person.button('goods.receiptPost').click()
  await page.waitForURL('**/inventory/documents/*')
  await person.says(/M-77/)

  await person.go(`/inventory/stock/${variant}`)
  await person.says(/Lot M-77/)
  await person.button('stock.putAside').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(person.word('field.quantity')).fill('2')
  await dialog.getByLabel(person.word('field.note')).fill('Amina calls at five')
  await person.shot('put-aside')
  await dialog.getByRole('button', { name: person.word('stock.putAside') }).click()
  await person.says(/Amina calls at five/)
  await person.shot('stock')
  await person.button('stock.release').click()
  await page.getByText('Amina calls at five').waitFor({ state: 'detached' })

  await person.go('/inventory/lots')
  await person.field('lot.onlyExpiring').check()
  await page.getByRole('link', { name: 'M-77' }).waitFor()
  await person.shot('lots')
  await page.getByRole('link', { name: 'M-77' }).click()
  await person.says(/Expiring soon/)
  await person.shot('lot')
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  person.isUntroubled()
})

test('the same shelf is counted on a phone in Arabic, lot by lot', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  const person = await Person.at(browser, server.base, 'lots-ar', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
  })
  const { page } = person
  await person.go('/inventory/count')
  await person.field('goods.search').fill('Fresh')
  await page.getByRole('option').filter({ hasText: 'Fresh milk' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'M-77' })
  await line.getByRole('textbox').fill('5')
  await person.shot('count')
  await person.button('goods.review').click()
  await person.button('goods.countPost').click()
  await page.waitForURL('**/inventory/documents/*')
  await person.says(/M-77/)
  await person.go('/inventory/lots')
  await page.getByRole('link', { name: 'M-77' }).waitFor()
  await person.shot('lots')
  person.isUntroubled()
})
