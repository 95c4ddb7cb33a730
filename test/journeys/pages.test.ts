import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { labelsOf } from '#modules/catalog/label/label.rules.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { postEntry } from '#modules/ledger/journal/journal.factory.ts'
import { allCases } from '../cases.ts'
import { aCompany } from '../harness.ts'
import { siteFiles } from '../conformance/site.ts'
import { aServer } from '../server.ts'
import { root } from '../template.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** Every page of the menu, in a company where something has happened: it opens, says something, and axe finds nothing serious. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

const pot = await aProduct(world, 'Clay pot', 99_900n, 5, 40_000n)
await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const sale = newId()
await owner.call('POST /pos/sales', {
  id: sale,
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
  total: pot.price,
  tenders: [{ method: methods.find((one) => one.kind === 'cash')!.id, given: pot.price }],
})
const first = async (path: string) => (await owner.call(`GET ${path}`)).body.rows[0].id as string
const account = await first('/accounts')
const entry = await first('/entries')
const [debit, credit] = ((await owner.call('GET /accounts', { kind: 'expense' })).body.rows as { id: string }[]).map(
  (one) => one.id,
)
const rent = { businessDay: '2026-06-05', memo: 'Rent', lines: [{ account: debit, debit: '700' }] }
const unposted = (await owner.call('POST /journals', rent)).body.id as string
const journal = await postEntry(owner, {
  ...rent,
  lines: [
    { account: debit, amount: '700' },
    { account: credit, amount: '-700' },
  ],
})
const document = await first('/inventory/documents')
const count = (await owner.call('POST /inventory/stock-counts', { location: world.location, covers: 'everything', lines: [] }))
  .body.id as string
await owner.call(`POST /inventory/stock-counts/${count}/start`)
const taxClass = await first('/catalog/tax-classes')
const unit = await first('/catalog/units')
const list = (await owner.call('POST /catalog/price-lists', { name: 'Wholesale', customerGroup: 'wholesale' })).body.id as string
await owner.call('POST /catalog/prices', { priceList: list, variant: pot.variant, minQuantity: '10000000', price: '89900' })

const paths = [
  '/',
  '/help',
  '/pos/sell',
  '/pos/sales',
  '/pos/sale-lines',
  `/pos/sales/${sale}`,
  '/pos/shifts',
  '/inventory/stock',
  `/inventory/stock/${pot.variant}`,
  '/inventory/moves',
  '/inventory/receive',
  '/inventory/stock-counts',
  '/inventory/stock-counts/new',
  `/inventory/stock-counts/${count}`,
  `/inventory/stock-counts/${count}/count`,
  '/inventory/adjust',
  '/inventory/transfer',
  '/inventory/transfers',
  '/inventory/transfers/new',
  '/inventory/transfer-proposals',
  '/sourcing/purchases',
  '/sourcing/purchases/new',
  '/sourcing/proposals',
  '/sourcing/offers',
  '/sourcing/offers/new',
  '/inventory/documents',
  `/inventory/documents/${document}`,
  '/inventory/reorder-levels',
  '/inventory/reorder-levels/new',
  '/inventory/locations',
  '/catalog/products',
  '/catalog/products/new',
  `/catalog/products/${pot.product}`,
  `/catalog/products/${pot.product}/edit`,
  `/catalog/variants/${pot.variant}`,
  '/catalog/categories/new',
  `/catalog/labels?${new URLSearchParams(labelsOf([{ variant: pot.variant, count: 3 }]).search)}`,
  '/catalog/price-lists',
  '/catalog/labels',
  `/catalog/price-lists/${list}`,
  `/catalog/prices/new?priceList=${list}&back=/catalog/price-lists/${list}`,
  '/catalog/tax-classes',
  `/catalog/tax-classes/${taxClass}`,
  `/catalog/units/${unit}`,
  '/import/catalog.product',
  '/parties',
  '/parties/new',
  '/users',
  `/users/${world.owner}`,
  '/users/invite',
  '/roles',
  '/approvals',
  '/why',
  '/teams',
  '/accounts',
  `/accounts/${account}`,
  '/entries',
  '/ledger-lines',
  `/entries/${entry}`,
  '/journals',
  '/journals/new',
  `/journals/${journal}`,
  `/journals/${unposted}/edit`,
  '/trial-balance',
  '/periods',
  ...allCases.flatMap((one) => one.pages ?? []),
  '/audit',
  '/assignments',
  '/places',
  `/places/${world.place}`,
  '/pos/tills',
  '/payments/methods',
  '/settings',
  '/home/counter',
  '/home/warehouse',
  '/home/money',
  '/settings/company',
  '/settings/security',
  '/settings/approvals',
  '/settings/standard',
  '/settings/secrets',
  '/settings/keeping',
  '/settings/connections',
  '/settings/connections/mail',
  '/settings/scheduled',
  '/api-keys',
  '/settings/templates',
  '/messages',
  '/activity',
  '/reset',
  '/settings/numbers',
  '/profile',
  '/notices',
  '/notices/settings',
]

async function walk(name: string, device: Device, wanted: readonly string[] = paths): Promise<void> {
  const person = await Person.at(browser, server.base, name, { ...device, cookie: world.cookie })
  const wrong: string[] = []
  for (const [at, path] of wanted.entries()) {
    // From page to page, which is how people go; now and then by its address on the desktop, which loads everything.
    if (at === 0 || (device.width === undefined && at % 12 === 0)) await person.go(path)
    else await person.follow(path)
    await person.page
      .locator(path === '/pos/sell' ? '#till-products' : 'h1')
      .first()
      .waitFor()
    await person.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    const stands = () => (device.width === 390 ? standsUnderLabels(person, path) : Promise.resolve())
    for (const judge of [() => person.isAccessible(path), () => person.fits(path), stands])
      await judge().catch((error: Error) => wrong.push(error.message.slice(0, 600)))
    const alerts = await person.page.getByRole('alert').allTextContents()
    wrong.push(...alerts.filter(Boolean).map((text) => `${path}: ${text}`))
    await person.shot(
      path === '/'
        ? 'home'
        : path
            .slice(1)
            .replace(/[?].*/, '')
            .replaceAll('/', '-')
            .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one'),
    )
  }
  assert.deepEqual(wrong, [])
  person.isUntroubled()
}

/** On a phone a table that is wider than it becomes cards: nothing of them is pushed out, and a value stands under its label. */
async function standsUnderLabels(person: Person, where: string): Promise<void> {
  const wrong = await person.page.evaluate(() =>
    [...window.document.querySelectorAll<HTMLElement>('main [role=region]')].flatMap((region) => [
      ...(region.scrollWidth > region.clientWidth + 1 ? [`“${region.ariaLabel}” is wider than the screen`] : []),
      ...[...region.querySelectorAll<HTMLElement>('td[data-label]')]
        .filter((cell) => getComputedStyle(cell).textAlign !== 'start')
        .map((cell) => `“${cell.innerText}” does not stand under its label`),
    ]),
  )
  assert.deepEqual(wrong, [], where)
}

test('every page on a desktop', () => walk('page-desktop', {}))
test('every page on a phone, in the dark, in Arabic', async () => {
  const { status, body } = await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  assert.equal(status, 200, JSON.stringify(body))
  await walk('page-phone', { language: 'ar', width: 390, height: 844, scheme: 'dark' })
})

test('the counter’s small screen, 1024 by 600', () =>
  walk('page-counter', { width: 1024, height: 600 }, [
    '/',
    '/pos/sell',
    '/pos/sales',
    `/pos/sales/${sale}`,
    '/inventory/receive',
  ]))

test('the list of pages here is the menu of the site map', () => {
  const map = siteFiles()
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const menu = [...map.matchAll(/page\('([^':]+)', \(\) => import\('[^']+'\), \{([^}]*)\}/g)]
    .filter(([, , facts]) => facts!.includes('menu:'))
    .map(([, path]) => path!)
  assert.ok(menu.length > 5)
  assert.deepEqual(
    menu.filter((path) => !paths.includes(path)),
    [],
  )
})
