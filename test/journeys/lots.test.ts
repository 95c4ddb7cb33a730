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
  await person.field('finder.search').fill('Fresh')
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
  const { id } = (await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'everything', lines: [] }))
    .body
  await owner.call(`POST /inventory/stock-counts/${id}/start`)
  await person.go(`/inventory/stock-counts/${id}/count`)
  await person.field('finder.search').fill('Fresh')
  await page.getByRole('option').filter({ hasText: 'Fresh milk' }).click()
  await page
    .getByLabel(/M-77/)
    .getByRole('textbox')
    .or(page.getByRole('textbox', { name: /M-77/ }))
    .fill('5')
  await page.keyboard.press('Enter')
  await person.shot('count')
  await person.says(person.word('stockCount.progress', { n: '١', of: '١' }))
  await person.go(`/inventory/stock-counts/${id}`)
  const dialog = page.getByRole('dialog')
  await person.button('verb.inventory.stockCount.review').click()
  await dialog.getByRole('button', { name: person.word('verb.inventory.stockCount.review') }).click()
  // Stacked: what is told of each line is in sight, and nothing is pushed sideways.
  const line = page.getByRole('listitem').filter({ hasText: 'M-77' })
  await line.getByText('٦').first().waitFor()
  await person.shot('review')
  await person.fits('the review of a count')
  const cells = await line.locator('span').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))
  assert.ok(
    cells.every((box) => box.left >= 0 && box.right <= 390),
    JSON.stringify(cells),
  )
  await person.button('verb.inventory.stockCount.post').click()
  await dialog.getByRole('button', { name: person.word('verb.inventory.stockCount.post') }).click()
  await page.getByRole('link', { name: person.word('stockCount.openPaper') }).click()
  await page.waitForURL('**/inventory/documents/*')
  await person.says(/M-77/)
  await person.go('/inventory/lots')
  await page.getByRole('link', { name: 'M-77' }).waitFor()
  await person.shot('lots')

  // What went out bears its sign with its figure, and each name keeps its own direction.
  await person.go('/inventory/moves')
  const out = page
    .locator('article')
    .filter({ has: page.locator('[data-out]') })
    .first()
  const figure = out.locator('[data-out]')
  assert.match(await figure.innerText(), /-١/)
  assert.equal(await figure.locator('bdi').innerText(), await figure.innerText())
  const between = await out.evaluate((card) => {
    const arrow = card.querySelector('[role=img]')!
    const names = [arrow.parentElement!.previousElementSibling!, arrow.parentElement!].map(
      (one) => one.querySelector('bdi')?.textContent,
    )
    return [arrow.textContent, names.every(Boolean) && names[0] !== names[1]]
  })
  assert.deepEqual(between, ['→', true])
  // By month, and from there back to the moves of that month.
  await person.button('group.title').click()
  await page.getByRole('menuitem', { name: /بالشهر|حسب الشهر/ }).click()
  await page.waitForURL('**/inventory/moves?group=businessDay.month')
  await person.shot('moves-by-month')
  await page.getByRole('listitem').first().getByRole('link').click()
  await page.waitForURL(/businessDay=\d{4}-\d\d-01\.\./)
  await out.waitFor()
  await person.shot('moves')
  person.isUntroubled()
})

test('an adjustment and a transfer say at the line what can’t be taken, and where goods can’t be put', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en', digits: 'latn' })
  await aProduct(world, 'Clay pot', 10_000n, 5)
  const shop = await owner.call('POST /places', {
    name: 'Harbour',
    code: 'HB',
    kind: 'store',
    timeZone: 'Africa/Nairobi',
    cutOffHour: 4,
  })
  assert.equal(shop.status, 201, JSON.stringify(shop.body))
  // As places are that were made before a shop floor came with them.
  const { rowCount } = await world.database.pool.query('delete from inventory_location where place = $1', [shop.body.id])
  assert.equal(rowCount, 1)
  const person = await Person.at(browser, server.base, 'short', { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  const take = async (quantity: string) => {
    const line = page.getByRole('listitem').filter({ hasText: 'Clay pot' })
    await line.getByRole('textbox').fill(quantity)
  }
  const add = async () => {
    await person.field('finder.search').fill('Clay')
    await page.getByRole('option').filter({ hasText: 'Clay pot' }).click()
  }
  await person.go('/inventory/adjust')
  await page.getByRole('combobox', { name: person.word('field.reason') }).click()
  await page.getByRole('option').first().click()
  await add()
  await take('-6')
  await person.says(person.word('goods.onlyHere', { available: '5' }))
  await person.says(/There is not enough Clay pot: 5 left, 6 wanted/)
  await person.shot('adjust')
  await person.isAccessible('an adjustment that takes too much')
  assert.equal(await person.button('goods.review').isDisabled(), true)
  await take('-5')
  await page.getByText(person.word('goods.onlyHere', { available: '5' })).waitFor({ state: 'detached' })
  await person.button('goods.review').click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')

  await person.go('/inventory/transfer')
  await person.says(person.word('goods.noStorage', { place: 'Harbour' }))
  await person.shot('no-storage')
  await page.getByRole('link', { name: person.word('goods.addStorage') }).click()
  await person.field('field.code').waitFor()
  await person.shot('storage')
  await person.button('common.add').click()
  await page.waitForURL('**/inventory/transfer')
  await page.getByText(person.word('goods.noStorage', { place: 'Harbour' })).waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: person.word('goods.to') }).click()
  await page.getByRole('option', { name: /Harbour/ }).click()
  await add()
  await take('6')
  await person.says(person.word('goods.onlyHere', { available: '5' }))
  await person.shot('transfer')
  person.isUntroubled()
})
