import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import Fastify from 'fastify'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { refusedShape } from '#kit/server/edge/json-body.ts'
import { outageOf } from '#kit/server/data/outage.ts'
import { serveWeb } from '#kit/server/edge/web.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

/** What somebody who has not signed in can make the program do and keep. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

const post = (path: string, body: string | ReadableStream, cookie = '') =>
  fetch(`${server.base}/api${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...(cookie && { cookie }) },
    ...(typeof body !== 'string' && { duplex: 'half' }),
  } as RequestInit)
const entries = async () => (await pool.query<{ n: number }>('select count(*)::int as n from audit_entry')).rows[0]!.n

test('[A1] [A2] a stranger’s long body is refused before it is read; a short one leaves no entry and nothing that they chose', async () => {
  const before = await entries()
  const long = JSON.stringify(Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`m${n}`, `+${'a'.repeat(2_000)}`])))
  const endpoints = ['/sign-out', '/sign-in/passkey', '/sign-in', '/reset', '/catalog/categories']
  for (const path of endpoints) {
    const answer = await post(path, long)
    assert.equal(answer.status, 413, path)
    assert.match(((await answer.json()) as { message: string }).message, /16 kB/)
    const inPieces = new ReadableStream({
      start(control) {
        control.enqueue(new TextEncoder().encode(long.slice(0, 100)))
        control.close()
      },
    })
    assert.equal((await post(path, inPieces)).status, 413, `${path} in pieces`)
  }
  // A cookie that opens nothing makes nobody of a stranger.
  assert.equal((await post('/catalog/categories', long, '__Host-duka=nonsense')).status, 413)
  for (let n = 0; n < 5; n++) {
    const chosen = JSON.stringify({ mine: 'left by a stranger', reason: 'left by a stranger' })
    assert.ok((await post('/sign-out', chosen)).status < 300)
    await post('/sign-in/passkey', chosen)
  }
  assert.equal(await entries(), before)
  const { rows } = await pool.query(`select 1 from audit_entry where input::text || reason like '%left by a stranger%'`)
  assert.deepEqual(rows, [])
})

test('[A1] [A2] the trail keeps what the schema knows, without what nobody asked for, and a reason no longer than it may be', async () => {
  const answer = await owner.call('POST /parties', {
    name: 'Known',
    kind: 'person',
    roles: ['customer'],
    note: 'a'.repeat(1_900),
  })
  assert.equal(answer.status, 201)
  const client = server.client(world.cookie)
  assert.equal((await client.call('POST /session/lock', { invented: 'unknown member', reason: 'x'.repeat(9_000) })).status, 409)
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'en', invented: 'unknown member', reason: 'unknown member' })
  const { rows } = await pool.query<{ input: unknown }>(
    `select input, reason from audit_entry where command = 'access.changeProfile'`,
  )
  assert.equal(rows.length, 1)
  assert.doesNotMatch(JSON.stringify(rows), /unknown member|invented/)
})

test('[A21] JSON nested without end is refused at once, for strangers and for people', async () => {
  for (const deep of [65, 10_000, 900_000]) {
    const begun = performance.now()
    const answer = await post(
      '/catalog/categories',
      `{"name":${'['.repeat(deep)}${']'.repeat(deep)}}`,
      `__Host-duka=${world.cookie}`,
    )
    assert.equal(answer.status, 400, String(deep))
    assert.ok(performance.now() - begun < 1_000)
  }
  assert.equal(refusedShape(`${'['.repeat(64)}${']'.repeat(64)}`), undefined)
  assert.equal(refusedShape(`{"a":"${'['.repeat(500)}\\"${'{'.repeat(500)}"}`), undefined, 'signs in a text are no depth')
  assert.equal(refusedShape(`["\\\\",${'['.repeat(64)}`)?.status, 400)
})

test('[A21] JSON of more members than any form has is refused before it is parsed; the longest papers pass', async () => {
  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]))
  for (const body of [members(150_000), { lines: Array.from({ length: 90_000 }, () => []) }, { name: members(30_000) }]) {
    const answer = await owner.call('POST /pos/agreements', body)
    assert.deepEqual([answer.status, answer.body.code], [413, 'kit.tooManyParts'])
  }
  const line = { variant: newId(), quantity: '1000000', unitCost: '100', lot: 'L, 1', expiresOn: '2027-01-31' }
  const paper = { id: newId(), location: newId(), source: 'supplier', lines: Array.from({ length: 1_000 }, () => line) }
  assert.equal(refusedShape(JSON.stringify(paper)), undefined)
  const count = { ...line, counted: '1000000', countedAt: '2027-01-31T10:00:00Z' }
  assert.equal(refusedShape(JSON.stringify({ lines: Array.from({ length: 2_000 }, () => count) })), undefined)
})

test('a key of every length that the header may have is taken, once for each person', async () => {
  for (const length of [8, 163, 164, 200]) {
    const key = 'k'.repeat(length)
    const body = { name: `Key of ${length}` }
    const made = await owner.call('POST /catalog/categories', body, { 'idempotency-key': key })
    const again = await owner.call('POST /catalog/categories', body, { 'idempotency-key': key })
    assert.deepEqual([made.status, again.status, again.body.id], [201, 201, made.body.id])
  }
  assert.equal((await owner.call('POST /catalog/categories', { name: 'x' }, { 'idempotency-key': 'k'.repeat(201) })).status, 400)
  const other = await server.client().call('POST /sign-out', {}, { 'idempotency-key': 'k'.repeat(200) })
  assert.equal(other.status, 200)
})

test('[A21] a full disk and a database that has gone are told as that: 503 with a sentence', async () => {
  const pg = (code: string) => Object.assign(new Error('x'), { code, severity: 'ERROR', name: 'error' })
  const call = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall })
  for (const error of [pg('53100'), call('ENOSPC', 'write'), new Error('outside', { cause: call('ENOSPC', 'write') })])
    assert.equal(outageOf(error)?.code, 'kit.outage.disk')
  for (const error of [
    ...['58030', '08006', '57P01', '57P03', '53300'].map(pg),
    call('ECONNREFUSED', 'connect'),
    new AggregateError([call('ECONNREFUSED', 'connect')]),
    new Error('Connection terminated unexpectedly'),
  ])
    assert.equal(outageOf(error)?.code, 'kit.outage.database', String(error))
  for (const error of [pg('23505'), call('ENOENT', 'open'), new TypeError('x is not a function'), CommonProblem.notFound()])
    assert.equal(outageOf(error), undefined, String(error))
})

test('[W17] whoever does not ask for data gets the page: monitors, previews of links, curl', async () => {
  const root = await mkdtemp(join(tmpdir(), 'duka-web-'))
  await mkdir(join(root, 'dist'))
  await writeFile(join(root, 'dist', 'index.html'), '<!doctype html>')
  const app = Fastify()
  await serveWeb(app, root)
  await app.listen({ port: 0, host: '127.0.0.1' })
  onEnd(async () => {
    await app.close()
    await rm(root, { recursive: true })
  })
  const { port } = app.server.address() as { port: number }
  const ask = async (path: string, accept?: string) => {
    return new Promise<{ status: number; type: string }>((resolve, reject) =>
      request({ host: '127.0.0.1', port, path, agent: false, headers: accept === undefined ? {} : { accept } }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode ?? 0, type: String(answer.headers['content-type']) })
      })
        .on('error', reject)
        .end(),
    )
  }
  for (const accept of [undefined, '*/*', 'text/html', 'text/*;q=0.8, */*;q=0.1'])
    for (const path of ['/', '/sign-in', '/catalog/products'])
      assert.deepEqual(await ask(path, accept), { status: 200, type: 'text/html; charset=utf-8' }, `${path} ${accept}`)
  for (const [path, accept] of [
    ['/', 'application/json'],
    ['/api/nothing', undefined],
    ['/api', '*/*'],
    ['/assets/gone.js', '*/*'],
    ['/robots2.txt', '*/*'],
  ] as const)
    assert.equal((await ask(path, accept)).status, 404, `${path} ${accept}`)
})
