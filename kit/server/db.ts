import pg from 'pg'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { Tables } from '#db/tables.ts'

/** SQL stays the truth: Kysely only types and composes it. Columns are snake_case there and camelCase here. */
export type Db = Kysely<Tables>

export interface Database {
  readonly pool: pg.Pool
  /** For reading outside a transaction. Changes go through `command`, which makes a `Tx`. */
  readonly db: Db
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, BigInt],
  [DATE, (text) => text],
  [TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig

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
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: name,
    pipeline: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    options: '-c lock_timeout=4000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000 -c TimeZone=UTC',
  } as pg.PoolConfig)
  // A connection that breaks while idle is replaced by the pool; the next query reports what matters.
  pool.on('error', () => undefined)
  const db = kyselyOver(pool)
  return { pool, db, close: () => pool.end() }
}

const kyselyOver = (pool: pg.Pool): Db =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })

const perClient = new WeakMap<pg.PoolClient, Db>()

/** Kysely bound to one connection, made once for each connection of the pool. */
export function dbOf(client: pg.PoolClient): Db {
  const known = perClient.get(client)
  if (known) return known
  const lent = new Proxy(client, { get: (target, key) => (key === 'release' ? () => undefined : bound(target, key)) })
  const made = kyselyOver({ connect: () => Promise.resolve(lent), end: () => Promise.resolve() } as unknown as pg.Pool)
  perClient.set(client, made)
  return made
}

function bound(target: pg.PoolClient, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key)
  return typeof value === 'function' ? value.bind(target) : value
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

export const json = (value: unknown): string => JSON.stringify(value)
