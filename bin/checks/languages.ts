import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Violation } from './tree.ts'

/** One `<folder>/words/<language>.json`: what a module says in one language, or what the kit and the frame say. */
export interface Language {
  readonly name: string
  /** `kit`, `web` or `modules/pos`. */
  readonly folder: string
  readonly path: string
  readonly text: string
  readonly messages: Readonly<Record<string, string>>
  /** Each key once: the plural forms `rows_one`, `rows_other` are one key `rows`, with all its sentences. */
  readonly sentences: ReadonlyMap<string, readonly string[]>
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const FAMILIES = 'kit/words/families.json'
export const wordFiles = (root: string): string[] =>
  globSync(['kit/words/*.json', 'web/words/*.json', 'modules/*/words/*.json'], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== FAMILIES)
    .sort()

/** The languages that anything is said in. */
export const languageNames = (root: string): string[] => [
  ...new Set(
    wordFiles(root)
      .map((path) => basename(path, '.json'))
      .sort(),
  ),
]

/** Reads all languages of all folders, and the families: prefixes of keys that are made from declarations. */
export function readLanguages(root: string): { languages: readonly Language[]; families: readonly string[] } {
  const families = existsSync(join(root, FAMILIES))
    ? Object.keys(JSON.parse(readFileSync(join(root, FAMILIES), 'utf8')) as object)
    : []
  const folders = [...new Set(wordFiles(root).map((path) => dirname(dirname(path))))]
  const names = languageNames(root)
  return { languages: folders.flatMap((folder) => names.map((name) => readLanguage(root, folder, name))), families }
}

function readLanguage(root: string, folder: string, name: string): Language {
  const path = `${folder}/words/${name}.json`
  const text = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '{}'
  const messages = JSON.parse(text) as Record<string, string>
  const sentences = new Map<string, string[]>()
  for (const [key, sentence] of Object.entries(messages)) {
    const base = baseOf(key, messages)
    sentences.set(base, [...(sentences.get(base) ?? []), sentence])
  }
  return { name, folder, path, text, messages, sentences }
}

/** `rows` for `rows_few` where there is a `rows_other`; else the key itself. */
function baseOf(key: string, messages: Readonly<Record<string, string>>): string {
  const base = key.replace(PLURAL, '')
  return `${base}_other` in messages ? base : key
}

export function lineOfKey({ text }: Language, key: string): number {
  const at = [`"${key}"`, `"${key}_other"`].map((quoted) => text.indexOf(quoted)).find((found) => found >= 0)
  return at === undefined ? 1 : text.slice(0, at).split('\n').length
}

/**
 * Every language says the same: the same keys with the same parameters, in its own plural forms. In a family English may
 * be left out, because there it stands in the code that declares the thing; the other languages may not.
 */
export function compareLanguages(all: readonly Language[], families: readonly string[]): Violation[] {
  return [...Map.groupBy(all, (one) => one.folder).values()].flatMap((languages) => compareIn(languages, families))
}

function compareIn(languages: readonly Language[], families: readonly string[]): Violation[] {
  const keys = [...new Set(languages.flatMap(({ sentences }) => [...sentences.keys()]))].sort()
  const isFamily = (key: string) => families.some((prefix) => key.startsWith(prefix))
  return languages.flatMap((language) => [
    ...keys
      .filter((key) => !language.sentences.has(key) && !(language.name === 'en' && isFamily(key)))
      .map((key) => absent(language, key)),
    ...differentParams(language, languages),
    ...wrongPlurals(language),
  ])
}

const absent = ({ path }: Language, key: string): Violation => ({
  path,
  line: 1,
  rule: `“${key}” is missing`,
  remedy: 'another language has it: translate it, or remove it there',
})

/** `{n}` may be left out of single plural forms (“one row”), so all forms of a key count together. */
const paramsOf = (sentences: readonly string[]): string =>
  [...new Set(sentences.flatMap((one) => one.match(/\{[^}]*\}/g) ?? []))].sort().join(' ')

function differentParams(language: Language, languages: readonly Language[]): Violation[] {
  const found: Violation[] = []
  for (const [key, sentences] of language.sentences) {
    const model = languages.find(({ sentences: other }) => other.has(key))!
    const [mine, theirs] = [paramsOf(sentences), paramsOf(model.sentences.get(key)!)]
    if (mine !== theirs)
      found.push({
        path: language.path,
        line: lineOfKey(language, key),
        rule: `“${key}” has ${mine || 'no parameters'}, in ${model.name} ${theirs || 'none'}`,
        remedy: 'use the same parameters',
      })
  }
  return found
}

function wrongPlurals(language: Language): Violation[] {
  const own: readonly string[] = new Intl.PluralRules(language.name).resolvedOptions().pluralCategories
  return Object.keys(language.messages).flatMap((key) => {
    const form = PLURAL.exec(key)?.[1]
    if (!form || own.includes(form) || baseOf(key, language.messages) === key) return []
    return [
      {
        path: language.path,
        line: lineOfKey(language, key),
        rule: `“${key}” is never shown: ${language.name} has no form “${form}”`,
        remedy: `its forms are ${own.join(', ')}`,
      },
    ]
  })
}

/** A key stands in one place: what two say alike is said by whoever both stand on. */
export function saidTwice(languages: readonly Language[]): Violation[] {
  const first = new Map<string, Language>()
  return languages.flatMap((language) =>
    [...language.sentences.keys()].flatMap((key) => {
      const before = first.get(`${language.name} ${key}`)
      if (!before) first.set(`${language.name} ${key}`, language)
      return before
        ? [
            {
              path: language.path,
              line: lineOfKey(language, key),
              rule: `“${key}” stands in ${before.path} too`,
              remedy: 'remove one of them',
            },
          ]
        : []
    }),
  )
}
