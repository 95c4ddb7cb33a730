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

test('[L9] what was asked for is still asked for when something else had to be decided', async () => {
  const person = await Person.at(browser, server.base, 'import-decided', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/catalog.product')
  const content = 'Title;SKU;Price;Stock\nTea;D1;1,250;4\nMate;D2;3;5'
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  const stock = page.getByRole('switch', { name: person.word('import.extra.openingStock') })
  // The switch itself is drawn; its label is what people touch.
  await stock.waitFor({ state: 'attached' })
  await stock.focus()
  await page.keyboard.press('Space')
  await person.button('import.check').click()
  await person.button('import.checkAgain').waitFor()
  await page.getByRole('combobox').first().click()
  await page.getByRole('option', { name: '1250', exact: true }).click()
  await person.button('import.checkAgain').click()
  await person.counted('import.apply', 2).waitFor()
  await person.says(person.word('import.took.stock_other', { n: '2', units: '9' }))
  assert.deepEqual(person.troubles, [])
})

const STOCK = [
  'Title,SKU,Price,Cost,In stock [Far away],Image Src',
  'Tea,Q1,5,3,10,http://example.com/tea.jpg',
  'Mate,Q2,6,,2.5,',
].join('\n')

test('[L9] quantities and pictures are taken when somebody asks for them, with their place', async () => {
  for (const device of [
    { language: 'en', width: 1440, height: 900 },
    { language: 'en', width: 1024, height: 600 },
    { language: 'ar', width: 390, height: 844 },
  ] as const) {
    if (device.language === 'ar')
      await server.client(world.cookie).call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
    const person = await Person.at(browser, server.base, `import-extras-${device.language}-${device.width}`, {
      cookie: world.cookie,
      ...device,
    })
    const { page } = person
    await person.go('/import/catalog.product')
    await page.locator('input[type=file]').setInputFiles({ name: 'stock.csv', mimeType: 'text/csv', buffer: Buffer.from(STOCK) })
    const stock = page.getByRole('switch', { name: person.word('import.extra.openingStock') })
    await stock.waitFor()
    assert.equal(await stock.isChecked(), false, 'off at first')
    await page.keyboard.press('Tab')
    await stock.focus()
    await page.keyboard.press('Space')
    // A place of no name that we know: with one store it is that one, and can be chosen.
    const place = page.getByRole('combobox', { name: person.word('import.extra.openingStock.field').split('{')[0]!.trim() })
    await place.waitFor()
    await page.getByRole('switch', { name: person.word('import.extra.pictures') }).click()
    await place.scrollIntoViewIfNeeded()
    await person.isAccessible('the extras')
    await person.shot('extras')
    await person.button('import.check').click()
    await person.counted('import.apply', 2).waitFor()
    await page.getByText('12.5').or(page.getByText('١٢٫٥')).first().waitFor()
    await person.isAccessible('what would come')
    await person.shot('checked')
    await person.counted('import.apply', 2).click()
    await person.button('import.undo').first().waitFor()
    // The address is not of the kind that is fetched, and the page says so.
    await page.getByText('https://example.com/picture.jpg').first().waitFor()
    await person.shot('applied')
    await person.button('import.undo').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(person.word('import.undoHintStock')).waitFor()
    await person.shot('sure')
    await dialog.getByRole('button').last().click()
    await page.getByText(person.word('import.undoneAll')).waitFor()
    assert.deepEqual(person.troubles, [])
  }
})
