import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** The counter as cashiers use it, by keyboard, mouse and touch, on the screens that tills have. */
const browser = await aBrowser()
const SMALL = { width: 1024, height: 600 }
const PHONE = { width: 390, height: 844 }
const PIN = '7294'

async function aShop() {
  const world = await aCompany()
  const server = await aServer(world.url)
  const owner = server.client(world.cookie)
  const pot = await aProduct(world, 'Clay pot', 8_000n, 50, 4_000n, { taxed: false })
  const cup = await aProduct(world, 'Tin cup', 3_000n, 50, 1_000n, { taxed: false })
  const shift = await anOpenTill(world)
  const lastTenders = async () => {
    const { rows } = await world.database.pool.query<{ kind: string; amount: bigint; given: bigint; change: bigint }>(
      `select t.kind, t.amount, t.given, s.change from pos_tender t join pos_sale s on s.id = t.sale
       where s.id = (select id from pos_sale order by completed_at desc limit 1) order by t.id`,
    )
    return rows.map(({ kind, amount, given, change }) => [kind, amount, given, change].join(' '))
  }
  const cashier = async (email: string) => {
    const client = server.client()
    await accept(client, await anInvitation(owner, email, [{ role: 'cashier', place: world.place }]))
    return client
  }
  const at = async (name: string, device: Device = {}, cookie = world.cookie) => {
    const person = await Person.at(browser, server.base, name, { cookie, ...device })
    await person.go('/pos/sell')
    return person
  }
  return { world, server, owner, pot, cup, shift, lastTenders, cashier, at }
}

async function scan(person: Person, text: string): Promise<void> {
  await person.page.locator('#till-products button').first().waitFor()
  await person.page.getByRole('combobox').fill(text)
  await person.page.keyboard.press('Enter')
}
const dialog = (person: Person) => person.page.getByRole('dialog')
const payButton = (person: Person) =>
  person.page
    .locator('aside')
    .getByRole('button', { name: person.word('till.pay') })
    .last()
const paid = (person: Person) => person.page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()

test('[W1] by keyboard: 30 in cash of 80 is a part, the card takes the 50 that are left, and nobody gets change', async () => {
  const shop = await aShop()
  const person = await shop.at('split-keys')
  const { page } = person
  await scan(person, 'Clay pot')
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.type('30')
  await person.shot('typed')
  await page.keyboard.press('Enter')
  await dialog(person)
    .getByText(new RegExp(`^${person.word('till.stillDue')}`))
    .first()
    .waitFor()
  assert.equal(await person.field('till.amount').inputValue(), '50.00', 'the card takes the rest')
  await person.shot('part')
  await person.isAccessible('a split payment')
  await page.keyboard.press('Enter')
  await paid(person)
  assert.deepEqual(await shop.lastTenders(), ['cash 3000 3000 0', 'card 5000 5000 0'])
  person.isUntroubled()
})

test('[W1] by touch: 10 of 30 in cash, then the rest in cash, by a quick button: the change is that of the note', async () => {
  const shop = await aShop()
  const person = await shop.at('split-touch', PHONE)
  await scan(person, 'Tin cup')
  await person.page.getByRole('button', { name: /1/ }).last().tap()
  await payButton(person).tap()
  await person.field('till.given').fill('10')
  await person.button('till.addTender').tap()
  const cash = dialog(person).getByRole('button', { name: 'Cash', exact: true })
  await cash.tap()
  assert.equal(await person.field('till.given').inputValue(), '20.00')
  await dialog(person).getByRole('button', { name: '50.00', exact: true }).tap()
  await person.shot('quick')
  await person.fits('the payment')
  await person.button('till.complete').tap()
  await paid(person)
  assert.deepEqual(await shop.lastTenders(), ['cash 1000 1000 3000', 'cash 2000 5000 3000'])
  person.isUntroubled()
})

test('[W1] by mouse: a part that was typed stays when another way is chosen', async () => {
  const shop = await aShop()
  const person = await shop.at('split-mouse')
  await scan(person, 'Clay pot')
  await payButton(person).click()
  await person.field('till.given').fill('30')
  await dialog(person).getByRole('button', { name: 'Card', exact: true }).click()
  assert.equal(await person.field('till.amount').inputValue(), '50.00')
  await person.button('till.complete').click()
  await paid(person)
  assert.deepEqual(await shop.lastTenders(), ['cash 3000 3000 0', 'card 5000 5000 0'])
})

test('[P1] the till prices by quantity and customer, and hears of new prices and names while it stands open [S3]', async () => {
  const shop = await aShop()
  const { owner, cup } = shop
  const list = newId()
  await owner.call('POST /catalog/price-lists', { id: list, name: 'By the half dozen' })
  await owner.call('POST /catalog/prices', { priceList: list, variant: cup.variant, minQuantity: '6000000', price: '2700' })
  const staff = newId()
  await owner.call('POST /catalog/price-lists', { id: staff, name: 'Staff', customerGroup: 'staff', priority: 5 })
  await owner.call('POST /catalog/prices', { priceList: staff, variant: cup.variant, minQuantity: '0', price: '2000' })
  await owner.call('POST /parties', { name: 'Wanjiru Kamau', customerGroup: 'staff', roles: ['customer'] })
  const person = await shop.at('prices')
  const basket = person.page.locator('aside')
  await scan(person, '5*Tin cup')
  await basket.getByText('150.00').first().waitFor()
  await basket.getByRole('button', { name: person.word('till.moreOf', { name: 'Tin cup' }) }).click()
  await basket.getByText('162.00').first().waitFor()
  await person.shot('six')
  await person.button('till.noCustomer').click()
  await person.field('till.customerSearch').fill('Wanjiru')
  await dialog(person).getByRole('button', { name: 'Wanjiru Kamau', exact: true }).click()
  await basket.getByText('120.00').first().waitFor()
  await person.page.keyboard.press('F9')
  await dialog(person).waitFor()
  await person.page.keyboard.press('Enter')
  await paid(person)
  await person.button('till.next').click()
  const { row } = (await owner.call(`GET /catalog/products/${cup.product}`)).body
  const renamed = await owner.call(
    `PATCH /catalog/products/${cup.product}`,
    { name: 'Enamel cup' },
    { 'if-match': `"${row.version}"` },
  )
  assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
  await person.page.locator('#till-products').getByText('Enamel cup').first().waitFor()
  person.isUntroubled()
})

test('[P2] what was put aside while it lay in the basket is named, and goes with the button', async () => {
  const shop = await aShop()
  const { owner, cup } = shop
  const person = await shop.at('gone')
  const { page } = person
  await scan(person, 'Clay pot')
  await scan(person, 'Tin cup')
  // The news is kept from the page: a network that lost it.
  await page.context().route('**/api/live*', (route) => route.abort())
  await page.reload()
  await page.locator('#till-products button').first().waitFor()
  await owner.call(`POST /catalog/variants/${cup.variant}/archival`)
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.press('Enter')
  await person.says(/Tin cup is not for sale any more/)
  await person.shot('refused')
  await person.button('till.refresh').click()
  await dialog(person).waitFor({ state: 'detached' })
  await person.says(person.word('till.takenOff', { names: 'Tin cup' }))
  assert.equal(await page.locator('aside ol > li').count(), 1)
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.press('Enter')
  await paid(person)
})

test('[W8] the till tells what is short when it is added, and asks for the second person when the discount is given', async () => {
  const shop = await aShop()
  const { world, owner } = shop
  await aProduct(world, 'Rare lamp', 4_000n, 2, 1_000n, { taxed: false })
  await owner.call('POST /profile/pin', { current: 'correct horse battery', pin: PIN })
  const cashier = await shop.cashier('cashier@example.com')
  const person = await shop.at('short', SMALL, cashier.cookie)
  const { page } = person
  await person.button('till.sellAlong', { name: 'Amina Owner' }).click()
  await page
    .locator('#till-products')
    .getByText(person.word('till.left', { left: '2' }))
    .first()
    .waitFor()
  await scan(person, '3*Rare lamp')
  await page
    .locator('aside')
    .getByText(person.word('till.onlyLeft', { left: '2' }))
    .waitFor()
  await person.shot('short')
  await page.getByRole('button', { name: person.word('till.less', { name: 'Rare lamp' }) }).click()
  await page
    .locator('aside')
    .getByText(person.word('till.onlyLeft', { left: '2' }))
    .waitFor({ state: 'detached' })
  await page.locator('aside ol > li button').first().click()
  await person.field('till.discountPercent').fill('20')
  await person.says(person.word('till.approvalNeeded'))
  await person.button('action.apply').click()
  await person.says(person.word('secondPerson.title'))
  await person.says('20%')
  await page.getByRole('dialog').last().getByText('Rare lamp').first().waitFor()
  await person.shot('second-person')
  await page.getByLabel(person.word('field.pin')).last().fill(PIN)
  await person.button('secondPerson.agree').click()
  await dialog(person).first().waitFor({ state: 'detached' })
  await page.locator('aside').getByText('64.00').first().waitFor()
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.press('Enter')
  await paid(person)
  person.isUntroubled()
})

test('[W9] a colleague’s drawer says whose it is; closing names what is parked and counts the other money', async () => {
  const shop = await aShop()
  const cashier = await shop.cashier('cashier@example.com')
  const other = await shop.at('drawer', SMALL, cashier.cookie)
  await other.says(other.word('till.others', { name: 'Amina Owner' }))
  await other.isAccessible('the drawer of a colleague')
  await other.shot('others')
  await other.button('till.sellAlong', { name: 'Amina Owner' }).click()
  await scan(other, 'Clay pot')
  const { name } = (await cashier.call('GET /session')).body.user
  await other.page.locator('header').getByText(name).waitFor()
  await other.button('till.park').click()
  await other.field('till.parkName').fill('Red shirt')
  await other.page.keyboard.press('Enter')
  await dialog(other).waitFor({ state: 'detached' })
  const owner = await Person.at(browser, shop.server.base, 'closing', { ...SMALL, cookie: shop.world.cookie })
  await owner.go(`/pos/shifts/${shop.shift}/close`)
  await owner.says('Red shirt')
  await owner.button('till.typeAmount').click()
  await owner.field('field.counted').fill('1000')
  assert.ok(await owner.button('till.close').isDisabled(), 'parked baskets are decided about first')
  await owner.page.getByLabel(owner.word('shift.leaveParked')).check()
  await owner.page.getByLabel('Card', { exact: true }).fill('5')
  await owner.isAccessible('the count')
  await owner.shot('count')
  await owner.button('till.close').click()
  // What will come of it stands there before: by way to pay, and where a difference goes.
  const review = dialog(owner)
  await review.getByRole('cell', { name: owner.word('shift.drawer') }).waitFor()
  assert.equal(await review.getByRole('columnheader').count(), 4)
  const card = review.getByRole('row').filter({ hasText: 'Card' })
  assert.deepEqual((await card.getByRole('cell').allInnerTexts()).slice(2), ['5.00', '5.00'])
  await review.getByText(/go from the drawer to the safe/).waitFor()
  await owner.isAccessible('the review of closing')
  await owner.shot('review')
  assert.equal((await shop.owner.call(`GET /pos/shifts/${shop.shift}`)).body.row.state, 'open')
  await review.getByRole('button', { name: owner.word('till.close') }).click()
  await owner.page.waitForURL(`**/pos/shifts/${shop.shift}`)
  await owner.heading('shift.otherMoney').waitFor()
  await owner.shot('closed')
  owner.isUntroubled()
  other.isUntroubled()
})

/** What a finger or a mouse must reach is in the window and not under anything. */
async function isReachable(button: Locator): Promise<void> {
  await button.waitFor()
  const isOnTop = await button.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return (
      top >= 0 && top + height <= window.innerHeight && left >= 0 && left + width <= window.innerWidth && element.contains(hit)
    )
  })
  assert.ok(isOnTop, `“${await button.textContent()}” is out of reach`)
}

for (const [name, device] of [
  ['small', SMALL],
  ['small-arabic', { ...SMALL, language: 'ar', scheme: 'dark' }],
  ['phone', PHONE],
] as const)
  test(`[W5] ${name}: everything that finishes a sale is in view, sizes can be told apart, nothing lies over it`, async () => {
    const shop = await aShop()
    const { variants } = await createProduct(shop.world.ctx(), {
      id: newId(),
      name: 'Long sleeved cotton shirt for the rainy season with two pockets',
      kind: 'stocked',
      optionNames: ['Size'],
      variants: ['Small', 'Extra large'].map((size) => ({ price: '9000' as never, optionValues: [size] })),
    })
    if ('language' in device) await shop.owner.call('POST /profile', { name: 'Amina Owner', locale: device.language })
    const received = await shop.owner.call('POST /inventory/receipts', {
      id: newId(),
      location: shop.world.location,
      source: 'opening',
      lines: variants.map((variant) => ({ variant, quantity: '5000000', unitCost: '100' })),
    })
    assert.ok(received.status < 300, JSON.stringify(received.body))
    const person = await shop.at(`counter-${name}`, device)
    const { page } = person
    await page.locator('#till-products').getByText('Extra large', { exact: true }).waitFor()
    await person.fits('the till')
    await scan(person, 'Extra large')
    await scan(person, 'Small')
    await person.shot('till')
    // A notice, as an unknown code makes it.
    await scan(person, 'no such thing at all')
    await page.getByRole('alert').first().waitFor()
    if (name === 'phone')
      await page
        .getByRole('button', { name: /162|180/ })
        .last()
        .tap()
    await page.locator('aside').getByText('Extra large', { exact: true }).waitFor()
    await isReachable(person.button('till.park'))
    await isReachable(payButton(person))
    await person.isAccessible('the till')
    await person.shot('basket')
    await payButton(person).click()
    await dialog(person).waitFor()
    await isReachable(person.button('till.complete'))
    const mobile = dialog(person).getByRole('button', { name: /M-Pesa/ })
    await mobile.click()
    await person.field('till.reference').fill('QK12')
    await isReachable(person.button('till.complete'))
    await person.isAccessible('the payment')
    await person.shot('payment')
    await person.button('till.complete').click()
    await paid(person)
    await person.shot('paid')
    await person.go('/pos/sales')
    const total = page.getByRole('columnheader', { name: person.word('field.total') })
    if (name !== 'phone') {
      await total.waitFor()
      const box = (await total.boundingBox())!
      assert.ok(box.x >= 0 && box.x + box.width <= device.width, 'the total of the sales list is on the screen')
    }
    await person.shot('sales')
    person.isUntroubled()
  })
