import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkImports } from './checks/imports.ts'
import { readTree } from './checks/tree.ts'
import { Refusal, writeNew } from './new.ts'

const root = mkdtempSync(join(tmpdir(), 'duka-new-'))
after(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'modules'))
const about = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as object
writeFileSync(join(root, 'package.json'), JSON.stringify(about))

test('a new module with a new slice keeps the borders; only the site map is left to do', () => {
  writeNew(root, 'module', 'pos')
  const { paths, steps } = writeNew(root, 'slice', 'pos/return', new Date('2026-11-21T09:30:00Z'))
  assert.ok(paths.includes('modules/pos/migrations/20261121T0930_pos_return.sql'))
  assert.ok(steps.some(([, what]) => what.includes("'#modules/pos/return/returns.page.tsx'")))
  const { violations } = checkImports(readTree(root))
  assert.deepEqual(
    violations.map(({ path, rule }) => [path, rule]),
    [['modules/pos/return/returns.page.tsx', 'a page that is not on the site map']],
  )
})

test('migrations of later slices run later, whatever the clock says', () => {
  const { paths } = writeNew(root, 'slice', 'pos/stock-take', new Date('2020-01-01T00:00:00Z'))
  assert.ok(paths.includes('modules/pos/migrations/20261121T0931_pos_stock_take.sql'))
})

for (const [what, name] of [
  ['slice', 'pos/return'],
  ['module', 'pos'],
  ['slice', 'shop/till'],
  ['slice', 'pos/../x'],
  ['slice', 'pos'],
  ['module', 'Pos'],
  ['page', 'pos/x'],
] as const) {
  test(`refused: bin/new ${what} ${name}`, () => assert.throws(() => writeNew(root, what, name), Refusal))
}
