import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aClient, type Client } from './server.ts'
import { root } from './template.ts'

/** The program and its database are killed while tills sell; what was acknowledged is there, once. */
const ROUNDS = Number(process.env['DUKA_FAULT_ROUNDS'] ?? 4)
const CLIENTS = 4
const SALES_A_ROUND = 15

const dataDir = await mkdtemp(join(tmpdir(), 'duka-faults-'))
await chmod(dataDir, 0o755)
after(() => rm(dataDir, { recursive: true, force: true }))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
const port = await freePort()
const base = `http://127.0.0.1:${port}`

let server: ChildProcess | undefined
let said = ''
async function start(): Promise<void> {
  said = ''
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'bin/start.ts')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      PORT: String(port),
      DUKA_DATA: dataDir,
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  server = child
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        said += part
        if (/ready:.*\n(.*code:.*\n)?\s*\n/.test(said)) resolve()
      })
    child.once('exit', () => {
      if (server === child) server = undefined
      reject(new Error(`it ended: ${said}`))
    })
  })
}
after(() => server?.kill('SIGKILL'))

const postmaster = async () => Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

/** Asks until it is answered, as a till does: the same key, so that it happens once. */
async function insist(client: Client, route: string, input: object, headers: Record<string, string> = {}) {
  for (;;) {
    const answer = await client.call(route, input, headers).catch(() => undefined)
    if (answer && answer.status < 500) return answer
    assert.ok(server, `the program outlives its database: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

test(`no acknowledged sale is lost and none doubled, killed ${ROUNDS} times while selling`, async () => {
  await start()
  const owner = aClient(base)
  const code = /code:\s+(\S+)/.exec(said)![1]
  const { body: shop } = await owner.call('POST /setup', {
    code,
    company: { name: 'Faults', country: 'KE', currency: 'KES', locale: 'en', timeZone: 'Africa/Nairobi', cutOffHour: 4 },
    store: { name: 'Main Street', till: 'Till 1' },
    owner: { name: 'Amina', email: 'amina@example.com', password: 'correct horse battery' },
  })
  const { body: made } = await owner.call('POST /catalog/products', {
    id: newId(),
    name: 'Clay pot',
    variants: [{ price: '10000' }],
  })
  const variant = made.variants[0] as string
  await owner.call('POST /inventory/receipts', {
    id: newId(),
    location: shop.location,
    source: 'opening',
    lines: [{ variant, quantity: '1000000000000', unitCost: '4000' }],
  })
  await owner.call('POST /pos/shifts', { id: newId(), till: shop.till, float: '0' })
  const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
  const cash = methods.find((one) => one.kind === 'cash')!.id

  const acknowledged: string[] = []
  const sell = async () => {
    const id = newId()
    const answer = await insist(
      owner,
      'POST /pos/sales',
      {
        id,
        till: shop.till,
        lines: [{ variant, quantity: '1000000', listPrice: '10000' }],
        total: '10000',
        tenders: [{ method: cash, given: '10000' }],
      },
      { 'idempotency-key': `sale-${id}` },
    )
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    assert.equal(answer.body.id, id)
    acknowledged.push(id)
  }
  const sellMany = async (wanted: number) => {
    const until = acknowledged.length + wanted
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (acknowledged.length < until) await sell()
      }),
    )
  }

  for (let round = 0; round < ROUNDS; round++) {
    await sellMany(SALES_A_ROUND)
    const selling = sellMany(SALES_A_ROUND)
    if (round % 2 === 0) {
      const child = server!
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      await once(child, 'exit')
      await start()
    } else process.kill(await postmaster(), 'SIGKILL')
    await selling
  }

  const sales: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await owner.call('GET /pos/sales', { limit: '200', ...(cursor && { cursor }) })
    sales.push(...(body.rows as { id: string }[]).map((row) => row.id))
    if (!body.next) break
    cursor = body.next
  }
  assert.equal(new Set(sales).size, sales.length)
  assert.deepEqual(sales.toSorted(), acknowledged.toSorted())
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])

  const last = await postmaster()
  server!.kill('SIGTERM')
  await once(server!, 'exit')
  assert.throws(() => process.kill(last, 0), 'PostgreSQL ended with the program')
})
