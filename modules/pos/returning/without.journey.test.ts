import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer, type Answer } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'

/** Goods that nobody can show a receipt of: a cashier takes them back for store credit, and a manager agrees; by mouse and by finger. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const PIN = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin: PIN })
await anOpenTill(world)
const shirt = await aProduct(world, 'Shirt L', 150_000n, 50, 60_000n, { taxed: false })
await aProduct(world, 'Shirt XXL', 180_000n, 50, 60_000n, { taxed: false })
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const customer = newId()
done(await owner.call('POST /parties', { id: customer, name: 'Zawadi Njeri' }))
const card = (done(await owner.call('GET /payments/methods')).rows as { id: string; kind: string }[]).find(
  (one) => one.kind === 'card',
)!.id
done(
  await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: shirt.variant, quantity: '2000000', listPrice: shirt.price }],
    discount: { amount: '20000' },
    total: '280000',
    tenders: [{ method: card, given: '280000' }],
  }),
)
const client = server.client()
await accept(client, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
const cookie = client.jar.get('__Host-duka')!

test('by mouse: whose it is, what comes back, and store credit at the lowest price, with a second person', async () => {
  const person = await Person.at(browser, server.base, 'without-mouse', { cookie })
  const { page } = person
  await person.go('/pos/return')
  await person.button('back.without').click()
  await person.shot('start')
  await person.button('back.whose').click()
  await page.getByRole('dialog').getByRole('textbox').fill('zawadi')
  await page.getByRole('dialog').getByText('Zawadi Njeri').click()
  const search = page.getByLabel(person.word('finder.search'))
  await search.fill('shirt')
  await page.getByRole('option', { name: /Shirt XXL/ }).click()
  await page.getByText(person.word('back.unbought', { name: 'Shirt XXL' })).waitFor()
  await search.fill('shirt l')
  await page.getByRole('option', { name: /Shirt L/ }).click()
  await page.getByRole('button', { name: person.word('back.moreOf', { name: 'Shirt L' }) }).click()
  await person.shot('chosen')
  await person.isAccessible('goods without a receipt')
  await person.fits('goods without a receipt')
  await page.getByRole('button', { name: /2,800\.00/ }).click()
  await page.getByText(person.word('approval.returns.noReceipt')).first().waitFor()
  await person.shot('second')
  await page.getByRole('textbox', { name: person.word('field.pin') }).fill(PIN)
  // It can be pressed once those who may agree are known.
  await person.button('secondPerson.agree').click()
  await page.getByRole('heading', { name: /^RET\d{10}$/ }).waitFor()
  await person.shot('return')
  const { rows } = done(await owner.call('GET /returns', { customer }))
  assert.deepEqual([rows.length, rows[0].soldNumber, rows[0].total], [1, null, '280000'])
  person.isUntroubled()
})

test('by finger, in Arabic and in the dark', async () => {
  await client.call('POST /profile', { name: 'Till', locale: 'ar' })
  const device = { cookie, width: 390, height: 844, language: 'ar', scheme: 'dark' } as const
  const person = await Person.at(browser, server.base, 'without-touch', device)
  const { page } = person
  await person.go('/pos/return?without=receipt')
  await person.button('back.whose').tap()
  await page.getByRole('dialog').getByRole('textbox').fill('zawadi')
  await page.getByRole('dialog').getByText('Zawadi Njeri').tap()
  await page.getByLabel(person.word('finder.search')).fill('shirt l')
  await page.getByRole('option', { name: /Shirt L/ }).tap()
  await person.shot('chosen')
  await person.fits('goods without a receipt on a phone')
  await page.locator('button[type=submit]').last().tap()
  await page.getByText(person.word('approval.returns.noReceipt')).first().waitFor()
  await page.getByRole('textbox', { name: person.word('field.pin') }).fill(PIN)
  // It can be pressed once those who may agree are known.
  await person.button('secondPerson.agree').click()
  await page.getByRole('heading', { name: /^RET\d{10}$/ }).waitFor()
  const { rows } = done(await owner.call('GET /returns', { customer }))
  assert.deepEqual([rows.length, rows[0].total], [2, '140000'])
  person.isUntroubled()
})

test('what they brought back stands beside what they bought, and is no more counted as spent', async () => {
  done(
    await owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      customer,
      lines: [{ variant: shirt.variant, quantity: '4000000', listPrice: shirt.price }],
      total: '600000',
      tenders: [{ method: card, given: '600000' }],
    }),
  )
  const person = await Person.at(browser, server.base, 'customer-returns', { cookie: world.cookie })
  const { page } = person
  await person.go(`/parties/${customer}`)
  await page.getByText('1,800.00').first().waitFor()
  await page.getByRole('tab', { name: person.word('party.returns') }).click()
  await page
    .getByText(/^RET\d{10}$/)
    .first()
    .waitFor()
  await person.shot('tab')
  assert.equal(await page.getByText(/^RET\d{10}$/).count(), 2)
  person.isUntroubled()
})
