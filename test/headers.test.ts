import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { join } from 'node:path'
import { newId } from '#kit/id.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'
import { root } from './template.ts'

const world = await aCompany()
const server = await aServer(world.url)
const behind = await aServer(world.url, { trustProxy: '10.0.0.0/8' })
const owner = server.client(world.cookie)

const pages = ['/', '/sign-in', '/api/session', '/api/parties', '/api/nowhere', '/nowhere.txt']

test('every answer carries what keeps a browser safe', async () => {
  for (const path of pages) {
    const { headers } = await fetch(server.base + path, {
      headers: { cookie: `__Host-duka=${world.cookie}`, accept: 'text/html' },
    })
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000; includeSubDomains/, path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.equal(headers.get('referrer-policy'), 'same-origin', path)
    assert.match(headers.get('content-security-policy') ?? '', /object-src 'none'.*base-uri 'none'/, path)
    assert.equal(headers.get('access-control-allow-origin'), null, path)
    assert.equal(headers.get('x-powered-by'), null, path)
    assert.match(headers.get('content-type') ?? '', /charset=utf-8/i, path)
  }
  for (const path of ['/api/session', '/api/parties', '/api/users'])
    assert.equal(
      (await fetch(server.base + path, { headers: { cookie: `__Host-duka=${world.cookie}` } })).headers.get('cache-control'),
      'no-store',
      path,
    )
})

test('cookies: only for this host, over TLS, out of reach of scripts, and not sent along by other sites', async () => {
  const answer = await fetch(`${server.base}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify({ email: 'amina@example.com', password: 'correct horse battery' }),
  })
  assert.equal(answer.status, 200)
  const cookies = answer.headers.getSetCookie()
  assert.ok(cookies.length >= 2)
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-/, cookie)
    for (const part of [/; Secure/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\//]) assert.match(cookie, part, cookie)
    assert.doesNotMatch(cookie, /Domain=/i, cookie)
  }
  assert.doesNotMatch(
    await answer.text(),
    new RegExp(cookies[0]!.split(/[=;]/)[1]!.slice(0, 20)),
    'and its value stands in no answer',
  )
})

test('TRACE and other strange methods do nothing', async () => {
  const { hostname, port } = new URL(server.base)
  for (const method of ['TRACE', 'TRACK', 'CONNECT', 'PROPFIND']) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${method} /api/session HTTP/1.1\r\nhost: ${hostname}\r\nx-secret: echoed\r\nconnection: close\r\n\r\n`),
      )
      let text = ''
      socket.setEncoding('latin1').on('data', (part: string) => (text += part))
      socket.on('close', () => resolve(text)).on('error', () => resolve(text))
    })
    assert.doesNotMatch(said, /^HTTP\/1\.1 2/, method)
    assert.doesNotMatch(said, /echoed/, method)
  }
})

test('an address that a client claims is believed from a proxy of ours only', async () => {
  const addressOf = async (from: typeof server) => {
    const client = from.client()
    await client.call(
      'POST /sign-in',
      { email: 'amina@example.com', password: 'correct horse battery' },
      { 'x-forwarded-for': '203.0.113.77' },
    )
    const { rows } = (await client.call('GET /profile/sessions')).body as { rows: { address: string; isThis: boolean }[] }
    return rows.find((row) => row.isThis)!.address
  }
  assert.notEqual(await addressOf(server), '203.0.113.77')
  assert.notEqual(await addressOf(behind), '203.0.113.77', 'it came from here, which is no proxy of 10.0.0.0/8')
  const trusting = await aServer(world.url, { trustProxy: '127.0.0.1' })
  assert.equal(await addressOf(trusting), '203.0.113.77')
})

test('what is encrypted opens for its own record only, and not when a letter of it was changed', async () => {
  const ring = world.database.keys
  const sealed = ring.seal('+254712345678', 'party phone 1')
  assert.equal(ring.open(sealed, 'party phone 1'), '+254712345678')
  assert.throws(() => ring.open(sealed, 'party phone 2'))
  for (let at = sealed.length - 30; at < sealed.length - 2; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    assert.throws(() => ring.open(sealed.slice(0, at) + other + sealed.slice(at + 1), 'party phone 1'), `letter ${at}`)
  }
})

test('the password is changed with the current one, to one that fits, and the old one is over', async () => {
  const client = server.client()
  await client.call('POST /sign-in', { email: 'amina@example.com', password: 'correct horse battery' })
  const change = (current: string, password: string) => client.call('POST /profile/password', { current, password })
  assert.equal((await change('not the one it is', 'another long enough one')).body.code, 'access.session.wrongPassword')
  assert.equal((await change('correct horse battery', 'short')).status, 422)
  for (const common of ['password1234', 'qwertyuiop1', 'baraka stores'])
    assert.equal((await change('correct horse battery', common)).body.code, 'access.session.common', common)
  const long = 'ü'.repeat(30) + ' with spaces & 😀 '.repeat(3)
  assert.equal((await change('correct horse battery', long)).status, 200)
  const signIn = (password: string) => server.client().call('POST /sign-in', { email: 'amina@example.com', password })
  assert.equal((await signIn('correct horse battery')).status, 401)
  assert.equal((await signIn(long.toUpperCase())).status, 401, 'no change of case')
  assert.equal((await signIn(long.slice(0, -1))).status, 401, 'nothing is cut off')
  assert.equal((await signIn(long)).status, 200)
  assert.equal((await owner.call('GET /session')).body.user, null, 'and other sessions have ended')
})

test('a till keeps every page for when the network is gone, and not the list of common passwords', () => {
  const worker = readFileSync(join(root, 'dist/sw.js'), 'utf8')
  const kept = [...worker.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([path]) => readFileSync(join(root, 'dist', path), 'utf8'))
  assert.ok(kept.length > 20)
  assert.ok(!kept.some((code) => code.includes('qwertyuiop')), 'the list is among what is kept')
})
