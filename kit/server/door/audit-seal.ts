import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { checkpointText, GENESIS, sealText, type Checkpoint, type Seal } from '../../audit.ts'
import type { Database } from '../data/db.ts'
import { log } from '../host/log.ts'

const EVERY_MS = 3_000
/** How far back a pass looks for what is not sealed, and how much it takes at once. Most transactions are over in a moment; long ones are found by a wider look each minute, whatever a killed process left by one over everything at the start. */
const LOOKS = {
  near: { back: '90 seconds', most: 5_000 },
  wide: { back: '30 minutes', most: 20_000 },
  all: { back: '100 years', most: 100_000 },
} as const
type Look = keyof typeof LOOKS
const WIDE_EVERY = 20
const CHECKPOINT_MS = 10 * 60_000

/** RFC 6962, 2.1: the root over hashes of leaves. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  const hash = createHash('sha256').update('\u0001')
  return hash
    .update(rootOf(leaves.slice(0, half)))
    .update(rootOf(leaves.slice(half)))
    .digest()
}

// In the order of an index that begins with the moment: by their ids alone, a plan that knows no moment reads the whole trail.
export const UNSEALED = `select e.id, sha256('\\x00'::bytea || convert_to(audit_text_v1(e), 'UTF8')) as hash from audit_entry e
  where e.at > now() - $1::interval and not exists (select 1 from audit_leaf l where l.entry = e.id)
  order by e.at, e.id limit $2`

/**
 * Seals what has been committed since the last time. Nobody waits for it: writers take no lock, and of several processes one
 * seals while the others pass. @returns the newest link, or nothing when there was nothing to seal
 */
export async function sealTrail({ pool }: Pick<Database, 'pool'>, look: Look = 'near'): Promise<Seal | undefined> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const made = await sealIn(client, look)
    await client.query('commit')
    return made
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function sealIn(client: pg.PoolClient, look: Look): Promise<Seal | undefined> {
  const { rows: lock } = await client.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(hashtext('duka.seal')) as mine`)
  if (!lock[0]!.mine) return undefined
  const { rows } = await client.query<{ id: string; hash: Buffer }>(UNSEALED, [LOOKS[look].back, LOOKS[look].most])
  if (rows.length === 0) return undefined
  const { rows: last } = await client.query<{ seq: bigint; hash: string }>(
    'select seq, hash from audit_seal order by seq desc limit 1',
  )
  const link = {
    seq: String((last[0]?.seq ?? 0n) + 1n),
    at: new Date().toISOString(),
    entries: rows.length,
    root: rootOf(rows.map((row) => row.hash)).toString('hex'),
    previous: last[0]?.hash ?? GENESIS,
  }
  const seal: Seal = { ...link, hash: createHash('sha256').update(sealText(link)).digest('hex') }
  await client.query('insert into audit_seal (seq, at, entries, root, previous, hash) values ($1, $2, $3, $4, $5, $6)', [
    seal.seq,
    seal.at,
    seal.entries,
    seal.root,
    seal.previous,
    seal.hash,
  ])
  await client.query(
    `insert into audit_leaf (seal, position, entry, hash)
     select $1, (x.position - 1)::int, x.entry, x.hash from unnest($2::uuid[], $3::bytea[]) with ordinality as x(entry, hash, position)`,
    [seal.seq, rows.map((row) => row.id), rows.map((row) => row.hash)],
  )
  return seal
}

let signer: KeyObject | undefined
/** The key that checkpoints are signed with; in the database it is wrapped by the master key, as all keys are. */
export function useSigner(seed: Buffer): void {
  // RFC 8410: an Ed25519 private key in PKCS#8 is this prefix and its seed.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  signer = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

export const signerKey = (): string => createPublicKey(signer!).export({ type: 'spki', format: 'pem' }) as string

export function signCheckpoint({ seq, hash, at }: Pick<Seal, 'seq' | 'hash' | 'at'>): Checkpoint {
  if (!signer) throw new Error('no master key has been given')
  return { seq, hash, at, signature: sign(null, Buffer.from(checkpointText({ seq, hash, at })), signer).toString('base64') }
}

/** The newest link, signed: for a Z report, a mail, a file. */
export async function latestCheckpoint({ pool }: Pick<Database, 'pool'>): Promise<Checkpoint | undefined> {
  const { rows } = await pool.query<{ seq: bigint; hash: string; at: Temporal.Instant }>(
    'select seq, hash, at from audit_seal order by seq desc limit 1',
  )
  const row = rows[0]
  return row && signCheckpoint({ seq: String(row.seq), hash: row.hash, at: new Date(row.at.epochMilliseconds).toISOString() })
}

/**
 * Seals every three seconds, and writes a signed checkpoint every ten minutes to a file beside the database, with the key
 * that verifies it. @returns how to stop; what is unsealed then is sealed first
 */
export async function startSealing(database: Database, folder: string): Promise<{ stop(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, 'checkpoint-key.pem'), signerKey(), { mode: 0o644 })
  let checkedAt = 0
  let running: Promise<void> | undefined
  let passes = 0
  const pass = async () => {
    try {
      const seal = await sealTrail(database, passes === 0 ? 'all' : passes % WIDE_EVERY === 0 ? 'wide' : 'near')
      passes += 1
      if (!seal || Date.now() - checkedAt < CHECKPOINT_MS) return
      checkedAt = Date.now()
      await appendFile(join(folder, 'checkpoints.ndjson'), `${JSON.stringify(signCheckpoint(seal))}\n`, { mode: 0o600 })
    } catch (error) {
      log.warn({ error }, 'the audit trail could not be sealed; trying again')
    }
  }
  const timer = setInterval(() => {
    running ??= pass().finally(() => (running = undefined))
  }, EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
      checkedAt = 0
      await pass()
    },
  }
}
