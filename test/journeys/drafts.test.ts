import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** A goods paper that is kept for later: one person begins it, another finds it, goes on with it and posts it. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
for (const name of ['Clay pot', 'Oil lamp']) await aProduct(world, name, 10_000n, 5, 4_000n)
const keeper = server.client()
await accept(keeper, await anInvitation(owner, 'keeper@example.com', [{ role: 'stockKeeper', place: world.place }]))

const papers = async () =>
  (await owner.call('GET /inventory/documents')).body.rows as { id: string; state: string; number: string | null }[]

test('begun at a desk, gone on with on a telephone, posted behind its review', async () => {
  const before = (await papers()).length
  const first = await Person.at(browser, server.base, 'draft-begun', { cookie: world.cookie })
  await first.go('/inventory/receive')
  await first.field('finder.search').fill('Clay')
  await first.page.getByRole('option').filter({ hasText: 'Clay pot' }).click()
  await first.button('goods.keep').click()
  await first.page.waitForURL('**/inventory/documents/*')
  await first.says(first.word('goods.draftHint'))
  await first.shot('kept')
  await first.isAccessible('a draft of a receipt')
  const [draft] = await papers()
  assert.deepEqual([draft!.state, draft!.number, (await papers()).length], ['draft', null, before + 1])
  await first.go('/inventory/receive')
  await first.says(first.word('goods.empty'))
  await first.go('/inventory/documents?state=draft')
  await first.shot('list')
  first.isUntroubled()

  const second = await Person.at(browser, server.base, 'draft-on', { cookie: keeper.cookie, width: 390, height: 844 })
  const { page } = second
  await second.go('/inventory/documents?state=draft')
  await page.getByText('Stock document without a number').first().tap()
  await page.waitForURL(`**/inventory/documents/${draft!.id}`)
  await page.getByRole('link', { name: second.word('common.edit'), exact: true }).tap()
  await second.field('finder.search').fill('Oil')
  await page.getByRole('option').filter({ hasText: 'Oil lamp' }).tap()
  await page.getByLabel(second.word('goods.costOf', { name: 'Oil lamp' }), { exact: true }).fill('41')
  await page.getByLabel(second.word('goods.quantityOf', { name: 'Clay pot' }), { exact: true }).fill('3')
  await second.shot('edit')
  await second.isAccessible('a draft that is gone on with')
  await second.button('goods.review').tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Oil lamp').waitFor()
  await second.shot('review')
  // The way back leaves the draft as it was kept, and what is typed then is kept too.
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await papers())[0]!.state, 'draft')
  await page.getByLabel(second.word('goods.quantityOf', { name: 'Clay pot' }), { exact: true }).fill('4')
  await second.button('goods.review').tap()
  await dialog.getByRole('button', { name: second.word('goods.receiptPost') }).tap()
  await page.waitForURL(`**/inventory/documents/${draft!.id}`)
  await second.says(/GRN-/)
  await second.shot('posted')
  const { row, lines } = (await owner.call(`GET /inventory/documents/${draft!.id}`)).body
  assert.deepEqual([row.state, row.value], ['posted', String(4 * 4000 + 4100)])
  assert.equal(lines.length, 2)
  second.isUntroubled()
})

test('two write on the same draft: the second is told, and nothing of the first is lost; it is thrown away after a question', async () => {
  const line = {
    quantity: '1000000',
    variant: ((await owner.call('GET /catalog/variants')).body.rows as { id: string }[])[0]!.id,
  }
  const { id } = (
    await owner.call('POST /inventory/documents', {
      kind: 'adjustment',
      reason: 'found',
      location: world.location,
      lines: [line],
    })
  ).body
  const person = await Person.at(browser, server.base, 'draft-two', { cookie: world.cookie })
  const { page } = person
  await person.go(`/inventory/documents/${id}/edit`)
  await person.field('finder.search').waitFor()
  await keeper.call(`PATCH /inventory/documents/${id}`, { note: 'Theirs' })
  await page.getByRole('textbox', { name: person.word('field.note') }).fill('Mine')
  await person.button('goods.keep').click()
  await person.button('goods.openTheirs').waitFor()
  await person.shot('told')
  await person.button('goods.openTheirs').click()
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Theirs')
  await person.go(`/inventory/documents/${id}`)
  await person.button('verb.inventory.document.void').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('verb.inventory.document.void') })
    .click()
  await person.says(person.word('goods.voidedHint'))
  assert.equal((await owner.call(`GET /inventory/documents/${id}`)).body.row.state, 'voided')
})
