import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import type { ShippedRole } from '#kit/program.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'

/** The page on which each day begins: what needs this person now, what happened, and the figures that are theirs. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

const made = async (route: string, input: object = {}): Promise<string> => {
  const { status, body } = await owner.call(route, input)
  assert.ok(status < 300, `${route}: ${status} ${JSON.stringify(body)}`)
  return body.id as string
}
const pot = await aProduct(world, 'Clay pot', 10_000n, 20, 4_000n)
const jug = await aProduct(world, 'Stone jug', 30_000n, 4, 9_000n)
await anOpenTill(world)
const { rows: methods } = (await owner.call('GET /payments/methods')).body
await made('POST /pos/sales', {
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '2000000', listPrice: pot.price }],
  total: String(BigInt(pot.price) * 2n),
  tenders: [{ method: methods.find((one: { kind: string }) => one.kind === 'cash').id, given: String(BigInt(pot.price) * 2n) }],
})
await made('POST /inventory/reorder-levels', {
  variant: jug.variant,
  place: world.place,
  level: '5000000',
  target: '9000000',
})
const supplier = await made('POST /parties', { name: 'Unga Ltd', kind: 'organization', roles: ['supplier'] })
const purchase = await made('POST /sourcing/purchases', {
  supplier,
  location: world.location,
  expectedOn: '2026-01-05',
  lines: [{ variant: jug.variant, quantity: '2000000', price: '9000' }],
})
for (const verb of ['submit', 'approve']) await made(`POST /sourcing/purchases/${purchase}/${verb}`)

async function signedIn(role: ShippedRole): Promise<string> {
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, `${role}@example.com`, [{ role, place: world.place }]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return client.cookie!
}

test('an owner sees all of it on one screen, and follows what is late to the order', async () => {
  const desk = await Person.at(browser, server.base, 'home-owner', { cookie: world.cookie, width: 1440, height: 900 })
  const { page } = desk
  await desk.go('/')
  await page.evaluate((id) => localStorage.setItem('duka.steps', id), world.owner)
  await desk.go('/')
  await desk.says('Clay pot')
  await desk.says(desk.word('home.cash'))
  const late = page.getByRole('link', { name: new RegExp(desk.word('waiting.purchasesLate')) })
  await late.waitFor()
  await page.getByText(desk.word('home.slow')).waitFor()
  await page.locator('polyline').first().waitFor({ state: 'attached' })
  await desk.shot('day')
  const [high, screen] = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight])
  assert.ok(high! <= screen!, `the home of an owner is ${high} px high on a screen of ${screen}`)
  await desk.isAccessible('the home of an owner')
  await late.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sourcing\/purchases\?/)
  await desk.says('Unga Ltd')
  desk.isUntroubled()
  await page.context().close()
})

for (const [role, sees, misses] of [
  ['stockKeeper', 'waiting.stockLow', 'board.margin'],
  ['buyer', 'waiting.purchasesLate', 'home.cash'],
  ['accountant', 'home.cash', 'waiting.purchasesLate'],
  ['manager', 'home.movers', 'waiting.messagesFailed'],
] as const)
  test(`${role} begins with what is theirs, on a phone with what needs them first`, async () => {
    const phone = await Person.at(browser, server.base, `home-${role}`, {
      cookie: await signedIn(role),
      width: 390,
      height: 844,
    })
    await phone.go('/')
    await phone.says(phone.word('home.waiting'))
    await phone.says(phone.word(sees))
    assert.equal(await phone.page.getByText(phone.word(misses)).count(), 0)
    const first = await phone.page.evaluate(
      () =>
        [...document.querySelectorAll('section h2')].toSorted(
          (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
        )[0]?.textContent,
    )
    assert.equal(first, phone.word('home.waiting'))
    await phone.fits(`the home of ${role} on a phone`)
    await phone.shot('phone')
    phone.isUntroubled()
    await phone.page.context().close()
  })

test('a report is sent every week to somebody, and now', async () => {
  const desk = await Person.at(browser, server.base, 'plan', { cookie: world.cookie, width: 1440, height: 900 })
  const { page } = desk
  await desk.go('/reports/salesByDay')
  await page.getByRole('link', { name: desk.word('reportPlan.send') }).click()
  await page.waitForURL(/report-plans\/new/)
  await page.getByRole('combobox', { name: desk.word('field.analytics.reportPlan.receivers') }).click()
  await page.getByRole('option', { name: /Amina Owner/ }).click()
  await page.keyboard.press('Escape')
  await desk.shot('form')
  await desk.button('common.add').click()
  await desk.heading('report.salesByDay').waitFor()
  await desk.button('reportPlan.sendNow').click()
  await desk.says(desk.word('state.analytics.reportPlan.lastResult.sent'))
  await desk.shot('sent')
  await desk.isAccessible('a report by mail')
  desk.isUntroubled()
  await page.context().close()
})

test('in Arabic, from right to left', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  const desk = await Person.at(browser, server.base, 'home-arabic', { cookie: world.cookie, language: 'ar' })
  await desk.go('/')
  await desk.says(desk.word('waiting.purchasesLate'))
  await desk.says(desk.word('home.cash'))
  await desk.shot('arabic')
  await desk.isAccessible('the home of an owner in Arabic')
  desk.isUntroubled()
  await desk.page.context().close()
})
