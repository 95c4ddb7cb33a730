import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { newId } from '#kit/id.ts'
import type { Database } from '#kit/server/db.ts'
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
  call(route: string, input?: object, headers?: Record<string, string>): Promise<Answer>
  upload(path: string, name: string, content: string | Buffer): Promise<Answer>
}

export interface TestServer {
  readonly base: string
  readonly database: Database
  client(cookie?: string): Client
}

/** The whole server on a real socket, with its worker, over the database of a test file. */
export async function aServer(url: string): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'duka-server-'))
  const running = await serve({ host: '127.0.0.1', port: 0, role: 'all', dataDir, masterKey: MASTER_KEY }, { appUrl: url }, root)
  after(async () => {
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const address = running.app.server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return { base, database: running.database, client: (cookie = '') => aClient(base, cookie) }
}

/** A browser's worth of HTTP: cookie, key, JSON. */
export function aClient(base: string, cookie = ''): Client {
  const client: Client = {
    base,
    cookie,
    async call(route, input, headers = {}) {
      const [method = 'GET', path = ''] = route.split(' ')
      const isRead = method === 'GET'
      const query = isRead && input ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
      const response = await fetch(`${base}/api${path}${query}`, {
        method,
        headers: {
          ...(client.cookie && { cookie: `__Host-duka=${client.cookie}` }),
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
        headers: { cookie: `__Host-duka=${client.cookie}`, 'idempotency-key': newId() },
      })
      return read(client, response)
    },
  }
  return client
}

async function read(client: Client, response: Response): Promise<Answer> {
  const text = await response.text()
  const set = /__Host-duka=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')
  if (set) client.cookie = set[1]!
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
