import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer, type Answer } from '#test/server.ts'
import { anOpenTill, aProduct, type AProduct } from '../sale/sale.factory.ts'

/** An exchange lies in a basket for as long as somebody chooses; meanwhile what comes back may come back elsewhere. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
await anOpenTill(world)
const shirt = await aProduct(world, 'Shirt L', 150_000n, 50, 60_000n, { taxed: false })
const wide = await aProduct(world, 'Shirt XXL', 150_040n, 50, 60_000n, { taxed: false })
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const { rows: methods } = done(await owner.call('GET /payments/methods')) as { rows: { id: string; kind: string }[] }
const cash = methods.find((one) => one.kind === 'cash')!.id
const lineOf = ({ variant, price }: AProduct) => ({ variant, quantity: '1000000', listPrice: price })
async function sell(): Promise<string> {
  const id = newId()
  const tenders = [{ method: cash, given: '150000' }]
  done(await owner.call('POST /pos/sales', { id, till: world.till, lines: [lineOf(shirt)], total: '150000', tenders }))
  return id
}
/** What comes back of a sale lies in the basket, and something else beside it; the payment is open. */
async function exchanging(name: string, sale: string) {
  const person = await Person.at(browser, server.base, name, { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  await person.go(`/pos/return?sale=${sale}`)
  await page.getByRole('button', { name: person.word('back.all') }).click()
  await page.getByRole('button', { name: person.word('back.exchange') }).click()
  await page.locator('#till-products').getByText('Shirt XXL').click()
  await page.keyboard.press('F9')
  const pay = page.getByRole('dialog', { name: person.word('till.payment') })
  await pay.waitFor()
  return { person, page, pay, press: () => page.keyboard.press('Enter') }
}
const draftOf = async ({ page }: { page: Awaited<ReturnType<typeof exchanging>>['page'] }) =>
  JSON.parse((await page.evaluate((slot) => localStorage.getItem(slot), `duka.till.${world.till}`)) ?? '{}') as {
    id: string
    back: { id: string; sale: string; reason: string; lines: { line: string; quantity: string }[] }
  }
const backOf = ({ back: { id, sale, reason, lines } }: Awaited<ReturnType<typeof draftOf>>) => ({
  id,
  sale,
  reason,
  lines: lines.map(({ line, quantity }) => ({ line, quantity })),
  due: '150000',
})

test('a rest for which there is no coin is given, and asks for no payment', async () => {
  const { person, page, press } = await exchanging('exchange-coin', await sell())
  await press()
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  const { rows } = done(await owner.call('GET /pos/sales')) as { rows: { total: string; rounding: string; exchanged: string }[] }
  assert.deepEqual([rows[0]!.total, rows[0]!.rounding, rows[0]!.exchanged], ['150000', '-40', '150000'])
  person.isUntroubled()
})

test('an exchange whose answer was lost is found when it is paid again', async () => {
  const { person, page, press } = await exchanging('exchange-lost', await sell())
  const draft = await draftOf({ page })
  const tenders = [{ method: cash, given: '0' }]
  const { number } = done(
    await owner.call('POST /pos/sales', {
      id: draft.id,
      till: world.till,
      lines: [lineOf(wide)],
      total: wide.price,
      tenders,
      back: backOf(draft),
    }),
  )
  await press()
  await page.getByText(number).first().waitFor()
  person.isUntroubled()
})

test('what came back elsewhere meanwhile is said, with the way to look at it again', async () => {
  const { person, page, pay, press } = await exchanging('exchange-stale', await sell())
  done(await owner.call('POST /pos/returns', { ...backOf(await draftOf({ page })), id: newId(), till: world.till }))
  await press()
  const again = pay.getByRole('link', { name: person.word('till.backAgain') })
  await again.waitFor()
  await person.shot('stale')
  await person.isAccessible('a payment whose return is stale')
  await again.click()
  await page.getByText(person.word('back.nothingLeft')).waitFor()
  person.isUntroubled()
})
