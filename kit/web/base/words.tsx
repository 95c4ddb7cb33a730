import { first, rest } from 'virtual:words'
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { direction, languageOf, translate, type Digits, type Messages, type Params, type Translate } from '../../words.ts'

/** The languages that there are files for. */
export const languages: readonly string[] = Object.keys(first).sort((a, b) =>
  a === 'en' ? -1 : b === 'en' ? 1 : a.localeCompare(b),
)

const STORED = 'duka.language'
const loaded: Record<string, Messages> = {}
const fetched = new Map<object, Promise<void>>()
// A till needs the first part only.
let parts = [first]

/** The language of this browser until somebody signs in: the last one used here, else what the browser asks for. */
export function firstLanguage(): string {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages.map(languageOf)]
  return wanted.find((language) => language !== null && languages.includes(language)) ?? 'en'
}

const CHOSEN = 'duka.language.chosen'
/** Somebody chose a language before they signed in: they go on in it. */
export const chooseLanguage = (language: string): void => sessionStorage.setItem(CHOSEN, language)
/** What was chosen before the sign-in, once. */
export function takeChosenLanguage(): string | null {
  const chosen = sessionStorage.getItem(CHOSEN)
  sessionStorage.removeItem(CHOSEN)
  return chosen
}

/** Fetches a language, and English behind it, before anything is shown in it. */
export async function loadLanguage(language: string): Promise<void> {
  await Promise.all([language, 'en'].flatMap((one) => parts.map((part) => fetchPart(one, part[one]))))
}

/** Fetches what the pages inside the frame say as well, in the languages that are in use. */
export async function loadRest(): Promise<void> {
  parts = [first, rest]
  await Promise.all(Object.keys(loaded).map(loadLanguage))
}

async function fetchPart(language: string, load: (() => Promise<{ default: Messages }>) | undefined): Promise<void> {
  if (!load) return
  const take = async () => {
    const { default: messages } = await load()
    loaded[language] = { ...loaded[language], ...messages }
  }
  const running = fetched.get(load) ?? take()
  fetched.set(load, running)
  // What could not be fetched is fetched the next time.
  await running.catch((error: unknown) => {
    fetched.delete(load)
    throw error
  })
}

interface Words {
  readonly t: Translate
  readonly language: string
  readonly setLanguage: (language: string) => Promise<void>
  readonly digits: Digits
}

const WordsContext = createContext<Words | null>(null)

/** Gives the pages their words. `region` refines formats (`en` in Kenya is `en-KE`). */
export function WordsProvider({
  first,
  region,
  digits,
  currency,
  children,
}: {
  first: string
  region?: string
  digits: Digits
  currency?: string
  children: ReactNode
}) {
  const [language, show] = useState(first)
  const locale = region ? `${language}-${region}` : language
  const setLanguage = useCallback(async (next: string) => {
    await loadLanguage(next)
    localStorage.setItem(STORED, next)
    show(next)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction(language)
  }, [language])
  const words = useMemo(
    () => ({ t: translate(loaded, locale, digits, currency), language, setLanguage, digits }),
    [locale, language, setLanguage, digits, currency],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

function useWords(): Words {
  const words = use(WordsContext)
  if (!words) throw new Error('useT needs a WordsProvider above it')
  return words
}

/** The translator: `t('list.empty')`, `t('list.rows', { n: 3 })`, `t.of('field', 'catalog.product.name')`. */
export const useT = (): Translate => useWords().t
export const useLanguage = (): Pick<Words, 'language' | 'setLanguage' | 'digits'> => useWords()

/** A sentence: `<T k="list.rows" n={3} />`. */
export function T({ k, ...params }: { k: string } & Params) {
  return useT()(k, params as Params)
}
