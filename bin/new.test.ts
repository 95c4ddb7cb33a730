import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { launch, Person } from '#test/journeys/browser.ts'
import { checkImports } from './checks/imports.ts'
import { readTree } from './checks/tree.ts'
import { Refusal, writeNew } from './new.ts'
import { withAnnounced, withElement, withImport, withOwned, withPermissions, withWords, type Edit } from './templates/edits.ts'

const program = dirname(import.meta.dirname)
const root = mkdtempSync(join(tmpdir(), 'duka-new-'))
after(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'modules'))
const about = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as object
writeFileSync(join(root, 'package.json'), JSON.stringify(about))

test('a new module with new things keeps the borders; where the places for them are not found, the steps are told', () => {
  const alone = writeNew(root, 'module', 'pos')
  assert.ok(alone.steps.some(([where]) => where === 'modules/list.ts'))
  const { paths, changed } = writeNew(root, 'slice', 'pos/booking', new Date('2026-11-21T09:30:00Z'))
  assert.ok(paths.includes('modules/pos/migrations/20261121T0930_pos_booking.sql'))
  assert.deepEqual(changed, [
    'modules/pos/module.ts',
    'modules/pos/pos.access.ts',
    'modules/pos/README.md',
    'modules/pos/pages.tsx',
  ])
  writeNew(root, 'entity', 'pos/brand', new Date('2026-11-21T09:30:00Z'))
  assert.deepEqual(checkImports(readTree(root)).violations, [])
  assert.match(readFileSync(join(root, 'modules/pos/README.md'), 'utf8'), /bookings `pos_booking`.*`pos_brand`/)
})

test('what a file has already is not put into it twice', () => {
  const edits: [Edit, string][] = [
    [withImport('{ one }', './one.ts'), `import { two } from './two.ts'`],
    [withImport('{ one }', './two.ts'), `import { two } from './two.ts'`],
    [withElement('routes', 'one'), 'export default module({ routes: [] })'],
    [withElement('pages', 'one', /two/), 'export const pages = [two, three].flat()'],
    [withPermissions({ 'a.b': 'See' }), `access('a', {}, {})`],
    [withWords({ 'a.b': 'See' }), '{}'],
    [withOwned('bees', 'b'), '**Owns** ants `a`.'],
    [withAnnounced('a.b.c'), '**Announces** nothing. **Needs** a.'],
  ]
  for (const [edit, before] of edits) {
    const once = edit(before)!
    assert.notEqual(once, before)
    assert.equal(edit(once), once)
  }
  assert.equal(edits[3]![0](edits[3]![1]), 'export const pages = [two, one, three].flat()')
  assert.equal(withElement('routes', 'one')('export default module({})'), undefined)
})

test('migrations of later slices run later, whatever the clock says', () => {
  const { paths } = writeNew(root, 'slice', 'pos/stock-take', new Date('2020-01-01T00:00:00Z'))
  assert.ok(paths.includes('modules/pos/migrations/20261121T0932_pos_stock_take.sql'))
})

for (const [what, name] of [
  ['slice', 'pos/booking'],
  ['entity', 'pos/booking'],
  ['document', 'pos/booking'],
  ['module', 'pos'],
  ['slice', 'shop/till'],
  ['slice', 'pos/../x'],
  ['slice', 'pos'],
  ['module', 'Pos'],
  ['module', 'call-centre'],
  ['page', 'pos/x'],
] as const) {
  test(`refused: bin/new ${what} ${name}`, () => assert.throws(() => writeNew(root, what, name), Refusal))
}

/** The program as it is here, in a folder of its own, with the same packages. */
async function aCopy(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'duka-made-'))
  after(() => rm(copy, { recursive: true, force: true, maxRetries: 5 }))
  const files = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
    'server.ts',
    '.oxfmtrc.json',
    '.oxlintrc.json',
  ]
  for (const folder of ['bin', 'bench', 'db', 'kit', 'modules', 'test', 'web', 'docs'])
    await cp(join(program, folder), join(copy, folder), { recursive: true })
  for (const file of files) await cp(join(program, file), join(copy, file))
  await mkdir(join(copy, 'test-output'), { recursive: true })
  await symlink(join(program, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Runs something of the copy to its end; nothing of it may be wrong. */
async function run(copy: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: copy, env: ownEnv(copy), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = await once(child, 'close')
  assert.equal(status, 0, `${args.join(' ')}\n${said}`)
}

function ownEnv(copy: string): NodeJS.ProcessEnv {
  const { DUKA_TEST_PG: _, DUKA_PARENT_FD: __, NODE_TEST_CONTEXT: ___, DATABASE_URL: ____, ...env } = process.env
  return { ...env, DUKA_DATA: join(copy, 'data') }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/** The program as people start it. @returns its address, and the code of the first run */
async function start(copy: string): Promise<{ base: string; code: string }> {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, ['bin/launch.mjs', 'start', '--port', String(port)], {
    cwd: copy,
    env: ownEnv(copy),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  after(async () => {
    const gone = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGTERM')) await gone
  })
  let said = ''
  const code = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const found = /Set-up code:\s+([\d-]+)/.exec(said)?.[1]
        if (found) resolve(found)
      })
    child.on('exit', () => reject(new Error(said)))
  })
  return { base: `http://127.0.0.1:${port}`, code }
}

async function setUp(base: string, code: string): Promise<string> {
  const answer = await fetch(`${base}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'set-up-of-the-copy' },
    body: JSON.stringify({
      code: code.replaceAll('-', ''),
      company: {
        name: 'Baraka Stores',
        country: 'KE',
        currency: 'KES',
        locale: 'en',
        timeZone: 'Africa/Nairobi',
        cutOffHour: 4,
        costing: 'average',
      },
      store: { name: 'Main Street', till: 'Till 1' },
      owner: { name: 'Amina Owner', email: 'amina@example.com', password: 'correct horse battery' },
    }),
  })
  assert.ok(answer.ok, await answer.clone().text())
  return /__Host-duka=([^;]+)/.exec(answer.headers.getSetCookie().join('\n'))![1]!
}

/** A field, as `docs/recipes/add-a-field.md` has it: its column, its declaration, its name. */
async function addField(copy: string): Promise<void> {
  const at = (path: string) => join(copy, 'modules/catalog', path)
  const change = async (path: string, from: string, to: string) => {
    const text = await readFile(at(path), 'utf8')
    assert.ok(text.includes(from), `${path} has no ${from}`)
    await writeFile(at(path), text.replace(from, to))
  }
  await writeFile(
    at('migrations/20990101T0000_catalog_product_grown_in.sql'),
    'alter table catalog_product add column grown_in text;\n',
  )
  await change(
    'product/product.ts',
    '    vendor: optional(text({ max: 120 })),\n',
    '    vendor: optional(text({ max: 120 })),\n    grownIn: optional(text({ max: 60 })),\n',
  )
  await change('product/product.ts', "list: ['name', 'category', 'vendor',", "list: ['name', 'category', 'vendor', 'grownIn',")
  await change('product/product.ts', "'vendor', 'description',", "'vendor', 'grownIn', 'description',")
  for (const [language, name] of [
    ['en', 'Grown in'],
    ['ar', 'بلد الزراعة'],
    ['sw', 'Ilikolimwa'],
  ] as const)
    await change(`words/${language}.json`, '  "field.handle"', `  "field.grownIn": "${name}",\n  "field.handle"`)
}

test(
  'what bin/new makes works, and a field that is declared once: migrated, in order, and used in the browser from the first record to the file',
  { timeout: 600_000 },
  async () => {
    const copy = await aCopy()
    await run(copy, 'bin/new.ts', 'entity', 'catalog/brand')
    await run(copy, 'bin/new.ts', 'slice', 'pos/booking')
    await run(copy, 'bin/new.ts', 'document', 'parties/quote')
    await addField(copy)
    await run(copy, 'bin/migrate.ts')
    // What proves it runs while the pages are built.
    const proofs = [
      ['node_modules/typescript/bin/tsc', '-p', '.'],
      [
        'bin/test.ts',
        'test/conformance.test.ts',
        'test/conformance/pages.test.ts',
        'test/conformance/lives.test.ts',
        'modules/catalog/brand/brand.test.ts',
        'modules/pos/booking/booking.commands.test.ts',
        'modules/parties/quote/quote.commands.test.ts',
      ],
      ['bin/checks/imports.ts'],
      ['bin/checks/words.ts'],
      ['node_modules/oxlint/bin/oxlint', '--deny-warnings', 'modules/catalog', 'modules/pos', 'modules/parties', 'web'],
      ['node_modules/oxfmt/bin/oxfmt', '--list-different', 'modules', 'web'],
    ].map((args) => run(copy, ...args))
    const [{ base, code }] = await Promise.all([start(copy), ...proofs])
    const cookie = await setUp(base, code)
    const browser = await launch()
    after(() => browser.close())
    const person = await Person.at(browser, base, 'made', { cookie })
    const { page } = person
    const api = `${base.replace('127.0.0.1', 'localhost')}/api`
    const exported = async (path: string, format: string) => {
      const answer = await fetch(`${api}${path}/export?format=${format}`, { headers: { cookie: `__Host-duka=${cookie}` } })
      assert.equal(answer.status, 200, path)
      return Buffer.from(await answer.arrayBuffer())
    }

    for (const [path, verb] of [
      ['/catalog/brands', undefined],
      ['/pos/bookings', 'Complete'],
    ] as const) {
      await person.go(path)
      await page.getByRole('link', { name: /^New / }).first().click()
      await page.getByLabel('Name').first().fill('First')
      await page.getByLabel('Note').first().fill('As agreed')
      await person.button('common.add').click()
      await page.getByRole('heading', { name: 'First' }).waitFor()
      await person.follow(path)
      await page.getByText('First', { exact: true }).first().click()
      await page.getByRole('link', { name: person.word('common.edit') }).click()
      await page.getByLabel('Name').first().fill('Renamed')
      await person.button('common.save').click()
      await page.getByRole('heading', { name: 'Renamed' }).waitFor()
      if (verb) {
        await page.getByRole('button', { name: verb, exact: true }).click()
        await person.says(person.word('state.completed'))
        // What was completed is no longer changed.
        await page.getByRole('link', { name: person.word('common.edit') }).waitFor({ state: 'detached' })
      }
      await page.getByRole('tab', { name: person.word('detail.timeline') }).click()
      await person.says(/added it/)
      await person.isAccessible(path)

      await person.follow(path)
      await page.getByText('Renamed', { exact: true }).first().waitFor()
      await page.getByRole('button', { name: person.word('list.export') }).click()
      const saving = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: person.word('list.csv') }).click()
      assert.match(await readFile(await (await saving).path(), 'utf8'), /Renamed/)
      assert.ok((await exported(path, 'xlsx')).length > 500)
    }

    // A document with its lines: written, looked at, completed.
    await person.go('/parties/quotes')
    await page.getByRole('link', { name: /^New / }).first().click()
    await person.button('lines.add').click()
    const cells = page.locator('[data-index="0"] input')
    await cells.nth(0).fill('Painting the door')
    await cells.nth(0).press('Enter')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.keyboard.type('2.50')
    await person.button('lines.saveDraft').click()
    await page.getByRole('heading', { name: /-\d{4}-00001/ }).waitFor()
    await person.says('7.50')
    await page.getByRole('button', { name: 'Complete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Complete', exact: true }).click()
    await person.says(person.word('state.completed'))
    await person.isAccessible('a document')

    // The new field of an article: typed, shown, listed, in a file and back from one, and told to programs.
    await person.go('/catalog/products/new')
    await person.field('field.name').fill('Coffee')
    await page.getByLabel('Grown in').fill('Nyeri')
    await page
      .getByLabel(/^Price( \*)?$/)
      .first()
      .fill('900')
    await person.button('common.save').click()
    await page.getByRole('heading', { name: 'Coffee' }).waitFor()
    await person.says('Nyeri')
    await person.follow('/catalog/products')
    await page.getByRole('columnheader', { name: 'Grown in' }).waitFor()
    await person.says('Nyeri')
    const file = (await exported('/catalog/products', 'csv')).toString().replaceAll('Nyeri', 'Kirinyaga')
    assert.match(file, /Kirinyaga/)
    await person.go('/import/catalog.product')
    await page.setInputFiles('input[type=file]', { name: 'articles.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await person.button('import.check').click()
    await person.counted('import.apply', 1).click()
    await page.getByText(person.word('state.applied')).first().waitFor()
    await person.follow('/catalog/products')
    await person.says('Kirinyaga')
    assert.match(await (await fetch(`${api}/openapi.json`)).text(), /grownIn/)

    // From a file as well, and another screen hears of what happens.
    await person.go('/import/catalog.brand')
    await page.setInputFiles('input[type=file]', {
      name: 'brands.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Name,Note\nSecond,From a file\n'),
    })
    await person.button('import.check').click()
    await person.counted('import.apply', 1).click()
    await page.getByText(person.word('state.applied')).first().waitFor()
    await person.follow('/catalog/brands')
    await person.says('Second')
    const screen = await Person.at(browser, base, 'made-other', { cookie })
    await screen.go('/pos/bookings')
    await screen.says('Renamed')
    const made = await fetch(`${api}/pos/bookings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'heard-elsewhere', cookie: `__Host-duka=${cookie}` },
      body: JSON.stringify({ name: 'Heard', note: null }),
    })
    assert.equal(made.status, 201)
    await screen.says('Heard')
    person.isUntroubled()
    screen.isUntroubled()
  },
)
