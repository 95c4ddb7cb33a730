import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** Quick keys: arranged at the till by whoever may, touched by everybody. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const cashier = server.client()
await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
const NAMES = [
  'Tea',
  'Milk',
  'Bread',
  'Sugar',
  'Rice',
  'Salt',
  'Soap',
  'Matches',
  'Candles',
  'Eggs',
  'Flour',
  'Oil',
  'Maize',
  'Beans',
  'Water',
  'Soda',
  'Juice',
  'Yoghurt',
]
const variants: string[] = []
for (const name of NAMES) variants.push((await aProduct(world, name, 500n, 20, 100n, { taxed: false })).variant)
await anOpenTill(world)
const at = async (name: string, device: Device = {}) => {
  const person = await Person.at(browser, server.base, name, { cookie: world.cookie, ...device })
  await person.go('/pos/sell')
  return person
}
const dialog = (person: Person) => person.page.getByRole('dialog')

test('a board is made at the till: articles by search, in another order by button and by mouse, with a label and a colour', async () => {
  const person = await at('quick-edit')
  const { page } = person
  await person.button('quick.arrange').click()
  const window = dialog(person)
  await window.getByLabel(person.word('quick.boardName')).fill('Breakfast')
  const search = window.getByLabel(person.word('quick.add'))
  for (const name of ['Tea', 'Milk', 'Bread']) {
    await search.fill(name)
    await page.keyboard.press('Enter')
  }
  await window.getByRole('button', { name: person.word('quick.up', { name: 'Milk' }) }).click()
  const rows = window.locator('ol li')
  const names = async () => (await rows.locator('span[dir=auto]').allTextContents()).join(' ')
  assert.equal(await names(), 'Milk Tea Bread')
  // The handle takes the last one to the top.
  const [from, to] = [await rows.nth(2).locator('button').first().boundingBox(), await rows.nth(0).boundingBox()]
  await page.mouse.move(from!.x + 10, from!.y + 10)
  await page.mouse.down()
  await page.mouse.move(from!.x + 10, to!.y + to!.height / 2, { steps: 8 })
  await page.mouse.up()
  assert.equal(await names(), 'Bread Milk Tea')
  await window.getByLabel(person.word('quick.label', { name: 'Milk' })).fill('Maziwa')
  await window.getByRole('button', { name: person.word('quick.colour', { name: 'Milk' }) }).click()
  await page.getByRole('menuitem', { name: person.word('quick.colour.teal') }).click()
  await person.shot('editing')
  await person.isAccessible('the quick keys')
  await person.button('action.save').click()
  await window.waitFor({ state: 'detached' })
  const board = page.getByRole('listbox', { name: 'Breakfast' })
  await board.waitFor()
  assert.deepEqual(await board.getByRole('option').locator('span[dir=auto]').allTextContents(), ['Bread', 'Maziwa', 'Tea'])
  await board.getByText('Maziwa').click()
  await page.locator('aside li').getByText('Milk').waitFor()
  await person.shot('made')
  person.isUntroubled()
})

test('a small till shows fifteen keys without scrolling; whoever only sells has no way to arrange them', async () => {
  const keys = variants
    .slice(0, 15)
    .map((variant, index) => ({ variant, colour: ['plain', 'teal', 'green', 'amber', 'red'][index % 5] }))
  const made = { id: newId(), place: world.place, name: 'Daily', version: 0, keys }
  assert.equal((await owner.call('POST /pos/quick-boards', made)).status, 201)
  await cashier.call('POST /profile', { name: 'Juma', locale: 'ar' })
  for (const [name, device] of [
    ['quick-small', { width: 1024, height: 600 }],
    ['quick-arabic', { width: 1024, height: 600, language: 'ar', scheme: 'dark' }],
    ['quick-phone', { width: 390, height: 844, language: 'ar' }],
  ] as const) {
    const isCashier = 'language' in device
    const person = await at(name, { ...device, ...(isCashier && { cookie: cashier.cookie }) })
    const { page } = person
    if (isCashier)
      await page
        .getByRole('button', { name: /Amina Owner/ })
        .last()
        .click()
    await page.getByRole('button', { name: 'Daily', exact: true }).click()
    const board = page.getByRole('listbox', { name: 'Daily' })
    await board.waitFor()
    assert.equal(await person.button('quick.arrange').count(), isCashier ? 0 : 1)
    await person.shot('board')
    await person.isAccessible('the quick keys')
    const boxes = await board.getByRole('option').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))
    assert.equal(boxes.length, 15)
    assert.ok(
      boxes.every((box) => box.height >= 44 && box.width >= 44),
      'each can be touched',
    )
    if (device.width > 600)
      assert.ok(
        boxes.every((box) => box.bottom <= device.height),
        'all are in view',
      )
    person.isUntroubled()
  }
})
