import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** A shop wants to know more of its goods than is asked: it adds a field, fills it in, and finds by it. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const serum = await aProduct(world, 'Serum 30 ml', 17_800n, 0, 0n)
await aProduct(world, 'Cream 50 ml', 9_800n, 5, 4_000n)

test('a field of one’s own is added, filled in on the form, shown, a column and a filter', async () => {
  const person = await Person.at(browser, server.base, 'own-field', { cookie: world.cookie })
  const { page } = person
  await person.go('/settings/fields')
  await person.heading('entities.setup.customField').waitFor()
  await page.keyboard.press('n')
  await page.waitForURL('**/settings/fields/new')
  await person.field('field.setup.customField.of').click()
  await page.getByRole('option', { name: person.word('entity.catalog.product'), exact: true }).click()
  await person.field('field.setup.customField.label').fill('Skin')
  await person.field('field.setup.customField.kind').click()
  await page.getByRole('option', { name: person.word('state.setup.customField.kind.choice'), exact: true }).click()
  const choices = person.field('field.setup.customField.choices')
  for (const one of ['dry', 'oily']) {
    await choices.fill(one)
    await choices.press('Enter')
  }
  await page.getByRole('switch', { name: person.word('field.setup.customField.isListed') }).check()
  await person.shot('new')
  await person.isAccessible('a new field')
  await person.button('common.add').click()
  await page.waitForURL(/settings\/fields\/[0-9a-f-]{36}$/)
  await person.shot('made')

  await person.follow(`/catalog/products/${serum.product}/edit`)
  await page.getByRole('combobox', { name: 'Skin' }).click()
  await page.getByRole('option', { name: 'oily' }).click()
  await person.shot('form')
  await person.button('common.save').click()
  await page.waitForURL(/products\/[0-9a-f-]{36}$/)
  await person.says('oily')
  await person.shot('detail')

  await person.follow('/catalog/products')
  await page.getByRole('columnheader', { name: 'Skin' }).waitFor()
  await page.getByRole('row', { name: /Serum/ }).filter({ hasText: 'oily' }).waitFor()
  await person.shot('list')
  const filtered = await page.context().newPage()
  await filtered.goto(`${person.base}/catalog/products?custom.skin=oily`)
  await filtered.getByRole('row', { name: /Serum/ }).waitFor()
  assert.equal(await filtered.getByRole('row', { name: /Cream/ }).count(), 0)
  person.isUntroubled()
})

test('by finger, in Arabic: a new article asks for it', async () => {
  await owner.call('POST /settings/fields', { of: 'catalog.product', label: 'مدة الصلاحية', kind: 'number', isRequired: true })
  const phone = await Person.at(browser, server.base, 'own-field-phone', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
    scheme: 'dark',
  })
  await phone.go('/settings/fields')
  await phone.says('مدة الصلاحية')
  await phone.shot('list')
  await phone.fits('/settings/fields')
  await phone.go('/catalog/products/new')
  await phone.page.getByLabel('مدة الصلاحية').waitFor()
  await phone.shot('new')
  await phone.isAccessible('a new article with fields of one’s own')
  phone.isUntroubled()
})

test('a count is opened with a field of one’s own, and changed in it', async () => {
  await owner.call('POST /settings/fields', { of: 'inventory.stockCount', label: 'Team', kind: 'text', isRequired: true })
  const person = await Person.at(browser, server.base, 'own-field-count', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  await person.go('/inventory/stock-counts/new')
  const team = page.getByLabel('Team')
  await team.waitFor()
  assert.equal(await person.button('stockCount.open').isDisabled(), true, 'it is asked for')
  await team.fill('Night')
  await person.shot('new')
  await person.isAccessible('a new count with a field of one’s own')
  await person.button('stockCount.open').tap()
  await page.waitForURL(/stock-counts\/[0-9a-f-]{36}$/)
  await person.says('Night')
  await page.getByRole('link', { name: person.word('common.edit'), exact: true }).tap()
  await team.fill('Morning')
  await person.button('common.save').tap()
  await page.waitForURL(/stock-counts\/[0-9a-f-]{36}$/)
  await person.says('Morning')
  await person.shot('shown')
  person.isUntroubled()
})

test('a goods paper has fields of one’s own when it is kept, gone on with, and posted at once', async () => {
  await owner.call('POST /settings/fields', { of: 'inventory.document', label: 'Lorry', kind: 'text', isRequired: true })
  const person = await Person.at(browser, server.base, 'own-field-paper', { cookie: world.cookie })
  const { page } = person
  const write = async (lorry: string) => {
    await person.go('/inventory/adjust')
    await page.getByRole('combobox', { name: person.word('field.reason') }).click()
    await page.getByRole('option').first().click()
    await person.button('goods.all').click()
    await page.getByRole('textbox', { name: /Cream/ }).fill('1')
    await person.says(person.word('goods.missing.own'))
    assert.equal(await person.button('goods.keep').isDisabled(), true, 'it is asked for')
    assert.equal(await person.button('goods.review').isDisabled(), true, 'it is asked for')
    await page.getByLabel('Lorry').fill(lorry)
  }
  await write('KBX 123')
  await person.shot('written')
  await person.isAccessible('a goods paper with a field of one’s own')
  await person.button('goods.keep').click()
  await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
  await person.says('KBX 123')
  await page.getByRole('link', { name: person.word('common.edit'), exact: true }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((one) => one.value === 'KBX 123'))
  await page.getByLabel('Lorry').fill('KBX 124')
  await person.button('goods.keep').click()
  await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
  await person.says('KBX 124')
  await write('KBX 125')
  await person.button('goods.review').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('goods.adjustmentPost') })
    .click()
  await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
  await person.says('KBX 125')
  await person.says(/ADJ-/)
  const { rows } = (await owner.call('GET /inventory/documents?q=KBX')).body as { rows: { state: string }[] }
  assert.deepEqual(rows.map(({ state }) => state).toSorted(), ['draft', 'posted'])
  person.isUntroubled()
})
