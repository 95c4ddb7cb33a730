import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Somebody who has no mouse: what they press, and where that leads them. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
await aProduct(world, 'Clay pot', 100_000n, 5, 40_000n)
const pot = (await owner.call('GET /catalog/variants')).body.rows[0] as { sku: string }

/** Goes from one control to the next until the wanted one is reached, as a person does with Tab. */
async function tabTo(person: Person, name: string): Promise<void> {
  const { page } = person
  const met: string[] = []
  for (let presses = 0; presses < 120; presses++) {
    const here = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null
      const labels = (focused as HTMLInputElement | null)?.labels
      return (focused?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? focused?.textContent ?? '').trim()
    })
    if (here.startsWith(name)) return
    met.push(here.slice(0, 30))
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never reaches “${name}”; it met ${[...new Set(met)].join(' | ')}`)
}

test('a whole day at the till by keyboard alone: sign in, open, sell, find the sale, count', async () => {
  const person = await Person.at(browser, server.base, 'keyboard')
  const { page } = person
  await person.go('/sign-in')
  await person.field('field.email').waitFor()
  await tabTo(person, person.word('field.email'))
  await page.keyboard.type('amina@example.com')
  await tabTo(person, person.word('field.password'))
  await page.keyboard.type('correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
  await page.getByText('Ctrl').first().waitFor()

  await page.keyboard.press('Control+k')
  await page.locator('[role=dialog] input:focus').waitFor()
  await page.keyboard.type(person.word('page.sell'))
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/pos/sell')
  await person.field('till.float').waitFor()
  await tabTo(person, person.word('till.float'))
  await page.keyboard.type('1000')
  // Enter goes where Tab goes: of the places that a float can come from, to the chosen one.
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('input[type=radio]:focus').isChecked(), true)
  await tabTo(person, person.word('till.openNow'))
  await page.keyboard.press('Enter')

  // The line stands in the basket, and the field listens again: the name alone is on the tile as well.
  const inBasket = async () => {
    await page.locator('aside ol > li').filter({ hasText: 'Clay pot' }).first().waitFor()
    await page.locator('[role=combobox]:focus').waitFor()
  }
  await page.getByText('Clay pot').first().waitFor()
  await page.keyboard.type('2*clay')
  await person.shot('search')
  await page.keyboard.press('Enter')
  await inBasket()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  const sale = (await owner.call('GET /pos/sales')).body.rows[0]
  assert.equal(sale.total, '200000')

  // The next customer's goods are scanned while the change of the last one still stands there: no letter is lost.
  await page.keyboard.type(pot.sku)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await inBasket()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // The dialog that has closed hands the focus back a moment later, and the menu closes; whoever was quicker presses again.
  const item = page.getByRole('menuitem', { name: person.word('till.close') })
  const isFocused = () => item.evaluateAll((all) => all.some((one) => one === document.activeElement))
  while (!(await isFocused())) {
    if ((await item.count()) > 0) {
      await page.keyboard.press('ArrowDown')
      continue
    }
    await tabTo(person, person.word('till.more'))
    await page.keyboard.press('Enter')
    await item.waitFor({ timeout: 3_000 }).catch(() => undefined)
  }
  await page.keyboard.press('Enter')
  await page.waitForURL('**/close')
  await person.button('till.typeAmount').waitFor()
  await tabTo(person, person.word('till.typeAmount'))
  await page.keyboard.press('Enter')
  await tabTo(person, person.word('field.counted'))
  await page.keyboard.type('4000')
  await tabTo(person, person.word('till.close'))
  await page.keyboard.press('Enter')
  // The button behind the question bears the same name: the question has to hold the focus first.
  await page.locator('[role=dialog] :focus').waitFor()
  await tabTo(person, person.word('till.close'))
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/pos/shifts/${sale.shift}`)
  const { row } = (await owner.call(`GET /pos/shifts/${sale.shift}`)).body
  assert.deepEqual([row.state, row.variance], ['closed', '0'])

  // The list of sales: into the rows, to the sale, and back to the menu.
  await page.getByText('Ctrl').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.locator('[role=dialog] input:focus').waitFor()
  // The page behind is still settling, and takes no letter of it.
  await page.keyboard.type(sale.number)
  await page.getByRole('option').filter({ hasText: sale.number }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/pos/sales/${sale.id}`)
  await page.getByText('Clay pot').first().waitFor()
  await person.shot('sale')
  person.isUntroubled()
})

test('a page that settles takes no letter from the window above it; Escape hands the focus back', async () => {
  const person = await Person.at(browser, server.base, 'above', { cookie: world.cookie })
  const { page } = person
  await person.go('/roles')
  await person.button('roles.new').focus()
  await page.keyboard.press('Control+k')
  const asked = page.locator('[role=dialog] input:focus')
  await asked.waitFor()
  await page.keyboard.type('jour')
  await page.evaluate(() => document.getElementById('content')!.focus())
  await page.keyboard.type('nal')
  assert.equal(await asked.inputValue(), 'journal')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator(':focus', { hasText: person.word('roles.new') }).waitFor()
  person.isUntroubled()
})

test('Enter takes what was typed in a list, and sends nothing', async () => {
  const person = await Person.at(browser, server.base, 'lists', { cookie: world.cookie })
  const { page } = person
  await person.go('/users/invite')
  await person.field('field.name').fill('Njeri')
  await person.field('field.email').fill('njeri@example.com')
  const role = page.getByRole('combobox', { name: person.word('field.role') })
  await role.click()
  // What stands there is marked: typing replaces it.
  await page.keyboard.type('acc')
  await page.keyboard.press('Enter')
  assert.equal(await role.inputValue(), 'Accountant')
  await role.click()
  await page.keyboard.type('zebra')
  await person.says(person.word('list.nothingFound'))
  await page.keyboard.press('Enter')
  assert.equal(await role.inputValue(), 'zebra')
  await page.keyboard.press('Tab')
  await person.says(person.word('form.notInList', { text: 'zebra' }))
  assert.equal(await role.inputValue(), 'Accountant')
  // Whoever goes straight to the button means what they typed.
  await role.click()
  await page.keyboard.type('cash')
  await page.keyboard.press('Tab')
  assert.equal(await role.inputValue(), 'Cashier')
  await role.click()
  await page.keyboard.type('acc')
  assert.deepEqual((await owner.call('GET /invitations')).body.rows, [])
  await person.button('users.makeLink').click()
  await person.button('users.inviteAnother').waitFor()
  assert.deepEqual(
    (await owner.call('GET /invitations')).body.rows.map((row: { roles: { role: string }[] }) =>
      row.roles.map((one) => one.role),
    ),
    [['accountant']],
  )

  // A list that is asked for by what is typed: Enter waits for the answer.
  await owner.call('POST /parties', { id: newId(), kind: 'organization', name: 'Zawadi Traders', roles: ['supplier'] })
  await owner.call('POST /parties', { id: newId(), kind: 'organization', name: 'Baraka Foods', roles: ['supplier'] })
  await person.go('/inventory/receive')
  const supplier = page.getByRole('combobox', { name: person.word('field.supplier') })
  await supplier.click()
  await page.keyboard.type('zawadi')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((one) => one.value === 'Zawadi Traders'))
  person.isUntroubled()
})

for (const [path, opener] of [
  ['/roles', 'roles.new'],
  ['/api-keys', 'apiKeys.make'],
  ['/profile', 'factor.addApp'],
  [`/inventory/stock/${(await owner.call('GET /catalog/variants')).body.rows[0].id}`, 'stock.putAside'],
] as const)
  test(`${opener}: a window that closes hands the focus back to what opened it`, async () => {
    const person = await Person.at(browser, server.base, opener, { cookie: world.cookie })
    const { page } = person
    await person.go(path)
    await person.button(opener).press('Enter')
    await page.locator('[role=dialog] :focus').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator(':focus', { hasText: person.word(opener) }).waitFor()
    person.isUntroubled()
  })
