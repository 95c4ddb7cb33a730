import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Several rows of a list at once: changed, put aside, and what was not done is told. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
await owner.call('POST /catalog/categories', { name: 'Food' })
const NAMES = ['Beans', 'Maize', 'Soap']
for (const name of NAMES) await aProduct(world, name, 500n)

for (const [name, device] of [
  ['acts', {}],
  ['acts-arabic', { language: 'ar', scheme: 'dark', width: 1024, height: 600 }],
] as const)
  test(`${name}: picked rows get one category, and are put aside after a question`, async () => {
    if ('language' in device) await owner.call('POST /profile', { name: 'Amina Owner', locale: device.language })
    const person = await Person.at(browser, server.base, name, { cookie: world.cookie, ...device })
    const { page } = person
    await person.go('/catalog/products')
    const row = (of: string) => page.getByRole('row').filter({ hasText: of })
    for (const picked of ['Beans', 'Soap']) await row(picked).getByRole('checkbox').check()
    await person.button('acts.change').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(person.word('acts.field')).click()
    await page.getByRole('option', { name: person.word('field.category'), exact: true }).click()
    await dialog.getByLabel(person.word('field.category')).last().click()
    await page.getByRole('option', { name: 'Food' }).click()
    await person.shot('change')
    await person.isAccessible('the change of many')
    await dialog.locator('button[type=submit]').click()
    await person.button('common.close').waitFor()
    await person.shot('done')
    await person.button('common.close').click()
    await row('Beans').getByText('Food').waitFor()
    await row('Soap').getByText('Food').waitFor()
    assert.equal(await row('Maize').getByText('Food').count(), 0)
    await row('Maize').getByRole('checkbox').check()
    await person.shot('picked')
    await person.button('acts.more').click()
    await page.getByRole('menuitem', { name: person.word('detail.archive') }).click()
    await person.shot('ask')
    await dialog.getByRole('button', { name: person.word('detail.archive') }).click()
    await person.button('common.close').click()
    await row('Maize').waitFor({ state: 'detached' })
    const { rows } = await world.database.pool.query<{ id: string }>(
      `update catalog_product set archived_at = null, category = null returning id`,
    )
    assert.equal(rows.length, 3)
    person.isUntroubled()
  })
