import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { aCompany } from '../harness.ts'
import { aServer, until } from '../server.ts'
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
  const [act, frame] = [await person.button('till.addTender').boundingBox(), await dialog(person).boundingBox()]
  assert.ok(act!.x + act!.width < frame!.x + frame!.width - 8, 'the long name of the button pushes the payment out of its window')
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

test('[W1] what a part by M-Pesa leaves is asked for in cash, which wants no reference', async () => {
  const shop = await aShop()
  const person = await shop.at('split-mobile')
  await scan(person, 'Clay pot')
  await payButton(person).click()
  await dialog(person)
    .getByRole('button', { name: /M-Pesa/ })
    .click()
  await person.field('till.amount').fill('30')
  // Enter goes on to what is missing, and says so when it is left out.
  await person.page.keyboard.press('Enter')
  await person.field('till.reference').and(person.page.locator(':focus')).waitFor()
  assert.equal(await dialog(person).getByText(person.word('invalid.required')).count(), 0)
  await person.page.keyboard.press('Enter')
  await dialog(person).getByText(person.word('invalid.required')).waitFor()
  await person.page.keyboard.type('QK12')
  await person.page.keyboard.press('Enter')
  assert.equal(await person.field('till.given').inputValue(), '50.00')
  assert.equal(await person.page.getByLabel(person.word('till.reference')).count(), 0)
  await person.page.keyboard.press('Enter')
  await paid(person)
  assert.deepEqual(await shop.lastTenders(), ['mobile 3000 3000 0', 'cash 5000 5000 0'])
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
  // The only one there is, once the answer has come.
  await person.page.keyboard.press('Enter')
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

test('a window that a menu has opened hands the focus back to what opened the menu', async () => {
  const shop = await aShop()
  const person = await shop.at('menu-window')
  const { page } = person
  await scan(person, 'Clay pot')
  await person.button('till.basketMenu').press('Enter')
  await page.getByRole('menuitem', { name: person.word('till.basketDiscount') }).press('Enter')
  await dialog(person).locator(':focus').waitFor()
  await page.keyboard.press('Escape')
  await dialog(person).waitFor({ state: 'detached' })
  await page.waitForFunction((label) => document.activeElement?.ariaLabel === label, person.word('till.basketMenu'))
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
  // The till shows what it kept until the answer comes, and the answer is from before.
  await Promise.all([page.waitForResponse(/\/api\/catalog\/sellables/), page.reload()])
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
  // No key works past an open window: Enter would sell behind it.
  const payments = () => page.getByRole('dialog', { name: person.word('till.payment') }).count()
  for (const key of ['F9', 'F8', 'F2']) await page.keyboard.press(key)
  assert.deepEqual([await payments(), await page.getByRole('dialog').count()], [0, 2])
  await page.getByLabel(person.word('field.pin')).last().fill(PIN)
  await person.button('secondPerson.agree').click()
  await dialog(person).first().waitFor({ state: 'detached' })
  await page.locator('aside').getByText('64.00').first().waitFor()
  // Put aside and taken up again here it is the same basket: nobody is called a second time.
  await person.button('till.park').click()
  await dialog(person).getByRole('textbox').fill('red bag')
  await page.keyboard.press('Enter')
  await dialog(person).waitFor({ state: 'detached' })
  await page.keyboard.press('F8')
  await dialog(person).getByText('red bag').click()
  await dialog(person).waitFor({ state: 'detached' })
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await page.keyboard.press('Enter')
  await paid(person)
  person.isUntroubled()
})

test('a sale whose answer was lost is shown when the till is opened again, and sold once', async () => {
  const shop = await aShop()
  const person = await shop.at('lost', SMALL)
  const { page } = person
  await scan(person, 'Clay pot')
  await page.route('**/api/pos/sales', async (route) => {
    if (route.request().method() === 'POST') await route.fetch()
    await route.abort('connectionreset')
  })
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  const answered = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/pos/sales'))
  await page.keyboard.press('Enter')
  await answered
  await until(
    async () => (await shop.owner.call('GET /pos/sales')).body.rows.length as number,
    (count) => count === 1,
  )
  await page.unroute('**/api/pos/sales')
  await page.reload()
  await paid(person)
  await page.keyboard.press('Enter')
  await dialog(person).waitFor({ state: 'detached' })
  assert.equal(await page.locator('aside ol > li').count(), 0)
  assert.equal((await shop.owner.call('GET /pos/sales')).body.rows.length, 1)
})

test('[W8] what grew after somebody agreed to its discount is asked for when payment opens, once, and not at its end', async () => {
  const shop = await aShop()
  await shop.owner.call('POST /profile/pin', { current: 'correct horse battery', pin: PIN })
  const cashier = await shop.cashier('cashier@example.com')
  const person = await shop.at('grown', SMALL, cashier.cookie)
  const { page } = person
  await person.button('till.sellAlong', { name: 'Amina Owner' }).click()
  await scan(person, 'Clay pot')
  await page.locator('aside ol > li button').first().click()
  await person.field('till.discountPercent').fill('20')
  await person.button('action.apply').click()
  const agree = async () => {
    await person.says(person.word('secondPerson.title'))
    await page.getByLabel(person.word('field.pin')).last().fill(PIN)
    await person.button('secondPerson.agree').click()
  }
  await agree()
  await page.locator('aside').getByText('64.00').first().waitFor()
  // Agreed to for one: payment opens without a word.
  await page.keyboard.press('F9')
  await dialog(person).waitFor()
  await isReachable(person.button('till.complete'))
  await page.keyboard.press('Escape')
  await dialog(person).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: person.word('till.moreOf', { name: 'Clay pot' }) }).click()
  await page.locator('aside').getByText('128.00').first().waitFor()
  await page.keyboard.press('F9')
  await person.says(person.word('secondPerson.title'))
  await person.shot('asked')
  // Whoever does not agree leaves the basket as it was, with no payment begun.
  await page.keyboard.press('Escape')
  await dialog(person).first().waitFor({ state: 'detached' })
  await page.keyboard.press('F9')
  await agree()
  await page.getByRole('dialog').nth(1).waitFor({ state: 'detached' })
  await person.button('till.complete').click()
  await paid(person)
  assert.deepEqual(await shop.lastTenders(), ['cash 12800 12800 0'])
  person.isUntroubled()
})

test('a basket that waits is told in the bar, also when another device parks or takes it up', async () => {
  const shop = await aShop()
  const cashier = await shop.cashier('cashier@example.com')
  const person = await shop.at('waiting', PHONE)
  const { page } = person
  const waits = (n: number) => page.getByRole('button', { name: `${person.word('till.parked')}: ${n}`, exact: true })
  await page.locator('#till-products button').first().waitFor()
  assert.equal(await waits(1).count(), 0)
  const basket = { till: shop.world.till, lines: 1, total: '8000', basket: { id: newId(), lines: [] } }
  const park = (label: string) => cashier.call('POST /pos/parked', { ...basket, id: newId(), label })
  assert.equal((await park('Red shirt')).status, 201)
  await waits(1).waitFor()
  const other = await park('Blue shirt')
  await waits(2).waitFor()
  await person.fits('the till')
  await isReachable(waits(2))
  await isReachable(person.button('till.more'))
  await person.isAccessible('the till with baskets that wait')
  await person.shot('two')
  assert.equal((await cashier.call(`POST /pos/parked/${other.body.id}/resumption`)).status, 200)
  await waits(1).tap()
  await dialog(person)
    .getByRole('button', { name: /Red shirt/ })
    .tap()
  await dialog(person).waitFor({ state: 'detached' })
  await waits(1).waitFor({ state: 'detached' })
  person.isUntroubled()
})

for (const [name, device] of [
  ['small', SMALL],
  ['low-phone-arabic', { width: 390, height: 600, language: 'ar', scheme: 'dark' }],
] as const)
  test(`${name}: what cash is rounded by stands in the payment before it is taken, and a card is charged to the cent`, async () => {
    const shop = await aShop()
    await aProduct(shop.world, 'Ribbon', 6_170n, 50, 1_000n, { taxed: false })
    if ('language' in device) await shop.owner.call('POST /profile', { name: 'Amina Owner', locale: device.language })
    const person = await shop.at(`rounding-${name}`, device)
    await scan(person, 'Ribbon')
    await person.page.keyboard.press('F9')
    await dialog(person).waitFor()
    const rounding = dialog(person).getByText(new RegExp(`^${person.word('field.rounding')}`))
    await rounding.waitFor()
    await dialog(person)
      .getByText(/0[.٫]30|٠٫٣٠/)
      .first()
      .waitFor()
    await isReachable(person.button('till.complete'))
    await person.shot('cash')
    await dialog(person).getByRole('group').getByRole('button').nth(1).click()
    await rounding.waitFor({ state: 'detached' })
    await dialog(person).getByRole('group').getByRole('button').first().click()
    await rounding.waitFor()
    await person.button('till.complete').click()
    await paid(person)
    const { id } = await shop.world.database.db.selectFrom('posSale').select('id').executeTakeFirstOrThrow()
    await person.go(`/pos/sales/${id}`)
    await person.says(person.word('field.rounding'))
    await person.shot('sale')
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
  ['low-phone', { width: 390, height: 600 }],
  ['low-phone-arabic', { width: 390, height: 600, language: 'ar', scheme: 'dark' }],
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
    const received = await shop.owner.call('POST /inventory/documents/receive', {
      kind: 'receipt',
      id: newId(),
      location: shop.world.location,
      reason: 'opening',
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
    const isPhone = device.width < 600
    if (isPhone)
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
    if (!isPhone) {
      await total.waitFor()
      const box = (await total.boundingBox())!
      assert.ok(box.x >= 0 && box.x + box.width <= device.width, 'the total of the sales list is on the screen')
    }
    await person.shot('sales')
    person.isUntroubled()
  })

test('on a phone: two sizes are told apart on the shelf, and a basket that has been emptied does not cover it', async () => {
  const shop = await aShop()
  for (const size of ['M', 'L'])
    await aProduct(shop.world, `Cotton shirt, blue, long sleeves, size ${size}`, 9_000n, 5, 4_000n, { taxed: false })
  const person = await shop.at('emptied', PHONE)
  const { page } = person
  const shirt = page.locator('#till-products').getByText(/size L/)
  await shirt.waitFor()
  assert.equal(await shirt.evaluate((one) => one.scrollHeight <= one.clientHeight + 1), true, 'the size is cut off')
  const bar = page.getByRole('button', { name: /80\.00/ }).last()
  const pot = page.locator('#till-products').getByText('Clay pot')
  await pot.tap()
  await bar.tap()
  await person.button('till.park').tap()
  await dialog(person).getByRole('textbox').fill('red bag')
  await dialog(person)
    .getByRole('button', { name: person.word('till.park'), exact: true })
    .tap()
  // The shelf can be touched again, and the basket stays away until it is asked for.
  await dialog(person).waitFor({ state: 'detached' })
  await pot.tap()
  await bar.tap()
  await page.getByRole('button', { name: person.word('till.basketMenu') }).tap()
  await page.getByRole('menuitem', { name: person.word('till.empty') }).tap()
  await pot.tap()
  await bar.waitFor()
  person.isUntroubled()
})
