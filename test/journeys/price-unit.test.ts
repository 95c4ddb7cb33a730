import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** Saffron by the gram: 5.67 for 100 g, from the form of the article to the receipt. */
const browser = await aBrowser()
const SMALL = { width: 1024, height: 600 }
const PHONE = { width: 390, height: 844 }
// Between marks of direction where the line goes from right to left.
const PER = String.raw`\s\/\s\u2068?100\sg`

async function aShop() {
  const world = await aCompany()
  const server = await aServer(world.url)
  const owner = server.client(world.cookie)
  await anOpenTill(world)
  const at = (name: string, device: Device = {}) => Person.at(browser, server.base, name, { cookie: world.cookie, ...device })
  return { world, owner, at }
}

for (const [name, device] of [
  ['wide', {}],
  ['phone', PHONE],
] as const)
  test(`[N4] ${name}: the form asks what the price is for, and page, receipt of goods and price list say it`, async () => {
    const { world, owner, at } = await aShop()
    const person = await at(`price-unit-form-${name}`, device)
    const { page } = person
    await person.go('/catalog/products/new')
    // What is missing is named, by a button that can be pressed.
    await person.button('common.save').click()
    await page.getByText(person.word('invalid.required')).nth(1).waitFor()
    await person.field('field.name').fill('Saffron')
    // A phone folds the parts of a form in which nothing has to be filled in.
    const folded = page.locator('details:not([open]) > summary')
    while ((await folded.count()) > 0) await folded.first().click()
    await page.getByRole('combobox', { name: person.word('field.unit'), exact: true }).fill('Gram')
    await page.getByRole('option', { name: 'Gram', exact: true }).click()
    await person.field('product.priceFor').click()
    await page.getByRole('option', { name: '100 g', exact: true }).click()
    await page.getByLabel('Price / 100 g').fill('5.67')
    await page.getByLabel('Cost / 100 g').fill('3')
    await person.shot('form')
    await person.fits('the form of a new article')
    await person.isAccessible('the form of a new article')
    await person.button('common.save').click()
    await page.getByText('5.67 / 100 g').first().waitFor()
    await page.getByText('3.00 / 100 g').first().waitFor()
    await person.shot('article')
    await person.fits('the article')
    const { id } = await world.database.db.selectFrom('catalogVariant').select('id').executeTakeFirstOrThrow()
    const stored = await world.database.db
      .selectFrom('catalogVariant')
      .select(['price', 'cost', 'priceUnit'])
      .executeTakeFirstOrThrow()
    assert.deepEqual(stored, { price: 567n, cost: 300n, priceUnit: '100' })

    await person.go(`/catalog/variants/${id}/edit`)
    await page.getByLabel('Price / 100').first().waitFor()
    await person.shot('variant')
    const list = newId()
    await owner.call('POST /catalog/price-lists', { id: list, name: 'By the kilo' })
    await person.go(
      `/catalog/prices/new?priceList=${list}&variant=${id}&minQuantity=1000000000&back=/catalog/price-lists/${list}`,
    )
    await page.getByLabel('Price / 100').fill('5')
    await person.shot('listed')
    await person.button('common.add').click()
    await page.getByText('5.00 / 100').first().waitFor()
    await person.shot('list')

    await person.go('/inventory/receive')
    await person.field('finder.search').fill('Saffron')
    await page.keyboard.press('Enter')
    await page.getByText('Unit cost / 100 g').waitFor()
    await page.getByLabel(person.word('goods.quantityOf', { name: 'Saffron' })).fill('2500')
    await page.getByText('75.00').filter({ visible: true }).first().waitFor()
    await person.shot('received')
    await person.fits('goods that come in')
    person.isUntroubled()
  })

for (const [name, device] of [
  ['wide', {}],
  ['small-arabic', { ...SMALL, language: 'ar', scheme: 'dark' }],
  ['phone', PHONE],
] as const)
  test(`[N4] ${name}: the till shows what a price is for, and 1,234 g at 5.67 for 100 g are 69.97`, async () => {
    const { world, owner, at } = await aShop()
    await aProduct(world, 'Saffron', 567n, 10_000, 300n, { per: '100', unit: 'g', taxed: false })
    if ('language' in device) await owner.call('POST /profile', { name: 'Amina Owner', locale: device.language })
    const person = await at(`price-unit-till-${name}`, device)
    const { page } = person
    await person.go('/pos/sell')
    const tile = page.locator('#till-products button').filter({ hasText: 'Saffron' })
    await tile
      .filter({ hasText: /5[.,]67/ })
      .filter({ hasText: new RegExp(PER) })
      .waitFor()
    await person.shot('tile')
    await page.getByRole('combobox').fill('1234*Saffron')
    await page.keyboard.press('Enter')
    if (device === PHONE) await page.getByRole('button', { name: /1/ }).last().tap()
    const line = page.locator('aside ol > li').first()
    await line.getByText('69.97').waitFor()
    await line.getByText(new RegExp(`5\\.67${PER}`)).waitFor()
    await line.getByText(/1,234\sg/).waitFor()
    await person.shot('basket')
    await person.fits('the till')
    await line.getByRole('button').first().click()
    await page.getByRole('dialog').getByLabel(new RegExp(PER)).fill('5')
    await person.shot('line')
    await person.isAccessible('a line that is priced by 100 g')
    await person.button('action.apply').click()
    // The owner may: 1,234 g at 5.00 for 100 g.
    await line.getByText('61.70').waitFor()
    await person.shot('other-price')
    await page.keyboard.press('F9')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
    await person.shot('paid')
    const { id, total } = await world.database.db.selectFrom('posSale').select(['id', 'total']).executeTakeFirstOrThrow()
    assert.equal(total, 6_200n, 'of 61.70 in cash, whole shillings')
    await person.go(`/pos/sales/${id}`)
    await page
      .getByText(new RegExp(`5\\.00${PER}`))
      .first()
      .waitFor()
    await page
      .getByText(/1,234\sg/)
      .first()
      .waitFor()
    await person.shot('sale')
    await person.fits('the sale')
    person.isUntroubled()
  })
