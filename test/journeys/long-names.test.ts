import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Names and amounts as long as they come: what tells things apart is read, and nothing lies over something else. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const NAME = 'Premium heavy duty stainless steel kitchen utensil set 24 pieces size'
await aProduct(world, `${NAME} XL`, 99_999_999_999n, 5, 4_000n)
await aProduct(world, `${NAME} S`, 100_000n, 5, 4_000n)
await aProduct(world, 'x'.repeat(120), 99_999_999_999n, 12_343, 4_000n)
await anOpenTill(world)
const party = (
  await owner.call('POST /parties', {
    name: `${'Wholesale of kitchen goods '.repeat(4)}Ltd`,
    kind: 'organization',
    roles: ['customer'],
  })
).body.id as string

for (const [width, height] of [
  [1440, 900],
  [1024, 600],
  [390, 844],
] as const)
  test(`[W5] at ${width} px the tiles of a till tell sizes from each other and hold what they say`, async () => {
    const person = await Person.at(browser, server.base, `long-${width}`, { cookie: world.cookie, width, height })
    const { page } = person
    await person.go('/pos/sell')
    const tiles = page.locator('#till-products [role=option]')
    await tiles.first().waitFor()
    for (const size of ['24 pieces size XL', '24 pieces size S'])
      assert.equal(await tiles.getByText(size, { exact: true }).count(), 1, size)
    await tiles.filter({ hasText: 'size XL' }).click()
    await page.getByText('24 pieces size XL', { exact: true }).first().waitFor()
    const wide = await tiles.evaluateAll((all) =>
      all.flatMap((tile) => {
        const edge = tile.getBoundingClientRect()
        return [...tile.querySelectorAll('span, b, bdi')].flatMap((one) => {
          const { left, right, width } = one.getBoundingClientRect()
          return width > 0 && (right > edge.right + 1 || left < edge.left - 1) ? [one.textContent] : []
        })
      }),
    )
    assert.deepEqual(wide, [])
    await person.shot('till')
    person.isUntroubled()
  })

test('[W5] a long name above a page is cut, and the way back stands whole beside it', async () => {
  const person = await Person.at(browser, server.base, 'long-crumb', { cookie: world.cookie })
  await person.go(`/parties/${party}`)
  const crumbs = person.page.getByRole('navigation', { name: person.word('shell.crumbs') }).locator('li')
  await crumbs.filter({ hasText: 'Wholesale' }).waitFor()
  const [back, here] = await crumbs.evaluateAll((all) =>
    all.map((one) => {
      const text = one.querySelector('a, span')!
      const { left, right } = text.getBoundingClientRect()
      return { left, right, isCut: text.scrollWidth > text.clientWidth }
    }),
  )
  assert.ok(here!.left >= back!.right && !back!.isCut && here!.isCut, JSON.stringify([back, here]))
  await person.shot('crumb')
  person.isUntroubled()
})
