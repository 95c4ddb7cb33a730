import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from './db.ts'
import { fingerprint } from './seal.ts'
import { StartProblem } from '../host/start-problem.ts'

/**
 * The key that wraps all others: as given, or from the data folder, where the first start makes one. Whoever runs several
 * processes on several machines gives it; a copy of the database alone opens no encrypted field. While it is being replaced,
 * the next one is there as well, and what the database says decides.
 */
export async function readMasterKeys(
  dataDir: string,
  { masterKey, masterKeyNext, masterKeyKms }: { [Name in 'masterKey' | 'masterKeyNext' | 'masterKeyKms']?: string | undefined },
): Promise<Buffer[]> {
  const next = masterKeyNext ? [Buffer.from(masterKeyNext, 'base64')] : []
  if (masterKey) return [Buffer.from(masterKey, 'base64'), ...next]
  if (masterKeyKms) return [await unwrapped(masterKeyKms), ...next]
  const { folder, path, nextPath } = pathsIn(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Made only where there is none: two that start at once agree on one.
  await writeKey(path, randomBytes(32)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const waiting = existsSync(nextPath) ? [await readKey(nextPath)] : []
  return [await readKey(path), ...waiting, ...next]
}

const pathsIn = (dataDir: string) => {
  const folder = join(dataDir, 'keys')
  return { folder, path: join(folder, 'master.key'), nextPath: join(folder, 'master.key.next') }
}

const writeKey = (path: string, key: Buffer) => writeFile(path, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })

async function readKey(path: string): Promise<Buffer> {
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')
  if (key.length !== 32) throw new StartProblem(`The key in ${path} is damaged. Put the right one back from your backup.`)
  return key
}

/** Makes a master key that is to come after the one of the data folder; it counts once the database says so. */
export async function makeNextMasterKey(dataDir: string): Promise<Buffer> {
  const { nextPath } = pathsIn(dataDir)
  if (!existsSync(nextPath)) await writeKey(nextPath, randomBytes(32))
  return readKey(nextPath)
}

/** Puts the next master key of the data folder in the place of the old one, once the keys in the database are wrapped by it. */
export async function keepMasterKey(dataDir: string, { pool }: Pick<Database, 'pool'>): Promise<void> {
  const { path, nextPath } = pathsIn(dataDir)
  if (!existsSync(nextPath)) return
  const next = fingerprint(await readKey(nextPath))
  const { rows } = await pool.query<{ master: string }>('select distinct master from data_key')
  if (rows.every((row) => row.master === next)) await rename(nextPath, path)
}

/** A master key that AWS KMS has wrapped, with the context that it was wrapped with. */
async function unwrapped(wrapped: string): Promise<Buffer> {
  const { DecryptCommand, KMSClient } = await import('@aws-sdk/client-kms')
  const client = new KMSClient({ maxAttempts: 3 })
  try {
    const { Plaintext } = await client.send(
      new DecryptCommand({ CiphertextBlob: Buffer.from(wrapped, 'base64'), EncryptionContext: { purpose: 'duka-master-key' } }),
    )
    if (Plaintext?.length !== 32) throw new Error('not 32 bytes')
    return Buffer.from(Plaintext)
  } catch (error) {
    throw new StartProblem(
      `AWS KMS did not open the master key (${(error as Error).name}). See DUKA_MASTER_KEY_KMS in README.md.`,
    )
  } finally {
    client.destroy()
  }
}
