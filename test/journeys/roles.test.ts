import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import type { ShippedRole } from '#kit/program.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Each role walks through its own menu and into the first record of each list: nothing there is for somebody else. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

const pot = await aProduct(world, 'Clay pot', 99_900n, 5, 40_000n)
await anOpenTill(world)
const { rows: methods } = (await owner.call('GET /payments/methods')).body
await owner.call('POST /pos/sales', {
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
  total: pot.price,
  tenders: [{ method: methods.find((one: { kind: string }) => one.kind === 'cash').id, given: pot.price }],
})
await owner.call('POST /parties', { name: 'Juma Otieno', kind: 'person', roles: ['customer'], phones: ['+254712345678'] })

async function walksTheMenu(role: ShippedRole, place: string | null): Promise<void> {
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, `${role}${place ? '-here' : ''}@example.com`, [{ role, place }]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const person = await Person.at(browser, server.base, `role-${role}${place ? '-here' : ''}`, { cookie: client.cookie })
  const { page } = person
  const wrong: string[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (response.status() >= 400) wrong.push(`${new URL(page.url()).pathname}: ${response.status()} ${pathname}`)
  })
  const asked: Promise<unknown>[] = []
  page.on('request', (request) => {
    if (request.headers()['accept'] !== 'text/event-stream') asked.push(request.response().catch(() => null))
  })
  const settled = async () => {
    await page.locator('h1, #till-products').first().waitFor()
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    while (asked.length > 0) await Promise.all(asked.splice(0))
    const alerts = await page.getByRole('alert').allTextContents()
    wrong.push(...alerts.filter(Boolean).map((text) => `${new URL(page.url()).pathname}: ${text}`))
  }
  /** The page before stays until the next one is there. */
  const leaves = async (how: () => Promise<void>) => {
    await page.evaluate(() => document.querySelector('h1, #till-products')?.setAttribute('data-old', ''))
    await how()
    await page.locator('[data-old]').waitFor({ state: 'detached' })
  }
  const pathsIn = async (css: string): Promise<string[]> => [
    ...new Set(
      await page.locator(css).evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
    ),
  ]
  await person.go('/')
  await settled()
  await person.shot('home')
  const menu = new Set(await pathsIn('nav a[href]'))
  for (const home of await person.areas()) {
    await leaves(home)
    await settled()
    await person.shot('area')
    for (const path of await pathsIn('nav a[href]')) menu.add(path)
  }
  assert.ok(menu.size > 3, `the menu of ${role} is ${[...menu].join(', ')}`)
  for (const path of menu) {
    // The till fills the screen and has no menu, and other areas have their own.
    const link = page.locator(`nav a[href="${path}"]`).first()
    await ((await link.isVisible()) ? leaves(() => link.click()) : person.follow(path))
    await page.waitForURL((url) => url.pathname === path)
    await settled()
    const records = await pathsIn('main :is(table, [role=grid], article) a[href^="/"]')
    const [record] = records.filter((one) => !menu.has(one))
    if (!record) continue
    await leaves(() => page.locator(`main a[href^="${record}"]`).first().click())
    await page.waitForURL((url) => url.pathname === record)
    await settled()
  }
  assert.deepEqual(wrong, [])
  person.isUntroubled()
}

// The roles that differ most; what each role may ask for is tried without a browser.
const everywhere = ['owner', 'auditor'] as const
const atOnePlace = ['manager', 'cashier', 'stockKeeper', 'accountant', 'vanSalesman'] as const
for (const role of [...everywhere, ...atOnePlace])
  test(`${role} finds nothing in the menu that is not theirs`, () =>
    walksTheMenu(role, (everywhere as readonly ShippedRole[]).includes(role) ? null : world.place))
