import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { db, pool } = world.database

/** As it is typed: `fetch` would tidy the path up before it is sent. */
const raw = (path: string, headers = '') =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(server.base)
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: __Host-duka=${world.cookie}\r\n${headers}connection: close\r\n\r\n`,
      ),
    )
    let said = ''
    socket.setEncoding('latin1').on('data', (part: string) => (said += part))
    socket.on('end', () => resolve(said)).on('error', reject)
  })

test('path traversal: no address leads out of the folders that are ours to show', async () => {
  const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '....//', '%252e%252e%252f', '..%c0%af', '/..;/']
  const inside = /"name": "duka"|root:.*:0:0|BEGIN [A-Z ]*PRIVATE KEY|"imports"/
  for (const up of ups)
    for (const start of ['/', '/assets/', '/api/files/', '/api/', '/words/'])
      for (const target of ['package.json', 'etc/passwd', 'keys/master.key', 'server.ts']) {
        const answer = await raw(`${start}${up.repeat(6)}${target}`)
        assert.doesNotMatch(answer, inside, `${start}${up}${target}`)
        assert.doesNotMatch(answer, /^HTTP\/1\.1 5/, `${start}${up}${target}`)
      }
  for (const path of ['/.git/config', '/.env', '/package.json', '/server.ts', '/keys/master.key', '/db/schema.sql'])
    assert.doesNotMatch(await raw(path), /repositoryformatversion|create table|"dependencies"|openDatabase/, path)
  // A file that is sent in keeps its name to itself.
  const answer = await owner.upload('/imports/preview', '../../../../etc/cron.d/evil.csv', 'name\nx\n')
  assert.ok(answer.status < 500, String(answer.status))
})

test('mass assignment: what a form does not offer is not set through it', async () => {
  const client = server.client()
  await accept(client, await anInvitation(owner, 'small@example.com', [{ role: 'cashier', place: world.place }]))
  const { id } = (await client.call('GET /session')).body.user
  const before = await db.selectFrom('accessUser').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const { version } = (await owner.call(`GET /users/${id}`)).body.row
  for (const field of [
    'state',
    'passwordHash',
    'email',
    'roles',
    'pinHash',
    'id',
    'createdAt',
    'mustChangePassword',
    '__proto__',
    'constructor',
  ]) {
    const answer = await owner.call(
      `PATCH /users/${id}`,
      { name: 'Small', [field]: 'x', because: 'asked by the owner' },
      { 'if-match': `"${version}"` },
    )
    assert.ok([400, 422].includes(answer.status), `${field}: ${answer.status}`)
  }
  await client.call('POST /profile', {
    name: before.name,
    locale: 'en',
    state: 'disabled',
    roles: [{ role: 'owner' }],
    isOwner: true,
    email: 'x@example.com',
  })
  const after = await db.selectFrom('accessUser').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual([after.state, after.email, after.passwordHash], [before.state, before.email, before.passwordHash])
  assert.deepEqual((await client.call('GET /session')).body.user.roles, ['cashier'])
  const made = await owner.call('POST /parties', {
    name: 'Extra',
    kind: 'person',
    roles: ['customer'],
    version: 99,
    archivedAt: '2026-01-01T00:00:00Z',
  })
  assert.ok([400, 422].includes(made.status))
  assert.equal(({} as Record<string, unknown>)['admin'], undefined)
})

test('formula injection: a cell that a spreadsheet would run is text in the files that leave', async () => {
  const cells = [
    '=1+1',
    '+254 is a code',
    '-5 is cold',
    '@SUM(A1)',
    '\t=1',
    '=HYPERLINK("http://evil","x")',
    "=cmd|' /C calc'!A0",
  ]
  for (const name of cells)
    assert.equal((await owner.call('POST /parties', { name, kind: 'person', roles: ['customer'] })).status, 201, name)
  const text = await (
    await fetch(`${server.base}/api/parties/export?format=csv`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
  ).text()
  const names = text
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1] ?? '')
  assert.ok(names.length >= cells.length)
  for (const name of names) assert.doesNotMatch(name.replace(/^"/, ''), /^[=+\-@\t\r]/, name)
  const book = Buffer.from(
    await (
      await fetch(`${server.base}/api/parties/export?format=xlsx`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
    ).arrayBuffer(),
  )
  assert.equal(book.subarray(0, 2).toString(), 'PK')
  assert.equal(book.includes('<f>'), false, 'no cell is a formula')
})

test('header injection: what is typed never becomes a line of a header or of a mail', async () => {
  const evil = 'x\r\nSet-Cookie: __Host-duka=evil\r\nBcc: everybody@example.com'
  const answers = [
    await raw(`/api/parties/export?format=csv&q=${encodeURIComponent(evil)}`),
    await raw(`/sign-in?to=${encodeURIComponent(evil)}`),
    await raw(`/api/search?q=${encodeURIComponent(evil)}`, `x-request-id: ${newId()}\r\n`),
  ]
  for (const answer of answers) assert.doesNotMatch(answer.split('\r\n\r\n')[0]!, /^(set-cookie: __Host-duka=evil|bcc:)/im)
  const invited = await owner.call('POST /invitations', {
    token: 'z'.repeat(43),
    email: 'plain@example.com',
    name: evil,
    roles: [{ role: 'viewer' }],
  })
  assert.ok(invited.status === 201 || invited.status === 422)
  const { rows } = await pool.query<{ subject: string; recipient: string }>('select subject, recipient from comms_message')
  for (const { subject, recipient } of rows) assert.doesNotMatch(`${subject}|${recipient}`, /[\r\n]/)
  const addressed = await owner.call('POST /invitations', {
    token: 'w'.repeat(43),
    email: 'a@example.com\r\nbcc: b@example.com',
    name: 'X',
    roles: [{ role: 'viewer' }],
  })
  assert.equal(addressed.status, 422)
})
