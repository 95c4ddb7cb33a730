import pg from 'pg'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { Tables } from '#db/tables.ts'
import { sendTogether } from './batch.ts'
import { OUTSIDER } from './migrate.ts'
import { isSealed, makeKeyring, type Keyring } from './seal.ts'

/** SQL stays the truth: Kysely only types and composes it. Columns are snake_case there and camelCase here. */
export type Db = Kysely<Tables>

export interface Database {
  readonly pool: pg.Pool
  /** For reading outside a transaction. Changes go through `command`, which makes a `Tx`. */
  readonly db: Db
  /** What its fields are encrypted with. */
  readonly keys: Keyring
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184
const BYTEA = 17

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, BigInt],
  [DATE, (text) => text],
  [TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
])
const bytesOf = pg.types.getTypeParser(BYTEA, 'text') as (text: string) => Buffer

/** How the driver reads what comes: sealed values are opened here, wherever they are read. */
function typesWith(keys: Keyring): pg.CustomTypesConfig {
  const read = (text: string) => {
    const bytes = bytesOf(text)
    return isSealed(bytes) ? keys.unsealed(bytes) : bytes
  }
  return {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === BYTEA ? read : (parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')),
  } as pg.CustomTypesConfig
}

// The driver asks every object parameter how it wants to be written; without this it would be quoted as JSON.
Object.defineProperty(Temporal.Instant.prototype, 'toPostgres', {
  value(this: Temporal.Instant) {
    return this.toString()
  },
})
// JSON carries 64-bit integers as text: a number would lose digits above 2^53.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value(this: bigint) {
    return this.toString()
  },
  configurable: true,
  writable: true,
})

/** Opens a pool. Statements of one transaction are pipelined: BEGIN and COMMIT cost no round trip of their own. */
export function openDatabase(url: string, { max = 20, name = 'duka' }: { max?: number; name?: string } = {}): Database {
  const keys = makeKeyring()
  let loaded: Promise<void> | undefined
  const types = typesWith(keys)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    // The keys are read before the first statement, once for all connections.
    onConnect: (client: pg.PoolClient) => {
      loaded ??= keys.load(client)
      loaded.catch(() => (loaded = undefined))
      return loaded
    },
    application_name: name,
    pipeline: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    options: '-c lock_timeout=4000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000 -c TimeZone=UTC',
  } as unknown as pg.PoolConfig)
  outliveBreaks(pool)
  pool.on('connect', (client) => sendTogether(client, types))
  const db = kyselyOver({ connect: async () => preparing(plansAnew(await pool.connect())), end: () => pool.end() }, keys)
  return { pool, db, keys, close: () => pool.end() }
}

const GENERIC = { plan_cache_mode: 'force_generic_plan', enable_memoize: 'off' }
const USUAL = { plan_cache_mode: 'auto', enable_memoize: 'on' }
const planning = (settings: Record<string, string>) =>
  `select ${Object.entries(settings)
    .map(([name, value]) => `set_config('${name}', '${value}', false)`)
    .join(', ')}`
const generic = new WeakSet<pg.PoolClient>()

/**
 * Changes touch few rows by their keys, so a plan that is made once is right every time; remembering rows by key costs them more
 * than it saves. A connection stays so until somebody reads by it: to be called inside the transaction that it is for.
 */
export function plansOnce(client: pg.PoolClient): { undone(): void } {
  if (generic.has(client)) return { undone: () => undefined }
  generic.add(client)
  client.query(planning(GENERIC)).catch(() => undefined)
  // What was set in a transaction that was rolled back is not set.
  return { undone: () => void generic.delete(client) }
}

/** Lists choose their plans by what is asked. What was asked along with it and failed takes it back too. */
function plansAnew(client: pg.PoolClient): pg.PoolClient {
  if (generic.has(client))
    client.query(planning(USUAL)).then(
      () => void generic.delete(client),
      () => undefined,
    )
  return client
}

const locked = new WeakMap<Database, Map<string, Database>>()

/**
 * The same database as people from outside may read it: every statement runs read-only, with their role and their sellers
 * set, by which the policies of the tables go. Whatever a query forgets, it finds nothing that is somebody else's.
 */
export function lockedTo(database: Database, sellers: readonly string[]): Database {
  const theirs = `{${sellers.toSorted().join(',')}}`
  const known = locked.get(database) ?? new Map<string, Database>()
  locked.set(database, known)
  const found = known.get(theirs)
  if (found) return found
  const connect = async () => {
    const client = await database.pool.connect()
    // Not awaited: these travel with the statement, which hears of it when one of them fails.
    const usual = generic.has(client) ? Object.entries(USUAL).map(([name, value]) => `set local ${name} = ${value}`) : []
    const first = [
      'begin read only',
      ...usual,
      `set local role ${OUTSIDER}`,
      `select set_config('duka.sellers', '${theirs}', true)`,
    ]
    for (const text of first) client.query(text).catch(() => undefined)
    return preparing(client, () => {
      client.query('commit').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      )
    })
  }
  const made: Database = { ...database, db: kyselyOver({ connect, end: () => Promise.resolve() }, database.keys) }
  if (known.size > 1000) known.clear()
  known.set(theirs, made)
  return made
}

/** A connection that breaks is replaced by the pool, and its queries report what matters; unheard, the event would end the program. */
export function outliveBreaks(pool: pg.Pool): void {
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
}

const perDb = new WeakMap<Db, Keyring>()

/** The keys of the database that this reads from or writes to. */
export const keysOf = (db: Db): Keyring => perDb.get(db)!

function kyselyOver(pool: { connect(): Promise<pg.PoolClient>; end(): Promise<void> }, keys: Keyring): Db {
  const made = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as pg.Pool }), plugins: [new CamelCasePlugin()] })
  perDb.set(made, keys)
  return made
}

const perClient = new WeakMap<pg.PoolClient, Db>()

/** Kysely bound to one connection, made once for each connection of the pool. */
export function dbOf(client: pg.PoolClient, keys: Keyring): Db {
  const known = perClient.get(client)
  if (known) return known
  const lent = preparing(client, () => undefined)
  const made = kyselyOver({ connect: () => Promise.resolve(lent), end: () => Promise.resolve() }, keys)
  perClient.set(client, made)
  return made
}

/** The same connection for Kysely, whose repeated statements are prepared: parsed and planned once, not every time. */
function preparing(client: pg.PoolClient, release: (() => void) | undefined = undefined): pg.PoolClient {
  const query = (text: unknown, values?: unknown[]) => {
    const name = typeof text === 'string' ? statementName(text) : undefined
    return name ? client.query({ name, text: text as string, values }) : client.query(text as string, values)
  }
  const changed: Record<string | symbol, unknown> = { query, ...(release && { release }) }
  return new Proxy(client, {
    get(target, key) {
      if (key in changed) return changed[key]
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const SEEN_BEFORE_PREPARED = 4
const MOST_PREPARED = 400
const seen = new Map<string, { times: number; name?: string }>()
let prepared = 0

/** A name for a statement that comes again and again. Bounded, because lists with many filters have many texts. */
function statementName(text: string): string | undefined {
  const known = seen.get(text)
  if (!known) {
    if (seen.size > 10 * MOST_PREPARED) for (const [old, { name }] of seen) if (!name) seen.delete(old)
    seen.set(text, { times: 1 })
    return undefined
  }
  if (known.name || prepared >= MOST_PREPARED || ++known.times <= SEEN_BEFORE_PREPARED) return known.name
  known.name = `k${++prepared}`
  return known.name
}

/** PostgreSQL's error code and constraint, when that is what it is. */
export interface PgError extends Error {
  readonly code: string
  readonly constraint?: string
  readonly table?: string
  readonly detail?: string
}
export const asPgError = (error: unknown): PgError | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? (error as PgError)
    : undefined

export { json } from './row.ts'
