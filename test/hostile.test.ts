import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

/** Every endpoint of the API document, called by the owner with what nobody should send. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

// Longer than any field; a body of megabytes has a test of its own.
const long = 'x'.repeat(6_000)
const HOSTILE: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e308,
  '9'.repeat(40),
  true,
  [],
  {},
  long,
  '\u0000',
  '\ud800',
  `'; drop table pos_sale; --`,
  '<script>alert(1)</script>',
  '=cmd|calc',
  '../../etc/passwd',
  '00000000-0000-0000-0000-000000000000',
  { $ne: null },
  ['a', 1, null],
  { ['__proto__']: { admin: true } },
]
const PATHS = ['not-a-uuid', '%00', '..%2f..%2fetc%2fpasswd', `'%20or%201=1`, 'x'.repeat(250), newId()]

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: { readonly properties?: Record<string, unknown> } }>
  }
}
const { body: document } = await owner.call('GET /openapi.json')
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path: path.replace(/^\/api/, ''),
    method: method.toUpperCase(),
    operation,
  })),
)
// These need no body, so any will do: they end sessions, or ask a question that waits for its answer.
const LEFT_OUT = new Set([
  'POST /sign-out',
  'DELETE /profile/sessions',
  'DELETE /profile/photo',
  'DELETE /company/logo',
  'POST /sign-in/passkey',
  'POST /session/proof/passkey',
  'POST /profile/factors/app',
  'POST /profile/factors/passkey',
])
// What somebody tried is noted and counted, and the trail is sealed, whatever came of it.
const NOTES = new Set(['access_throttle', 'activity', 'audit_leaf', 'audit_seal'])

async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.base}/api${path}`, {
    method,
    headers: {
      cookie: `__Host-duka=${world.cookie}`,
      'idempotency-key': newId(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  })
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  return { status: response.status, type, text }
}

const fill = (path: string, value: string) => path.replace(/\{\w+\}|:\w+/g, value)
const isRead = (method: string) => method === 'GET'
const problems: string[] = []
function judge(what: string, { status, type, text }: Awaited<ReturnType<typeof send>>) {
  if (status < 300 && !what.startsWith('GET')) problems.push(`${what}: ${status}, accepted`)
  if (status >= 500) problems.push(`${what}: ${status} ${text.slice(0, 200)}`)
  else if (status >= 400 && !type.startsWith('application/problem+json')) problems.push(`${what}: ${status} as ${type}`)
}

/** Four at a time: while the database judges one, the next is read. */
async function inFours<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: 4 }, lane))
}

/** What the books, the shelves and the trail hold: refusals leave all of it as it is. */
async function contents() {
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const counts = await Promise.all(
    rows
      .filter(({ name }) => !NOTES.has(name))
      .map(async ({ name }) => {
        const { rows: found } = await world.database.pool.query<{ n: number }>(`select count(*)::int as n from ${name}`)
        return [name, found[0]!.n] as const
      }),
  )
  return Object.fromEntries(counts)
}

test('reads with hostile paths and queries answer with a problem or an empty page, never with a failure', async () => {
  await inFours(
    operations.filter((one) => isRead(one.method)),
    async ({ path, method, operation }) => {
      for (const value of path.includes('{') ? PATHS : [''])
        judge(`GET ${path} with ${value.slice(0, 20)}`, await send(method, fill(path, value)))
      const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name)
      for (const name of new Set([...names, 'cursor', 'sort', 'limit', 'q']))
        for (const value of ['%00', '-1', '1e9', 'zzz', `'%3b--`, '%F0%28%8C%BC', 'x'.repeat(3000), '[1,2]'])
          judge(`GET ${path}?${name}=${value.slice(0, 20)}`, await send(method, `${fill(path, newId())}?${name}=${value}`))
    },
  )
  assert.deepEqual(problems.splice(0), [])
})

test('changes with missing, wrong, huge and hostile values are refused and change nothing', async () => {
  const before = await contents()
  await inFours(
    operations.filter((one) => !isRead(one.method) && !LEFT_OUT.has(`${one.method} ${one.path}`)),
    async ({ path, method, operation }) => {
      const route = `${method} ${path}`
      const at = fill(path, newId())
      for (const body of ['', '{', '[]', '"x"', '{"a":', 'null', JSON.stringify({ nothing: long })])
        judge(`${route} ${body.slice(0, 12)}`, await send(method, at, body))
      for (const value of PATHS)
        if (path.includes('{')) judge(`${route} at ${value.slice(0, 20)}`, await send(method, fill(path, value), '{"reason":5}'))
      const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
      const names = Object.keys(schema?.properties ?? { id: 1, name: 1 })
      for (const value of HOSTILE) {
        const all = Object.fromEntries(names.map((name) => [name, value]))
        judge(`${route} all ${JSON.stringify(value)?.slice(0, 20)}`, await send(method, at, JSON.stringify(all)))
      }
      judge(`${route} as a form`, await send(method, at, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }))
      judge(`${route} with another type`, await send(method, at, '<x/>', { 'content-type': 'application/xml' }))
    },
  )
  assert.deepEqual(problems.splice(0), [])
  const after = await contents()
  const changed = Object.keys(after).filter((table) => after[table] !== before[table])
  assert.deepEqual(changed, [])
})

test('a body of many megabytes is refused early', async () => {
  const answer = await send('POST', '/catalog/categories', JSON.stringify({ name: 'x'.repeat(5_000_000) }))
  assert.equal(answer.status, 413)
})

test('a form that is broken is refused as that, with a file or without, by strangers too', async () => {
  const head = '--X\r\nContent-Disposition: form-data; name="file"'
  const broken: [string, string][] = [
    [`${head}\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n--X--\r\n`, 'multipart/form-data; boundary=X'],
    [`${head}; filename="a.png"\r\n\r\nabc`, 'multipart/form-data; boundary=X'],
    ['', 'multipart/form-data; boundary=X'],
    ['x', 'multipart/form-data'],
  ]
  for (const [body, type] of broken)
    for (const [path, cookie] of [
      ['/company/logo', `__Host-duka=${world.cookie}`],
      ['/register/identity', ''],
    ] as const) {
      const { status } = await fetch(`${server.base}/api${path}`, {
        method: 'POST',
        body,
        headers: { cookie, 'content-type': type, 'idempotency-key': newId() },
      })
      assert.ok(status >= 400 && status < 500, `${path} ${type}: ${status}`)
    }
})
