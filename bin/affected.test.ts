import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { affectedBy } from './affected.ts'
import { readTree } from './checks/tree.ts'

const tree = readTree(dirname(dirname(fileURLToPath(import.meta.url))))

test('a rule touches the tests that import it and those of its slice, and few others', () => {
  const found = affectedBy(tree, ['modules/inventory/transfer/transfer.rules.ts'])
  for (const wanted of [
    'test/conformance.test.ts',
    'modules/inventory/transfer/transfer.rules.test.ts',
    'modules/inventory/transfer/transfer.test.ts',
    'test/journeys/transfer.test.ts',
  ])
    assert.ok(found.includes(wanted), wanted)
  assert.ok(!found.includes('modules/access/front-door/sign-in.test.ts'))
  assert.ok(found.length < tree.sources.filter(({ path }) => path.endsWith('.test.ts')).length / 2, String(found.length))
})

test('a test that changed is run itself; a page leads to the journeys that go there; the ground is everything', () => {
  assert.ok(affectedBy(tree, ['kit/day.test.ts']).includes('kit/day.test.ts'))
  assert.ok(affectedBy(tree, ['modules/sourcing/purchase/purchase.page.tsx']).includes('test/journeys/purchase.test.ts'))
  const all = tree.sources.filter(({ path }) => path.endsWith('.test.ts')).length
  assert.equal(affectedBy(tree, ['test/harness.ts']).length, all)
  const migration = affectedBy(tree, ['modules/inventory/migrations/20990101T0000_x.sql'])
  assert.ok(migration.includes('modules/inventory/stock/ceiling.test.ts'))
})
