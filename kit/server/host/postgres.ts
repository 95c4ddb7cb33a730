import { randomBytes } from 'node:crypto'
import { readFile, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { socketIn, startCluster } from './cluster.ts'
import { lockFolder } from './folder-lock.ts'
import { StartProblem } from './start-problem.ts'

export { StartProblem } from './start-problem.ts'

export interface Postgres {
  /** The owner's connection: migrations. */
  readonly url: string
  /** The program's: no right to change what is append-only. */
  readonly appUrl: string
  readonly embedded: boolean
  stop(): Promise<void>
}

const LEAST_VERSION = 180_000
const LEAST_FREE_BYTES = 200 * 1024 * 1024

/**
 * The database to work with: the server of DATABASE_URL, or our own PostgreSQL in the data folder.
 * @throws StartProblem with a sentence that says what to do; nothing has been harmed then
 */
export async function openPostgres(options: {
  dataDir: string
  databaseUrl?: string | undefined
  databaseAppUrl?: string | undefined
  say: (sentence: string) => void
  settings?: Record<string, string>
}): Promise<Postgres> {
  if (options.databaseUrl) return useServer(options.databaseUrl, options.databaseAppUrl)
  const { dataDir, say } = options
  const unlock = await lockFolder(dataDir)
  try {
    await refuseFullDisk(dataDir)
    const passwords = {
      owner: await secretIn(join(dataDir, 'postgres-password')),
      app: await secretIn(join(dataDir, 'postgres-app-password')),
    }
    const cluster = await startCluster({ dataDir, password: passwords.owner, say, settings: options.settings ?? {} })
    const { socketDir } = cluster
    await prepare(urlOf(socketDir, 'duka', passwords.owner, 'postgres'), passwords.app)
    return {
      url: urlOf(socketDir, 'duka', passwords.owner, 'duka'),
      appUrl: urlOf(socketDir, 'duka_app', passwords.app, 'duka'),
      embedded: true,
      async stop() {
        await cluster.stop()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

const urlOf = (socketDir: string, user: string, password: string, database: string) =>
  `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(socketDir)}`

/** The database for a tool: that of a Duka that is running on the data folder, or as `openPostgres` gives it. */
export async function reachPostgres(options: Parameters<typeof openPostgres>[0]): Promise<Postgres> {
  if (options.databaseUrl) return openPostgres(options)
  const [socketDir, owner, app] = await Promise.all([
    socketIn(options.dataDir),
    readFile(join(options.dataDir, 'postgres-password'), 'utf8').catch(() => ''),
    readFile(join(options.dataDir, 'postgres-app-password'), 'utf8').catch(() => ''),
  ])
  const url = urlOf(socketDir, 'duka', owner.trim(), 'duka')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 4000 })
  const isRunning = await client.connect().then(
    () => true,
    () => false,
  )
  await client.end().catch(() => undefined)
  if (!isRunning) return openPostgres(options)
  return { url, appUrl: urlOf(socketDir, 'duka_app', app.trim(), 'duka'), embedded: true, stop: async () => undefined }
}

async function useServer(url: string, appUrl: string | undefined): Promise<Postgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000 })
  try {
    await client.connect()
  } catch (error) {
    throw new StartProblem(
      `The database server of DATABASE_URL cannot be reached (${(error as Error).message || (error as { code?: string }).code}). Check the address, and that the server runs.`,
    )
  }
  try {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    refuseOld(Number(rows[0]?.server_version_num))
  } finally {
    await client.end()
  }
  return { url, appUrl: appUrl ?? url, embedded: false, stop: async () => undefined }
}

export function refuseOld(version: number): void {
  if (version < LEAST_VERSION)
    throw new StartProblem(`The database server is PostgreSQL ${Math.floor(version / 10_000)}; Duka needs 18 or newer.`)
}

async function refuseFullDisk(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir)
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new StartProblem(`The disk of ${dataDir} is full: less than 200 MB are free. Make room and start again.`)
}

/** A password made once and kept where only its owner can read it. */
async function secretIn(path: string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (kept.trim()) return kept.trim()
  const made = randomBytes(24).toString('base64url')
  await writeFile(path, `${made}\n`, { mode: 0o600 })
  return made
}

async function prepare(url: string, appPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ database: boolean; role: boolean }>(
      `select exists (select from pg_database where datname = 'duka') as database, exists (select from pg_roles where rolname = 'duka_app') as role`,
    )
    if (!rows[0]?.database) await client.query('create database duka')
    if (!rows[0]?.role) await client.query(`create role duka_app login password '${appPassword}'`)
  } finally {
    await client.end()
  }
}
