import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postEntry } from '#modules/ledger/journal/journal.factory.ts'
import { aProduct, anOpenTill } from '#modules/pos/sale/sale.factory.ts'
import { newId } from '#kit/id.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** What stands around the pages, and what they say about what was typed. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

/** What has room for less than it says, by its text. */
const cut = (person: Person, inside: string) =>
  person.page
    .locator(inside)
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent))

test('[W12] the menu stays where it was scrolled after a reload, and the page that is shown is in view in it', async () => {
  const person = await Person.at(browser, server.base, 'shell-menu', { cookie: world.cookie, width: 1024, height: 360 })
  const { page } = person
  const menu = page.locator('aside .mantine-ScrollArea-viewport')
  const isInView = () =>
    menu.evaluate((one) => {
      const [frame, item] = [one, one.querySelector('[aria-current=page]')!].map((each) => each.getBoundingClientRect())
      return item!.top >= frame!.top - 1 && item!.bottom <= frame!.bottom + 1
    })
  await person.go('/inventory/stock')
  await person.heading('page.stock').waitFor()
  await person.go('/catalog/price-lists')
  await person.heading('entities.catalog.priceList').waitFor()
  await page.waitForFunction(() => document.querySelector('aside .mantine-ScrollArea-viewport')!.scrollTop > 100)
  assert.ok(await isInView(), 'the last items of the menu are shown when their page is')
  const far = await menu.evaluate((one) => one.scrollTop)
  assert.ok(far > 100)
  await page.reload()
  await person.heading('entities.catalog.priceList').waitFor()
  assert.ok(await isInView())
  assert.equal(await menu.evaluate((one) => one.scrollTop), far)
  await person.follow('/inventory/stock')
  await page.waitForFunction(() => {
    const menu = document.querySelector('aside .mantine-ScrollArea-viewport')!
    const item = menu.querySelector('[aria-current=page][href="/inventory/stock"]')?.getBoundingClientRect()
    return item !== undefined && item.top >= menu.getBoundingClientRect().top - 1
  })
  person.isUntroubled()
})

test('what is not saved is asked about before it is lost, and nothing is promised that is not kept', async () => {
  const person = await Person.at(browser, server.base, 'shell-leave', { cookie: world.cookie })
  const { page } = person
  for (const [path, key, said] of [
    ['/settings/numbers', 'numbers.of.sale', 'form.leaveLost'],
    ['/users/invite', 'field.name', 'form.leaveLost'],
    ['/parties/new', 'field.name', 'form.leaveText'],
  ] as const) {
    await person.go(path)
    await person.field(key).fill('R-{YYYY}-{NNNN}')
    await page.locator('aside a:not([aria-current])').first().click()
    await page.getByRole('dialog').getByText(person.word(said)).waitFor()
    await person.button('form.stay').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(await person.field(key).inputValue(), 'R-{YYYY}-{NNNN}')
  }
  person.isUntroubled()
})

test('another message is not shown over words that are not saved before somebody is asked', async () => {
  const person = await Person.at(browser, server.base, 'shell-words', { cookie: world.cookie })
  const { page } = person
  await person.go('/settings/templates')
  await person.field('field.subject').fill('Something of ours')
  await page.getByText('Kiswahili', { exact: true }).click()
  await page.getByRole('dialog').getByText(person.word('form.leaveLost')).waitFor()
  await person.button('form.stay').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await person.field('field.subject').inputValue(), 'Something of ours')
  const which = page.getByRole('combobox', { name: person.word('templates.which') })
  await which.click()
  await page.getByRole('option').last().click()
  await person.button('form.leave').click()
  await page.getByText('Something of ours').waitFor({ state: 'detached' })
  person.isUntroubled()
})

test('[W10] a password that others try first is told as that while it is typed; a refusal goes when something else is typed', async () => {
  const person = await Person.at(browser, server.base, 'shell-password', { cookie: world.cookie })
  await person.go('/profile')
  const box = person.field('field.newPassword')
  await box.fill('password123')
  await person.says(person.word('password.strength.guessed'))
  await person.shot('guessed')
  await box.fill('Baraka Stores 2026')
  await person.says(person.word('password.strength.guessed'))
  await box.fill('seven green lorries at dawn')
  await person.says(person.word('password.strength.4'))
  // What the server says against it stands until something else is typed.
  await person.field('field.currentPassword').fill('not my password')
  await person.page.keyboard.press('Enter')
  const alert = person.page.getByRole('alert')
  await alert.first().waitFor()
  await person.field('field.currentPassword').fill('correct horse battery')
  await alert.first().waitFor({ state: 'detached' })
  person.isUntroubled()
})

test('a note lets through what is clicked beneath it, and only its own button is pressed', async () => {
  const person = await Person.at(browser, server.base, 'shell-note', { cookie: world.cookie, width: 1024, height: 600 })
  const { page } = person
  await person.go('/profile')
  await person.field('field.name').fill('Amina Owner Otieno')
  await person.button('common.save').click()
  const note = page.getByRole('alert').filter({ hasText: person.word('common.saved') })
  await note.waitFor()
  const isHit = (what: ReturnType<typeof note.getByRole>) =>
    what.evaluate((one) => {
      const { left, top, width, height } = one.getBoundingClientRect()
      const found = document.elementFromPoint(left + width / 2, top + height / 2)
      return one.contains(found)
    })
  assert.equal(await isHit(note), false)
  assert.equal(await isHit(note.getByRole('button')), true)
  await note.getByRole('button').click()
  await note.waitFor({ state: 'detached' })
  person.isUntroubled()
})

test('[W7] the journal shows what the customer paid, not the cost of the goods on top', async () => {
  const pot = await aProduct(world, 'Clay pot', 14_600n, 10, 9_480n)
  await anOpenTill(world)
  const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
  const pay = (kind: string) => methods.find((one) => one.kind === kind)!.id
  const sell = async (tenders: object[]) => {
    const { status, body } = await owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
      total: pot.price,
      tenders,
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  await sell([{ method: pay('cash'), given: '14600' }])
  await sell([{ method: pay('card'), given: '14600', reference: '1' }])
  await sell([{ method: pay('mobile'), given: '14600', reference: 'QK1' }])
  const sales = (await owner.call('GET /entries', { documentKind: 'pos.sale' })).body.rows as {
    headline: string
    amount: string
  }[]
  assert.deepEqual(
    sales.map(({ headline, amount }) => [headline, amount]),
    sales.map(() => ['14600', '24080']),
  )
  const person = await Person.at(browser, server.base, 'shell-journal', { cookie: world.cookie })
  await person.go('/entries')
  await person.says(/146\.00/)
  assert.equal(await person.page.getByText(/240\.80/).count(), 0)
  person.isUntroubled()
})

test('[W13] accounts that the company began with are called in the reader’s language: chart, entry, trial balance', async () => {
  const entry = (await owner.call('GET /entries')).body.rows[0].id as string
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'latn' })
  const person = await Person.at(browser, server.base, 'shell-names', { cookie: world.cookie, language: 'ar' })
  for (const [path, key] of [
    ['/accounts', 'seed.account.costOfSales'],
    [`/entries/${entry}`, 'seed.account.costOfSales'],
    ['/trial-balance', 'seed.account.costOfSales'],
    // What the program gives as the reason of an entry is told in words too.
    ['/entries?documentKind=pos.cash', 'till.float'],
  ] as const) {
    await person.go(path)
    await person.says(person.word(key))
    assert.equal(await person.page.getByText('Cost of sales').count(), 0, path)
  }
  // A name of the company's own is nobody's to translate.
  const { id, version } = (await owner.call('GET /accounts', { q: 'Cost of sales' })).body.rows[0] as {
    id: string
    version: number
  }
  const renamed = await owner.call(`PATCH /accounts/${id}`, { name: 'Goods of Amina' }, { 'if-match': `"${version}"` })
  assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
  await person.go('/accounts')
  await person.says('Goods of Amina')
  person.isUntroubled()
})

test('a long amount stands whole in its figure and in the trial balance, on a phone and at the counter', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en', digits: 'latn' })
  const accounts = (await owner.call('GET /accounts')).body.rows as { id: string; part: string }[]
  const of = (part: string) => accounts.find((one) => one.part === part)!.id
  // Until four in the morning it is still yesterday there.
  const today = Temporal.Now.zonedDateTimeISO('Africa/Nairobi').subtract({ hours: 4 }).toPlainDate().toString()
  await postEntry(owner, {
    businessDay: today,
    place: null,
    memo: 'Capital of the founders',
    lines: [
      { account: of('safe'), amount: '12345678950' },
      { account: of('capital'), amount: '-12345678950' },
    ],
  })
  for (const [width, height] of [
    [390, 844],
    [1024, 600],
  ] as const) {
    const person = await Person.at(browser, server.base, `shell-figures-${width}`, { cookie: world.cookie, width, height })
    await person.go(`/accounts/${of('capital')}`)
    const label = person.page.getByText(person.word('account.closing'), { exact: true }).first()
    await person.says(/123,45[67],789\.50/)
    await person.shot('figures')
    const [right, edge] = await label.evaluate((one) => {
      const stat = one.parentElement!
      return [stat.querySelector('bdi')!.getBoundingClientRect().right, stat.getBoundingClientRect().right]
    })
    assert.ok(right! <= edge! - 8, `${right} of ${edge} at ${width}`)
    await person.go('/trial-balance')
    await person.heading('page.trialBalance').waitFor()
    await person.says(/123,45[67],789\.50/)
    assert.deepEqual(await cut(person, 'div:has(> table)'), [], 'nobody has to push the trial balance sideways')
    await person.shot('trial')
    person.isUntroubled()
  }
})

test('no name in the menu or the bar of a phone is cut, in any language', async () => {
  for (const language of ['sw', 'ar'] as const) {
    await owner.call('POST /profile', { name: 'Amina Owner', locale: language })
    const desk = await Person.at(browser, server.base, `shell-names-${language}`, { cookie: world.cookie, language })
    await desk.go('/')
    await desk.page.locator('h1').waitFor()
    for (const path of ['/pos/sales', '/inventory/stock', '/parties', '/accounts', '/users']) {
      await desk.follow(path)
      await desk.page.locator(`aside a[aria-current=page][href="${path}"]`).waitFor()
      assert.deepEqual(await cut(desk, 'aside li a span, aside > button span'), [])
    }
    const phone = await Person.at(browser, server.base, `shell-bar-${language}`, {
      cookie: world.cookie,
      language,
      width: 390,
      height: 844,
    })
    await phone.go('/pos/sales')
    await phone.heading('entities.pos.sale').waitFor()
    assert.deepEqual(await cut(phone, 'nav a span, nav button span'), [])
    await phone.shot('bar')
  }
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en' })
})

test('the program opens without a network where it was opened before', async () => {
  const world = await aCompany()
  const { base } = await aServer(world.url)
  const at = base.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ locale: 'en-KE' })
  try {
    await context.addCookies([
      { name: '__Host-duka', value: world.cookie, url: at.replace('http:', 'https:'), secure: true, httpOnly: true },
    ])
    const page = await context.newPage()
    await page.goto(at)
    await page.getByRole('link', { name: 'Sell', exact: true }).first().waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    await context.setOffline(true)
    await page.reload()
    await page.getByRole('link', { name: 'Sell', exact: true }).first().waitFor()
  } finally {
    await context.close()
  }
})
