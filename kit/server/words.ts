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
