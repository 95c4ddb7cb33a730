import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { openPostgres, refuseOld } from '#kit/server/host/postgres.ts'
import { aClient, until } from './server.ts'
import { root } from './template.ts'

/** The program as people start it: what it says when it can't, and what it leaves behind when it ends. */
const folder = await mkdtemp(join(tmpdir(), 'duka start '))
// PostgreSQL runs as nobody when we are root, and must be able to enter.
await chmod(folder, 0o755)
after(() => rm(folder, { recursive: true, force: true }))

interface Started {
  readonly pid: number
  /** Resolves with the address, or with undefined when the program ended first. */
  readonly ready: Promise<string | undefined>
  readonly ended: Promise<number>
  said(): string
  kill(signal: NodeJS.Signals): void
}
function start(env: Record<string, string>, ...args: string[]): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'bin/start.ts'), ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TMPDIR: tmpdir(),
      PORT: '0',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ready = Promise.withResolvers<string | undefined>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const [, address] = /ready:\s+(\S+)\s/.exec(text) ?? []
      if (address) ready.resolve(address)
    })
  const ended = once(child, 'close').then(([code]) => {
    ready.resolve(undefined)
    return (code as number | null) ?? -1
  })
  after(() => child.kill('SIGKILL'))
  return { pid: child.pid!, ready: ready.promise, ended, said: () => text, kill: (signal) => void child.kill(signal) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
const postmasterOf = async (dataDir: string) =>
  Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a setting that can’t be used ends with code 2 and names itself', async () => {
  for (const [env, args, word] of [
    [{ PORT: 'eighty' }, [], /PORT must be a number/],
    [{ DATABASE_URL: 'mysql://x' }, [], /DATABASE_URL must begin with postgres/],
    [{}, ['--role', 'chef'], /--role must be web, worker or all/],
    [{}, ['--colour'], /Known options/],
  ] as const) {
    const tried = start({ DUKA_DATA: join(folder, 'unused'), ...env }, ...args)
    assert.equal(await tried.ended, 2, tried.said())
    assert.match(tried.said(), word)
  }
  assert.ok(!existsSync(join(folder, 'unused', 'postgres')))
})

test('a server that can’t be reached, or is too old, is told in a sentence', async () => {
  const tried = start({ DUKA_DATA: join(folder, 'far'), DATABASE_URL: `postgres://duka@127.0.0.1:${await freePort()}/duka` })
  assert.equal(await tried.ended, 1)
  assert.match(tried.said(), /DATABASE_URL cannot be reached/)
  assert.throws(() => refuseOld(170_004), /is PostgreSQL 17; Duka needs 18 or newer/)
})

test('a folder that can’t be written is refused', { skip: process.getuid?.() === 0 && 'root may write everywhere' }, async () => {
  const locked = join(folder, 'locked')
  await mkdir(locked)
  await chmod(locked, 0o500)
  const tried = start({ DUKA_DATA: locked })
  assert.equal(await tried.ended, 1)
  assert.match(tried.said(), /can’t be written/)
})

test('one folder, one program; one port, one program; both are told and nothing is harmed', async () => {
  const dataDir = join(folder, 'shop one')
  const port = await freePort()
  const first = start({ DUKA_DATA: dataDir, PORT: String(port) })
  assert.equal(await first.ready, `http://localhost:${port}`, first.said())
  const secret = join(dataDir, 'postgres-password')
  assert.equal(statSync(secret).mode & 0o777, 0o600)

  const sameFolder = start({ DUKA_DATA: dataDir })
  assert.equal(await sameFolder.ended, 1)
  assert.match(sameFolder.said(), /is in use by another Duka \(process \d+\)/)

  const samePort = start({ DUKA_DATA: join(folder, 'shop two'), PORT: String(port) })
  assert.equal(await samePort.ended, 1)
  assert.match(samePort.said(), new RegExp(`Port ${port} is taken. Choose another one: PORT=${port + 1}`))

  assert.equal((await fetch(`http://127.0.0.1:${port}/ready`)).status, 200)
  const postmaster = await postmasterOf(dataDir)
  first.kill('SIGTERM')
  assert.equal(await first.ended, 0)
  assert.ok(!isAlive(postmaster), 'PostgreSQL ended with the program')
})

test('killed without warning, it comes up again by itself and says so; nobody is left behind', async () => {
  const dataDir = join(folder, 'shop one')
  const first = start({ DUKA_DATA: dataDir })
  assert.ok(await first.ready, first.said())
  process.kill(await postmasterOf(dataDir), 'SIGKILL')
  first.kill('SIGKILL')
  await first.ended
  const second = start({ DUKA_DATA: dataDir })
  assert.ok(await second.ready, second.said())
  assert.match(second.said(), /The last shutdown was broken; the database recovers by itself/)
  const postmaster = await postmasterOf(dataDir)
  second.kill('SIGINT')
  assert.equal(await second.ended, 0)
  assert.ok(!isAlive(postmaster))
})

test('a database of a newer version is left alone', async () => {
  const dataDir = join(folder, 'shop one')
  const postgres = await openPostgres({ dataDir, say: () => undefined })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(`insert into migration (name, hash) values ('29990101T0000_future.sql', 'x')`)
  await client.end()
  await postgres.stop()
  const tried = start({ DUKA_DATA: dataDir })
  assert.equal(await tried.ended, 1)
  assert.match(tried.said(), /migrated by a newer Duka \(it has 29990101T0000_future/)
})

test('planted secrets are found nowhere: not in what it says, not in its answers, not in its database', async () => {
  const PLANTED = 'pLaNtEd-7c1d2f'
  const dataDir = join(folder, 'planted')
  const started = start({
    DUKA_DATA: dataDir,
    LOG_LEVEL: 'debug',
    SMTP_URL: `smtp://user:${PLANTED}@127.0.0.1:1`,
    SMS_URL: 'http://127.0.0.1:1',
    SMS_API_KEY: `${PLANTED}-sms`,
    OIDC_ISSUER: 'http://127.0.0.1:1',
    OIDC_CLIENT_ID: 'duka',
    OIDC_CLIENT_SECRET: `${PLANTED}-oidc`,
    CAPTCHA_PROVIDER: 'turnstile',
    CAPTCHA_SITE_KEY: 'site',
    CAPTCHA_SECRET: `${PLANTED}-captcha`,
    CAPTCHA_URL: 'http://127.0.0.1:1',
    DUKA_SECRETS_DIR: join(folder, 'no such folder'),
    VAULT_ADDR: 'http://127.0.0.1:1',
    VAULT_TOKEN: `${PLANTED}-vault`,
  })
  const base = await started.ready
  assert.ok(base, started.said())
  const told = await until(
    async () => /Set-up code:\s+(\S+)/.exec(started.said()),
    (found) => found !== null,
  )
  const code = told![1]
  const client = aClient(base)
  const facts = { name: 'Baraka', country: 'KE', currency: 'KES', locale: 'en', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  const owner = { name: 'Amina', email: 'amina@example.com', password: 'correct horse battery' }
  const answers = [
    await client.call('POST /setup', { code, company: facts, store: { name: 'Main', till: 'Till' }, owner }),
    // Each of these meets a service that is not there.
    await client.call('POST /security', { registration: true }),
    await client.call('POST /register', { name: 'A', email: 'a@example.com', password: 'a long enough one', captcha: 'x' }),
    await client.call('POST /sign-in/provider'),
    await client.call('POST /message-templates/access.code/test', { channel: 'mail', locale: 'en', to: 'a@example.com' }),
    await client.call('GET /secrets'),
    await client.call('GET /messages'),
    await client.call('GET /openapi.json'),
  ]
  const rows = answers.at(-3)!.body.rows as { name: string; source: string | null }[]
  assert.equal(rows.find((row) => row.name === 'SMTP_URL')?.source, 'environment')
  await until(
    async () => (await client.call('GET /messages')).body.rows as { attempts: number }[],
    (messages) => messages.some((one) => one.attempts > 0),
  )
  started.kill('SIGTERM')
  await started.ended
  assert.doesNotMatch(started.said(), new RegExp(PLANTED))
  assert.doesNotMatch(JSON.stringify(answers.map((one) => one.body)), new RegExp(PLANTED))
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile())) {
    const content = await readFile(join(file.parentPath, file.name))
    assert.ok(!content.includes(PLANTED), `${file.parentPath}/${file.name}`)
  }
})
