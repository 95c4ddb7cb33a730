import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { Database } from './db.ts'
import { StartProblem } from './start-problem.ts'

const IV = 12
const TAG = 16

/** Encrypts with AES-256-GCM. `about` is authenticated with it, so that a value moved to another record does not open. */
function encrypt(key: Buffer, plain: Buffer, about: string): string {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

function decrypt(key: Buffer, sealed: string, about: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV)).setAAD(Buffer.from(about))
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()])
}

let master: Buffer | undefined

/** The key of this installation, 32 bytes: it wraps the keys that encrypt fields, and stands in no database. */
export function useMasterKey(key: Buffer): void {
  if (key.length !== 32) throw new Error('the master key has 32 bytes')
  master = key
}

const fingerprint = (key: Buffer): string =>
  createHash('sha256').update('duka master').update(key).digest('base64url').slice(0, 16)

/** Encrypts and decrypts fields with the keys of one database. */
export interface Keyring {
  /** `about` names the record and the field; the same is needed to open it. */
  seal(plain: string, about: string): string
  /** @throws Error when it was not sealed by these keys about this record */
  open(sealed: string, about: string): string
  /** The same text gives the same index, and nobody without the key can make one: for exact search and for duplicates. */
  index(kind: string, text: string): string
}

const rings = new WeakMap<Database, Promise<Keyring>>()

/** The keys of a database, unwrapped once for a process; the first process to ask makes them. */
export function keyring(database: Database): Promise<Keyring> {
  const known = rings.get(database)
  if (known) return known
  const made = readKeys(database)
  rings.set(database, made)
  made.catch(() => rings.delete(database))
  return made
}

async function readKeys({ pool }: Database): Promise<Keyring> {
  if (!master) throw new Error('no master key has been given')
  const key = master
  const wrap = (use: string) => encrypt(key, randomBytes(32), `${use} 1`)
  await pool.query(
    `insert into data_key (use, generation, wrapped, master) values ('fields', 1, $1, $3), ('index', 1, $2, $3) on conflict do nothing`,
    [wrap('fields'), wrap('index'), fingerprint(key)],
  )
  const { rows } = await pool.query<{ use: string; generation: number; wrapped: string; master: string }>(
    'select use, generation, wrapped, master from data_key order by generation',
  )
  if (rows.some((row) => row.master !== fingerprint(key)))
    throw new StartProblem(
      'The fields in this database are encrypted with another master key. Give the right one in DUKA_MASTER_KEY, or put keys/master.key back into the data folder.',
    )
  const unwrapped = rows.map(({ use, generation, wrapped }) => ({
    use,
    generation,
    key: decrypt(key, wrapped, `${use} ${generation}`),
  }))
  const fields = new Map(unwrapped.filter((one) => one.use === 'fields').map((one) => [one.generation, one.key]))
  const newest = Math.max(...fields.keys())
  const index = unwrapped.find((one) => one.use === 'index')!.key
  return {
    seal: (plain, about) => `${newest}.${encrypt(fields.get(newest)!, Buffer.from(plain), about)}`,
    open(sealed, about) {
      const [generation = '', text = ''] = sealed.split('.')
      const found = fields.get(Number(generation))
      if (!found) throw new Error(`no data key of generation ${generation}`)
      return decrypt(found, text, about).toString()
    },
    index: (kind, text) => createHmac('sha256', index).update(`${kind}\0${text}`).digest('base64url').slice(0, 24),
  }
}
