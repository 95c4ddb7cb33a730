import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
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
      options: [],
      variants: [{ id: newId(), price: '1000', cost: '400', options: [] }],
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
  assert.deepEqual(
    (await dialog.locator('dd').allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ')),
    ['Ksh 320.00', '-Ksh 320.00'],
  )
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.equal((await documents()).length, before, 'the way back has the focus')
  await person.button('goods.review').click()
  await dialog.getByRole('button', { name: person.word('goods.receiptPost') }).click()
  await page.waitForURL('**/inventory/documents/*')
  assert.equal((await documents())[0]!.value, '32000')
  person.isUntroubled()
})

test('[M1] [W3] a count: 20 are sold between counting and posting; the review says so, and the shelf holds 80', async () => {
  const { world, server, owner, documents } = await aShop()
  const pot = await aProduct(world, 'Clay pot', 10_000n, 100, 4_000n, { taxed: false })
  await anOpenTill(world)
  const person = await Person.at(browser, server.base, 'papers-count', { cookie: world.cookie, width: 390, height: 844 })
  const { page } = person
  await person.go('/inventory/count')
  await person.field('goods.search').fill('Clay')
  await page.getByRole('option').filter({ hasText: 'Clay pot' }).tap()
  const box = page.getByLabel(person.word('goods.quantityOf', { name: 'Clay pot' }), { exact: true })
  await box.fill('100')
  await page.keyboard.press('Enter')
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
  await person.button('goods.review').tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(new RegExp(`${person.word('goods.leftSince')} 20`)).waitFor()
  await person.shot('review')
  await person.isAccessible('the review of a count')
  await dialog.getByRole('button', { name: person.word('goods.countPost') }).tap()
  await page.waitForURL('**/inventory/documents/*')
  const { rows } = await world.database.pool.query<{ n: bigint }>('select sum(on_hand)::bigint as n from inventory_balance')
  assert.equal(rows[0]!.n, 80_000_000n)
  assert.equal((await documents())[0]!.value, '0')
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  person.isUntroubled()
})

test('[W4] 500 articles on one paper: few are in the page, the button stays in view, the frame stays whatever is scrolled', async () => {
  const { world, server } = await aShop()
  await manyProducts(world, 500)
  const person = await Person.at(browser, server.base, 'papers-long', { cookie: world.cookie })
  const { page } = person
  for (const path of ['/inventory/receive', '/inventory/count']) {
    await person.go(path)
    await person.button('goods.all').click()
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
    for (const one of [page.getByRole('banner'), person.button('goods.review')]) {
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
  await person.go('/entries/new')
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
  await person.field('field.businessDay').press('Enter')
  await line(1).getByLabel(person.word('books.credit')).press('Control+Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('12,000.00').first().waitFor()
  await person.shot('review')
  await person.isAccessible('the review of an entry')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await owner.call('GET /entries')).body.rows, [])
  await person.button('goods.review').click()
  await dialog.getByRole('button', { name: person.word('entry.post') }).click()
  await page.waitForURL((url) => /\/entries\/[0-9a-f-]{36}$/.test(url.pathname))
  assert.equal((await owner.call('GET /entries')).body.rows.length, 1)
  person.isUntroubled()
})

test('a journal entry of 300 lines: only those near the screen are in the page, and Enter leads on past them', async () => {
  const { world, server } = await aShop()
  const person = await Person.at(browser, server.base, 'papers-journal', { cookie: world.cookie })
  const { page } = person
  await person.go('/entries/new')
  await person.heading('entry.new').waitFor()
  const lines = Array.from({ length: 300 }, (_, n) => ({
    key: `line-${n}`,
    account: null,
    memo: `Line ${n + 1}`,
    debit: '100',
    credit: null,
    party: null,
  }))
  // A draft of an earlier visit.
  await page.evaluate((draft) => localStorage.setItem('duka.draft.ledger.journal', draft), JSON.stringify({ lines }))
  await page.reload()
  await page.locator('[data-line="0"]').waitFor()
  assert.ok(
    (await page.locator('[data-line]').count()) < 80,
    `${await page.locator('[data-line]').count()} lines are in the page`,
  )
  const last = page.locator('[data-line="299"]')
  // Lines are as high as they turn out to be when they come into the page.
  while ((await last.count()) === 0) await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
  await last.getByLabel(person.word('books.debit')).click()
  await page.keyboard.press('Enter')
  await page.locator('[data-line="300"] input:focus').waitFor()
  await person.shot('journal')
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
    await person.field('field.taxNumber').fill('P051234567X')
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
