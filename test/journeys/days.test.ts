import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** Days are typed and chosen as the reader’s language writes them, and names that we ship are told in it. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const till = await anOpenTill(world)
const accounts = (await owner.call('GET /accounts')).body.rows as { id: string; part: string; holds: string }[]
const safe = accounts.find((one) => one.part === 'safe')!
const span = `/accounts/${safe.id}?span=2026-11-01..2026-11-29`

const at = (name: string, device: Device = {}) => Person.at(browser, server.base, name, { cookie: world.cookie, ...device })
const readIn = async (locale: 'en' | 'ar' | 'sw', digits = 'latn') => {
  const saved = await owner.call('POST /profile', { name: 'Amina', locale, digits })
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
}
/** The field of a day by its label, and what it holds. */
const field = (person: Person, label: string) =>
  person.page.getByLabel(person.word(label), { exact: true }).filter({ visible: true })
const holds = (person: Person, day: string) => person.page.locator(`input[data-day="${day}"]`).first().waitFor()
const calendar = (person: Person) => person.page.getByRole('dialog').filter({ visible: true })
const opened = (person: Person) => calendar(person).locator('table button').first().waitFor()
const closed = (person: Person) => calendar(person).waitFor({ state: 'detached' })

test('[W15] by keyboard: typed in any form, the arrows choose, Escape leaves it as it was', async () => {
  await readIn('en')
  const person = await at('days-keyboard')
  const { page } = person
  await person.go(span)
  const to = field(person, 'filter.to')
  await to.waitFor()
  assert.equal(await page.locator('input[type=date], input[type=datetime-local], input[type=month]').count(), 0)
  assert.equal(await to.inputValue(), '29/11/2026')
  for (const typed of ['28112026', '2026-11-28', '28 Nov 2026', '28/11/26']) {
    await to.fill(typed)
    await page.keyboard.press('Tab')
    await holds(person, '2026-11-28')
    assert.equal(await to.inputValue(), '28/11/2026', typed)
    await to.fill('29/11/2026')
    await holds(person, '2026-11-29')
  }
  // What is no day changes nothing.
  await to.fill('31/02/2026')
  await page.keyboard.press('Tab')
  assert.equal(await to.inputValue(), '29/11/2026')

  await to.focus()
  await page.keyboard.press('ArrowDown')
  await opened(person)
  await person.shot('calendar')
  await person.isAccessible('the calendar')
  await page.keyboard.press('Escape')
  await closed(person)
  assert.equal(await to.inputValue(), '29/11/2026')
  await page.keyboard.press('ArrowDown')
  await opened(person)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await closed(person)
  await holds(person, '2026-11-28')
  await to.and(page.locator(':focus')).waitFor()
  person.isUntroubled()
})

test('[W15] a moment in a dialog: Escape closes its calendar and not the dialog, and the time is typed as people type it', async () => {
  await readIn('en')
  const pot = await aProduct(world, 'Clay pot', 11_600n, 5, 4_000n)
  // Typed on the clock that the pages show, that of the place, though the device came from elsewhere.
  const person = await at('days-dialog', { timeZone: 'Asia/Tokyo' })
  const { page } = person
  await person.go(`/inventory/stock/${pot.variant}`)
  await person.button('stock.putAside').click()
  const until = field(person, 'stock.until')
  await until.fill('24/12/2026')
  await page.keyboard.press('ArrowDown')
  const month = page
    .getByRole('dialog')
    .filter({ has: page.locator('table') })
    .last()
  await month.locator('button:focus').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Escape')
  await month.locator('table').waitFor({ state: 'detached' })
  assert.equal(await until.inputValue(), '24/12/2026')
  const time = field(person, 'day.time')
  await time.fill('9.30')
  await page.keyboard.press('Tab')
  assert.equal(await time.inputValue(), '09:30')
  await person.shot('moment')
  const [within, box] = [(await page.getByRole('dialog').first().boundingBox())!, (await time.boundingBox())!]
  assert.ok(box.x + box.width <= within.x + within.width, 'the time stays inside the dialog')
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/reservations'))
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('stock.putAside'), exact: true })
    .click()
  assert.equal(((await sent).postDataJSON() as { until: string }).until, '2026-12-24T06:30:00.000Z')
  person.isUntroubled()
})

test('[W15] by mouse, in a filter that stays open around its calendar', async () => {
  await readIn('en')
  const person = await at('days-mouse')
  const { page } = person
  await person.go('/entries')
  await page
    .getByRole('button', { name: person.word('filter.title') })
    .first()
    .click()
  await page
    .getByRole('button', { name: person.word('field.businessDay') })
    .last()
    .click()
  await page.getByLabel(person.word('filter.from')).waitFor()
  await page
    .getByRole('button', { name: person.word('day.calendar') })
    .first()
    .click()
  const month = page.getByRole('dialog').filter({ has: page.locator('table') })
  await month.waitFor()
  await person.shot('filter')
  const first = month.locator('td button:not([data-outside])').first()
  await first.click()
  await month.waitFor({ state: 'detached' })
  await page.getByLabel(person.word('filter.from')).waitFor()
  assert.match((await page.getByLabel(person.word('filter.from')).inputValue()) ?? '', /^01\/\d\d\/\d{4}$/)
  await page.waitForURL(/businessDay=\d{4}-\d\d-01/)
  person.isUntroubled()
})

test('what is written on a business day begins with the one of the shop, not with the day on the clock', async () => {
  await readIn('en')
  // Wherever it is six in the morning now, a shop whose day turns at noon is still at yesterday's.
  const hour = new Date().getUTCHours()
  const east = hour <= 17 ? 6 - hour : 30 - hour
  const zone = east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
  const shop = (await owner.call(`GET /places/${world.place}`)).body.row
  const turned = await owner.call(
    `PATCH /places/${world.place}`,
    { timeZone: zone, cutOffHour: 12 },
    { 'if-match': String(shop.version) },
  )
  assert.equal(turned.status, 200, JSON.stringify(turned.body))
  const day = Temporal.Now.plainDateISO(zone).subtract({ days: 1 }).toString()
  const person = await at('days-business')
  await person.go('/journals/new')
  await holds(person, day)
  for (const path of ['/trial-balance?span=today', '/entries?businessDay=today']) {
    const asked = person.page.waitForRequest((request) => request.url().includes('/api/') && request.url().includes(day))
    await person.go(path)
    await asked
  }
  person.isUntroubled()
})

for (const width of [390, 1440])
  test(`[W15] in Arabic at ${width}: Arabic digits, right to left, and days as large as a finger`, async () => {
    await readIn('ar', 'arab')
    const person = await at(`days-ar-${width}`, { language: 'ar', width, height: width === 390 ? 844 : 900 })
    const { page } = person
    await person.go(span)
    const from = field(person, 'filter.from')
    await from.waitFor()
    assert.equal(await from.inputValue(), '٠١/١١/٢٠٢٦')
    await from.fill('٠٣/١١/٢٠٢٦')
    await holds(person, '2026-11-03')
    const button = page.getByRole('button', { name: person.word('day.calendar') }).first()
    if (width === 390) await button.tap()
    else await button.click()
    await opened(person)
    const chosen = calendar(person).locator('button[data-selected]')
    assert.equal(await chosen.innerText(), '٣')
    await person.shot('calendar')
    await person.fits('the calendar')
    if (width === 390) {
      const box = (await chosen.boundingBox())!
      assert.ok(box.width >= 40 && box.height >= 44, JSON.stringify(box))
      await calendar(person)
        .getByRole('button', { name: /[^\d٠-٩]٥ نوفمبر/ })
        .tap()
      await holds(person, '2026-11-05')
    } else {
      // The day on the left is the next one.
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
      await holds(person, '2026-11-04')
    }
    await closed(person)
    person.isUntroubled()
  })

test('[W13] accounts and ways to pay are called as in the reader’s language, in lists, titles and at the till', async () => {
  for (const language of ['ar', 'sw'] as const) {
    await readIn(language)
    const person = await at(`names-${language}`, { language })
    const { page } = person
    for (const [path, key] of [
      ['/payments/methods', 'seed.method.cash'],
      ['/accounts', 'seed.account.safe'],
      [`/accounts/${safe.id}`, 'seed.account.safe'],
      ['/inventory/locations', 'seed.location.supplier'],
    ] as const) {
      await person.go(path)
      await person.says(person.word(key))
      await person.shot(path.split('/')[1]!)
    }
    await person.go('/accounts')
    await person.says(new RegExp(person.word('seed.account.drawer').split('{')[0]!.trim()))
    assert.equal(await page.getByText('Drawer').count(), 0)
    person.isUntroubled()
  }
  await readIn('en')
  assert.ok(till)
})
