import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { crc32, deflateRawSync } from 'node:zlib'
import { ConfigError, readConfig } from '#kit/server/host/config.ts'
import { log } from '#kit/server/host/log.ts'
import { flushLog } from '#kit/server/host/log-ship.ts'
import { vaultSource } from '#kit/server/vault/secret.ts'
import { readTable, tableLimits } from '#kit/server/table/read.ts'
import { isBreached, useBreachServer } from '#modules/access/session/password.store.ts'
import { sendSms } from '#modules/comms/sms/sms.store.ts'
import { judgeEnvironment } from '#kit/server/outside/environment.ts'
import { simulate } from '#kit/server/outside/logs.simulator.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'
import { root } from './template.ts'

/** What the security standard asks of the whole program, where no module's own test says it. */
const run = promisify(execFile)

test('a line of the log is one object of JSON, whatever is in it', async () => {
  const forged = 'done\r\n{"level":"error","message":"forged"}\u2028\u0000'
  const code = `
    const { log, setLogLevel } = await import('./kit/server/host/log.ts'); setLogLevel('debug')
    log.warn({ said: ${JSON.stringify(forged)}, ['key\\n']: 1, error: new Error(${JSON.stringify(forged)}) }, ${JSON.stringify(forged)})
    log.info({}, 'second')`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root })
  const lines = stdout.trimEnd().split(/[\r\n\u2028\u2029]/)
  assert.equal(lines.length, 2, stdout)
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.deepEqual([first!['level'], second!['message']], ['warn', 'second'])
  assert.ok(Temporal.Instant.from(first!['time'] as string))
})

test('no server elsewhere sends our requests on to another one', async () => {
  const seen: string[] = []
  const target = createServer((request: IncomingMessage, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['x-vault-token'] ?? request.headers['apikey'] ?? ''}`)
    response.end('{}')
  }).listen(0, '127.0.0.1')
  const mover = createServer((_, response) => {
    const { port } = target.address() as AddressInfo
    response.writeHead(307, { location: `http://127.0.0.1:${port}/taken` }).end()
  }).listen(0, '127.0.0.1')
  await Promise.all([once(target, 'listening'), once(mover, 'listening')])
  onEnd(() => [target, mover].forEach((server) => server.close()))
  const address = `http://127.0.0.1:${(mover.address() as AddressInfo).port}`
  useEnvironment({ SMS_URL: address, SMS_USERNAME: 'shop', SMS_API_KEY: 'key' })
  useBreachServer(address)
  await assert.rejects(sendSms('+254711000000', 'Hello'))
  assert.equal(await isBreached('correct horse battery'), false)
  await assert.rejects(vaultSource({ address, mount: 'secret', path: 'duka', token: 'hvs.token' }).read())
  assert.deepEqual(seen, [])
  // And nobody adds a call that would.
  const calls = globSync('{kit/server,modules,bin}/**/*.ts', { cwd: root }).flatMap((path) => {
    if (path.includes('.test.')) return []
    const text = readFileSync(join(root, path), 'utf8')
    return [...text.matchAll(/\bfetch\(/g)]
      .filter(({ index }) => !/redirect: 'error'/.test(text.slice(index, index + 400)))
      .map(() => path)
  })
  assert.deepEqual(calls, [])
})

/** A workbook whose one sheet is made of a single character, many times. */
function bomb(megabytes: number): Buffer {
  const plain = Buffer.alloc(megabytes * 1024 * 1024, 0x41)
  const packed = deflateRawSync(plain)
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(plain), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(plain.length, 8)
  const fixed = Buffer.from('1400000008000000', 'hex')
  const lengths = Buffer.from([name.length, 0, 0, 0])
  const local = Buffer.concat([
    Buffer.from('504b0304', 'hex'),
    fixed.subarray(0, 6),
    Buffer.alloc(4),
    sizes,
    lengths,
    name,
    packed,
  ])
  const central = Buffer.concat([
    Buffer.from('504b01021400', 'hex'),
    fixed.subarray(0, 6),
    Buffer.alloc(4),
    sizes,
    Buffer.from([name.length, 0]),
    Buffer.alloc(16),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

test('a packed file is measured before it is opened', async () => {
  const bytes = bomb(tableLimits.unpackedBytes / 1024 / 1024 + 1)
  assert.ok(bytes.length < 200_000)
  await assert.rejects(readTable(bytes, { name: 'people.xlsx' }), { code: 'zipBomb' })
})

test('somebody who asks without end is told to wait; the others go on', async () => {
  const world = await aCompany()
  const server = await aServer(world.url, { requestsPerMinute: 60 })
  const owner = server.client(world.cookie)
  const answers = await Promise.all(Array.from({ length: 80 }, () => owner.call('GET /parties')))
  const statuses = Map.groupBy(answers, (one) => one.status)
  assert.deepEqual([statuses.get(200)?.length, statuses.get(429)?.length], [60, 20])
  assert.match(statuses.get(429)![0]!.body.message, /\d+/)
  assert.equal((await server.client().call('GET /session')).status, 200, 'somebody else')
})

test('what leaves this machine is encrypted on its way', () => {
  const read = (env: Readonly<Record<string, string | undefined>>) => judgeEnvironment(readConfig(env, []).environment)
  const refused = (env: Record<string, string>) => assert.throws(() => read(env), ConfigError, JSON.stringify(env))
  refused({ DATABASE_URL: 'postgres://duka@db.example.com/duka' })
  refused({ DATABASE_URL: 'postgres://duka@10.0.0.7/duka?sslmode=prefer' })
  refused({ DATABASE_URL: 'postgres://u:p@/duka?host=db.example.com' })
  refused({ DATABASE_URL: 'postgres://u:p@127.evil.example/duka' })
  refused({ DATABASE_URL: 'postgres://u:p@db.example.com/duka?sslmode=require&sslmode=disable' })
  refused({ SMS_URL: 'http://127.evil.example' })
  refused({ SMS_URL: 'http://sms.example.com' })
  refused({ OIDC_ISSUER: 'http://id.example.com', OIDC_CLIENT_ID: 'duka', OIDC_CLIENT_SECRET: 's' })
  for (const env of [
    { DATABASE_URL: 'postgres://duka@db.example.com/duka?sslmode=verify-full' },
    { DATABASE_URL: 'postgres://duka@127.0.0.1/duka' },
    { DATABASE_URL: 'postgres://duka@/duka?host=%2Ftmp' },
    { DATABASE_URL: 'postgres://duka@db.example.com/duka', DUKA_PLAIN_CONNECTIONS: '1' },
    { SMS_URL: 'https://sms.example.com' },
  ])
    assert.doesNotThrow(() => read(env))
})

test('the log and the activity go to another system as they happen, and wait while it is away', async () => {
  const system = await simulate()
  onEnd(system.stop)
  const { lines, tokens } = system
  system.isAway = true
  const world = await aCompany()
  const duka = await aServer(world.url, { environment: system.environment })
  await duka.client().call('POST /sign-in', { email: 'amina@example.com', password: 'not the one' })
  log.warn({ phone: '+254712000000' }, 'something to look at')
  await flushLog()
  assert.deepEqual(lines, [])
  system.isAway = false
  await flushLog()
  const kinds = lines.map((line): string => line['kind'] ?? line['message'] ?? '')
  assert.ok(kinds.includes('access.signInFailed') && kinds.includes('something to look at'), JSON.stringify(kinds))
  assert.ok(kinds.indexOf('access.signInFailed') < kinds.indexOf('something to look at'), 'in their order')
  assert.deepEqual([...tokens], [`Bearer ${system.environment['LOG_TOKEN']}`])
  assert.doesNotMatch(JSON.stringify(lines), /254712000000/)
  const before = lines.length
  await flushLog()
  assert.equal(lines.length, before, 'once')
  useEnvironment({})
})

test('a library that is older than is allowed, or was withdrawn, is named', async () => {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>
  const own = { ...wanted['dependencies'], ...wanted['devDependencies'] }
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const told: Record<string, object> = {
    // Newer ones: out for long, just out, and older than what is used.
    fastify: { latest: '99.0.0', time: { '99.0.0': ago(31) } },
    jose: { latest: '99.0.0', time: { '99.0.0': ago(29) } },
    zod: { latest: '1.0.0', time: { '1.0.0': ago(900) } },
    pg: { deprecated: 'a hole' },
  }
  const registry = createServer((request, response) => {
    const name = decodeURIComponent(request.url!.slice(1))
    const version = own[name]!
    const {
      latest = version,
      time = {},
      deprecated,
    } = (told[name] ?? {}) as { latest?: string; time?: object; deprecated?: string }
    response.end(JSON.stringify({ 'dist-tags': { latest }, time, versions: { [version]: { deprecated } } }))
  }).listen(0, '127.0.0.1')
  await once(registry, 'listening')
  onEnd(() => registry.close())
  const env = { ...process.env, DUKA_REGISTRY: `http://127.0.0.1:${(registry.address() as AddressInfo).port}` }
  const look = () =>
    run(process.execPath, ['bin/libraries.ts'], { cwd: root, env }).then(
      ({ stdout }) => stdout,
      (error: { stdout: string; code: number }) => `${error.code}\n${error.stdout}`,
    )
  const said = (await look()).split('\n')
  assert.equal(said[0], '1')
  assert.deepEqual(said.slice(1, 3), [
    `fastify ${own['fastify']}: 99.0.0 has been out for 31 days`,
    `pg ${own['pg']} was withdrawn: a hole`,
  ])
  delete told['fastify']
  delete told['pg']
  assert.match(await look(), /^(\d+) of \1 libraries/)
})
