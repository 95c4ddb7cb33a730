import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTestContext } from 'node:test'
import { onEnd } from './end.ts'
import { newId } from '#kit/id.ts'
import type { Config } from '#kit/server/host/config.ts'
import type { Database } from '#kit/server/data/db.ts'
import { serve } from '../server.ts'
import { MASTER_KEY, root } from './template.ts'

export interface Answer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- what comes over the wire is judged by the test itself
  readonly body: any
  readonly headers: Headers
}

export interface Client {
  readonly base: string
  cookie: string
  /** All cookies of this browser, by name. */
  readonly jar: Map<string, string>
  call(route: string, input?: object, headers?: Record<string, string>): Promise<Answer>
  upload(path: string, name: string, content: string | Buffer): Promise<Answer>
}

export interface TestServer {
  readonly base: string
  readonly database: Database
  readonly dataDir: string
  client(cookie?: string): Client
}

interface Started {
  readonly port: number
  isOver: boolean
  stop(): Promise<void>
}
const started = new Set<Started>()

/** The whole server on a real socket, with its worker, over the database of a test file. */
export async function aServer(url: string, more: Partial<Config> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'duka-server-'))
  const port = await freedPort()
  const running = await serve(
    { host: '127.0.0.1', port, role: 'all', dataDir, masterKey: MASTER_KEY, ...more },
    { appUrl: url },
    root,
  )
  const server: Started = {
    port: (running.app.server.address() as AddressInfo).port,
    isOver: false,
    async stop() {
      started.delete(server)
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  started.add(server)
  onEnd(() => started.has(server) && server.stop())
  const test = getTestContext()
  if (test && 'after' in test) test.after(() => void (server.isOver = true))
  const base = `http://127.0.0.1:${server.port}`
  return { base, dataDir, database: running.database, client: (cookie = '') => aClient(base, cookie) }
}

/**
 * Servers that tests before this one have started are stopped, and one of their ports is taken up: a browser knows by the address
 * what it has compiled already.
 */
async function freedPort(): Promise<number> {
  const over = [...started].filter(({ isOver }) => isOver)
  await Promise.all(over.map((one) => one.stop()))
  return over[0]?.port ?? 0
}

const SESSION = '__Host-duka'
const cookiesOf = (jar: ReadonlyMap<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

/** A browser's worth of HTTP: cookie, key, JSON. */
export function aClient(base: string, cookie = ''): Client {
  const jar = new Map(cookie ? [[SESSION, cookie]] : [])
  const client: Client = {
    base,
    jar,
    get cookie() {
      return jar.get(SESSION) ?? ''
    },
    set cookie(value) {
      jar.set(SESSION, value)
    },
    async call(route, input, headers = {}) {
      const [method = 'GET', path = ''] = route.split(' ')
      const isRead = method === 'GET'
      const query = isRead && input ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
      const response = await fetch(`${base}/api${path}${query}`, {
        method,
        headers: {
          ...(jar.size > 0 && { cookie: cookiesOf(jar) }),
          ...(!isRead && { 'content-type': 'application/json', 'idempotency-key': newId() }),
          ...headers,
        },
        ...(!isRead && { body: JSON.stringify(input ?? {}) }),
      })
      return read(client, response)
    },
    async upload(path, name, content) {
      const form = new FormData()
      form.append('file', new Blob([content as BlobPart]), name)
      const response = await fetch(`${base}/api${path}`, {
        method: 'POST',
        body: form,
        headers: { cookie: cookiesOf(jar), 'idempotency-key': newId() },
      })
      return read(client, response)
    },
  }
  return client
}

/** A failure on our side is red in every test, whatever the test looks at. To be busy (503) is an answer. */
const failures: string[] = []
onEnd(() => assert.deepEqual(failures, [], 'the server failed'))

async function read(client: Client, response: Response): Promise<Answer> {
  const text = await response.text()
  if (response.status >= 500 && response.status !== 503)
    failures.push(`${response.status} ${response.url}: ${text.slice(0, 200)}`)
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') client.jar.delete(name)
    else client.jar.set(name, value)
  }
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
}

/** Asks until the answer is as wanted; the test's own time limit ends it otherwise. */
export async function until<T>(ask: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask()
    if (isThere(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}
