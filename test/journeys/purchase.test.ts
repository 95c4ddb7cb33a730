import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { anOrder, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** From what runs low to goods on the shelf and an invoice in the books: by keyboard at a desk, by finger on a phone. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const ONE = 1_000_000n
const supplier = await aSupplier(owner, 'Unga Ltd', { emails: ['orders@unga.example'] })
const flour = await aProduct(world, 'Flour 50 kg', 400_000n, 2, 320_000n)
const sugar = await aProduct(world, 'Sugar 1 kg', 20_000n, 0, 0n)
const salt = await aProduct(world, 'Salt 500 g', 6_000n, 0, 0n)
await aSupplier(owner, 'Nobody asks them')
await owner.call('POST /parties', { name: 'Njeri the customer', roles: ['customer'] })

const show = async (id: string) => (await owner.call(`GET /sourcing/purchases/${id}`)).body

test('an order is written by keyboard, pasted onto, approved after a look at it, received and billed', async () => {
  const person = await Person.at(browser, server.base, 'purchase', { cookie: world.cookie })
  const { page } = person
  await person.go('/sourcing/purchases')
  await person.heading('entities.sourcing.purchase').waitFor()
  await page.keyboard.press('n')
  await page.waitForURL('**/sourcing/purchases/new')
  // Suppliers alone are offered.
  await person.field('field.supplier').click()
  await page.getByRole('option', { name: 'Unga Ltd' }).waitFor()
  assert.equal(await page.getByRole('option', { name: 'Njeri the customer' }).count(), 0)
  await page.keyboard.type('Unga')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await person.field('field.sourcing.purchase.location').click()
  await page.getByRole('option').first().click()

  const finder = person.field('finder.search')
  await finder.fill('Flour')
  await finder.press('Enter')
  const line = (name: string) => page.locator('li', { hasText: name })
  await line('Flour 50 kg').waitFor()
  // Enter goes from cell to cell.
  const cells = line('Flour 50 kg').locator('input')
  await cells.nth(1).fill('20')
  await cells.nth(1).press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('li')?.querySelectorAll('input')[2] === document.activeElement)
  await page.keyboard.type('3200')
  await page.keyboard.press('Enter')
  await page.keyboard.type('16')
  await person.says('74,240.00')
  // Rows of a sheet, with a heading and something that nobody knows.
  await finder.focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Article\tQty\tPrice\nSugar 1 kg\t10\t153.33\nSalt 500 g\t24\nUnheard of\t1')
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await line('Salt 500 g').waitFor()
  await person.says(/Unheard of/)
  await person.shot('written')
  await person.isAccessible('/sourcing/purchases/new')
  // Everything typed survives a reload, the letter of just now as well.
  await line('Salt 500 g').locator('input').nth(2).fill('45')
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await line('Salt 500 g').waitFor()
  await person.button('lines.saveDraft').click()
  await page.waitForURL(/purchases\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  assert.deepEqual(
    (await show(id)).lines.map((one: { name: string; quantity: string; price: string }) => [
      one.name,
      BigInt(one.quantity) / ONE,
      one.price,
    ]),
    [
      ['Sugar 1 kg', 10n, '15333'],
      ['Salt 500 g', 24n, '4500'],
      ['Flour 50 kg', 20n, '320000'],
    ],
  )
  await person.shot('draft')
  await person.button('verb.sourcing.purchase.submit').click()
  await person.button('verb.sourcing.purchase.approve').click()
  await page.getByRole('dialog').getByText(person.word('review.nothing')).waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('verb.sourcing.purchase.approve') })
    .click()
  // What was agreed stays as it is; when it comes may still be put right.
  await page.getByRole('link', { name: person.word('common.edit'), exact: true }).click()
  await page.waitForURL(`**/purchases/${id}/edit`)
  await person.field('field.sourcing.purchase.expectedOn').fill('24/12/2026')
  assert.deepEqual(await Promise.all([page.locator('input').count(), finder.count()]), [2, 0])
  await person.says('Unga Ltd')
  await person.shot('approved and changed')
  await person.isAccessible('changing an approved order')
  await person.button('common.save').click()
  await page.waitForURL(/purchases\/[0-9a-f-]{36}$/)
  assert.equal((await show(id)).row.expectedOn, '2026-12-24')
  await person.button('verb.sourcing.purchase.receive').click()
  await person.heading('purchase.receive', { number: (await show(id)).row.number }).waitFor()

  // Counted with a scanner: everything begins at nothing.
  await person.field('finder.search').fill('Sugar')
  await person.field('finder.search').press('Enter')
  const counted = (name: string) => line(name).locator('input').first()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('li')].some(
      (one) => one.textContent?.includes('Flour') && one.querySelector('input')?.value === '0',
    ),
  )
  assert.deepEqual([await counted('Sugar 1 kg').inputValue(), await counted('Flour 50 kg').inputValue()], ['1', '0'])
  await counted('Sugar 1 kg').fill('10')
  await counted('Flour 50 kg').fill('22')
  await person.says(person.word('arrival.atMost', { n: '21' }))
  await counted('Flour 50 kg').fill('18')
  await line('Flour 50 kg').locator('input').nth(1).fill('2')
  await person.shot('receiving')
  await person.isAccessible('receiving an order')
  await person.button('arrival.check').click()
  const review = page.getByRole('dialog')
  await review.getByText(person.word('seed.location.damaged')).waitFor()
  await person.shot('review')
  await review.getByRole('button', { name: person.word('purchase.receiveNow') }).click()
  await page.waitForURL(`**/sourcing/purchases/${id}`)
  await person.says(person.word('state.sourcing.purchase.state.partlyReceived'))

  await person.button('bill.enter').click()
  await page.getByRole('dialog').getByLabel(person.word('bill.number')).fill('INV-77')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('bill.review') })
    .click()
  await page.getByRole('dialog').getByText(person.word('seed.account.payable'), { exact: false }).waitFor()
  await person.shot('bill')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('bill.post') })
    .click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await person.says('INV-77')
  await person.shot('done')
  const after = await show(id)
  assert.deepEqual([after.row.state, after.receipts.length, after.bills.length], ['partlyReceived', 2, 1])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  // Entered for the wrong order: taken back after a look at what that does.
  await page.getByRole('button', { name: person.word('bill.reverseNamed', { number: 'INV-77' }) }).click()
  await page.getByRole('dialog').getByLabel(person.word('verb.reason')).fill('Of another order')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('lines.review') })
    .click()
  await page.getByRole('dialog').getByText(person.word('seed.account.payable'), { exact: false }).waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('bill.reverse') })
    .click()
  await person.says('Of another order')
  await person.shot('takenBack')
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  await person.isAccessible('an order')
  person.isUntroubled()
})

for (const [name, device] of [
  ['phone', { width: 390, height: 844 }],
  ['counter-dark', { width: 1024, height: 600, scheme: 'dark' }],
  ['phone-arabic', { width: 390, height: 844, language: 'ar' }],
] as const)
  test(`${name}: what runs low becomes an order, and what comes is received by finger`, async () => {
    await owner.call('POST /profile', { name: 'Amina Owner', locale: 'language' in device ? device.language : 'en' })
    await owner.call('POST /inventory/reorder-levels', {
      variant: flour.variant,
      place: world.place,
      level: String(500n * ONE),
      target: String(600n * ONE),
    })
    await owner.call('POST /sourcing/offers', { supplier, variant: flour.variant, price: '310000', pack: String(10n * ONE) })
    const person = await Person.at(browser, server.base, `purchase-${name}`, { ...device, cookie: world.cookie })
    const { page } = person
    const press = async (key: string) => (device.width < 600 ? person.button(key).tap() : person.button(key).click())
    await person.go('/sourcing/proposals')
    await person.says('Flour 50 kg')
    await person.shot('proposals')
    await person.isAccessible('/sourcing/proposals')
    await page.getByRole('button', { name: person.word('proposals.make_one', { n: '1' }) }).click()
    await page.waitForURL(/purchases\/[0-9a-f-]{36}$/)
    const draft = page.url().split('/').at(-1)!
    await person.says('Flour 50 kg')
    await person.shot('draft')
    const edit = page.getByRole('link', { name: person.word('common.edit'), exact: true })
    await (device.width < 600 ? edit.tap() : edit.click())
    await page.locator('li', { hasText: 'Flour 50 kg' }).waitFor()
    await person.shot('form')
    await person.isAccessible('an order that is written')
    const order = await anOrder(owner, { supplier, location: world.location }, [
      { variant: sugar.variant, quantity: 5, price: 15_000n },
      { variant: salt.variant, quantity: 6, price: 4_000n },
    ])
    await person.go(`/sourcing/purchases/${order.id}`)
    await person.shot('order')
    await press('verb.sourcing.purchase.receive')
    await page.locator('li', { hasText: 'Salt 500 g' }).waitFor()
    await person.shot('receive')
    await person.isAccessible('receiving')
    await press('arrival.check')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: person.word('purchase.receiveNow') })
      .click()
    await page.waitForURL(`**/sourcing/purchases/${order.id}`)
    await person.says(person.word('state.sourcing.purchase.state.received'))
    await owner.call(`POST /sourcing/purchases/${draft}/cancel`, { reason: 'Was only tried' })
    person.isUntroubled()
  })

test('the stock of what a supplier offers is asked for on its list', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  const person = await Person.at(browser, server.base, 'purchase-stock', { cookie: world.cookie })
  const { page } = person
  await person.go('/inventory/stock')
  await person.says('Sugar 1 kg')
  await person.button('filter.title').click()
  await page.getByRole('button', { name: person.word('field.supplier'), exact: true }).click()
  await page.getByRole('combobox', { name: person.word('form.search') }).fill('Unga')
  await page.getByRole('option', { name: 'Unga Ltd' }).click()
  await page.getByText('Sugar 1 kg').waitFor({ state: 'detached' })
  await person.says('Flour 50 kg')
  await page.locator('h1').click()
  await page.getByRole('combobox', { name: person.word('form.search') }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: `${person.word('field.supplier')} Unga Ltd` }).waitFor()
  await person.shot('of a supplier')
  await person.isAccessible('stock of a supplier')
  person.isUntroubled()
})
