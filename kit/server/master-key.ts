import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from './start-problem.ts'

/**
 * The key that wraps all others: as given, or from the data folder, where the first start makes one. Whoever runs several
 * processes on several machines gives it; a copy of the database alone opens no encrypted field.
 */
export async function readMasterKey(
  dataDir: string,
  { masterKey, masterKeyKms }: { masterKey?: string | undefined; masterKeyKms?: string | undefined },
): Promise<Buffer> {
  if (masterKey) return Buffer.from(masterKey, 'base64')
  if (masterKeyKms) return unwrapped(masterKeyKms)
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
