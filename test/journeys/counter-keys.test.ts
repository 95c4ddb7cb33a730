import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** At the counter: what is refused is said beside its field, and F9 completes what a form asks for. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pot = await aProduct(world, 'Clay pot', 8_000n, 50, 4_000n, { taxed: false })
await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const mobile = methods.find(({ kind }) => kind === 'mobile')!.id
const sold = await owner.call('POST /pos/sales', {
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: '8000' }],
  total: '8000',
  tenders: [{ method: mobile, given: '8000', reference: 'QK77ZZ' }],
})
assert.equal(sold.status, 201)
const at = async (name: string) => {
  const person = await Person.at(browser, server.base, name, { cookie: world.cookie })
  await person.go('/pos/sell')
  await person.page.locator('#till-products button').first().waitFor()
  return person
}

test('a code that has paid before is refused beside its field, where one goes on', async () => {
  const person = await at('reference')
  const { page } = person
  const dialog = page.getByRole('dialog')
  await page.getByRole('combobox').fill('Clay pot')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F9')
  await dialog.getByRole('button', { name: /M-Pesa/ }).click()
  await person.field('till.reference').fill('qk77 zz')
  await person.button('till.complete').click()
  const field = person.field('till.reference')
  await page.locator('[aria-invalid=true]').and(field).waitFor()
  assert.equal(await dialog.getByRole('alert').count(), 0, 'it is said once, beside the field')
  await person.shot('refused')
  await person.isAccessible('a refused reference')
  await field.and(page.locator(':focus')).waitFor()
  await field.fill('QK78')
  await person.button('till.complete').click()
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  person.isUntroubled()
})

test('F9 presses the button of the form that is open', async () => {
  const person = await at('f9')
  const { page } = person
  await page.getByRole('button', { name: person.word('till.more') }).click()
  await page.getByRole('menuitem', { name: person.word('till.cash') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(person.word('till.cash.out'), { exact: true }).click()
  await person.field('till.amount').fill('50')
  // What is not complete yet is not sent.
  await page.keyboard.press('F9')
  assert.equal(await dialog.count(), 1)
  await dialog.getByLabel(person.word('field.reason')).fill('Coins for change')
  await page.keyboard.press('F9')
  await dialog.waitFor({ state: 'detached' })
  const { rows } = await world.database.pool.query('select kind, abs(amount)::int as amount from pos_cash_move')
  assert.deepEqual(rows, [{ kind: 'out', amount: 5_000 }])
  person.isUntroubled()
})

test('F1 and the menu show how to sell beside the till, and what is scanned meanwhile goes into the basket', async () => {
  const person = await at('help')
  const { page } = person
  const help = page.getByRole('complementary', { name: person.word('page.help') })
  const sought = page.getByRole('combobox', { name: person.word('till.search') })
  await page.keyboard.press('F1')
  await help.getByText('Sell at the till').waitFor()
  await help.getByText('Sell at the till').click()
  await help.getByText('Touch a line of the basket', { exact: false }).waitFor()
  await person.shot('beside')
  await person.isAccessible('help at the till')
  // Whatever was touched in it, a scanner types into the search.
  await page.keyboard.type('Clay pot')
  assert.equal(await sought.inputValue(), 'Clay pot')
  await page.keyboard.press('Enter')
  await page
    .getByText(person.word('till.items_one', { n: '1' }))
    .first()
    .waitFor({ state: 'attached' })
  assert.equal(await help.count(), 1)
  // Its own search has the keys while somebody types there, and gives them back.
  await help.getByRole('searchbox').fill('mpesa')
  await help.getByText('Take several ways to pay').waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  await sought.and(page.locator(':focus')).waitFor()

  await page.getByRole('button', { name: person.word('till.more'), exact: true }).click()
  await page.getByRole('menuitem', { name: person.word('page.help') }).click()
  await help.waitFor()
  await page.keyboard.press('F1')
  await help.waitFor({ state: 'detached' })
  person.isUntroubled()
})

test('F9 takes the payment as Enter does, and not while it is held down', async () => {
  const person = await at('f9-sells')
  const { page } = person
  const dialog = page.getByRole('dialog')
  await page.getByRole('combobox').fill('Clay pot')
  await page.keyboard.press('Enter')
  await page.keyboard.down('F9')
  await dialog.waitFor()
  // Held down it repeats: that takes nobody's money.
  await page.keyboard.down('F9')
  await page.keyboard.up('F9')
  await person.button('till.complete').waitFor()
  await page.keyboard.press('F9')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  person.isUntroubled()
})

test('a till closes over no open basket, the next shift begins with none, and F9 does what a review shows', async () => {
  const person = await at('closing')
  const { page } = person
  const { rows } = await world.database.pool.query<{ id: string }>("select id from pos_shift where state = 'open'")
  const shift = rows[0]!.id
  await page.getByRole('combobox').fill('Clay pot')
  await page.keyboard.press('Enter')
  const items = page.getByText(person.word('till.items_one', { n: '1' })).first()
  await items.waitFor({ state: 'attached' })

  await person.go(`/pos/shifts/${shift}/close`)
  const here = page.locator('section').filter({ hasText: person.word('shift.basketHere') })
  await here.getByText('Clay pot').waitFor()
  await page.getByRole('button', { name: person.word('till.typeAmount') }).click()
  await person.field('field.counted').fill('10')
  assert.ok(await person.button('till.close').isDisabled(), 'the basket is decided about first')
  await person.shot('basket')
  await person.isAccessible('an open basket at closing')
  await here.getByRole('link', { name: person.word('shift.toBasket') }).click()
  await items.waitFor({ state: 'attached' })

  await person.go(`/pos/shifts/${shift}/close`)
  await here.getByRole('button', { name: person.word('shift.dropBasket') }).click()
  const sure = page.getByRole('dialog', { name: person.word('shift.dropSure') })
  await person.shot('sure')
  await sure.getByRole('button', { name: person.word('shift.dropBasket') }).click()
  await here.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: person.word('till.typeAmount') }).click()
  await person.field('field.counted').fill('10')
  await page.keyboard.press('F9')
  await page.getByRole('dialog', { name: person.word('shift.sure') }).waitFor()
  await page.keyboard.press('F9')
  await page.waitForURL(`**/pos/shifts/${shift}`)
  const closed = await world.database.pool.query('select state from pos_shift where id = $1', [shift])
  assert.deepEqual(closed.rows, [{ state: 'closed' }])

  await anOpenTill(world)
  await person.go('/pos/sell')
  await page.getByText(person.word('till.start')).first().waitFor({ state: 'attached' })
  assert.equal(await items.count(), 0)
  person.isUntroubled()
})
