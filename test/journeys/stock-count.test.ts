import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** A shelf is counted by two people at once, blind, looked at by who opened it, in part counted again, and posted. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const barcode = '6161000000019'
const pot = await aProduct(world, 'Clay pot', 10_000n, 100, 4_000n)
const cup = await aProduct(world, 'Tin cup', 3_000n, 20, 1_000n)
const lid = await aProduct(world, 'Tin lid', 1_000n, 8, 500n)
const spoon = await aProduct(world, 'Wooden spoon', 500n)
for (const [variant, code] of [
  [lid.variant, barcode],
  [spoon.variant, '6161000000026'],
] as const) {
  const { status, body } = await owner.call(`POST /catalog/variants/${variant}/barcodes`, { code })
  assert.ok(status < 300, JSON.stringify(body))
}
async function aKeeper(name: string, language: 'ar' | 'en') {
  const client = server.client()
  await accept(client, await anInvitation(owner, `count-${name}@example.com`, [{ role: 'stockKeeper', place: world.place }]))
  await client.call('POST /profile', { name, locale: language, ...(language === 'ar' && { digits: 'arab' }) })
  return client
}
const [amina, badr] = [await aKeeper('Amina', 'ar'), await aKeeper('Badr', 'ar')]
const onHand = async (variant: string) => {
  const { rows } = await world.database.pool.query<{ n: bigint }>(
    'select coalesce(sum(on_hand), 0)::bigint as n from inventory_balance where variant = $1',
    [variant],
  )
  return Number(rows[0]!.n / 1_000_000n)
}
const figure = (person: Person, name: string) =>
  person.page.getByLabel(`${person.word('field.counted')}: ${name}`, { exact: true })

test('opened at a desk by keyboard, counted on phones in Arabic by two, one line again, posted: the shelf is right', async () => {
  const desk = await Person.at(browser, server.base, 'count-desk', { cookie: world.cookie })
  const { page } = desk
  await desk.go('/inventory/stock-counts')
  await desk.shot('none')
  await desk.go('/inventory/stock-counts/new')
  await desk.field('field.note').fill('Before the holidays')
  await desk.isAccessible('a count that is opened')
  await desk.shot('opening')
  await desk.button('stockCount.open').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/stock-counts\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  await page.getByRole('link', { name: desk.word('common.edit'), exact: true }).click()
  await desk.field('field.note').fill('After the holidays')
  await desk.isAccessible('a count that is changed')
  await desk.shot('changing')
  await desk.button('common.save').click()
  await page.waitForURL(new RegExp(`stock-counts/${id}$`))
  await desk.says('After the holidays')
  await desk.button('verb.inventory.stockCount.start').focus()
  await page.keyboard.press('Enter')
  await desk.says(desk.word('state.inventory.stockCount.state.counting'))
  await desk.isAccessible('a count that is under way')
  await desk.shot('counting')

  const phone = (name: string, cookie: string) =>
    Person.at(browser, server.base, `count-${name}`, { cookie, language: 'ar', width: 390, height: 844 })
  const [one, other] = [await phone('amina', amina.cookie), await phone('badr', badr.cookie)]
  for (const person of [one, other]) await person.go(`/inventory/stock-counts/${id}/count`)
  await one.page.getByRole('heading', { name: 'Clay pot' }).waitFor()
  await one.shot('one')
  await one.isAccessible('counting one by one')
  await one.fits('counting one by one')
  // Enter goes on to the next line, and the figure stays where it was typed.
  await figure(one, 'Clay pot').fill('60')
  await figure(one, 'Clay pot').press('Enter')
  await one.page.getByRole('heading', { name: 'Tin cup' }).waitFor()
  await figure(other, 'Clay pot').fill('38')
  await other.button('stockCount.next').tap()
  await figure(other, 'Tin cup').fill('12')
  await other.button('stockCount.next').tap()
  // Who else has counted a line is seen, and not what they found.
  await one.page.getByText('Badr').first().waitFor()
  await one.button('stockCount.before').tap()
  await one.page.getByText(/Badr/).first().waitFor()
  assert.doesNotMatch(await one.page.locator('main').innerText(), /٣٨|٩٨|١٠٠/)
  await one.shot('both')
  // A scanner types fast and ends with Enter: each scan is one more.
  for (let n = 0; n < 3; n++) {
    await one.field('finder.search').fill(barcode)
    await one.field('finder.search').press('Enter')
  }
  await one.page.getByRole('heading', { name: 'Tin lid' }).waitFor()
  await one.page.waitForFunction(
    (label) => document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)?.value === '3',
    `${one.word('field.counted')}: Tin lid`,
  )
  // What is not on the count is put on it.
  await one.field('finder.search').fill('6161000000026')
  await one.field('finder.search').press('Enter')
  await one.page.getByRole('dialog').getByText('Wooden spoon').waitFor()
  await one.shot('add')
  await one.button('stockCount.putOn').tap()
  await one.page.getByRole('heading', { name: 'Wooden spoon' }).waitFor()
  await figure(one, 'Wooden spoon').fill('5')
  await one.page.getByText(one.word('stockCount.how.list'), { exact: true }).tap()
  await figure(one, 'Wooden spoon').waitFor()
  await one.fits('the list')
  await one.isAccessible('the list')
  await one.shot('list')
  await desk.says(desk.word('stockCount.progress', { n: '4', of: '4' }))
  const counted = async () => {
    await desk.button('verb.inventory.stockCount.review').click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: desk.word('verb.inventory.stockCount.review') })
      .click()
  }

  await counted()
  await desk.says(desk.word('state.inventory.stockCount.state.reviewed'))
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await row('Tin cup').getByText('-8', { exact: true }).waitFor()
  await desk.says(/Amina 60/)
  await desk.isAccessible('the differences')
  await desk.shot('review')
  // Whose phone still shows the count is told that nobody counts it now.
  await one.says(one.word('stockCount.notNow'))
  await other.go(`/inventory/stock-counts/${id}`)
  await other.page.getByRole('listitem').filter({ hasText: 'Tin cup' }).waitFor()
  await other.fits('the differences on a phone')
  await other.isAccessible('the differences on a phone')
  await other.shot('review')
  await page.getByLabel(desk.word('stockCount.choose', { name: 'Tin cup' })).check()
  await desk.button('stockCount.recount', { n: '1' }).click()
  await desk.says(desk.word('state.inventory.stockCount.state.counting'))
  await other.go(`/inventory/stock-counts/${id}/count`)
  await other.page.getByRole('heading', { name: 'Tin cup' }).waitFor()
  await figure(other, 'Tin cup').fill('19')
  await figure(other, 'Tin cup').press('Enter')
  await desk.says(desk.word('stockCount.progress', { n: '1', of: '1' }))
  await counted()
  await row('Tin cup').getByText('-1', { exact: true }).first().waitFor()
  await desk.button('verb.inventory.stockCount.post').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Clay pot').waitFor()
  await desk.shot('posting')
  await dialog.getByRole('button', { name: desk.word('verb.inventory.stockCount.post') }).click()
  await desk.says(desk.word('state.inventory.stockCount.state.posted'))
  await desk.isAccessible('a posted count')
  await desk.shot('posted')
  assert.deepEqual(
    [await onHand(pot.variant), await onHand(cup.variant), await onHand(lid.variant), await onHand(spoon.variant)],
    [98, 19, 3, 5],
  )
  for (const path of ['GET /inventory/check', 'GET /ledger-check'])
    assert.deepEqual((await owner.call(path)).body.differences, [])
  await page.getByRole('link', { name: desk.word('stockCount.openPaper') }).click()
  await page.waitForURL('**/inventory/documents/*')
  await page.getByRole('link', { name: /^SC-/ }).click()
  await page.waitForURL(`**/inventory/stock-counts/${id}`)
  for (const person of [desk, one, other]) person.isUntroubled()
})

test('the network is away for a while: what was counted meanwhile is kept, over a reload, and sent when it is back', async () => {
  const { id } = (
    await owner.call('POST /inventory/stock-counts', {
      location: world.location,
      covers: 'chosen',
      lines: [{ variant: pot.variant }, { variant: cup.variant }],
    })
  ).body as { id: string }
  await owner.call(`POST /inventory/stock-counts/${id}/start`)
  const person = await Person.at(browser, server.base, 'count-offline', { cookie: world.cookie, width: 390, height: 844 })
  await person.go(`/inventory/stock-counts/${id}/count`)
  await person.page.getByRole('heading', { name: 'Clay pot' }).waitFor()
  const said = async () => (await owner.call(`GET /inventory/stock-counts/${id}/progress`)).body.rows as { mine: string }[]
  await person.page.route('**/tallies', (route) => route.abort())
  await figure(person, 'Clay pot').fill('97')
  await figure(person, 'Clay pot').press('Enter')
  await person.says(person.word('stockCount.waiting', { n: '1' }))
  await person.shot('waiting')
  assert.deepEqual(await said(), [])
  await person.page.reload()
  await person.page.getByRole('heading', { name: 'Clay pot' }).waitFor()
  assert.equal(await figure(person, 'Clay pot').inputValue(), '97')
  // What is on its way at that moment is answered before.
  await person.page.unrouteAll({ behavior: 'wait' })
  await person.says(person.word('stockCount.progress', { n: '1', of: '2' }))
  await person.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('duka.tallies.')))
  assert.deepEqual(
    (await said()).map((one) => one.mine),
    ['97000000'],
  )
  person.isUntroubled()
})

test('an open count is cancelled after a question, and changes nothing', async () => {
  const before = await onHand(pot.variant)
  const { id } = (await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'everything', lines: [] }))
    .body
  const desk = await Person.at(browser, server.base, 'count-cancelled', { cookie: world.cookie })
  await desk.go(`/inventory/stock-counts/${id}`)
  await desk.button('verb.inventory.stockCount.cancel').click()
  const asked = desk.page.getByRole('dialog')
  await asked.getByRole('textbox').fill('Opened for the wrong shelf')
  await desk.shot('asked')
  await asked.getByRole('button', { name: desk.word('verb.inventory.stockCount.cancel') }).click()
  await desk.says(desk.word('state.inventory.stockCount.state.cancelled'))
  assert.equal(await onHand(pot.variant), before)
  assert.equal(await desk.page.getByRole('link', { name: desk.word('common.edit'), exact: true }).count(), 0)
  desk.isUntroubled()
})
