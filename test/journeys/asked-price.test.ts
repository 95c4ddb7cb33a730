import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** What costs something else each time: made on the form, asked for at the till, by keyboard and by touch. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const flowers = await aProduct(world, 'Flowers', 2_000n, 0, 0n, { kind: 'service', taxed: false })
await owner.call(`PATCH /catalog/products/${flowers.product}`, { asksPrice: true, leastPrice: '500', mostPrice: '900000' })
await anOpenTill(world)
const at = async (name: string, path: string, device: Device = {}) => {
  const person = await Person.at(browser, server.base, name, { cookie: world.cookie, ...device })
  await person.go(path)
  return person
}
const dialog = (person: Person) => person.page.getByRole('dialog')
const last = async () => {
  const { rows } = await world.database.pool.query<{ name: string; price: number }>(
    `select l.name, l.unit_price::int as price from pos_sale_line l where l.sale = (select id from pos_sale order by completed_at desc limit 1) order by l.position`,
  )
  return rows.map(({ name, price }) => `${name} ${price}`)
}

test('on the form of a product: the price is asked at the till, and none has to be typed', async () => {
  const person = await at('asked-form', '/catalog/products/new')
  const { page } = person
  await person.field('field.name').fill('Repair')
  await page.getByText('Service', { exact: true }).click()
  await page.getByLabel(person.word('field.catalog.product.asksPrice')).check()
  await page.getByLabel(person.word('field.catalog.product.mostPrice')).fill('9000')
  await person.shot('form')
  await person.isAccessible('the form of a product')
  await person.button('common.save').click()
  await page.waitForURL(/products\/[0-9a-f-]{36}$/)
  const made = await world.database.db
    .selectFrom('catalogProduct')
    .select(['asksPrice', 'leastPrice', 'mostPrice'])
    .where('name', '=', 'Repair')
    .executeTakeFirstOrThrow()
  assert.deepEqual(made, { asksPrice: true, leastPrice: null, mostPrice: 900_000n })
  await page.getByText(person.word('field.catalog.product.asksPrice')).first().waitFor()
  await person.shot('made')
  await person.follow('/catalog/products')
  await page.getByText(person.word('product.asked')).first().waitFor()
  person.isUntroubled()
})

test('by keyboard: each adding is its own line at its own price, a basket is parked with it, and it is sold at that', async () => {
  const person = await at('asked-keys', '/pos/sell')
  const { page } = person
  const add = async (price: string) => {
    await page.getByRole('combobox').fill('flowers')
    await page.keyboard.press('Enter')
    // A window takes the cursor a moment after it is seen.
    await page.locator('[role=dialog] input:focus').waitFor()
    await page.keyboard.type(price)
    await page.keyboard.press('Enter')
  }
  await page.locator('#till-products button').first().waitFor()
  await add('3')
  // Below the lowest price it stays open, and says which one that is.
  await dialog(person).getByText(/5\.00/).last().waitFor()
  await person.shot('too-low')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('35,50')
  await page.keyboard.press('Enter')
  await dialog(person).waitFor({ state: 'detached' })
  await add('120')
  await dialog(person).waitFor({ state: 'detached' })
  const basket = page.locator('aside li')
  assert.equal(await basket.count(), 2)
  await person.shot('basket')
  await page.keyboard.press('F8')
  await dialog(person).getByRole('textbox').fill('blue coat')
  await page.keyboard.press('Enter')
  await dialog(person).waitFor({ state: 'detached' })
  await page.keyboard.press('F8')
  await dialog(person).getByText('blue coat').click()
  await dialog(person).waitFor({ state: 'detached' })
  assert.equal(await basket.count(), 2)
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  assert.deepEqual(await last(), ['Flowers 3550', 'Flowers 12000'])
  person.isUntroubled()
})

for (const [name, device] of [
  ['asked-phone', { width: 390, height: 844 }],
  ['asked-small-arabic', { width: 1024, height: 600, language: 'ar', scheme: 'dark' }],
] as const)
  test(`${name}: by touch, on the pad, and everything that is needed is in view`, async () => {
    if ('language' in device) await owner.call('POST /profile', { name: 'Amina Owner', locale: device.language })
    const person = await at(name, '/pos/sell', device)
    const { page } = person
    await page.locator('#till-products button').filter({ hasText: 'Flowers' }).click()
    const pad = dialog(person)
    for (const key of ['4', '5', '0']) await pad.getByRole('button', { name: key, exact: true }).click()
    await person.shot('pad')
    await person.isAccessible('the pad')
    const submit = await person.button('till.addAtPrice').boundingBox()
    assert.ok(submit!.y + submit!.height <= device.height, 'the button is in view')
    assert.ok(submit!.height >= 44)
    await person.button('till.addAtPrice').click()
    await pad.waitFor({ state: 'detached' })
    if (device.width < 600) await page.getByRole('button', { name: /450/ }).last().tap()
    await page.locator('aside li').getByText(/450/).first().waitFor()
    person.isUntroubled()
  })
