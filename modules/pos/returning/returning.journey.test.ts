import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person, type Device } from '#test/journeys/browser.ts'
import { aServer, type Answer } from '#test/server.ts'
import { anOpenTill, aProduct, type AProduct } from '../sale/sale.factory.ts'

/** Goods come back at the counter: given back, exchanged, and a sale that is struck out; by keyboard, mouse and finger. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const PIN = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin: PIN })
await anOpenTill(world)
const shirt = await aProduct(world, 'Shirt L', 150_000n, 50, 60_000n, { taxed: false })
const wide = await aProduct(world, 'Shirt XXL', 180_000n, 50, 60_000n, { taxed: false })
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const { rows: methods } = done(await owner.call('GET /payments/methods')) as { rows: { id: string; kind: string }[] }
async function sell(goods: AProduct, count: number, kind: string): Promise<{ id: string; number: string }> {
  const id = newId()
  const total = String(BigInt(goods.price) * BigInt(count))
  const { number } = done(
    await owner.call('POST /pos/sales', {
      id,
      till: world.till,
      lines: [{ variant: goods.variant, quantity: `${count}000000`, listPrice: goods.price }],
      total,
      tenders: [{ method: methods.find((one) => one.kind === kind)!.id, given: total }],
    }),
  )
  return { id, number }
}
const at = (name: string, device: Device = {}, cookie = world.cookie) =>
  Person.at(browser, server.base, name, { cookie, ...device })

test('by keyboard: the receipt is scanned, one of two comes back, and the money goes back the way it was paid', async () => {
  const { number } = await sell(shirt, 2, 'card')
  const person = await at('return-keys', { width: 1024, height: 600 })
  const { page } = person
  await person.go('/pos/return')
  await page.getByRole('button', { name: new RegExp(number) }).waitFor()
  await person.shot('find')
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  const more = page.getByRole('button', { name: person.word('back.moreOf', { name: 'Shirt L' }) })
  await more.waitFor()
  await more.focus()
  await page.keyboard.press('Enter')
  await person.shot('chosen')
  await person.isAccessible('taking goods back')
  await person.fits('taking goods back')
  const give = page.getByRole('button', { name: /1,500\.00/ })
  await give.focus()
  await page.keyboard.press('Enter')
  await page
    .getByText(/^RET\d{10}$/)
    .first()
    .waitFor()
  await person.shot('return')
  await person.isAccessible('a return')
  const { rows } = done(await owner.call('GET /returns'))
  assert.deepEqual([rows[0].soldNumber, rows[0].total, rows[0].refunded], [number, '150000', '150000'])
  person.isUntroubled()
})

test('by finger, in Arabic and in the dark: one comes back for a dearer one, and only the rest is paid', async () => {
  const { id, number } = await sell(shirt, 1, 'cash')
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar' })
  const person = await at('exchange-touch', { width: 390, height: 844, language: 'ar', scheme: 'dark' })
  const { page } = person
  await person.go(`/pos/return?sale=${id}`)
  await page.getByRole('button', { name: person.word('back.all') }).tap()
  await person.shot('chosen')
  await person.fits('taking goods back on a phone')
  await person.button('back.exchange').tap()
  await page.locator('#till-products').getByText('Shirt XXL').tap()
  await page.getByRole('button', { name: new RegExp(number) }).tap()
  await page.getByText(new RegExp(number)).first().waitFor()
  await person.shot('basket')
  await page
    .locator('aside')
    .getByRole('button', { name: person.word('till.pay') })
    .last()
    .tap()
  await page.getByRole('dialog').waitFor()
  await person.shot('pay')
  await person.button('till.complete').tap()
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  const { rows } = done(await owner.call('GET /pos/sales', { limit: 1 }))
  assert.deepEqual([rows[0].total, rows[0].exchanged], ['180000', '150000'])
  person.isUntroubled()
})

test('by mouse: a cashier strikes a sale of the shift out, and a manager agrees by PIN', async () => {
  const { id } = await sell(wide, 1, 'card')
  const client = server.client()
  await accept(client, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
  const person = await at('void-mouse', {}, client.jar.get('__Host-duka')!)
  const { page } = person
  await person.go(`/pos/sales/${id}`)
  await person.button('verb.pos.sale.void').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Rung up twice')
  await person.shot('why')
  await dialog.getByRole('button', { name: person.word('verb.pos.sale.void') }).click()
  await page.getByText(person.word('approval.pos.void')).first().waitFor()
  await person.shot('second')
  await dialog.last().getByRole('textbox', { name: 'PIN' }).fill(PIN)
  // It can be pressed once those who may agree are known.
  await person.button('secondPerson.agree').click()
  await page.getByText(person.word('state.pos.sale.state.voided')).first().waitFor()
  await person.shot('voided')
  assert.equal(done(await owner.call(`GET /pos/sales/${id}`)).row.state, 'voided')
  person.isUntroubled()
})
