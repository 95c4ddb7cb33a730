import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { aBook } from '#kit/server/table/sheet.factory.ts'
import { aCompany } from '../harness.ts'
import { take } from '../importing.ts'
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

test('[F1] letters that could be others as well are asked for, beside what they would be', async () => {
  const person = await Person.at(browser, server.base, 'import-letters', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/catalog.product')
  const buffer = iconv.encode('Name;SKU;Price\nfaçade naïve;PL1;5', 'cp850')
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer })
  await person.says(person.word('import.encodingUnsure'))
  await page.getByText('faáade naãve').first().waitFor()
  await person.isAccessible('the letters')
  await person.shot('letters')
  await page.getByRole('combobox', { name: person.word('import.encoding') }).click()
  await page.getByRole('option', { name: person.word('import.encoding.cp850') }).click()
  await page.getByText('façade naïve').first().waitFor()
  assert.equal(await page.getByText(person.word('import.encodingUnsure')).count(), 0)
  await person.button('import.check').click()
  await person.counted('import.apply', 1).waitFor()
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

test('what a word of a type means is chosen once for all rows', async () => {
  const person = await Person.at(browser, server.base, 'import-words', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/parties.party')
  const content = 'Name,Phone,Type\nAnn,0722000131,Zorro\nBen,0722000132,zorro'
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await person.button('import.check').click()
  await person.button('import.checkAgain').waitFor()
  await person.isAccessible('the words')
  await person.shot('words')
  await page.getByRole('combobox', { name: person.word('import.askNumber', { value: 'Zorro', column: 'Type' }) }).click()
  await page.getByRole('option', { name: 'Supplier' }).click()
  await person.button('import.checkAgain').click()
  await person.counted('import.apply', 2).waitFor()
  assert.deepEqual(person.troubles, [])
})

test('a day that has two readings is asked for with the names of its months', async () => {
  const person = await Person.at(browser, server.base, 'import-days', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/catalog.priceList')
  const content = 'name,validFrom\nSpring,01/02/2027\nSummer,3/6/2027'
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await person.button('import.check').click()
  await person.button('import.checkAgain').waitFor()
  const ask = page.getByRole('combobox', { name: person.word('import.askNumber', { value: '01/02/2027', column: 'validFrom' }) })
  await ask.click()
  await page.getByRole('option', { name: '1 February 2027' }).click()
  await person.button('import.checkAgain').click()
  await person.counted('import.apply', 2).waitFor()
  assert.deepEqual(person.troubles, [])
})

const STOCK = [
  'Title,SKU,Price,Cost,In stock [Far away],Image Src',
  'Tea,Q1,5,3,41,http://example.com/tea.jpg',
  'Mate,Q2,6,,2,',
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
    await page.getByText('43').or(page.getByText('٤٣')).first().waitFor()
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

test('a file of prices is for the list that is chosen on the page, without the rows that its sheet hides', async () => {
  const owner = server.client(world.cookie)
  await owner.call('POST /profile', { name: 'Amina', locale: 'en' })
  await take(owner, 'catalog.product', 'SKU,Title,Price\nH1,Hat,5\nH2,Old hat,4')
  await take(owner, 'catalog.priceList', 'Name\nTrade')
  const book = await aBook([
    {
      rows: [
        ['SKU', 'Price'],
        ['H1', 4],
        ['H2', 3],
      ],
      hidden: [3],
    },
  ])
  const person = await Person.at(browser, server.base, 'import-list', { cookie: world.cookie })
  const { page } = person
  await person.go('/import/catalog.price')
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.locator('input[type=file]').setInputFiles({ name: 'trade.xlsx', mimeType: type, buffer: book })
  await page.getByRole('switch', { name: person.word('import.withoutHidden_one', { n: '1' }) }).focus()
  await page.keyboard.press('Space')
  assert.ok(await person.button('import.check').isDisabled())
  await page.getByRole('combobox', { name: person.word('import.forAll') }).click()
  await page.getByRole('option', { name: 'Trade' }).click()
  await person.isAccessible('the columns with a list for all rows')
  await person.shot('columns')
  await person.button('import.check').click()
  await person.says(person.word('import.hiddenOut_one', { n: '1' }))
  await person.counted('import.apply', 1).click()
  await person.button('import.undo').first().waitFor()
  const { rows } = await world.database.pool.query('select price::text from catalog_price')
  assert.deepEqual(rows, [{ price: '400' }])
  assert.deepEqual(person.troubles, [])
})

test('[W13] why a file is no table is told in the language of whoever chose it', async () => {
  const owner = server.client(world.cookie)
  await owner.call('POST /profile', { name: 'Amina', locale: 'ar' })
  const person = await Person.at(browser, server.base, 'import-refused', { cookie: world.cookie, language: 'ar' })
  const { page } = person
  await person.go('/import/catalog.product')
  for (const [name, content, code] of [
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'oldExcel'],
    ['page.csv', Buffer.from('<!doctype html><table>'), 'noTable'],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: content })
    await person.says(person.word(`table.${code}`))
  }
  // What is found further down, when the file is checked.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(`SKU,Price\n${'A1,5\n'.repeat(20_000)}A\0,5`) })
  await person.button('import.check').click()
  await person.says(person.word('table.nul'))
  await owner.call('POST /profile', { name: 'Amina', locale: 'en' })
  assert.deepEqual(
    person.troubles.filter((one) => !/422/.test(one)),
    [],
  )
})
