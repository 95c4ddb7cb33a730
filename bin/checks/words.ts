import { dirname } from 'node:path'
import { compareLanguages, lineOfKey, readLanguages, saidTwice, type Language } from './languages.ts'
import { checkSentences } from './sentences.ts'
import { below, readTree, show, type Tree, type Violation } from './tree.ts'
import { readUses, type Uses } from './uses.ts'

/**
 * Every sentence that people read stands with those who say it, in every language, once, and is used. Keys of declared
 * families (`kit/words/families.json`) are made from declarations; the conformance test looks after those.
 */
export function checkWords(tree: Tree): Violation[] {
  const { languages, families } = readLanguages(tree.root)
  const [first] = languages
  if (!first) return [{ path: 'words', line: 1, rule: 'there are no words', remedy: 'write kit/words/en.json' }]
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
    ...saidTwice(languages),
    ...outOfReach(tree, uses, languages),
    ...unused,
    ...missing(uses, keys, families),
    ...checkSentences(tree.sources, (text) => keys.has(text)),
  ]
}

/** A sentence is there wherever it is asked for: a page has its own, the kit’s, and those of the modules that its own stands on. */
function outOfReach(tree: Tree, { asked }: Uses, languages: readonly Language[]): Violation[] {
  const folderOf = new Map(
    languages.flatMap(({ folder, sentences }) => [...sentences.keys()].map((key) => [key, folder] as const)),
  )
  const reaches = (path: string, folder: string): boolean => {
    const [top, module = ''] = path.split('/')
    if (folder === 'kit' || top === 'web') return true
    return top === 'modules' && (folder === `modules/${module}` || below(tree, module).has(folder.slice('modules/'.length)))
  }
  return asked.flatMap(({ key, path, line }) => {
    const folder = folderOf.get(key)
    return folder === undefined || reaches(path, folder)
      ? []
      : [
          {
            path,
            line,
            rule: `“${key}” stands in ${folder}/words, which may not be there`,
            remedy: 'move it to those on whom both stand',
          },
        ]
  })
}

function missing(uses: Uses, keys: ReadonlySet<string>, families: readonly string[]): Violation[] {
  return [
    ...uses.asked
      .filter(({ key }) => !keys.has(key))
      .map(({ key, path, line }) => ({
        path,
        line,
        rule: `“${key}” has no sentence`,
        remedy: 'add it to the words of its module, in every language',
      })),
    ...uses.families
      .filter(({ key }) => !families.includes(key))
      .map(({ key, path, line }) => ({
        path,
        line,
        rule: `the family “${key}” is not declared`,
        remedy: 'add it to kit/words/families.json with a word on what makes its keys',
      })),
  ]
}

if (import.meta.main) {
  const violations = checkWords(readTree(dirname(dirname(import.meta.dirname))))
  for (const one of violations) console.log(show(one))
  process.exitCode = violations.length > 0 ? 1 : 0
}
