import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { newId } from '#kit/id.ts'
import { declaredEntities, type Entity } from '#kit/entity.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '../harness.ts'
import { fromSite, siteFiles } from '../conformance/site.ts'
import { aServer } from '../server.ts'
import { root } from '../template.ts'
import { aBrowser, Person, type Device } from './browser.ts'
import type { Page } from 'playwright-core'
import { controlsIn, PATIENCE, unreachedByTab, Walker, type Control, type Means } from './walk.ts'

/**
 * Every control of every page, by mouse, by touch and by keyboard: it can be reached, it has a name, a finger hits it, what
 * it opens stays open while somebody chooses in it, and what is chosen holds. The pages are those of the site map.
 */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()

const pot = await aProduct(world, 'Clay pot', 99_900n, 5, 40_000n)
await aProduct(world, 'Desk lamp', 450_000n, 3, 250_000n)
await anOpenTill(world)
const made = async (route: string, input: object) => {
  const { status, body } = await owner.call(route, input)
  assert.ok(status < 300, `${route}: ${JSON.stringify(body)}`)
  return body.id as string
}
await made('POST /places', {
  id: newId(),
  name: 'Westlands',
  code: 'WL',
  kind: 'store',
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
})
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
for (const quantity of ['1000000', '2000000'])
  await made('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: pot.variant, quantity, listPrice: pot.price }],
    total: String((BigInt(pot.price) * BigInt(quantity)) / 1_000_000n),
    tenders: [
      {
        method: methods.find((one) => one.kind === 'cash')!.id,
        given: String((BigInt(pot.price) * BigInt(quantity)) / 1_000_000n),
      },
    ],
  })
await made('POST /parties', { id: newId(), name: 'Amina Said', kind: 'person', roles: ['customer'] })
await made('POST /parties', { id: newId(), name: 'Unga Ltd', kind: 'organization', roles: ['supplier'] })
await made('POST /catalog/categories', { id: newId(), name: 'Outdoor' })
const list = await made('POST /catalog/price-lists', { id: newId(), name: 'Wholesale', customerGroup: 'wholesale' })
await made('POST /catalog/prices', {
  id: newId(),
  priceList: list,
  variant: pot.variant,
  minQuantity: '10000000',
  price: '89900',
})
await made('POST /inventory/reorder-levels', { id: newId(), variant: pot.variant, place: world.place, level: '2000000' })

await made('POST /teams', { id: newId(), name: 'Counter' })
const role = (await owner.call('GET /roles')).body.roles[0].id as string

/**
 * The paths of the site map that a signed-in owner goes to, each with a record that there is. Of the pages that the kit makes from
 * a declaration those are walked that declare a fact or have a kind of field that none before them has: the rest is made of the same parts.
 */
async function sitePaths(): Promise<string[]> {
  const paths: string[] = []
  const made = { list: new Set<string>(), form: new Set<string>(), detail: new Set<string>() }
  const declarations = siteFiles().flatMap((path) => {
    const map = readFileSync(join(root, path), 'utf8')
    return map
      .split(/^ {2}(?=page\(|entityPages\()/m)
      .slice(1)
      .map((declared) => [path, map, declared] as const)
  })
  for (const [path, map, declared] of declarations) {
    const [, kind, first, rest] = /^(page|entityPages)\('?([\w./:$-]+)'?([\s\S]*)/.exec(declared) ?? []
    if (kind === 'page') {
      if (!/can: 'public'/.test(rest!) && first !== '/connect') paths.push(first!)
      continue
    }
    const file = new RegExp(`import \\{[^}]*\\b${first}\\b[^}]*\\} from '([^']+)'`).exec(map)![1]!
    const entity = ((await import(fromSite(path, file))) as Record<string, Entity>)[first!]!
    const isLeftOut = (part: string) => rest!.includes(`${part}: null`)
    const isOwn = (...parts: string[]) => parts.some((part) => rest!.includes(`${part}: () =>`))
    const kinds = new Set([...Object.keys(entity), ...Object.values(entity.fields).map((field) => field.kind)])
    const isNews = (part: keyof typeof made) => {
      const isNew = kinds.difference(made[part]).size > 0
      made[part] = made[part].union(kinds)
      return isNew
    }
    if (!isLeftOut('list') && (isOwn('list') || isNews('list'))) paths.push(entity.path)
    const isForm = entity.can.write && (isOwn('form') || isNews('form'))
    if (entity.can.write && !isLeftOut('create') && (isForm || isOwn('create'))) paths.push(`${entity.path}/new`)
    if (isOwn('detail') || isNews('detail')) paths.push(`${entity.path}/:id`)
    if (isForm && !isLeftOut('form')) paths.push(`${entity.path}/:id/edit`)
  }
  const known: Record<string, string> = {
    '/inventory/stock/:variant': `/inventory/stock/${pot.variant}`,
    '/import/:kind': '/import/catalog.product',
    '/settings/connections/:name': '/settings/connections/mail',
    '/roles/$id': `/roles/${role}`,
  }
  const filled = await Promise.all(
    paths.map(async (path) => {
      if (known[path]) return known[path]
      const [list, tail] = path.split('/:id')
      if (tail === undefined) return path
      const asked = list === '/pos/shifts' && tail === '/close' ? '/pos/shifts' : list!
      const id = (await owner.call(`GET ${asked}`)).body?.rows?.[0]?.id as string | undefined
      return id ? `${list}/${id}${tail}` : null
    }),
  )
  return filled.filter((path) => path !== null)
}
const paths = await sitePaths()

const LISTS = new Set([...declaredEntities.values()].map((entity) => entity.path))
/** Of what is alike a page has many; as many of them are worked. */
const OF_A_KIND = 2
/** Beyond so many a page repeats itself: the cells of a table of rights. */
const OF_TAB = 150
/** Filters are made by kind of field: so many of each kind are used on the lists that have it. */
const OF_A_FILTER = 2

/** One means on one screen, over all pages. */
async function walk(means: Means, device: Device): Promise<void> {
  const person = await Person.at(browser, server.base, `controls-${means}`, { ...device, cookie: world.cookie })
  const walker = new Walker(person, means)
  const { page } = person
  const { wrong } = walker
  // What asks for a file opens a window of the machine.
  page.on('filechooser', () => void page.evaluate(() => ((window as unknown as { changes: number }).changes += 1)))
  // The program is fetched once, by three at a time; after that nothing takes long.
  await person.go(paths[0]!)
  await isThere(person, paths[0]!)
  page.setDefaultTimeout(PATIENCE)
  for (const [at, path] of paths.entries()) {
    await walker.noting(path, () => workPage(walker, path, at === 0))
    if (person.troubles.length > 0) wrong.push(...person.troubles.splice(0).map((one) => `${path} (${means}): ${one}`))
  }
  assert.deepEqual([...new Set(wrong)], [])
}

async function workPage(walker: Walker, path: string, isFirst: boolean): Promise<void> {
  const { page, person, means, wrong } = walker
  if (!isFirst) await person.follow(path)
  await isThere(person, path)
  await putAwayNotes(page)
  const controls = await controlsIn(page, '#content, [data-bare], body > #root > :not([class*=shell])', means)
  wrong.push(...controls.flatMap((one) => one.faults.map((fault) => `${path} (${means}): ${fault}`)))
  if (means === 'keyboard') {
    const unreached = await unreachedByTab(page, controls.slice(0, OF_TAB))
    wrong.push(...unreached.map((one) => `${path}: ${one}`))
  }
  if (LISTS.has(path)) await filters(walker, path)
  await pickers(walker, path, controls)
  await switches(walker, path, controls)
  await buttons(walker, path, controls)
  await person.fits(path)
  const [long, high] = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight])
  const isFramed = (await page.locator('#content').count()) > 0
  assert.ok(!isFramed || long! <= high!, `the frame is ${long} px high on a screen of ${high}: scrolling past the end hides it`)
}

async function isThere(person: Person, path: string): Promise<void> {
  await person.page
    .locator(path === '/pos/sell' ? '#till-products' : 'h1')
    .first()
    .waitFor()
  await person.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
}

/** What was done on the page before is told for some seconds, on a phone over the buttons of this one: its reader puts it away. */
async function putAwayNotes(page: Page): Promise<void> {
  const note = page.locator('.mantine-Notification-closeButton').filter({ visible: true }).first()
  for (let notes = 0; notes < 5 && (await note.count()) > 0; notes++) await note.click({ timeout: 700 }).catch(() => undefined)
  await note.waitFor({ state: 'detached' })
}

/** Escape closes what is open, the innermost first: the list of a picker, then the window that it stands in. */
async function shut({ page }: Walker): Promise<void> {
  const open = page.locator('[role=dialog], [role=menu]').filter({ visible: true })
  for (let presses = 0; presses < 3 && (await open.count()) > 0; presses++) {
    await page.keyboard.press('Escape')
    await open
      .first()
      .waitFor({ state: 'detached', timeout: 700 })
      .catch(() => undefined)
  }
  await open
    .first()
    .waitFor({ state: 'detached', timeout: PATIENCE })
    .catch(() => assert.fail('what was opened is not closed by Escape'))
}

/** The page as it is for somebody who comes to it. */
async function afresh(walker: Walker, path: string): Promise<void> {
  const { person } = walker
  await shut(walker)
  await person.follow(path === '/profile' ? '/roles' : '/profile')
  await person.follow(path)
  await isThere(person, path)
}

/** Those of each kind that are worked: a few of a page, and a few of what looks alike and is called alike on one page after another. */
const ofEach = (walker: Walker, controls: readonly Control[], wanted: (control: Control) => boolean): Control[] => {
  const seen = new Map<string, number>()
  return controls.filter((control) => {
    if (!wanted(control)) return false
    const count = seen.get(control.like) ?? 0
    if (count >= OF_A_KIND || walker.timesOf(`${control.like} ${control.name}`) >= OF_A_KIND) return false
    seen.set(control.like, count + 1)
    return true
  })
}
const at = (walker: Walker, control: Control) => walker.page.locator(`[data-walk="${control.id}"]`)

/** [W2] A filter that is chosen holds: what it opens stays open, and the address says it. */
async function filters(walker: Walker, path: string): Promise<void> {
  const { page, person } = walker
  const open = person.button('filter.title')
  if ((await open.count()) === 0) return
  await walker.work(open)
  const window = page.getByRole('dialog').filter({ visible: true })
  await window.getByRole('button').first().waitFor()
  const names = await window.getByRole('button').allInnerTexts()
  const entity = [...declaredEntities.values()].find((one) => one.path === path)!
  for (const [index, name] of names.entries()) {
    // An owner sees all of them, in the order of the declaration; the archive stands last.
    const kind = entity.fields[entity.filters?.[index] ?? '']?.kind ?? 'archive'
    if (walker.timesOf(`filter ${kind}`) >= OF_A_FILTER) continue
    await walker.noting(`${path}, filter ${name}`, async () => {
      if ((await window.count()) === 0) await walker.work(open)
      await window.waitFor()
      const before = page.url()
      await walker.work(window.getByRole('button', { name, exact: true }))
      // Those who only turn something on have no editor.
      await page.waitForFunction((url) => location.href !== url || document.querySelector('[role=dialog] strong'), before)
      if (page.url() === before) await useEditor(walker)
      await page.waitForFunction((url) => location.href !== url, before, { timeout: PATIENCE })
      await walker.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
      await shut(walker)
      await walker.work(person.button('filter.clear'))
      await page.waitForURL((url) => url.search === '')
    })
    if (new URL(page.url()).search !== '' || (await window.count()) > 0) {
      await afresh(walker, path)
    }
  }
  await walker.noting(`${path}, filters`, () => shut(walker))
}

async function useEditor(walker: Walker): Promise<void> {
  const { page } = walker
  const editor = page.getByRole('dialog').filter({ visible: true })
  await editor.locator('strong').waitFor()
  const box = editor.getByRole('combobox')
  if ((await box.count()) > 0) {
    await walker.choose(box.first())
    assert.equal(await editor.count(), 1, 'the filter closed while something was chosen in it')
    return
  }
  const check = editor.getByRole('checkbox')
  if ((await check.count()) > 0) return walker.work(check.first(), 'Space')
  const texts = editor.locator('input:not([data-day])')
  if ((await texts.count()) > 0) {
    await texts.first().fill('1')
    return walker.work(editor.getByRole('button').last())
  }
  await walker.work(editor.getByRole('button').first())
}

/** A picker takes what is chosen in it. */
async function pickers(walker: Walker, path: string, controls: readonly Control[]): Promise<void> {
  for (const control of ofEach(walker, controls, ({ role }) => role === 'combobox'))
    await walker.noting(`${path}, picker ${control.name}`, async () => {
      const box = at(walker, control)
      if ((await box.count()) === 0) return
      const list = await box.getAttribute('aria-controls')
      if (!list) return
      await walker.work(box, 'ArrowDown')
      const options = walker.page.locator(`[id="${list}"]`).getByRole('option')
      const hasOptions = await options
        .first()
        .waitFor({ timeout: 1_500 })
        .then(
          () => true,
          () => false,
        )
      if (hasOptions) await walker.choose(box)
      await walker.page.keyboard.press('Escape')
    })
}

/** A switch, a box, a pill: it changes when it is worked. */
async function switches(walker: Walker, path: string, controls: readonly Control[]): Promise<void> {
  for (const control of ofEach(walker, controls, ({ role }) => ['checkbox', 'switch', 'radio'].includes(role)))
    await walker.noting(`${path}, ${control.role} ${control.name}`, async () => {
      const box = at(walker, control)
      if ((await box.count()) === 0) return
      const before = await box.isChecked()
      if (before && control.role === 'radio') return
      const label = walker.page.locator(`label:has([data-walk="${control.id}"]), label[for="${await box.getAttribute('id')}"]`)
      const face = walker.means === 'keyboard' || (await label.count()) === 0 ? box : label.first()
      await walker.work(face, 'Space')
      await walker.page.waitForFunction(
        ({ id, was }) => document.querySelector<HTMLInputElement>(`[data-walk="${id}"]`)?.checked !== was,
        { id: control.id, was: before },
        { timeout: PATIENCE },
      )
    })
}

/** What ends this session or the program behind it is left to the journeys that are about it. */
const LEFT_OUT = ['shell.signOut']

/** A button that posts nothing does something that is seen: a dialog, a menu, another page, another text. */
async function buttons(walker: Walker, path: string, controls: readonly Control[]): Promise<void> {
  const { page, person } = walker
  const left = new Set(LEFT_OUT.map((key) => person.word(key)))
  for (const control of ofEach(walker, controls, ({ role, isSubmit, name }) => role === 'button' && !isSubmit && !left.has(name)))
    await walker.noting(`${path}, button ${control.name}`, async () => {
      const button = at(walker, control)
      if ((await button.count()) === 0 || !(await button.isEnabled()) || !(await button.isVisible())) return
      await page.evaluate(() => {
        const seen = window as unknown as { changes: number; watcher?: MutationObserver }
        seen.watcher?.disconnect()
        seen.changes = 0
        seen.watcher = new MutationObserver((all) => {
          seen.changes += all.filter((one) => one.attributeName !== 'data-walk').length
        })
        // What is printed is paper.
        window.print = () => {
          seen.changes += 1
        }
        seen.watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
      })
      const before = page.url()
      const opens = await button.getAttribute('aria-haspopup')
      await walker.work(button)
      await page.waitForFunction(
        (url) => (window as unknown as { changes: number }).changes > 0 || location.href !== url,
        before,
        { timeout: PATIENCE },
      )
      const open = page.locator('[role=dialog], [role=menu]').filter({ visible: true })
      // What it says it opens may be on its way.
      if (opens) await open.first().waitFor()
      if ((await open.count()) > 0) {
        const inside = await controlsIn(page, '[role=dialog], [role=menu]', walker.means)
        walker.wrong.push(
          ...inside.flatMap((one) => one.faults.map((fault) => `${path}, ${control.name} (${walker.means}): ${fault}`)),
        )
        await pickers(walker, `${path}, ${control.name}`, inside)
        await switches(walker, `${path}, ${control.name}`, inside)
        await shut(walker)
      }
      if (page.url() !== before) {
        await afresh(walker, path)
      }
    })
}

// Two minutes where nothing else runs; a machine that is busy may take its time.
const most = { timeout: 600_000 }
describe('[W2] every control of every page', { concurrency: true, ...most }, () => {
  test('by mouse, on a desk', most, () => walk('mouse', {}))
  test('by touch, on a phone', most, () => walk('touch', { width: 390, height: 844 }))
  test('by keyboard, on a counter’s small screen', most, () => walk('keyboard', { width: 1024, height: 600 }))
})
