import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { check } from 'recheck'
import { readSource, walk } from '../bin/checks/source.ts'
import { maskSearch, maskText } from '#kit/entity.ts'
import { builtPatterns } from '#kit/heading.ts'
import { suggestMapping } from '#kit/server/import/importable.ts'
import { productColumns } from '#modules/catalog/import/columns.rules.ts'
import { root } from './template.ts'

/** Every pattern of the program, wherever it stands: what somebody sends may reach any of them. */
const patterns = new Map<string, { source: string; flags: string; at: string }>()
for (const path of globSync('{kit,modules}/**/*.{ts,tsx}', { cwd: root }).filter((one) => !one.includes('.test.'))) {
  const source = readSource(root, path)
  walk(source.program, (node) => {
    const regex = node['regex'] as { pattern: string; flags: string } | undefined
    if (node.type === 'Literal' && regex)
      patterns.set(`${regex.pattern}/${regex.flags}`, {
        source: regex.pattern,
        flags: regex.flags,
        at: `${path}:${source.lineOf(node.start)}`,
      })
  })
}

/** Patterns that look around, which the checker can't judge, each with what would keep it longest: all are given a megabyte of it. */
const LOOKING: Readonly<Record<string, readonly string[]>> = {
  "^\\.(?=\\s|\\d[\\d' ]*[.,])": ['.1', '1', "1' "],
  '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+|\\+\\d[\\d ()-]{6,18}\\d': [
    'a',
    'a@',
    'a.',
    '+1 ',
  ],
  '^[^\\p{L}]+|(?<=\\p{L})[^\\p{L}]+$': ['1', 'a1', '1a'],
  '(?<![\\w.+-])[\\w.+-]+@[\\w-]+\\.[\\w.]+': ['a', 'a@', '@a', 'a@a.'],
  '(?<!\\/)\\/+$': ['/', '/a'],
}

test('[A1] no pattern of the program takes more time than its text is long', { timeout: 600_000 }, async () => {
  assert.ok(patterns.size > 150)
  const slow: string[] = []
  const waiting = [...patterns.values()].filter((one) => !LOOKING[one.source])
  const lane = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const found = await check(one.source, one.flags, { timeout: 60_000, checker: 'automaton' })
      // What could not be judged is not taken for good: a busy machine must not hide what a quiet one shows.
      if (found.status === 'unknown') slow.push(`${one.at} /${one.source}/${one.flags}: not judged, ${found.error.kind}`)
      if (found.status === 'vulnerable')
        slow.push(`${one.at} /${one.source}/${one.flags}: ${found.complexity.summary}, by ${found.attack.pattern}`)
    }
  }
  // What checks them is another process, which by itself keeps nobody waiting.
  const awake = setInterval(() => undefined, 1_000)
  await Promise.all([lane(), lane()]).finally(() => clearInterval(awake))
  assert.deepEqual(slow.sort(), [])
})

test('[A1] what looks around is as fast with a megabyte of its worst', () => {
  const known = new Map([...patterns.values()].map((one) => [one.source, one]))
  for (const [source, parts] of Object.entries(LOOKING)) {
    const { flags } = known.get(source) ?? assert.fail(`no pattern is ${source}`)
    const worst = parts.map((one) => one.repeat(1_000_000 / one.length))
    for (const text of [...worst, ...worst.map((one) => `${one}\0`), ...worst.map((one) => `.${one}@\0`)]) {
      const begun = performance.now()
      text.replace(new RegExp(source, flags), '')
      assert.ok(performance.now() - begun < 1_500, `${source}, ${text.slice(0, 8)}…: ${Math.round(performance.now() - begun)} ms`)
    }
  }
})

test('[A1] patterns that are built from words are as fast with a megabyte of any of theirs', () => {
  assert.ok(builtPatterns.length >= 9)
  const slow: string[] = []
  for (const { source, flags } of builtPatterns)
    for (const word of new Set(source.match(/[\p{L}\p{M}]{2,}/gu))) {
      const text = `${` ${word}`.repeat(1_000_000 / (word.length + 1))}\0`
      const begun = performance.now()
      text.replace(new RegExp(source, `${flags}g`), '')
      const took = Math.round(performance.now() - begun)
      if (took > 1_500) slow.push(`${source.slice(0, 60)}, ${word}: ${took} ms`)
    }
  assert.deepEqual(slow, [])
})

test('[A1] a megabyte of the worst is masked as fast as a megabyte of anything', () => {
  const worst = ['+aaa', 'a@', '+1 ', 'a.', '@', '+', 'a@a.', '1', 'é%+-'].map((one) => one.repeat(1_000_000 / one.length))
  for (const text of [...worst, ...worst.map((one) => `x@${one}`), ...worst.map((one) => `${one}@`)]) {
    const begun = performance.now()
    maskText(text)
    maskSearch(text)
    assert.ok(performance.now() - begun < 1_500, `${text.slice(0, 8)}…: ${Math.round(performance.now() - begun)} ms`)
  }
  assert.equal(maskText('write to amina.k+x@shop.example.co or +254 712 345678.'), 'write to a•••@shop.example.co or •••• 5678.')
})

test('[A1] a heading of a megabyte is mapped as fast as any', () => {
  for (const part of [' - quantity on han', '[', 'x', ' KES']) {
    const begun = performance.now()
    suggestMapping(
      productColumns,
      ['Title', 'SKU', `a${part.repeat(1_000_000 / part.length)}`],
      {},
      { currency: 'KES', taxInside: true },
    )
    assert.ok(performance.now() - begun < 1_500, `${part}: ${Math.round(performance.now() - begun)} ms`)
  }
})
