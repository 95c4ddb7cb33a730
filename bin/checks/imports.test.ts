import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkImports, type Findings } from './imports.ts'
import { namedInSql } from './sql.ts'
import { readTree } from './tree.ts'

type Files = Readonly<Record<string, string>>

const manifest = (name: string, depends: string[] = []) => `import { module } from '#kit/module.ts'
export default module({ name: '${name}', depends: ${JSON.stringify(depends)} })`

/** A small house in order: a till that stands on stock, which stands on the kit. */
const clean: Files = {
  'package.json': JSON.stringify({
    imports: { '#kit/*': './kit/*', '#modules/*': './modules/*', '#db/*': './db/*' },
    dependencies: { zod: '1', '@fastify/cookie': '1' },
    devDependencies: { react: '1' },
  }),
  'kit/money.ts': `export const cents = 1 // import { x } from '#modules/stock/index.ts'`,
  'kit/module.ts': `export const module = (spec: object) => spec`,
  'kit/server/data/db.ts': `import { join } from 'node:path'\nimport type { Tables } from '#db/tables.ts'\nimport cookie from '@fastify/cookie/plugin'\nexport const db = (sql: (t: Tables) => void) => [sql, join, cookie]`,
  'kit/migrations/1_kit.sql': `create table audit_entry (id uuid primary key);`,
  'kit/web/pages/list.page.tsx': `export default function List() { return null }`,
  'kit/web/pages/site.ts': `export const generated = () => import('./list.page.tsx')`,
  'db/tables.ts': `import type { cents } from '../kit/money.ts'\nexport type Tables = typeof cents`,
  'server.ts': `import stock from '#modules/stock/module.ts'\nimport { issue } from '#modules/stock/index.ts'\nexport const all = [stock, issue]`,
  'vite.config.ts': `export default {}`,
  'modules/pos/pages.tsx': `export const pages = [() => import('./sale/sale.page.tsx')]`,
  'web/pages.tsx': `export const pages = []`,
  'modules/stock/module.ts': manifest('stock'),
  'modules/stock/index.ts': `export { issue } from './shelf/shelf.store.ts'`,
  'modules/stock/migrations/2_stock.sql': `create table stock_shelf (id uuid primary key, why text default 'from pos_sale');\ncreate view stock_on_hand as select id from stock_shelf;`,
  'modules/stock/shelf/shelf.ts': `import { z } from 'zod'\nexport const shelf = z`,
  'modules/stock/shelf/shelf.store.ts': `import { db } from '#kit/server/data/db.ts'\nexport const issue = () => db.selectFrom('stockShelf as s').leftJoin('stockOnHand as h', 'h.id', 's.id')`,
  'modules/stock/shelf/shelf.routes.ts': `import { issue } from './shelf.store.ts'\nexport const shelfRoutes = { 'GET /shelves': issue }`,
  'modules/pos/module.ts': manifest('pos', ['stock']),
  'modules/pos/index.ts': `export { sell } from './sale/sale.commands.ts'`,
  'modules/pos/pos.access.ts': `export const posAccess = {}`,
  'modules/pos/migrations/3_pos.sql': `create table pos_sale (id uuid primary key, shelf uuid references stock_shelf);\ncreate view pos_sale_fact as select p.id from pos_sale p, stock_on_hand h where p.id is distinct from h.id;`,
  'modules/pos/sale/sale.ts': `import { shelf } from '#modules/stock/shelf/shelf.ts'\nexport const sale = shelf`,
  'modules/pos/sale/sale.rules.ts': `import { sale } from './sale.ts'\nimport { cents } from '#kit/money.ts'\nexport const total = [sale, cents]`,
  'modules/pos/sale/sale.store.ts':
    `import { sql } from 'kysely'\nexport const load = (id: string) => sql\`with stock_shelf as (select 1) select * from pos_sale s join stock_on_hand h on h.id = \${id} join stock_shelf w on true\``.replace(
      'kysely',
      '#kit/server/data/db.ts',
    ),
  'modules/pos/sale/sale.commands.ts': `import { load } from './sale.store.ts'\nimport { issue } from '#modules/stock/index.ts'\nexport const sell = [load, issue]`,
  'modules/pos/sale/sale.routes.ts': `import { sell } from './sale.commands.ts'\nexport const saleRoutes = { 'POST /sales': sell }`,
  'modules/pos/sale/sale.page.tsx': `import { useState } from 'react'\nimport type { saleRoutes } from './sale.routes.ts'\nimport type { shelfRoutes } from '#modules/stock/shelf/shelf.routes.ts'\nimport { shelf } from '#modules/stock/shelf/shelf.ts'\nimport { generated } from '#kit/web/pages/site.ts'\nexport default function Sale() { return [useState, shelf, generated] as unknown as typeof saleRoutes | typeof shelfRoutes }`,
  'modules/pos/sale/sale.factory.ts': `import { load } from './sale.store.ts'\nexport const aSale = () => load('x')`,
  'modules/pos/sale/sale.commands.test.ts': `import { aSale } from './sale.factory.ts'\nimport { issue } from '#modules/stock/shelf/shelf.store.ts'\nexport const used = [aSale, issue, 'select * from stock_shelf']`,
}

function check(changes: Files = {}): Findings {
  const root = mkdtempSync(join(tmpdir(), 'duka-imports-'))
  try {
    for (const [path, text] of Object.entries({ ...clean, ...changes })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return checkImports(readTree(root))
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('a tree in order has no violation', () => {
  assert.deepEqual(check(), { violations: [], warnings: [] })
})

interface Case {
  readonly why: string
  readonly path: string
  readonly text: string
  readonly line?: number
  readonly rule: RegExp
}

const cases: readonly Case[] = [
  {
    why: 'loaded for what it does',
    path: 'modules/pos/sale/sale.routes.ts',
    text: `import './sale.store.ts'\nexport const saleRoutes = {}`,
    rule: /loads .*sale\.store\.ts for what it does/,
  },
  {
    why: 'pure → server',
    path: 'modules/pos/sale/sale.rules.ts',
    text: `import { load } from './sale.store.ts'\nexport const x = load`,
    rule: /a pure file imports the server file/,
  },
  {
    why: 'pure → server, for its type',
    path: 'modules/pos/sale/sale.ts',
    text: `export type X = import('./sale.store.ts').X`,
    rule: /a pure file imports the server file/,
  },
  {
    why: 'pure → web',
    path: 'kit/money.ts',
    text: `export { generated } from './web/pages/site.ts'`,
    rule: /a pure file imports the web file/,
  },
  {
    why: 'pure → Node',
    path: 'kit/money.ts',
    text: `import { join } from 'node:path'\nexport const cents = join`,
    rule: /browsers do not have/,
  },
  {
    why: 'server → web',
    path: 'modules/pos/sale/sale.commands.ts',
    text: `export const x = 1\nexport * from './sale.page.tsx'`,
    line: 2,
    rule: /a server file imports the web file/,
  },
  {
    why: 'server → test',
    path: 'modules/pos/sale/sale.store.ts',
    text: `import { aSale } from './sale.factory.ts'\nexport const x = aSale`,
    rule: /which is for tests/,
  },
  {
    why: 'web → server',
    path: 'modules/pos/sale/sale.page.tsx',
    text: `import { load } from './sale.store.ts'\nexport default load`,
    rule: /a web file imports the server file/,
  },
  {
    why: 'web → server, lazily',
    path: 'web/pages.tsx',
    text: `export const pages = [import('../kit/server/data/db.ts')]`,
    rule: /a web file imports the server file/,
  },
  {
    why: 'web → routes at run time',
    path: 'modules/pos/sale/sale.page.tsx',
    text: `import { type saleRoutes } from './sale.routes.ts'\nexport default function Sale() { return null as unknown as typeof saleRoutes }`,
    rule: /routes.ts at run time/,
  },
  {
    why: 'web → types of another server file',
    path: 'modules/pos/sale/sale.page.tsx',
    text: `import type { sell } from './sale.commands.ts'\nexport default null as unknown as typeof sell`,
    rule: /a web file imports the server file/,
  },
  {
    why: 'web → shape of the tables',
    path: 'kit/web/pages/site.ts',
    text: `import type { Tables } from '#db/tables.ts'\nexport const generated = (): Tables => import('./list.page.tsx') as never`,
    rule: /types only, for server files|db\/tables/,
  },
  {
    why: 'server loads the shape of the tables',
    path: 'kit/server/data/db.ts',
    text: `import { Tables } from '#db/tables.ts'\nexport const db = Tables`,
    rule: /loads db\/tables\.ts/,
  },
  {
    why: 'a style outside the web',
    path: 'kit/money.ts',
    text: `import './money.css'`,
    rule: /a pure file loads kit\/money\.css/,
  },
  {
    why: 'not in depends',
    path: 'modules/stock/shelf/shelf.store.ts',
    text: `import { sell } from '#modules/pos/index.ts'\nexport const issue = sell`,
    rule: /pos is not in its depends/,
  },
  {
    why: 'page of a module that is not below',
    path: 'modules/stock/shelf/Part.tsx',
    text: `import { sale } from '#modules/pos/sale/sale.ts'\nexport const Part = sale`,
    rule: /pos is not in its depends/,
  },
  {
    why: 'past the index',
    path: 'modules/pos/sale/sale.commands.ts',
    text: `import { issue } from '#modules/stock/shelf/shelf.store.ts'\nexport const sell = issue`,
    rule: /pos reaches into stock/,
  },
  {
    why: 'past the index, from the root',
    path: 'server.ts',
    text: `import { issue } from '#modules/stock/shelf/shelf.store.ts'\nexport const all = issue`,
    rule: /reaches into stock/,
  },
  { why: 'a circle', path: 'modules/stock/module.ts', text: manifest('stock', ['pos']), rule: /depends on itself: .* → / },
  {
    why: 'an unknown module',
    path: 'modules/stock/module.ts',
    text: manifest('stock', ['shop']),
    rule: /shop, which is no module/,
  },
  {
    why: 'kit → module',
    path: 'kit/server/data/db.ts',
    text: `import { issue } from '#modules/stock/index.ts'\nexport const db = issue`,
    rule: /the kit imports modules\/stock\/index\.ts/,
  },
  {
    why: 'kit → web',
    path: 'kit/web/pages/site.ts',
    text: `import { pages } from '../../../web/pages.tsx'\nexport const generated = [pages, () => import('./list.page.tsx')]`,
    rule: /the kit imports web\/pages\.tsx/,
  },
  {
    why: 'module → root',
    path: 'modules/pos/sale/sale.commands.ts',
    text: `import { all } from '../../../server.ts'\nexport const sell = all`,
    rule: /a module imports server\.ts/,
  },
  {
    why: 'store → commands',
    path: 'modules/pos/sale/sale.store.ts',
    text: `import { sell } from './sale.commands.ts'\nexport const load = sell`,
    rule: /upward in its slice/,
  },
  {
    why: 'commands → routes',
    path: 'modules/pos/sale/sale.commands.ts',
    text: `import { saleRoutes } from './sale.routes.ts'\nexport const sell = saleRoutes`,
    rule: /upward in its slice/,
  },
  {
    why: 'definition → rules',
    path: 'modules/pos/sale/sale.ts',
    text: `import { total } from './sale.rules.ts'\nexport const sale = total`,
    rule: /upward in its slice/,
  },
  {
    why: 'Kysely names a table of another',
    path: 'modules/pos/sale/sale.store.ts',
    text: `export const load = (db: any) =>\n  db.selectFrom('posSale as s').innerJoin('stockShelf as h', 'h.id', 's.shelf')`,
    line: 2,
    rule: /names the table stock_shelf of stock/,
  },
  {
    why: 'Kysely names several',
    path: 'modules/pos/sale/sale.store.ts',
    text: `export const load = (db: any) => db.selectFrom(['posSale', 'stockShelf as h'])`,
    rule: /names the table stock_shelf/,
  },
  {
    why: 'Kysely writes a table of another',
    path: 'server.ts',
    text: `export const all = (db: any) => db.insertInto('posSale')`,
    rule: /names the table pos_sale of pos/,
  },
  {
    why: 'sql names a table of another',
    path: 'modules/pos/sale/sale.store.ts',
    text: 'export const load = (sql: any, id: string) => sql<{ id: string }>`select * from pos_sale\n  where id = ${id} and exists (select 1 from "stock_shelf" h)`',
    line: 2,
    rule: /names the table stock_shelf/,
  },
  {
    why: 'a string of SQL names a table of another',
    path: 'modules/pos/sale/sale.store.ts',
    text: `export const load = (client: any) => client.query('delete from stock_shelf')`,
    rule: /names the table stock_shelf/,
  },
  {
    why: 'a list of tables',
    path: 'modules/pos/sale/sale.store.ts',
    text: 'export const load = (sql: any) => sql`select * from pos_sale s, stock_shelf h`',
    rule: /names the table stock_shelf/,
  },
  {
    why: 'a module names a table of the kit',
    path: 'modules/pos/sale/sale.store.ts',
    text: `export const load = (db: any) => db.selectFrom('auditEntry')`,
    rule: /names the table audit_entry of kit/,
  },
  {
    why: 'the kit names a table of a module',
    path: 'kit/server/data/db.ts',
    text: `export const db = (db: any) => db.updateTable('posSale')`,
    rule: /names the table pos_sale of pos/,
  },
  {
    why: 'a view of a module that is not in depends',
    path: 'modules/stock/shelf/shelf.store.ts',
    text: `export const issue = (db: any) => db.selectFrom('posSaleFact')`,
    rule: /reads the view pos_sale_fact of pos/,
  },
  {
    why: 'a foreign key that points up',
    path: 'modules/stock/migrations/2_stock.sql',
    text: `create table stock_shelf (\n  id uuid,\n  sale uuid references pos_sale\n);\ncreate view stock_on_hand as select id from stock_shelf;`,
    line: 3,
    rule: /points at pos_sale of pos, which does not stand below stock/,
  },
  {
    why: 'a migration that changes the table of another',
    path: 'modules/pos/migrations/4.sql',
    text: `-- a reason\nalter table stock_shelf add x int;`,
    line: 2,
    rule: /names the table stock_shelf of stock/,
  },
  {
    why: 'a page off the map',
    path: 'modules/pos/sale/sales.page.tsx',
    text: `export default function Sales() { return null }`,
    rule: /not on the site map/,
  },
  {
    why: 'a default export',
    path: 'kit/money.ts',
    text: `export const cents = 1\nexport default cents`,
    line: 2,
    rule: /a default export/,
  },
  {
    why: 'a default export by another name',
    path: 'kit/money.ts',
    text: `const cents = 1\nexport { cents as default }`,
    line: 2,
    rule: /a default export/,
  },
  {
    why: 'a package that nobody declared',
    path: 'kit/money.ts',
    text: `import dayjs from 'dayjs/plugin'\nexport const cents = dayjs`,
    rule: /the package dayjs is not in package\.json/,
  },
  {
    why: 'a part of Node without node:',
    path: 'kit/server/data/db.ts',
    text: `import fs from 'fs'\nexport const db = fs`,
    rule: /the package fs is not in package\.json/,
  },
]

for (const { why, path, text, line = 1, rule } of cases) {
  test(`found: ${why}`, () => {
    const { violations } = check({ [path]: text })
    const found = violations.filter((one) => rule.test(one.rule) || rule.test(one.remedy))
    assert.ok(
      found.some((one) => one.path === path && (one.line === line || why.includes('lazily'))),
      `nothing at ${path}:${line} in ${JSON.stringify(violations)}`,
    )
    assert.ok(found.every(({ remedy }) => remedy.length > 0))
  })
}

test('a long file is a warning only', () => {
  const { violations, warnings } = check({ 'kit/money.ts': `export const cents = 1\n${'\n'.repeat(500)}export const more = 2\n` })
  assert.deepEqual(violations, [])
  assert.equal(warnings[0]?.path, 'kit/money.ts')
})

test('slices that stand on each other are found, also over a third; the types of routes that a page asks are no ground', () => {
  const { violations } = check({
    'modules/pos/a/a.ts': `import { b } from '../b/b.ts'\nexport const a = b`,
    'modules/pos/b/b.ts': `import { c } from '../c/c.ts'\nexport const b = c`,
    'modules/pos/c/c.ts': `import { a } from '../a/a.ts'\nexport const c = a`,
    'modules/pos/d/d.routes.ts': `import { a } from '../a/a.ts'\nexport const dRoutes = { a }`,
    'modules/pos/a/Shown.tsx': `import type { dRoutes } from '../d/d.routes.ts'\nexport const Shown = (_: typeof dRoutes) => null`,
  })
  const circles = violations.filter(({ rule }) => rule.includes('stand on each other')).map(({ path }) => path)
  assert.deepEqual(circles, ['modules/pos/a/a.ts', 'modules/pos/b/b.ts', 'modules/pos/c/c.ts'])
})

test('what nothing reaches is dead, and what only tests reach; what helps tests is not', () => {
  const { violations } = check({
    'web/main.tsx': `import { pages } from './pages.tsx'\nexport const all = pages`,
    'kit/dead.ts': `export const dead = 1`,
    'kit/web/dead.module.css': `.a {}`,
    'kit/only.ts': `export const only = 1`,
    'kit/only.test.ts': `import { only } from './only.ts'\nexport const used = only`,
    'kit/server/data/db.ts': `export const db = new URL('worker.ts', import.meta.url)`,
    'kit/server/data/worker.ts': `export const work = 1`,
  })
  const dead = violations.filter(({ rule }) => rule === 'nothing reaches this file').map(({ path }) => path)
  for (const path of ['kit/dead.ts', 'kit/web/dead.module.css', 'kit/only.ts']) assert.ok(dead.includes(path), path)
  for (const path of ['kit/server/data/worker.ts', 'modules/pos/sale/sale.factory.ts', 'kit/web/pages/list.page.tsx'])
    assert.ok(!dead.includes(path), path)
})

for (const [why, text] of [
  [
    'by Kysely',
    `export const end = (db: any) => db.updateTable('posDay as d').set({ name: 'x', state: 'ended' }).where('id', '=', 1)`,
  ],
  [
    'by Kysely, spread',
    `export const end = (db: any, is: boolean) => db.updateTable('posDay').set({ ...(is && { state: 'ended' }) })`,
  ],
  ['by SQL', `export const end = (sql: any) => sql\`update pos_day d set name = \${1}, state = 'ended' where id = \${2}\``],
  ['by SQL in a string', `export const END = "update pos_day set state = 'ended' where id = $1"`],
  [
    'by updateRow',
    `import { day } from './day.ts'\nexport const end = (updateRow: any) => updateRow(1, day, 2, { state: 'ended' })`,
  ],
] as const)
  test(`found: a state that is written ${why}`, () => {
    const { violations } = check({
      'modules/pos/migrations/4_pos.sql': `create table pos_day (\n  id uuid primary key,\n  state text not null\n);`,
      'modules/pos/sale/day.ts': `import { entity } from '#kit/module.ts'\nexport const day = entity('pos_day', {})`,
      'kit/module.ts': `export const module = (spec: object) => spec\nexport const entity = (table: string, spec: object) => [table, spec]`,
      'modules/pos/sale/day.store.ts': text,
    })
    assert.deepEqual(
      violations.filter(({ rule }) => rule.includes('state')).map(({ path, rule }) => [path, rule]),
      [['modules/pos/sale/day.store.ts', 'writes the state of pos_day']],
    )
  })

test('a state that is only looked at is nobody’s step', () => {
  const { violations } = check({
    'modules/pos/migrations/4_pos.sql': `create table pos_day (\n  id uuid primary key,\n  state text not null\n);`,
    'modules/pos/sale/day.store.ts': `export const END = "update pos_day set name = 'x' where state = 'open'"\nexport const of = (db: any) => db.updateTable('posDay').set({ name: 'x' }).where('state', '=', 'open')`,
  })
  assert.deepEqual(violations, [])
})

test('found: a page that declares the shape of a row', () => {
  const { violations } = check({
    'modules/pos/sale/sale.page.tsx': `import type { saleRoutes } from './sale.routes.ts'\ninterface SaleRow { id: string }\nexport default function Sale() { return null as unknown as typeof saleRoutes | SaleRow }`,
  })
  assert.deepEqual(
    violations.map(({ rule }) => rule),
    ['declares the shape of a row, SaleRow'],
  )
})

test('names in SQL', () => {
  const named = (sql: string) => namedInSql(sql).map(({ name }) => name)
  assert.deepEqual(named('select extract(day from x.at), a is distinct from b from t'), ['t'])
  assert.deepEqual(
    named('with recursive up as (select 1), down (n) as materialized (select 2) select * from up, down d, unnest($1) u, place'),
    ['place'],
  )
  assert.deepEqual(named('insert into place (a) values (1) on conflict (a) do update set a = 2'), ['place', 'set'])
  assert.deepEqual(named(`select 'from nowhere' -- from nothing\nfrom t for update of t`), ['t', 'of'])
  assert.deepEqual(named('lock table only a in share mode; delete from b using c where true'), ['a', 'b', 'c'])
})
