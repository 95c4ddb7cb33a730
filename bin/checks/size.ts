import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a till may fetch before it is used for the first time: kilobytes of script, compressed, words included. */
export const TILL_KB = 250

const TILL_PAGE = '../modules/pos/selling/sell.page.tsx'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly imports?: readonly string[]
}

/** What a till fetches before it can be used for the first time: the entry, the page, and all that they import, as it is sent. */
export function firstLoad(root: string): { kilobytes: number; words: number; files: number } {
  const dist = join(root, 'dist')
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const needed = new Set<string>()
  const visit = (key: string) => {
    if (needed.has(key)) return
    needed.add(key)
    for (const next of manifest[key]?.imports ?? []) visit(next)
  }
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  if (!manifest[TILL_PAGE]) throw new Error(`the build has no ${TILL_PAGE}: say here where the page of the till stands now`)
  for (const [key, chunk] of Object.entries(manifest)) if (page.includes(chunk.file)) visit(key)
  visit(TILL_PAGE)
  const sizeOf = (file: string) => statSync(join(dist, `${file}.br`)).size / 1000
  const script = [...needed].map((key) => manifest[key]!.file).filter((file) => file.endsWith('.js'))
  const english = readdirSync(join(dist, 'assets')).find((file) => /^words-first-en-.*\.js$/.test(file))
  const words = english ? sizeOf(`assets/${english}`) : 0
  return { kilobytes: script.reduce((all, file) => all + sizeOf(file), 0) + words, words, files: script.length }
}

/** Built files that import each other, if there are any: what the first takes from the last is undefined when it begins. */
function circleIn(root: string): string[] | undefined {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const done = new Set<string>()
  const visit = (key: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(key)) return [...way.slice(way.indexOf(key)), key]
    if (done.has(key)) return undefined
    for (const next of manifest[key]?.imports ?? []) {
      const found = visit(next, [...way, key])
      if (found) return found
    }
    done.add(key)
    return undefined
  }
  for (const key of Object.keys(manifest)) {
    const found = visit(key, [])
    if (found) return found
  }
  return undefined
}

/** @returns a sentence when the built client is larger than it may be, or when there is none */
export function checkSize(root: string): string | undefined {
  if (!existsSync(join(root, 'dist/.vite/manifest.json'))) return 'the web client has not been built: npm run build'
  const round = circleIn(root)
  if (round)
    return `files of the web client need each other: ${round.join(' → ')}.\nOne of them begins before the other is there: put what both need into one file (vite.config.ts).`
  const { kilobytes, words, files } = firstLoad(root)
  if (kilobytes < TILL_KB) return undefined
  return `the till fetches ${kilobytes.toFixed(0)} kB of script in ${files} files (${words.toFixed(0)} kB of it words) before it is used first; ${TILL_KB} kB are promised.\nLook what came in: a library that only some pages need is imported by them, or lazily.`
}
