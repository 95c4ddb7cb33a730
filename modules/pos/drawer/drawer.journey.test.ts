import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill } from '../sale/sale.factory.ts'

/** The drawer is opened at the till without a sale, and the report of the shift says so. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const shift = await anOpenTill(world)

test('by mouse: the drawer is opened with a reason', async () => {
  const person = await Person.at(browser, server.base, 'no-sale', { cookie: world.cookie })
  const { page } = person
  await person.go('/pos/sell')
  await person.button('till.more').click()
  await page.getByRole('menuitem', { name: person.word('till.noSale') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Change for a note')
  await person.shot('why')
  await person.isAccessible('opening the drawer')
  await dialog.getByRole('button', { name: person.word('till.noSale') }).click()
  await page.getByText(person.word('till.noSaleNoted')).waitFor()
  await person.go(`/pos/shifts/${shift}`)
  await page.getByText('Change for a note').waitFor()
  await person.shot('shift')
  const { rows } = await world.database.pool.query('select reason from pos_no_sale')
  assert.deepEqual(rows, [{ reason: 'Change for a note' }])
  person.isUntroubled()
})
