import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proposed, type Need } from './proposal.rules.ts'

const ONE = 1_000_000n
const need = (more: Partial<Need>): Need => ({
  available: 0n,
  onOrder: 0n,
  level: 10n * ONE,
  target: null,
  pack: null,
  least: null,
  ...more,
})

for (const [what, given, wanted] of [
  ['nothing there: up to the level', {}, 10n],
  ['up to the target', { available: 4n * ONE, target: 24n * ONE }, 20n],
  ['what is under way counts', { available: 4n * ONE, onOrder: 5n * ONE, target: 24n * ONE }, 15n],
  ['enough is under way', { available: 4n * ONE, onOrder: 7n * ONE, target: 24n * ONE }, 0n],
  ['just at the level', { available: 10n * ONE, target: 24n * ONE }, 14n],
  ['just at the level, which is the target: nothing is missing', { available: 10n * ONE }, 0n],
  ['above the level', { available: 11n * ONE, target: 24n * ONE }, 0n],
  ['whole packs', { available: 4n * ONE, target: 24n * ONE, pack: 12n * ONE }, 24n],
  ['at least what the supplier sells', { available: 9n * ONE, target: 12n * ONE, least: 6n * ONE }, 6n],
  ['sold below zero', { available: -3n * ONE }, 13n],
] as [string, Partial<Need>, bigint][])
  test(what, () => assert.equal(proposed(need(given)), wanted * ONE))
