import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from './start-problem.ts'

/**
 * The key that wraps all others: as given, or from the data folder, where the first start makes one. Whoever runs several
 * processes on several machines gives it; a copy of the database alone opens no encrypted field.
 */
export async function readMasterKey(dataDir: string, given: string | undefined): Promise<Buffer> {
  if (given) return Buffer.from(given, 'base64')
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'master.key')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Made only where there is none: two that start at once agree on one.
  await writeFile(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')
  if (key.length !== 32) throw new StartProblem(`The key in ${path} is damaged. Put the right one back from your backup.`)
  return key
}
