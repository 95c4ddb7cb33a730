import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'

/** A cashier takes one out and empties the basket; the manager sees who did, and what it was worth. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
await anOpenTill(world)
await aProduct(world, 'Clay pot', 450n, 50, 100n, { taxed: false })

test('by mouse: one less, then all of it, and the list tells both', async () => {
  const person = await Person.at(browser, server.base, 'removed', { cookie: world.cookie })
  const { page } = person
  await person.go('/pos/sell')
  const tile = page.locator('#till-products').getByText('Clay pot')
  await tile.click()
  await tile.click()
  await page.getByRole('button', { name: person.word('till.less', { name: 'Clay pot' }) }).click()
  await page.getByRole('button', { name: person.word('till.basketMenu') }).click()
  const told = page.waitForResponse((answer) => answer.url().endsWith('/api/pos/removals'))
  await page.getByRole('menuitem', { name: person.word('till.empty') }).click()
  assert.ok((await told).ok())
  await person.go('/pos/removals')
  await page.getByText(person.word('state.pos.removal.kind.cleared')).first().waitFor()
  await person.shot('list')
  await person.isAccessible('what was taken out of baskets')
  await person.fits('what was taken out of baskets')
  const { rows } = await world.database.pool.query(
    'select kind, what, quantity::text, worth::text from pos_removal order by at, kind desc',
  )
  assert.deepEqual(rows, [
    { kind: 'removed', what: 'Clay pot', quantity: '1000000', worth: '450' },
    { kind: 'cleared', what: 'Clay pot', quantity: null, worth: '450' },
  ])
  person.isUntroubled()
})
