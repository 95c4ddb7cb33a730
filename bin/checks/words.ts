import { dirname } from 'node:path'
import { compareLanguages, lineOfKey, readLanguages } from './languages.ts'
import { checkSentences } from './sentences.ts'
import { readTree, show, type Tree, type Violation } from './tree.ts'
import { readUses, type Uses } from './uses.ts'

/**
 * Every sentence that people read stands in `words/`, in every language, and is used. Keys of declared families
 * (`words/families.json`) are made from declarations; the conformance test looks after those.
 */
export function checkWords(tree: Tree): Violation[] {
  const { languages, families } = readLanguages(tree.root)
  const [first] = languages
  if (!first) return [{ path: 'words', line: 1, rule: 'there are no words', remedy: 'write words/en.json' }]
  const keys = new Set(languages.flatMap(({ sentences }) => [...sentences.keys()]))
  const uses = readUses(tree.sources, new Set([...keys].map((key) => key.split('.')[0]!)))
  const isFamily = (key: string) => families.some((prefix) => key.startsWith(prefix))
  const isUsed = (key: string) => isFamily(key) || uses.strings.has(key) || uses.patterns.some((pattern) => pattern.test(key))

  const unused = [...keys]
    .filter((key) => !isUsed(key))
    .map((key) => {
      const language = languages.find(({ sentences }) => sentences.has(key)) ?? first
      return {
        path: language.path,
        line: lineOfKey(language, key),
        rule: `“${key}” is not used`,
        remedy: 'remove it from all languages',
      }
    })
  return [
    ...compareLanguages(languages, families),
    ...unused,
    ...missing(uses, keys, families),
    ...checkSentences(tree.sources, (text) => keys.has(text)),
  ]
}

function missing(uses: Uses, keys: ReadonlySet<string>, families: readonly string[]): Violation[] {
  return [
    ...uses.asked
      .filter(({ key }) => !keys.has(key))
      .map(({ key, path, line }) => ({ path, line, rule: `“${key}” has no sentence`, remedy: 'add it to words/*.json' })),
    ...uses.families
      .filter(({ key }) => !families.includes(key))
      .map(({ key, path, line }) => ({
        path,
        line,
        rule: `the family “${key}” is not declared`,
        remedy: 'add it to words/families.json with a word on what makes its keys',
      })),
  ]
}

if (import.meta.main) {
  const violations = checkWords(readTree(dirname(dirname(import.meta.dirname))))
  for (const one of violations) console.log(show(one))
  process.exitCode = violations.length > 0 ? 1 : 0
}
