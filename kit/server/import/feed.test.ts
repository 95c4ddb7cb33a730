import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parentsFirst } from './feed.ts'
import type { Group } from './importable.ts'

test('what lies in one another is put in order by looking at each once, however many have one name', async () => {
  let looks = 0
  const group = (number: number, name: string, parent: string): Group => ({
    rows: [
      {
        number,
        get cells() {
          looks += 1
          return { name, parent }
        },
      },
    ],
  })
  const order = async (rows: readonly (readonly [string, string])[]) => {
    looks = 0
    const ordered = await parentsFirst(
      rows.map(([name, parent], at) => group(at, name, parent)),
      { name: 'name', parent: 'parent' },
    )
    assert.ok(looks <= 2 * rows.length, `${looks} looks at ${rows.length} rows`)
    return ordered.map(({ rows: [row] }) => row!.number)
  }
  // More than are handed to a function at once.
  const many = 200_000
  assert.equal((await order(Array.from({ length: many }, () => ['A', 'a'] as const))).length, many)
  const inside = Array.from({ length: 20_000 }, (_, at) => [at % 2 ? 'Root' : `C${at}`, at % 2 ? '' : 'Root'] as const)
  assert.equal(new Set(await order(inside)).size, inside.length)
  assert.deepEqual(
    await order([
      ['Shirts', 'Men'],
      ['Men', 'Clothes'],
      ['Shirts', 'Women'],
      ['Long', 'Shirts'],
      ['Women', 'Clothes'],
      ['Clothes', ''],
    ]),
    [5, 1, 0, 4, 2, 3],
  )
  assert.deepEqual(
    (
      await order([
        ['X', 'Y'],
        ['Y', 'X'],
        ['Z', 'X'],
      ])
    ).toSorted(),
    [0, 1, 2],
  )
})
