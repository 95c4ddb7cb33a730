import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, type DecipherGCM } from 'node:crypto'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { StartProblem } from '../host/start-problem.ts'

const IV = 12
const TAG = 16

// Randomness is fetched for five hundred of them at once: asking the system each time costs as much as sealing.
let ivs = Buffer.alloc(0)
function freshIv(): Buffer {
  if (ivs.length === 0) ivs = randomBytes(IV * 500)
  const iv = ivs.subarray(0, IV)
  ivs = ivs.subarray(IV)
  return iv
}

/** AES-256-GCM: IV, tag, text. `about` is authenticated with it, so that a value moved to another record does not open. */
function encrypt(key: Buffer, plain: Buffer, about: Buffer): Buffer {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(about)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text])
}

function decrypt(key: Buffer, sealed: Buffer, about: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(about)
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()])
}

/** What stands before a sealed text: the generation of its key and whose it is, then what its cipher begins and ends with. */
async function* unsealing(sealed: Readable, keyOf: (generation: number) => Buffer): AsyncGenerator<Buffer> {
  let begun = Buffer.alloc(0)
  let decipher: DecipherGCM | undefined
  for await (const piece of sealed as AsyncIterable<Buffer>) {
    if (decipher) {
      yield decipher.update(piece)
      continue
    }
    begun = Buffer.concat([begun, piece])
    if (begun.length < HEAD + IV + TAG) continue
    const key = keyOf(generationOf(begun))
    const at = HEAD + IV
    decipher = createDecipheriv('aes-256-gcm', key, begun.subarray(HEAD, at)).setAAD(begun.subarray(0, HEAD))
    decipher.setAuthTag(begun.subarray(at, at + TAG))
    yield decipher.update(begun.subarray(at + TAG))
  }
  if (!decipher) throw new Error('these bytes are not sealed')
  yield decipher.final()
}

let masters: readonly Buffer[] = []
let askMasters: (() => Promise<readonly Buffer[]>) | undefined

/**
 * The key of this installation, 32 bytes: it wraps the keys that encrypt fields, and stands in no database. While it is being
 * replaced there are two. `ask` reads them again where they may have been replaced since.
 */
export function useMasterKeys(keys: readonly Buffer[], ask?: () => Promise<readonly Buffer[]>): void {
  if (keys.some((key) => key.length !== 32)) throw new Error('the master key has 32 bytes')
  masters = keys
  askMasters = ask
}

export const fingerprint = (key: Buffer): string =>
  createHash('sha256').update('duka master').update(key).digest('base64url').slice(0, 16)

/** A data key as it stands in the database. */
export const wrap = (by: Buffer, key: Buffer, use: string, generation: number): string =>
  encrypt(by, key, Buffer.from(`${use} ${generation}`)).toString('base64url')
export const unwrap = (by: Buffer, wrapped: string, use: string, generation: number): Buffer =>
  decrypt(by, Buffer.from(wrapped, 'base64url'), Buffer.from(`${use} ${generation}`))

/** A value was sealed by a key that this process has not read yet: read the keys again, and it opens. */
export class NewerKey extends Error {}

/** Encrypts and decrypts fields with the keys of one database. */
export interface Keyring {
  /** `about` names the record and the field; the same is needed to open it. For what only its own code ever opens. */
  seal(plain: string, about: string): string
  /** @throws Error when it was not sealed by these keys about this record */
  open(sealed: string, about: string): string
  /**
   * A value for a column of type `sealed`: its JSON, encrypted for the record of that id. The driver opens it wherever it is
   * read, so who reads the column is who may.
   */
  sealed(id: string, value: unknown): Buffer
  /** What stands in a `sealed` column. @throws NewerKey */
  unsealed(bytes: Buffer): unknown
  /** The bytes of a file, sealed for its id in the same way. */
  sealedBytes(id: string, bytes: Buffer): Buffer
  unsealedBytes(sealed: Buffer): Buffer
  /** The same a piece at a time. They are read twice: nothing is given away before all of it was proven. */
  unsealedStream(open: () => Promise<Readable>): Promise<Readable>
  /** The generation that new values are sealed with. */
  readonly newest: number
  /** The same text gives the same index, and nobody without the key can make one: for exact search and for duplicates. */
  index(kind: string, text: string): string
  /** What an Ed25519 key to sign with is made of; it stays when the master key is replaced. */
  readonly signer: Buffer
  /** Reads the keys; the first process to ask makes them. */
  load(client: Pick<pg.ClientBase, 'query'>): Promise<void>
}

// The mark of a sealed value; after it the generation of its key (2 bytes) and the record's id (16).
const MARK = Buffer.from('444b5301', 'hex')
const HEAD = MARK.length + 2 + 16
export const MARK_TEXT = `\\x${MARK.toString('hex')}`
export const generationOf = (bytes: Buffer): number => bytes.readUInt16BE(MARK.length)
export const recordOf = (bytes: Buffer): string =>
  bytes
    .subarray(MARK.length + 2, HEAD)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
export const isSealed = (bytes: Buffer): boolean => bytes.length > HEAD && bytes.subarray(0, MARK.length).equals(MARK)

function headOf(generation: number, id: string): Buffer {
  const head = Buffer.alloc(HEAD)
  MARK.copy(head)
  head.writeUInt16BE(generation, MARK.length)
  head.write(id.replaceAll('-', ''), MARK.length + 2, 'hex')
  return head
}

/** A ring without keys until `load`; a database's connections load it before their first statement. */
export function makeKeyring(): Keyring {
  let fields = new Map<number, Buffer>()
  let index: Buffer | undefined
  let signer: Buffer | undefined
  let newest = 0
  const keyOf = (generation: number): Buffer => {
    const found = fields.get(generation)
    if (!found) throw new NewerKey(`no data key of generation ${generation} has been read`)
    return found
  }
  const sealedBytes = (id: string, bytes: Buffer): Buffer => {
    const head = headOf(newest, id)
    return Buffer.concat([head, encrypt(keyOf(newest), bytes, head)])
  }
  const unsealedBytes = (sealed: Buffer): Buffer => {
    const generation = generationOf(sealed)
    const [head, rest] = [sealed.subarray(0, HEAD), sealed.subarray(HEAD)]
    // Generation 0 stands in the clear until the start after a migration has sealed it.
    return generation === 0 ? rest : decrypt(keyOf(generation), rest, head)
  }
  return {
    get newest() {
      return newest
    },
    get signer() {
      if (!signer) throw new NewerKey('no signing key has been read')
      return signer
    },
    seal: (plain, about) => `${newest}.${encrypt(keyOf(newest), Buffer.from(plain), Buffer.from(about)).toString('base64url')}`,
    open(sealed, about) {
      const [generation = '', text = ''] = sealed.split('.')
      return decrypt(keyOf(Number(generation)), Buffer.from(text, 'base64url'), Buffer.from(about)).toString()
    },
    sealed: (id, value) => sealedBytes(id, Buffer.from(JSON.stringify(value))),
    unsealed: (bytes) => JSON.parse(unsealedBytes(bytes).toString()),
    sealedBytes,
    unsealedBytes,
    async unsealedStream(open) {
      for await (const _ of unsealing(await open(), keyOf));
      return Readable.from(unsealing(await open(), keyOf), { objectMode: false })
    },
    index(kind, text) {
      if (!index) throw new NewerKey('no index key has been read')
      return createHmac('sha256', index).update(`${kind}\0${text}`).digest('base64url').slice(0, 24)
    },
    async load(client) {
      const rows = await readKeys(client)
      if (!rows) return
      index = rows.find((one) => one.use === 'index')!.key
      signer = rows.find((one) => one.use === 'signer')!.key
      fields = new Map(rows.flatMap((one) => (one.use === 'fields' ? [[one.generation, one.key]] : [])))
      newest = Math.max(...rows.flatMap((one) => (one.use === 'fields' && !one.retired ? [one.generation] : [])))
    },
  }
}

interface DataKey {
  readonly use: string
  readonly generation: number
  readonly key: Buffer
  readonly retired: boolean
}

/** The keys of a database, unwrapped. @returns nothing where this program has no master key */
async function readKeys(client: Pick<pg.ClientBase, 'query'>): Promise<DataKey[] | undefined> {
  if (masters.length === 0) return undefined
  const read = () =>
    client.query<{ use: string; generation: number; wrapped: string; master: string; retired_at: unknown }>(
      'select use, generation, wrapped, master, retired_at from data_key order by generation',
    )
  let { rows } = await read()
  const [first] = masters as [Buffer]
  const made: Record<string, () => Buffer> = {
    fields: () => randomBytes(32),
    index: () => randomBytes(32),
    // Installations before this one signed with what comes from the master key itself.
    signer: () => Buffer.from(hkdfSync('sha256', first, '', 'duka audit checkpoint', 32)),
  }
  const missing = Object.keys(made).filter((use) => !rows.some((row) => row.use === use))
  for (const use of missing)
    await client.query('insert into data_key (use, generation, wrapped, master) values ($1, 1, $2, $3) on conflict do nothing', [
      use,
      wrap(first, made[use]!(), use, 1),
      fingerprint(first),
    ])
  if (missing.length > 0) rows = (await read()).rows
  const by = masterOf(rows) ?? ((masters = (await askMasters?.()) ?? masters), masterOf(rows))
  if (!by)
    throw new StartProblem(
      'The fields in this database are encrypted with another master key. Give the right one in DUKA_MASTER_KEY, or put keys/master.key back into the data folder.',
    )
  return rows.map(({ use, generation, wrapped, retired_at }) => ({
    use,
    generation,
    key: unwrap(by, wrapped, use, generation),
    retired: retired_at !== null,
  }))
}

/** The master key that all rows are wrapped by. */
export const masterOf = (rows: readonly { master: string }[]): Buffer | undefined =>
  masters.find((key) => rows.every((row) => row.master === fingerprint(key)))
