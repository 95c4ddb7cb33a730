import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer, until } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Papers that move goods and money: nothing is posted by Enter, what will come of it is seen before, long ones stay usable. */
const browser = await aBrowser()

async function aShop() {
  const world = await aCompany()
  const server = await aServer(world.url)
  const owner = server.client(world.cookie)
  const documents = async () => (await owner.call('GET /inventory/documents')).body.rows as { kind: string; value: string }[]
  return { world, server, owner, documents }
}

async function manyProducts(world: Awaited<ReturnType<typeof aCompany>>, count: number): Promise<void> {
  const classes = await world.database.db.selectFrom('catalogTaxClass').select('id').executeTakeFirstOrThrow()
  const unit = await world.database.db.selectFrom('catalogUnit').select('id').executeTakeFirstOrThrow()
  for (let n = 1; n <= count; n++)
    await createProduct(world.ctx(), {
      id: newId(),
      name: `Article ${String(n).padStart(3, '0')}`,
      kind: 'stocked',
      taxClass: classes.id,
      unit: unit.id,
      variants: [{ id: newId(), price: '1000', cost: '400' }],
    } as never)
}

test('[W3] a receipt by keyboard: Enter goes from cell to cell, stays in the last one, and posts nothing', async () => {
  const { world, server, documents } = await aShop()
  await manyProducts(world, 3)
  const before = (await documents()).length
  const person = await Person.at(browser, server.base, 'papers-receipt', { cookie: world.cookie })
  const { page } = person
  await person.go('/inventory/receive')
  await page.getByText(person.word('goods.source.opening')).click()
  await person.button('goods.all').click()
  const cell = (key: string, name: string) => page.getByLabel(person.word(key, { name }), { exact: true })
  const isFocused = (key: string, name: string) =>
    cell(key, name).evaluate((one) => one.ownerDocument.activeElement === one, undefined, { timeout: 5_000 })
  await cell('goods.quantityOf', 'Article 001').click()
  for (const [name, quantity, cost] of [
    ['Article 001', '10', '4'],
    ['Article 002', '20', '5'],
    ['Article 003', '30', '6'],
  ] as const) {
    assert.ok(await isFocused('goods.quantityOf', name), `the quantity of ${name} has the focus`)
    await page.keyboard.type(quantity)
    await page.keyboard.press('Enter')
    assert.ok(await isFocused('goods.costOf', name), `the cost of ${name} has the focus`)
    await page.keyboard.type(cost)
    await page.keyboard.press('Enter')
  }
  assert.ok(await isFocused('goods.costOf', 'Article 003'), 'the last cell stays')
  await page.keyboard.press('ArrowUp')
  assert.ok(await isFocused('goods.costOf', 'Article 002'), 'up goes to the same cell of the line above')
  assert.equal((await documents()).length, before, 'Enter posted nothing')
  assert.equal(await page.getByRole('dialog').count(), 0)

  await person.button('goods.review').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Article 003').waitFor()
  await person.shot('review')
  await person.isAccessible('the review of a receipt')
  assert.deepEqual((await dialog.locator('tfoot td').allInnerTexts()).filter(Boolean), ['320.00', '320.00'])
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.equal((await documents()).length, before, 'the way back has the focus')
  await person.button('goods.review').click()
  await dialog.getByRole('button', { name: person.word('goods.receiptPost') }).click()
  await page.waitForURL('**/inventory/documents/*')
  assert.equal((await documents())[0]!.value, '32000')
  person.isUntroubled()
})

test('a scanner on a page that has just opened: fast scans keep their order, and what is not known stays in sight', async () => {
  const { world, server, owner } = await aShop()
  for (const name of ['Clay pot', 'Oil lamp']) await aProduct(world, name, 10_000n, 5, 4_000n)
  const skus = Object.fromEntries(
    ((await owner.call('GET /catalog/variants')).body.rows as { name: string; sku: string }[]).map((one) => [one.name, one.sku]),
  )
  const person = await Person.at(browser, server.base, 'papers-scanner', { cookie: world.cookie })
  const { page } = person
  // The first answer comes when all has been scanned.
  const all = Promise.withResolvers<void>()
  await page.route('**/api/inventory/goods?*', async (route) => {
    await all.promise
    await route.continue()
  })
  await person.go('/inventory/receive')
  const search = person.field('finder.search')
  await search.waitFor()
  for (const code of [skus['Clay pot'], skus['Oil lamp'], 'NOBODY-1', skus['Clay pot'], 'NOBODY-2', skus['Clay pot']]) {
    await page.keyboard.type(code!)
    await page.keyboard.press('Enter')
  }
  // Scanners that send one Enter too many stay here as well.
  await page.keyboard.press('Enter')
  assert.equal(await search.inputValue(), '')
  all.resolve()
  for (const code of ['NOBODY-1', 'NOBODY-2']) await person.says(person.word('finder.unknown', { code }))
  const cell = (key: string, name: string) => page.getByLabel(person.word(key, { name }), { exact: true })
  await until(
    () => cell('goods.quantityOf', 'Clay pot').inputValue(),
    (value) => value === '3',
  )
  assert.equal(await cell('goods.quantityOf', 'Oil lamp').inputValue(), '1')
  assert.ok(await search.evaluate((one) => one === document.activeElement))
  await person.shot('unknown')
  await person.isAccessible('goods that are not known')
  await person.button('common.close').click()
  await page.getByRole('alert').waitFor({ state: 'detached' })

  // Nothing has the focus any more: the next scan finds its field all the same.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.type(skus['Oil lamp']!)
  await page.keyboard.press('Enter')
  await until(
    () => cell('goods.quantityOf', 'Oil lamp').inputValue(),
    (value) => value === '2',
  )

  // What can't be taken is told at its field when that is left, and the button says that there is something.
  const [pots, cost] = [cell('goods.quantityOf', 'Clay pot'), cell('goods.costOf', 'Clay pot')]
  for (const [field, typed, said, facts] of [
    [pots, '1000000000000', 'invalid.outOfRange', {}],
    [pots, '0', 'invalid.zero', {}],
    [pots, '-2', 'invalid.too_small.bigint', { n: '0' }],
    [pots, '1e3', 'invalid.number', {}],
    [cost, '1850.555', 'invalid.tooFine', { n: '2' }],
    [cost, 'abc', 'invalid.number', {}],
  ] as const) {
    const before = await field.inputValue()
    await field.fill(typed)
    await field.press('Tab')
    await person.says(person.word(said, facts))
    await person.says(person.word('goods.missing.line'))
    assert.equal(await field.inputValue(), typed, 'it stands there as it was typed')
    assert.equal(await person.button('goods.review').isDisabled(), true)
    await field.fill(before)
  }
  await person.shot('faults')
  await person.button('goods.review').click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.waitForFunction((one) => one === document.activeElement, await person.button('goods.review').elementHandle())
  person.isUntroubled()
})

test('[M1] [W3] a count: 20 are sold between counting and posting; the review says so, and the shelf holds 80', async () => {
  const { world, server, owner, documents } = await aShop()
  const pot = await aProduct(world, 'Clay pot', 10_000n, 100, 4_000n, { taxed: false })
  await anOpenTill(world)
  const person = await Person.at(browser, server.base, 'papers-count', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`)
  })
  const { id } = (await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'everything', lines: [] }))
    .body
  await person.go(`/inventory/stock-counts/${id}`)
  await person.button('verb.inventory.stockCount.start').tap()
  await page.getByRole('link', { name: person.word('stockCount.count'), exact: true }).tap()
  await person.field('finder.search').fill('Clay')
  await page.getByRole('option').filter({ hasText: 'Clay pot' }).tap()
  const box = page.getByLabel(`${person.word('field.counted')}: Clay pot`, { exact: true })
  await box.fill('100')
  await page.keyboard.press('Enter')
  await person.says(person.word('stockCount.progress', { n: '1', of: '1' }))
  const before = (await documents()).length
  // The moment of a count is told in seconds where clocks differ; a sale of the next second is after it.
  await page.waitForFunction((until) => Date.now() > until, Date.now() + 1_100)
  const cash = ((await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]).find(
    (one) => one.kind === 'cash',
  )!.id
  const sold = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: pot.variant, quantity: '20000000', listPrice: pot.price }],
    total: '200000',
    tenders: [{ method: cash, given: '200000' }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  assert.equal((await documents()).length, before, 'Enter posted nothing')
  await page.getByRole('link', { name: person.word('stockCount.done'), exact: true }).tap()
  const dialog = page.getByRole('dialog')
  await person.button('verb.inventory.stockCount.review').tap()
  await dialog.getByRole('button', { name: person.word('verb.inventory.stockCount.review') }).tap()
  await person.says(person.word('goods.noDifference'))
  await page.getByText(person.word('stockCount.show.all', { n: '1' })).tap()
  await person.says(new RegExp(`${person.word('goods.leftSince')} 20`))
  await person.shot('review')
  await person.isAccessible('the review of a count')
  await person.fits('the review of a count')
  await person.button('verb.inventory.stockCount.post').tap()
  await dialog.getByRole('button', { name: person.word('verb.inventory.stockCount.post') }).tap()
  await person.says(person.word('state.inventory.stockCount.state.posted'))
  const { rows } = await world.database.pool.query<{ n: bigint }>('select sum(on_hand)::bigint as n from inventory_balance')
  assert.equal(rows[0]!.n, 80_000_000n)
  assert.equal((await documents())[0]!.value, '0')
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual(refused, [], 'nothing was asked about a paper without lines')
  person.isUntroubled()
})

test('[W4] 500 articles on one paper: few are in the page, the button stays in view, the frame stays whatever is scrolled', async () => {
  const { world, server, owner } = await aShop()
  await manyProducts(world, 500)
  const { id } = (await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'everything', lines: [] }))
    .body
  await owner.call(`POST /inventory/stock-counts/${id}/start`)
  const person = await Person.at(browser, server.base, 'papers-long', { cookie: world.cookie })
  const { page } = person
  for (const path of ['/inventory/receive', `/inventory/stock-counts/${id}/count`]) {
    const isPaper = path === '/inventory/receive'
    await person.go(path)
    if (isPaper) await person.button('goods.all').click()
    await page.getByText('Article 001').first().waitFor()
    assert.ok((await page.getByRole('listitem').filter({ hasText: 'Article' }).count()) < 60, 'all lines are in the page')
    await page.mouse.move(720, 500)
    for (let turns = 0; turns < 12; turns++) await page.mouse.wheel(0, 4_000)
    await page.getByText('Article 500').first().waitFor()
    await person.shot('end')
    const frame = await page.evaluate(() => ({
      pushed: Math.round(document.scrollingElement!.scrollTop),
      long: document.documentElement.scrollHeight - innerHeight,
    }))
    assert.deepEqual(frame, { pushed: 0, long: 0 })
    for (const one of [page.getByRole('banner'), ...(isPaper ? [person.button('goods.review')] : [])]) {
      const box = (await one.boundingBox())!
      assert.ok(box.y >= 0 && box.y + box.height <= 900, `${path}: out of view at ${box.y}`)
    }
    // From the first cell to one that is not in the page yet, by keys alone.
    const first = page.getByRole('textbox', { name: /Article 500/ }).first()
    await first.focus()
    await page.keyboard.press('ArrowUp')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.includes('Article 499'))
  }
  person.isUntroubled()
})

test('[W3] a journal entry: Enter in the day, the text and the amounts posts nothing, nor does Ctrl Enter before the review', async () => {
  const { world, server, owner } = await aShop()
  const person = await Person.at(browser, server.base, 'papers-journal', { cookie: world.cookie })
  const { page } = person
  await person.go('/journals/new')
  await person.field('entry.memo').fill('Rent of November')
  await page.keyboard.press('Enter')
  const line = (n: number) => page.locator(`[data-line="${n}"]`)
  for (const [n, account, side] of [
    [0, '3000', 'books.debit'],
    [1, '2010', 'books.credit'],
  ] as const) {
    await line(n).getByRole('combobox').first().fill(account)
    await page.keyboard.press('Enter')
    await line(n).getByLabel(person.word(side)).fill('12000')
  }
  // A day that there is none of is told beside it, and nothing is posted on it.
  const day = person.field('field.businessDay')
  const today = await day.inputValue()
  await day.fill('31/02/2026')
  await day.press('Tab')
  await person.says(person.word('day.none'))
  assert.equal(await person.button('lines.review').isDisabled(), true)
  await day.fill(today)
  await day.press('Enter')
  await line(1).getByLabel(person.word('books.credit')).press('Control+Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('12,000.00').first().waitFor()
  const [date, month, year] = today.split('/')
  const written = new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(new Date(`${year}-${month}-${date}T12:00:00Z`))
  await dialog.getByText(`${Number(date)} ${written} ${year}`, { exact: false }).waitFor()
  await dialog.getByText(person.word('books.wholeCompany')).or(dialog.getByText('Main Street')).first().waitFor()
  await person.shot('review')
  await person.isAccessible('the review of an entry')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await owner.call('GET /entries')).body.rows, [])
  // The review is over, and the keys go on where they were.
  const credit = line(1).getByLabel(person.word('books.credit'))
  await page.waitForFunction((one) => one === document.activeElement, await credit.elementHandle())
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction((one) => one === document.activeElement, await credit.elementHandle())
  await page.keyboard.press('Control+Enter')
  await dialog.getByRole('button', { name: person.word('verb.ledger.journal.post') }).click()
  await page.waitForURL((url) => /\/journals\/[0-9a-f-]{36}$/.test(url.pathname))
  assert.equal((await owner.call('GET /entries')).body.rows.length, 1)
  assert.equal((await owner.call('GET /journals')).body.rows.length, 1)
  await person.says(/JV-\d{4}-00001/)
  await person.shot('posted')
  // From the paper itself it is taken back, after a look at what that does.
  await person.button('verb.ledger.journal.reverse').click()
  await dialog.getByLabel(person.word('verb.reason')).fill('Paid by the landlord')
  await dialog.getByRole('button', { name: person.word('lines.review') }).click()
  await dialog.getByText('12,000.00').first().waitFor()
  await dialog.getByRole('button', { name: person.word('verb.ledger.journal.reverse') }).click()
  await person.says(person.word('state.ledger.journal.state.reversed'))
  await person.says(/JV-\d{4}-00002/)
  await person.isAccessible('an entry that was taken back')
  person.isUntroubled()
})

test('a journal entry of 300 lines: only those near the screen are in the page, and Enter leads on past them', async () => {
  const { world, server, owner } = await aShop()
  const lines = Array.from({ length: 300 }, (_, n) => ({ memo: `Line ${n + 1}`, debit: '100' }))
  // Another accountant began it.
  const draft = await owner.call('POST /journals', { businessDay: '2026-06-05', memo: 'Depreciation', lines })
  const person = await Person.at(browser, server.base, 'papers-journal', { cookie: world.cookie })
  const { page } = person
  await person.go('/journals')
  await person.says('Depreciation')
  await person.go(`/journals/${draft.body.id}/edit`)
  await page.locator('[data-line="0"]').waitFor()
  assert.ok(
    (await page.locator('[data-line]').count()) < 80,
    `${await page.locator('[data-line]').count()} lines are in the page`,
  )
  const last = page.locator('[data-line="299"]')
  // Lines are as high as they turn out to be when they come into the page.
  await page.waitForFunction(() => {
    document.querySelector('main')!.scrollTo(0, 1e6)
    return document.querySelector('[data-line="299"]') !== null
  })
  await last.getByLabel(person.word('books.debit')).click()
  await page.keyboard.press('Enter')
  await page.locator('[data-line="300"] input:focus').waitFor()
  await page.locator('[data-line="300"]').getByLabel(person.word('field.memo')).fill('One more')
  await person.shot('journal')
  await person.button('common.save').click()
  await page.waitForURL((url) => url.pathname === `/journals/${draft.body.id}`)
  const kept = (await owner.call(`GET /journals/${draft.body.id}`)).body
  assert.deepEqual([kept.lines.length, kept.lines.at(-1).memo, kept.row.state], [301, 'One more', 'draft'])
  person.isUntroubled()
})

for (const [language, width] of [
  ['en', 1440],
  ['ar', 390],
] as const)
  test(`[W15] the company’s page in ${language} at ${width} asks for tax number, logo and the words on receipts`, async () => {
    const { world, server, owner } = await aShop()
    assert.equal((await owner.call('POST /profile', { name: 'Amina', locale: language })).status, 200)
    const person = await Person.at(browser, server.base, `papers-company-${language}`, {
      cookie: world.cookie,
      language,
      width,
      height: 844,
    })
    const { page } = person
    await person.go('/settings/company')
    await person.field('field.taxNumber').fill('12345')
    await person.field('company.receiptHead').click()
    await person.says(/P051234567X/)
    await person.field('field.taxNumber').fill('P051234567X')
    const text = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }
    await page.locator('input[type=file]').setInputFiles(text)
    await page.getByRole('alert').filter({ hasText: /JPEG/ }).waitFor()
    await person.field('company.receiptHead').fill('Pots since 1998')
    await person.field('company.receiptNote').fill('Back within 14 days')
    const logo = await sharp({ create: { width: 300, height: 120, channels: 3, background: '#18766f' } })
      .png()
      .toBuffer()
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo })
    await page.getByRole('img', { name: person.word('company.logo') }).waitFor()
    // A picture that is kept at once takes away nothing of what is typed meanwhile.
    assert.equal(await person.field('company.receiptHead').inputValue(), 'Pots since 1998')
    await person.isAccessible('the company’s page')
    await person.fits('the company’s page')
    await person.shot('company')
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/company') && answer.request().method() === 'POST')
    await person.button('common.save').click()
    assert.equal((await saved).status(), 200)
    const { company } = (await owner.call('GET /company')).body
    assert.deepEqual(
      [company.taxNumber, company.receiptHead, company.receiptNote],
      ['P051234567X', 'Pots since 1998', 'Back within 14 days'],
    )
    assert.ok(company.logo, 'saving the words leaves the logo')
    await person.button('company.removeLogo').click()
    await page.getByRole('img', { name: person.word('company.logo') }).waitFor({ state: 'detached' })
    person.isUntroubled()
  })

test('“Everything” of more goods than a paper holds: the next paper brings those that did not fit, and no other', async () => {
  const { world, server } = await aShop()
  const pot = await aProduct(world, 'Clay pot', 8_000n)
  await world.database.pool.query(
    `insert into catalog_variant select (jsonb_populate_record(v, jsonb_build_object('id', uuidv7(), 'name', 'Bead ' || n,
       'sku', 'BEAD' || n, 'option_values', array[n::text]))).* from catalog_variant v, generate_series(1001, 2003) n where v.id = $1`,
    [pot.variant],
  )
  const person = await Person.at(browser, server.base, 'papers-rest', { cookie: world.cookie })
  const { page } = person
  const cell = (name: string, key = 'goods.quantityOf') => page.getByLabel(person.word(key, { name }), { exact: true })
  await person.go('/inventory/receive')
  await page.getByText(person.word('goods.source.opening')).click()
  for (const again of [false, true]) {
    await person.button('goods.all').click()
    await person.says(person.word('goods.allCut', { n: '1,000' }))
    await cell('Bead 1001').waitFor()
    // Thrown away, the same goods come again.
    if (!again) await person.button('goods.discard').click()
  }
  await cell('Bead 1001').fill('5')
  await cell('Bead 1001', 'goods.costOf').fill('1')
  await person.button('goods.review').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('goods.receiptPost') })
    .click()
  await page.waitForURL('**/inventory/documents/*')
  await person.go('/inventory/receive')
  await person.button('goods.allNext').click()
  await cell('Bead 2000').waitFor()
  assert.deepEqual(
    await page.getByRole('textbox', { name: /^Quantity of/ }).evaluateAll((all) => all.map((one) => one.ariaLabel)),
    [2000, 2001, 2002, 2003].map((n) => `Quantity of Bead ${n}`),
  )
  await person.button('goods.discard').click()
  await person.button('goods.allAgain').click()
  await person.button('goods.all').click()
  await cell('Bead 1001').waitFor()
  person.isUntroubled()
})

test('an adjustment by touch: the keys of a phone have no minus, so the sign stands beside the number', async () => {
  const { world, server, documents } = await aShop()
  await aProduct(world, 'Clay pot', 8_000n, 5, 4_000n)
  const person = await Person.at(browser, server.base, 'papers-sign', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  await person.go('/inventory/stock')
  await page.getByRole('link', { name: person.word('goods.adjustment') }).tap()
  await page.getByRole('combobox', { name: person.word('field.reason') }).tap()
  await page.getByRole('option').first().tap()
  await person.button('goods.all').tap()
  const field = page.getByRole('textbox', { name: /Clay pot/ })
  const sign = page.getByRole('button', { name: person.word('goods.fewer', { name: 'Clay pot' }) })
  await field.fill('2')
  assert.equal(await sign.getAttribute('aria-pressed'), 'true', 'what is damaged is taken off')
  await sign.tap()
  assert.equal(await sign.getAttribute('aria-pressed'), 'false')
  assert.equal(await field.inputValue(), '2')
  await sign.tap()
  await person.isAccessible('an adjustment on a phone')
  await person.shot('sign')
  await person.button('goods.review').tap()
  await page.getByRole('dialog').getByText(person.word('seed.location.loss')).waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('goods.adjustmentPost') })
    .tap()
  await page.waitForURL('**/inventory/documents/*')
  assert.equal((await documents())[0]!.value, '-8000')
  // From the paper itself it is taken back, after a look at what that does.
  await person.button('goods.reverse').tap()
  await page.getByRole('dialog').getByLabel(person.word('verb.reason')).fill('It was not broken')
  await person.button('lines.review').tap()
  await page.getByRole('dialog').getByText(person.word('seed.location.loss')).waitFor()
  await person.shot('reversal')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('goods.reverse') })
    .tap()
  await person.says(person.word('state.inventory.document.reason.reversal'))
  assert.equal((await documents())[0]!.value, '8000')
  await person.isAccessible('a paper that takes another one back')
  // The way up leads to where one came from.
  await person.go('/inventory/adjust')
  await page
    .getByRole('banner')
    .getByRole('link', { name: person.word('page.stock') })
    .tap()
  await page.waitForURL('**/inventory/stock')
  person.isUntroubled()
})
