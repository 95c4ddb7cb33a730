import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aTrade } from './report.factory.ts'
import { anOpenTill } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'

/** What was sold: by somebody at a desk without a mouse, and by somebody on a phone, in Arabic. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const invited = await accept(
  server.client(),
  await anInvitation(owner, 'otieno@example.com', [{ role: 'cashier', place: world.place }]),
)
const { branch, cup } = await aTrade(world, invited.body.user as string)
const SPAN = 'span=2026-03-02..2026-03-03'

test('found by its name, held against the days before, and followed to the sales, without a mouse', async () => {
  const desk = await Person.at(browser, server.base, 'reports-desk', { cookie: world.cookie, width: 1440, height: 900 })
  const { page } = desk
  await desk.go('/')
  await page.locator('h1').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.locator('[role=dialog] input:focus').waitFor()
  await page.keyboard.type('turnover')
  await page.getByRole('option', { name: desk.word('report.salesByDay') }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/reports/)

  await desk.go(`/reports/salesByDay?${SPAN}`)
  await page.getByText(desk.word('report.about.salesByDay')).waitFor()
  const compared = page.getByRole('combobox', { name: desk.word('report.compared') })
  await compared.press('ArrowDown')
  const wanted = page.getByRole('option', { name: desk.word('report.compare.before'), exact: true })
  await wanted.waitFor()
  for (let step = 0; step < 3 && (await wanted.getAttribute('data-combobox-selected')) === null; step++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/compare=before/)
  // 357.00 against the 30.00 of the two days before.
  await desk.says('+1,090%')
  const foot = page.locator('tfoot')
  assert.match(await foot.innerText(), /357\.00[\s\S]*48\.00[\s\S]*405\.00/)
  await desk.shot('by-day')
  await desk.isAccessible('sales by day')

  await page.getByRole('link', { name: /2 Mar/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/pos\/sales\?businessDay=/)
  await desk.says('232.00')
  assert.equal(await page.getByText('146.00').count(), 0)
  await page.goBack()
  await page.waitForURL(/compare=before/)
  await foot.waitFor()

  // What was taxed at one rate is the lines that were sold at it.
  await desk.go(`/reports/taxes?${SPAN}`)
  await page.getByRole('link', { name: /16%/ }).click()
  await page.waitForURL(/\/pos\/sale-lines\?businessDay=/)
  await page.locator('tfoot, [role=row]').getByText('348.00').first().waitFor()
  await desk.shot('taxed')
  await desk.isAccessible('the lines of a tax')
  desk.isUntroubled()
  await page.context().close()
})

test('all of them from a list, by store and in Arabic, with a thumb', async () => {
  const { status } = await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  assert.equal(status, 200)
  const phone = await Person.at(browser, server.base, 'reports-phone', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
  })
  const { page } = phone
  await phone.go('/reports')
  await page.getByRole('link', { name: phone.word('report.salesByHour') }).waitFor()
  await phone.shot('all')
  await phone.isAccessible('the list of reports')
  await page.getByRole('link', { name: phone.word('report.salesByHour') }).tap()
  await page.waitForURL('**/reports/salesByHour')
  await phone.go(`/reports/salesByHour?${SPAN}&place=${branch}`)
  await page.locator('tfoot').waitFor()
  await phone.says('١٣٠')
  await phone.fits('sales by hour on a phone')
  await phone.shot('by-hour')
  await phone.isAccessible('sales by hour on a phone')
  phone.isUntroubled()
  await page.context().close()
})

test('the day of an owner begins with the line of thirty days, which leads to its report', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
  const desk = await Person.at(browser, server.base, 'reports-home', { cookie: world.cookie, width: 1440, height: 900 })
  const { page } = desk
  await desk.go('/')
  await desk.says(desk.word('board.nothingSold'))
  await anOpenTill(world)
  const { rows } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
  const sold = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: cup.variant, quantity: '1000000', listPrice: cup.price }],
    total: cup.price,
    tenders: [{ method: rows.find((one) => one.kind === 'cash')!.id, given: cup.price }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  await desk.go('/')
  const panel = page.locator('section', { hasText: desk.word('report.trend') })
  await panel.locator('polyline').nth(1).waitFor({ state: 'attached' })
  await desk.shot('trend')
  await desk.isAccessible('the home of an owner with its trend')
  await panel.getByRole('link').click()
  await page.waitForURL(/\/reports\/salesByDay\?.*last30/)
  await desk.heading('report.salesByDay').waitFor()
  desk.isUntroubled()
  await page.context().close()
})
