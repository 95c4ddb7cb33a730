import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer, until } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** From area to area, to what is set, and to everything by its words: by mouse, by touch and by keyboard. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
// Something has been booked, so that there are months to look at.
await aProduct(world, 'Clay pot', 8_000n, 5, 4_000n)

const menuOf = (person: Person) =>
  person.page.locator('aside nav a').evaluateAll((links) => links.map((one) => new URL((one as HTMLAnchorElement).href).pathname))

for (const [name, device] of [
  ['desk', {}],
  ['counter', { width: 1024, height: 600, scheme: 'dark' }],
  ['arabic', { language: 'ar' }],
] as [string, Device][])
  test(`${name}: the switcher leads to each area, and its menu holds what belongs there`, async () => {
    await owner.call('POST /profile', { name: 'Amina Owner', locale: device.language ?? 'en' })
    const person = await Person.at(browser, server.base, `areas-${name}`, { ...device, cookie: world.cookie })
    const { page } = person
    await person.go('/')
    await page.getByText(/Amina/).first().waitFor()
    assert.equal((await menuOf(person))[0], '/')
    const switcher = page.locator('aside > button').first()
    await switcher.click()
    await page.getByRole('menuitem', { name: person.word('menu.warehouse') }).waitFor()
    await person.shot('switcher')
    await page.getByRole('menuitem', { name: person.word('menu.warehouse') }).click()
    await page.waitForURL('**/home/warehouse')
    await person.heading('menu.warehouse').waitFor()
    assert.deepEqual((await menuOf(person)).slice(0, 2), ['/home/warehouse', '/sourcing/purchases'])
    await person.shot('warehouse')

    // By keyboard: the switcher opens, the arrows choose.
    await switcher.press('Enter')
    await page.locator('[role=menu]:focus-within').waitFor()
    const counter = page.locator('[role=menuitem]:focus', { hasText: person.word('menu.counter') })
    for (let step = 0; step < 12 && (await counter.count()) === 0; step++) await page.keyboard.press('ArrowDown')
    await counter.waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/home/counter')

    // A page that stands in several areas leaves us where we are; one that stands elsewhere takes us there.
    await page.locator('aside a[href="/catalog/products"]').click()
    await page.waitForURL('**/catalog/products')
    assert.equal((await menuOf(person))[0], '/home/counter')
    await person.follow('/accounts')
    await page.locator('aside a[href="/home/money"]').waitFor()
    await person.isAccessible('/accounts')
    person.isUntroubled()
  })

test('what is set is found by its words, and leads back; what only those need who run the machine is folded', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  const person = await Person.at(browser, server.base, 'areas-settings', { cookie: world.cookie })
  const { page } = person
  await person.go('/settings')
  await person.heading('page.settings').waitFor()
  await person.isAccessible('/settings')
  await person.shot('settings')
  const keys = page.getByRole('link', { name: person.word('page.apiKeys') })
  assert.equal(await keys.isVisible(), false)
  await page.getByText(person.word('settings.advanced'), { exact: true }).click()
  await keys.waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('vat')
  await page.getByRole('link', { name: person.word('page.company') }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: person.word('entities.catalog.taxRate') }).click()
  await page.waitForURL('**/catalog/tax-rates')
  await page.locator('aside a[href="/settings"][aria-current=page]').waitFor()
  await page
    .getByRole('navigation', { name: person.word('shell.crumbs') })
    .getByRole('link', { name: person.word('page.settings') })
    .click()
  await page.waitForURL('**/settings')
  await person.heading('page.settings').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('programs')
  await keys.waitFor()
  await page.keyboard.press('Tab')
  person.isUntroubled()
})

test('the palette finds pages, acts and settings by other words for them, in each language', async () => {
  for (const [language, asked] of [
    [
      'en',
      {
        stocktake: 'entities.inventory.stockCount',
        transfer: 'goods.transfer',
        branch: 'entities.places.place',
        refund: 'entities.pos.sale',
        closing: 'entities.pos.shift',
        printer: 'entities.pos.till',
        logo: 'page.company',
        password: 'page.profile',
        email: 'entities.comms.message',
        'mobile money': 'entities.payments.method',
      },
    ],
    ['ar', { مخزون: 'page.stock', تحويل: 'goods.transfer', مرتجع: 'entities.pos.sale' }],
    [
      'sw',
      { kaunta: 'page.sell', nenosiri: 'page.profile', kurudisha: 'entities.pos.sale', 'barua pepe': 'entities.comms.message' },
    ],
  ] as const) {
    await owner.call('POST /profile', { name: 'Amina Owner', locale: language })
    const person = await Person.at(browser, server.base, `areas-palette-${language}`, { cookie: world.cookie, language })
    const { page } = person
    await person.go('/audit')
    await page.locator('h1').first().waitFor()
    await page.keyboard.press('Control+k')
    const field = page.locator('[role=dialog] input')
    for (const [words, key] of Object.entries(asked)) {
      await field.fill(words)
      await page
        .getByRole('option')
        .filter({ hasText: person.word(key) })
        .first()
        .waitFor()
    }
    person.isUntroubled()
    await person.context.close()
  }
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
})

test('on a phone: the bar holds what is opened most, “more” all areas', async () => {
  const person = await Person.at(browser, server.base, 'areas-phone', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  await person.go('/')
  await page.locator('h1').first().waitFor()
  const bar = () =>
    page
      .locator('nav:not(aside nav) > a')
      .evaluateAll((links) => links.map((one) => new URL((one as HTMLAnchorElement).href).pathname))
  assert.equal((await bar()).includes('/trial-balance'), false)
  await person.button('shell.more').tap()
  const link = page.getByRole('dialog').getByRole('link', { name: person.word('page.trialBalance') })
  await link.waitFor()
  await person.shot('more')
  await link.tap()
  await page.waitForURL('**/trial-balance')
  await person.heading('page.trialBalance').waitFor()
  for (let times = 1; times < 5; times++) for (const path of ['/entries', '/trial-balance']) await person.follow(path)
  assert.equal((await bar()).includes('/trial-balance'), false, 'nothing moves under the thumb')
  await page.reload()
  await page.locator('h1').first().waitFor()
  assert.ok((await bar()).includes('/trial-balance'), String(await bar()))
  assert.equal((await bar()).length, 4)
  person.isUntroubled()
})

test('an area that the company switches off leaves every menu, and comes back as it was', async () => {
  const person = await Person.at(browser, server.base, 'areas-off', { cookie: world.cookie })
  const { page } = person
  await person.go('/settings/company')
  const money = page.getByRole('switch', { name: person.word('menu.money') })
  await money.waitFor()
  assert.equal(await money.isChecked(), true)
  const choose = async (to: boolean) => {
    await money.setChecked(to)
    await person.button('common.save').click()
    await person.says(person.word('common.saved'))
    await page.waitForFunction(async (wanted) => {
      const { company } = (await (await fetch('/api/session')).json()) as { company: { areasOff: string[] } }
      return company.areasOff.includes('money') !== wanted
    }, to)
    await page.reload()
    await money.waitFor()
  }
  const areas = async () => {
    await page.locator('aside > button').first().click()
    const names = await page.getByRole('menuitem').allTextContents()
    await page.keyboard.press('Escape')
    return names
  }
  await choose(false)
  assert.equal((await areas()).includes(person.word('menu.money')), false)
  await person.shot('off')
  await choose(true)
  assert.ok((await areas()).includes(person.word('menu.money')))
  person.isUntroubled()
})

test('whoever only sells is led to the till when they sign in; whoever does more begins at home', async () => {
  for (const [roles, path] of [
    [['cashier'], '/pos/sell'],
    [['cashier', 'stockKeeper'], '/'],
  ] as const) {
    const email = `${roles.join('-')}@example.com`
    const held = roles.map((role) => ({ role, place: world.place }))
    await accept(server.client(), await anInvitation(owner, email, held))
    const person = await Person.at(browser, server.base, `areas-${roles.join('-')}`, { width: 390, height: 844 })
    const { page } = person
    await person.go('/sign-in')
    await person.field('field.email').fill(email)
    await person.field('field.password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === path)
    await page.locator('h1, #till-products').first().waitFor()
    person.isUntroubled()
  }
})

test('a role for which no card is made finds its pages at home, and is not told that it has no role', async () => {
  const client = server.client()
  await accept(client, await anInvitation(owner, 'rider@example.com', [{ role: 'rider', place: world.place }]))
  const person = await Person.at(browser, server.base, 'areas-rider', { cookie: client.cookie })
  await person.go('/')
  await person.page
    .locator('main')
    .getByRole('link', { name: person.word('entities.catalog.product') })
    .waitFor()
  assert.equal(await person.page.getByText(person.word('home.nothing')).count(), 0)
  await person.isAccessible('the home of a rider')
  person.isUntroubled()
})

test('what is kept in codes is said in words: an activity, a language, an hour, a rate', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  const signedIn = server.client()
  const answer = await signedIn.call('POST /sign-in', { email: 'amina@example.com', password: 'correct horse battery' })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const first = async (path: string) => (await owner.call(`GET ${path}`)).body.rows[0].id as string
  const activity = await until(
    async () => (await owner.call('GET /activity', { kind: 'access.signedIn' })).body.rows[0]?.id as string | undefined,
    (id) => id !== undefined,
  )
  const person = await Person.at(browser, server.base, 'areas-words', { cookie: world.cookie, language: 'ar' })
  const { page } = person
  const main = page.locator('main')
  const raw = async (path: string, wrong: RegExp) => {
    await person.go(path)
    await page.locator('h1').first().waitFor()
    assert.doesNotMatch(await page.locator('#root').innerText(), wrong, path)
  }
  await raw(`/activity/${activity}`, /access\.signedIn|proofs|[{}]|[0-9a-f]{8}-[0-9a-f]{4}/)
  await main.getByText(person.word('proof.password')).waitFor()
  await raw(`/catalog/tax-rates/${await first('/catalog/tax-rates')}`, /2000-01-01/)
  await raw(`/places/${world.place}`, /\b4\b/)
  await main.getByText('٠٤:٠٠').waitFor()
  await raw('/periods', /20\d\d/)
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en', digits: 'latn' })
  person.isUntroubled()
})

test('no word of a state is cut: in Swahili, open and closed begin alike', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'sw' })
  const person = await Person.at(browser, server.base, 'areas-state', {
    cookie: world.cookie,
    language: 'sw',
    width: 1024,
    height: 600,
  })
  await person.go('/periods')
  const state = person.page.getByRole('table').getByText(person.word('state.open'), { exact: true }).first()
  await state.waitFor()
  assert.equal(await state.evaluate((one) => one.scrollWidth <= one.clientWidth), true, 'the state is cut off')
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  person.isUntroubled()
})

test('an address as long as they come is read whole, on a phone and at a desk', async () => {
  const email = 'wanjiru.wa-kamau.of-the-big-warehouse.behind-the-market@example.com'
  await accept(server.client(), await anInvitation(owner, email, [{ role: 'cashier', place: world.place }]))
  const person = await Person.at(browser, server.base, 'areas-address', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  await person.go('/users')
  const shown = page.getByText(email)
  await shown.waitFor()
  const box = (await shown.boundingBox())!
  assert.ok(box.x >= 0 && box.x + box.width <= 390, `it reaches from ${box.x} to ${box.x + box.width}`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('cell').getByText(email).waitFor()
  assert.equal(await page.getByRole('cell').getByText(email).getAttribute('title'), email)
  person.isUntroubled()
})
