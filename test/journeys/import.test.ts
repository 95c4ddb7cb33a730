import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** A file that leaves something open: the person is asked, decides, and gets what was meant. */
const browser = await aBrowser()
const world = await aCompany()
const server = await aServer(world.url)

const CSV = ['Title;SKU;Price;Image', 'شاي;T1;1,250;x', 'قهوة;T2;3;', 'سكر أبيض;T3;2;'].join('\r\n')

test('[N1] [F1] what a file leaves open is asked and decided on the page', async () => {
  const person = await Person.at(browser, server.base, 'import', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/catalog.product')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'prices.csv', mimeType: 'text/csv', buffer: iconv.encode(CSV, 'win1256') })
  await page.getByText('شاي').first().waitFor()
  await person.isAccessible('the columns')
  await person.shot('columns')
  await person.button('import.check').click()
  await person.button('import.checkAgain').waitFor()
  await person.isAccessible('the decisions')
  await person.shot('decisions')
  await page.getByRole('combobox').first().click()
  await page.getByRole('option', { name: '1250', exact: true }).click()
  await person.button('import.checkAgain').click()
  await person.counted('import.apply', 3).waitFor()
  await person.shot('decided')
  await person.counted('import.apply', 3).click()
  await person.button('import.undo').first().click()
  await page.getByRole('dialog').getByRole('button').last().click()
  await page.getByText(person.word('import.undoneAll')).waitFor()
  assert.deepEqual(person.troubles, [])
})
