import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aBrowser, Person } from '#test/journeys/browser.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

test('[W7] shares add up to a hundred', async () => {
  const pot = await aProduct(world, 'Clay pot', 14_600n, 10, 9_480n)
  await anOpenTill(world)
  const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
  for (const [kind, reference] of [['cash'], ['card', '1'], ['mobile', 'QK1']]) {
    const { status, body } = await owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
      total: pot.price,
      tenders: [{ method: methods.find((one) => one.kind === kind)!.id, given: '14600', ...(reference && { reference }) }],
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  const person = await Person.at(browser, server.base, 'board-shares', { cookie: world.cookie })
  await person.go('/board')
  await person.says(/34%|34 %/)
  const shares = await person.page
    .locator('li')
    .filter({ hasText: /\d\s?%/ })
    .allInnerTexts()
  const percents = shares.map((text) => Number(/(\d+)\s?%/.exec(text)![1]))
  assert.equal(
    percents.reduce((all, one) => all + one, 0),
    100,
    String(percents),
  )
  // Found by other words for it as well.
  await person.page.keyboard.press('Control+k')
  await person.page.locator('[role=dialog] input:focus').waitFor()
  await person.page.keyboard.type('profit')
  await person.page
    .getByRole('option', { name: person.word('page.board') })
    .first()
    .waitFor()
  person.isUntroubled()

  // Ways to pay that came with the program are told in the reader’s language.
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'sw' })
  const told = (await owner.call('GET /board')).body.byMethod as { name: string }[]
  assert.ok(told.some((one) => one.name === serverWords()['sw']!['seed.method.cash']))
})
