import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { onEnd } from '../end.ts'
import type { Browser } from 'playwright-core'
import { newId } from '#kit/id.ts'
import { expectSetupCode } from '#modules/setup/index.ts'
import { server as postgres } from '../harness.ts'
import { aServer, type TestServer } from '../server.ts'
import { cloneTemplate, dropClone } from '../template.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** A shop's first day, by hand, in the real browser: nothing is prepared but the program itself. */
const browser = await aBrowser()
const CODE = '4711-0815'
const CSV = [
  'Handle,Title,Vendor,Type,Variant SKU,Variant Price,Variant Barcode,Cost per item',
  'pot,Clay pot,Kisumu Clay,Outdoor,POT,999.00,6291041500213,400.00',
  'lamp,Desk lamp,Umeme,Lighting,LAMP,4500.00,6161000000019,2500.00',
  'shirt,Cotton shirt,Rivatex,Clothes,SHIRT,1500.00,6161000000026,800.00',
].join('\r\n')

async function aFreshServer(): Promise<TestServer> {
  const name = `t_${newId().replaceAll('-', '')}`
  const url = await cloneTemplate(postgres(), name)
  onEnd(() => dropClone(postgres(), name))
  const server = await aServer(url)
  expectSetupCode(server.database, CODE)
  return server
}

/** First run: code, company, store, owner. */
async function setUp(person: Person): Promise<void> {
  const { page } = person
  await person.go('/')
  await person.field('field.setupCode').fill(CODE)
  await person.shot('set-up')
  await page.keyboard.press('Enter')
  await person.field('field.companyName').fill('Baraka Stores')
  await person.isAccessible('the company step')
  await person.shot('company')
  await page.keyboard.press('Enter')
  await person.field('field.storeName').fill('Moi Avenue')
  await page.keyboard.press('Enter')
  // What stands on papers may be left out with one press; going back, it is filled in.
  await person.heading('setup.papers.title').waitFor()
  await person.button('setup.skip').click()
  await person.field('field.yourName').waitFor()
  await person.button('common.back').click()
  // Both are looked at here, not when all is sent.
  await person.field('field.taxNumber').fill('P05123456X')
  await person.field('company.receiptNote').click()
  await person.says(/P051234567X/)
  assert.equal(await person.button('common.next').isDisabled(), true)
  await person.field('field.taxNumber').fill('P051234567X')
  const text = { name: 'price list.png', mimeType: 'image/png', buffer: Buffer.from('Clay pot, 850') }
  await page.locator('input[type=file]').setInputFiles(text)
  await page.getByRole('alert').filter({ hasText: /JPEG/ }).waitFor()
  assert.equal(await page.getByText('price list.png').count(), 0)
  await person.field('company.receiptNote').fill('Back within 14 days')
  const logo = await sharp({ create: { width: 300, height: 120, channels: 3, background: '#18766f' } })
    .png()
    .toBuffer()
  await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo })
  await person.says('logo.png')
  await person.isAccessible('the step of papers')
  await person.shot('papers')
  await person.button('common.next').click()
  await person.field('field.yourName').fill('Amina Otieno')
  await person.field('field.email').fill('amina@example.com')
  await person.field('field.password').fill('correct horse battery staple')
  await person.shot('owner')
  await page.keyboard.press('Enter')
  await person.heading('setup.doneTitle').waitFor()
  const { company } = await page.evaluate(async () => (await fetch('/api/session')).json())
  assert.deepEqual([company.taxNumber, company.receiptNote], ['P051234567X', 'Back within 14 days'])
  assert.ok(company.logo, 'the logo was sent once there was somebody to send it')
  await person.shot('ready')
  await person.isAccessible('the end of the set-up')
}

const cookieOf = async (person: Person) => (await person.context.cookies()).find((one) => one.name === '__Host-duka')!.value

async function sell(person: Person): Promise<void> {
  const { page } = person
  await person.go('/pos/sell')
  await person.field('till.float').fill('5000')
  await person.shot('float')
  await person.button('till.openNow').click()
  await page.getByText('Clay pot').first().waitFor()
  await person.isAccessible('the till')
  await person.fits('the till')
  await person.shot('till')
  // A scanner types fast and ends with Enter; the third article is searched for.
  await page.keyboard.type('6291041500213')
  await page.keyboard.press('Enter')
  await page.keyboard.type('2*6161000000019')
  await page.keyboard.press('Enter')
  await page.keyboard.type('shirt')
  await page.keyboard.press('Enter')
  await person.shot('basket')
  await page.getByText('Cotton shirt').nth(1).waitFor({ state: 'attached' })
}

/** Cash, exact: Enter asks for payment, Enter pays, Enter is ready for the next customer. */
async function payCash(person: Person): Promise<void> {
  const { page } = person
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await person.isAccessible('the payment')
  await person.shot('payment')
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  await person.shot('paid')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function closeTill(person: Person, shift: string): Promise<void> {
  const { page } = person
  await person.go(`/pos/shifts/${shift}/close`)
  await person.button('till.typeAmount').click()
  await person.field('field.counted').fill('16450')
  await person.isAccessible('the count')
  await person.shot('count')
  await person.button('till.close').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('till.close') })
    .click()
  await page.waitForURL(`**/pos/shifts/${shift}`)
  await person.says(person.word('field.variance'))
  await person.shot('closed')
}

async function importProducts(person: Person): Promise<void> {
  const { page } = person
  await person.go('/import/catalog.product')
  const file = { name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }
  await page.locator('input[type=file]').setInputFiles(file)
  await person.button('import.check').waitFor()
  await person.isAccessible('the columns')
  await person.shot('columns')
  await person.button('import.check').click()
  await person.counted('import.apply', 3).waitFor()
  await person.isAccessible('the dry run')
  await person.shot('dry-run')
  await person.counted('import.apply', 3).click()
  await person.button('import.undo').waitFor()
  await person.shot('imported')
}

async function takeInStock(person: Person): Promise<void> {
  const { page } = person
  await person.go('/inventory/receive')
  await page.getByText(person.word('goods.source.opening')).click()
  await person.button('goods.all').click()
  for (const name of ['Clay pot', 'Cotton shirt', 'Desk lamp'])
    await page
      .getByRole('textbox', { name: new RegExp(name) })
      .first()
      .fill('10')
  await person.isAccessible('receiving')
  await person.fits('receiving')
  await person.shot('receive')
  await person.button('goods.review').click()
  await person.button('goods.receiptPost').click()
  await page.waitForURL('**/inventory/documents/*')
  await person.says(/GRN-/)
  await person.shot('received')
}

/** The whole day, and what must be true afterwards. */
async function aDay(device: Device, name: string): Promise<void> {
  const server = await aFreshServer()
  const person = await Person.at(browser as Browser, server.base, name, device)
  await setUp(person)
  const owner = server.client(await cookieOf(person))
  await importProducts(person)
  await takeInStock(person)
  await sell(person)
  await payCash(person)

  const sale = (await owner.call('GET /pos/sales')).body.rows[0]
  assert.deepEqual([sale.total, sale.number.startsWith('S1T1-')], ['1149900', true])
  await person.go(`/pos/sales/${sale.id}`)
  await person.page.getByText('Desk lamp').first().waitFor()
  await person.isAccessible('the sale')
  await person.fits('the sale')
  await person.shot('sale')
  const receipt = await owner.call(`GET /pos/sales/${sale.id}/receipt.pdf`)
  assert.equal(receipt.status, 200)

  await closeTill(person, sale.shift)
  const { row } = (await owner.call(`GET /pos/shifts/${sale.shift}`)).body
  assert.deepEqual([row.state, row.expected, row.counted, row.variance], ['closed', '1649900', '1645000', '-4900'])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  const commands = (await owner.call('GET /audit', { limit: '100' })).body.rows.map((entry: { command: string }) => entry.command)
  for (const command of ['setup.setUp', 'inventory.document.receiveNew', 'pos.openShift', 'pos.completeSale', 'pos.closeShift'])
    assert.ok(commands.includes(command), command)
  person.isUntroubled()
}

test('the first day of a shop: set up, import, stock, sale, receipt, count', () => aDay({}, 'first-day'))
test('whoever changes the language on the way gets all that the set-up names in that of its end', async () => {
  const server = await aFreshServer()
  const person = await Person.at(browser as Browser, server.base, 'set-up-language')
  const { page } = person
  await person.go('/')
  await person.field('field.setupCode').fill(CODE)
  await page.keyboard.press('Enter')
  await person.field('field.companyName').fill('Baraka Stores')
  await page.keyboard.press('Enter')
  await person.field('field.storeName').fill('Moi Avenue')
  await page.getByRole('button', { name: 'Kiswahili' }).click()
  await page.locator('input[value="Kaunta 1"]').waitFor()
  assert.equal(await page.locator('input[value="Moi Avenue"]').count(), 1)
  const reader = person.reading('sw')
  await reader.button('common.next').click()
  await reader.button('setup.skip').click()
  await reader.field('field.yourName').fill('Amina Otieno')
  await reader.field('field.email').fill('amina@example.com')
  await reader.field('field.password').fill('correct horse battery staple')
  await page.keyboard.press('Enter')
  await reader.heading('setup.doneTitle').waitFor()
  const owner = server.client(await cookieOf(person))
  assert.equal((await owner.call('GET /session')).body.company.locale, 'sw')
  assert.equal((await owner.call('GET /pos/tills')).body.rows[0].name, 'Kaunta 1')
  reader.isUntroubled()
})
test('the same in Arabic, from right to left', () => aDay({ language: 'ar' }, 'first-day-arabic'))
test('the same on a phone, in the dark, in Swahili', () =>
  aDay({ language: 'sw', width: 390, height: 844, scheme: 'dark' }, 'first-day-phone'))
