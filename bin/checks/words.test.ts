import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { readTree, type Violation } from './tree.ts'
import { checkWords } from './words.ts'

type Words = Record<string, string>

const en: Words = {
  'page.home': 'Home',
  'list.rows_one': 'One row',
  'list.rows_other': '{n} rows',
  'sale.due': 'Due: {due:money}',
  'menu.sell': 'Sell',
  'menu.stock': 'Stock',
  'tab.a': 'A',
}
const ar: Words = { ...en, 'page.home': 'الرئيسية', 'list.rows_two': 'صفّان', 'list.rows_few': '{n} صفوف', 'problem.gone': 'ذهب' }
const families = { 'problem.': 'Keyed by the code; English stands there.' }
const page = `
export const routes = [{ title: 'page.home' }, { words: 'tab.a' }]
export default function Sale({ t, area, sale, Heading, T, kbd }: any) {
  const text = \`menu.\${area}\`
  return <Heading title="page.home" label={t(text)} alt="5 kg" aria-label={sale ? t('sale.due') : undefined} data-note="not shown">
    <T k={sale ? 'list.rows' : 'page.home'} n={3} /> · × 3 kg {'/'} {t.of('problem', 'gone')} <kbd>Ctrl K</kbd>
  </Heading>
}`

interface Changes {
  readonly en?: Words
  readonly ar?: Words
  readonly files?: Readonly<Record<string, string>>
}

function check(changes: Changes = {}): Violation[] {
  const root = mkdtempSync(join(tmpdir(), 'duka-words-'))
  const files: Record<string, string> = {
    'kit/words/en.json': JSON.stringify(changes.en ?? en, null, 1),
    'kit/words/ar.json': JSON.stringify(changes.ar ?? ar, null, 1),
    'kit/words/families.json': JSON.stringify(families),
    'modules/pos/receipt/sale.page.tsx': page,
    ...changes.files,
  }
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return checkWords(readTree(root))
  } finally {
    rmSync(root, { recursive: true })
  }
}

const without = (words: Words, key: string): Words => Object.fromEntries(Object.entries(words).filter(([one]) => one !== key))
const only = (changes: Changes): string => {
  const found = check(changes)
  assert.equal(found.length, 1, JSON.stringify(found))
  return `${found[0]!.path}:${found[0]!.line} ${found[0]!.rule}`
}
const part = (text: string) => ({
  files: { 'kit/web/Part.tsx': `export const Part = ({ t, T, Box, is }: any) =>\n  ${text} ?? [t, T, Box, is]` },
})

test('words in order have no violation', () => assert.deepEqual(check(), []))

test('a key that one language lacks', () => {
  assert.match(only({ ar: without(ar, 'sale.due') }), /^kit\/words\/ar\.json:1 “sale\.due” is missing/)
})

test('a family may lack English only', () => {
  assert.match(
    only({ en: { ...en, 'problem.gone': 'Gone', 'problem.here': 'Here' } }),
    /^kit\/words\/ar\.json:1 “problem\.here” is missing/,
  )
})

test('other parameters', () => {
  assert.match(
    only({ en: { ...en, 'sale.due': 'Due: {due}' } }),
    /^kit\/words\/en\.json:\d+ “sale\.due” has \{due\}, in ar \{due:money\}/,
  )
})

test('a key that stands twice', () => {
  const more = JSON.stringify({ 'page.home': 'Home' })
  const files = { 'modules/pos/words/en.json': more, 'modules/pos/words/ar.json': more }
  assert.match(check({ files })[0]!.rule, /“page\.home” stands in kit\/words\/\w\w\.json too/)
})

test('a sentence of a module that the page does not stand on', () => {
  const words = JSON.stringify({ 'shelf.low': 'Low' })
  const files = {
    'modules/stock/module.ts': `export default module({ name: 'stock', depends: [] })`,
    'modules/stock/words/en.json': words,
    'modules/stock/words/ar.json': words,
    'modules/pos/module.ts': `export default module({ name: 'pos', depends: [] })`,
    'modules/pos/Low.tsx': `export const Low = ({ t }: any) => t('shelf.low')`,
  }
  assert.match(only({ files }), /^modules\/pos\/Low\.tsx:1 “shelf\.low” stands in modules\/stock\/words/)
  const standing = { 'modules/pos/module.ts': `export default module({ name: 'pos', depends: ['stock'] })` }
  assert.deepEqual(check({ files: { ...files, ...standing } }), [])
})

test('a key that nothing uses', () => {
  const more = { 'page.old': 'Old' }
  assert.match(only({ en: { ...en, ...more }, ar: { ...ar, ...more } }), /ar\.json:\d+ “page\.old” is not used/)
})

test('a use in a test does not count', () => {
  const more = { 'page.old': 'Old' }
  const files = { 'kit/old.test.ts': `export const old = 'page.old'` }
  assert.match(only({ en: { ...en, ...more }, ar: { ...ar, ...more }, files }), /“page\.old” is not used/)
})

for (const [what, text] of Object.entries({
  't()': `t('page.none')`,
  'a condition in t()': `t(is ? 'page.home' : 'page.none')`,
  '<T>': `<T k="page.none" />`,
  'a title that is handed on': `({ title: 'page.none' })`,
})) {
  test(`a key without a sentence, in ${what}`, () =>
    assert.match(only(part(text)), /^kit\/web\/Part\.tsx:2 “page\.none” has no sentence/))
}

test('a family that nobody declared', () => {
  assert.match(only(part(`t.of('colour', 'red')`)), /the family “colour\.” is not declared/)
})

for (const text of [
  `<Box>Hello there</Box>`,
  `<Box>{'Hello'}</Box>`,
  `<Box>{is ? 'Hello' : null}</Box>`,
  `<Box>{\`Hello \${is}\`}</Box>`,
  `<Box label="Hello" />`,
  `<Box title={is && 'Hello'} />`,
  `<Box placeholder={'Hello'} />`,
  `<Box aria-label="مرحبا" />`,
  `<Box description="Hello" />`,
  `<Box alt={\`Hello \${is}\`} />`,
]) {
  test(`a sentence in a page: ${text}`, () => assert.match(only(part(text)), /^kit\/web\/Part\.tsx:2 a sentence in a page/))
}
