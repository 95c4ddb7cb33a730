import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Messages } from '../words.ts'

const folder = join(import.meta.dirname, '..', '..', 'words')
let read: Record<string, Messages> | undefined

/** The words of every language, for what the server writes: receipts, documents, mails. Read once. */
export function serverWords(): Readonly<Record<string, Messages>> {
  read ??= Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /^[a-z]{2,3}(-[A-Z]{2})?\.json$/.test(name))
      .map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Messages]),
  )
  return read
}

let seeded: Map<string, string> | undefined
/**
 * The key of a name that a new company began with (`seed.method.cash` for "Cash", "نقدًا" or "Taslimu"), as long as nobody
 * has renamed it: a page then says it in the language of its reader. `undefined` for a name of the company's own.
 */
export function seedKeyOf(family: string, name: string): string | undefined {
  seeded ??= new Map(
    Object.values(serverWords()).flatMap((words) =>
      Object.entries(words)
        .filter(([key]) => key.startsWith('seed.'))
        .map(([key, text]) => [`${key.split('.')[1]}|${text}`, key] as const),
    ),
  )
  return seeded.get(`${family}|${name}`)
}
