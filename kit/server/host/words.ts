import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { foldText, wordsOf } from '../../fold.ts'
import { languageOf, seededName, translate, type Messages, type Translate } from '../../words.ts'

const root = join(import.meta.dirname, '..', '..', '..')
let read: Record<string, Messages> | undefined

/** Sentences stand with those who say them. */
const WORDS = ['kit/words/*.json', 'web/words/*.json', 'modules/*/words/*.json']

/** The words of every language, for what the server writes: receipts, documents, mails. Read once. */
export function serverWords(): Readonly<Record<string, Messages>> {
  if (read) return read
  read = {}
  for (const path of globSync(WORDS, { cwd: root })) {
    const language = basename(path, '.json')
    if (/^[a-z]{2,3}(-[A-Z]{2})?$/.test(language))
      read[language] = { ...read[language], ...(JSON.parse(readFileSync(join(root, path), 'utf8')) as Messages) }
  }
  return read
}

/** What is written for one reader, in their language. */
export const wordsFor = (locale: string): Translate => translate(serverWords(), languageOf(locale))

interface Seed {
  readonly family: string
  readonly key: string
  readonly text: string
  /** Where a name of the company's own stands in it: "Drawer {till}". */
  readonly pattern: RegExp | null
}
let seeds: ReadonlyMap<string, readonly Seed[]> | undefined
const seedsOf = (family: string): readonly Seed[] => {
  seeds ??= Map.groupBy(
    Object.values(serverWords()).flatMap((words) =>
      Object.entries(words).flatMap(([key, text]) => {
        const [kind, part, name] = key.split('.')
        if (kind === 'tax') return [{ family: kind, key, text, pattern: null }]
        return kind === 'seed' && part && name ? [{ family: part, key, text, pattern: patternOf(text) }] : []
      }),
    ),
    (one) => one.family,
  )
  return seeds.get(family) ?? []
}

function patternOf(text: string): RegExp | null {
  const [before, after] = text.split(/\{\w+\}/)
  return after === undefined ? null : new RegExp(`^${RegExp.escape(before!)}(.+)${RegExp.escape(after)}$`, 'u')
}

/**
 * The key of a name that a new company began with (`seed.method.cash` for "Cash", "نقدًا" or "Taslimu"), as long as nobody
 * has renamed it: a page then says it in the language of its reader. `seed.account.drawer:Till 1` where a name stands in it,
 * `undefined` for a name of the company's own.
 */
export function seedKeyOf(family: string, name: string): string | undefined {
  for (const { key, text, pattern } of seedsOf(family)) {
    if (text === name) return key
    const own = pattern?.exec(name)?.[1]
    if (own) return `${key}:${own}`
  }
  return undefined
}

/** A name as its reader says it, where a new company began with it; a name of the company's own stays as it is. */
export const shownName = (t: Translate, family: string, name: string): string =>
  seededName(t, { name, seed: seedKeyOf(family, name) ?? null })

/** What a document is called that has no number yet. */
export const unnumbered = (t: Translate, { name }: { readonly name: string }): string =>
  t('document.unnumbered', { thing: t.of('entity', name) })

/** The names in any language of what a reader calls by these words, so that it is found by what is seen. */
export function seedsSaid(t: Translate, family: string, words: string): string[] {
  const wanted = wordsOf(words)
  const said = seedsOf(family).filter(({ key, pattern }) => {
    const text = foldText(t(key))
    return !pattern && wanted.length > 0 && wanted.every((word) => text.includes(word))
  })
  const keys = new Set(said.map((one) => one.key))
  return [...new Set(seedsOf(family).flatMap((one) => (keys.has(one.key) ? [one.text] : [])))]
}

/** What a name that a new company began with is called in every language; nothing for a name of the company's own. A file may say any. */
export function namesOfSeed(family: string, name: string): string[] {
  const small = name.toLowerCase()
  const keys = new Set(seedsOf(family).flatMap((one) => (one.text.toLowerCase() === small ? [one.key] : [])))
  return seedsOf(family).flatMap((one) => (keys.has(one.key) ? [one.text] : []))
}
