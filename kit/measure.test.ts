import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureOf } from './measure-names.ts'
import { isFineMeasure, ratioOf } from './measure.ts'

test('a unit is known by its code or its name in any language, with the full stop of an abbreviation', () => {
  for (const [name, is] of [
    ['g', 'g'],
    ['Gram', 'g'],
    ['gms', 'g'],
    ['KG', 'kg'],
    ['kg.', 'kg'],
    ['Kilo', 'kg'],
    ['كيلوغرام', 'kg'],
    ['Lita', 'l'],
    ['м', 'm'],
    ['lbs', 'lb'],
    ['Piece', undefined],
    ['box', undefined],
    ['', undefined],
  ] as const)
    assert.equal(measureOf(name), is, name)
  assert.equal(measureOf('w1', 'Kilogram'), 'kg', 'a code of the shop’s own with a name that is known')
})

test('what one is in another of its kind, exactly', () => {
  assert.deepEqual(ratioOf('kg', 'g'), [1_000_000_000_000n, 1_000_000_000n])
  assert.equal(ratioOf('kg', 'l'), undefined)
  const [pounds, kilograms] = ratioOf('kg', 'lb')!
  assert.equal(Number(pounds) / Number(kilograms), 2.2046226218487757)
})

test('what is sold in tens of grams or less is fine', () => {
  assert.deepEqual(
    (
      [
        ['g', 0],
        ['kg', 3],
        ['kg', 2],
        ['kg', 1],
        ['kg', 0],
        ['l', 0],
        ['ml', 0],
        ['lb', 2],
        ['lb', 0],
        ['m', 3],
      ] as const
    ).filter(([name, decimals]) => isFineMeasure(name, decimals)),
    [
      ['g', 0],
      ['kg', 3],
      ['kg', 2],
      ['ml', 0],
      ['lb', 2],
    ],
  )
})
