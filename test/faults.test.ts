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

/** The program and its database are killed while tills sell and papers are posted; what was acknowledged is there, once. */
const ROUNDS = Number(process.env['DUKA_FAULT_ROUNDS'] ?? 4)
const CLIENTS = 4
const SALES_A_ROUND = 15
const PAPERS_A_ROUND = 6

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

test(`no acknowledged sale or paper is lost and none doubled, killed ${ROUNDS} times while they are made`, async () => {
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
  await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: shop.location,
    reason: 'opening',
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

  const place = (await owner.call('GET /places')).body.rows[0].id
  const back = (await owner.call('POST /inventory/locations', { name: 'Back room', code: 'BACK', place })).body.id
  const location = shop.location as string
  const second = (await owner.call('POST /pos/tills', { name: 'Till 2', code: 'T2', place, location })).body.id
  const chart = (await owner.call('GET /accounts/chart')).body.rows as { id: string; kind: string }[]
  const [debit, credit] = chart.filter((one) => one.kind === 'expense').map((one) => one.id)
  const posted = new Map<string, string[]>()
  const post = async (kind: string, route: string, input: object, id = newId()) => {
    const answer = await insist(owner, `POST ${route}`, { id, ...input }, { 'idempotency-key': `${kind}-${id}` })
    assert.equal(answer.status, 201, `${kind} ${JSON.stringify(answer.body)}`)
    posted.set(kind, [...(posted.get(kind) ?? []), id])
  }
  const line = { variant, quantity: '1000000' }
  const [source, businessDay] = ['opening', '2026-06-05']
  const counts = () => [{ variant, counted: `${Math.ceil(Math.random() * 40)}000000` }]
  const amounts = [
    { account: debit, debit: '100' },
    { account: credit, credit: '100' },
  ]
  const anEntry = async () => {
    const id = newId()
    await post('journal', '/journals', { businessDay, place, memo: 'Rent', lines: amounts }, id)
    await post('entry', `/journals/${id}/post`, {}, id)
  }
  const aShift = async () => {
    const id = newId()
    await post('open', '/pos/shifts', { till: second, float: '1000', source: 'capital' }, id)
    const out = { move: newId(), kind: 'out', amount: '300', reason: 'taxi' }
    await post('cash', `/pos/shifts/${id}/cash`, out, id)
    await post('close', `/pos/shifts/${id}/close`, { counted: '700' }, id)
  }
  const north = (
    await owner.call('POST /places', { name: 'North', code: 'NO', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  ).body.id
  const shelf = (await owner.call('POST /inventory/locations', { name: 'North', code: 'NORTH', place: north })).body.id
  const supplier = (await owner.call('POST /parties', { name: 'Unga Ltd', roles: ['supplier'] })).body.id
  /** From the draft to the goods on the shelf, by whatever steps lead there. */
  const aDocument = async (path: string, head: object, steps: readonly string[]) => {
    const id = newId()
    await post('draft', path, { ...head, lines: [{ ...line, ...('supplier' in head && { price: '4000' }) }] }, id)
    for (const step of steps) await post(step, `${path}/${id}/${step}`, {}, id)
    const { lines } = (await insist(owner, `GET ${path}/${id}`, {}, {})).body as { lines: { id: string }[] }
    await post(
      `${path} received`,
      `${path}/${id}/receive`,
      { receipt: newId(), lines: [{ line: lines[0]!.id, quantity: '1000000' }] },
      id,
    )
  }
  /** Opened, counted and posted; its paper is one more of those that counts are posted by. */
  const stockCount = '/inventory/stock-counts'
  const aStockCount = async () => {
    const id = newId()
    await post('stock count', stockCount, { location, covers: 'chosen', lines: [{ variant }] }, id)
    await post('start', `${stockCount}/${id}/start`, {}, id)
    const { lines } = (await insist(owner, `GET ${stockCount}/${id}`, {})).body as { lines: { id: string }[] }
    const countedAt = new Date().toISOString()
    const tallies = [
      { id: newId(), line: lines[0]!.id, quantity: `${Math.ceil(900_000 + Math.random() * 100)}000000`, countedAt },
    ]
    await post('tally', `${stockCount}/${id}/tallies`, { round: 1, tallies }, id)
    await post('review', `${stockCount}/${id}/review`, {}, id)
    await post('stock count posted', `${stockCount}/${id}/post`, {}, id)
    // Whoever presses it once more, not the device that asks again, is refused.
    assert.equal((await insist(owner, `POST ${stockCount}/${id}/post`, { id })).status, 409)
  }
  const papers: (() => Promise<void>)[] = [
    aStockCount,
    () => aDocument('/sourcing/purchases', { supplier, location }, ['submit', 'approve']),
    () => aDocument('/inventory/transfers', { location, toLocation: shelf }, ['approve', 'dispatch']),
    () =>
      post('receipt', '/inventory/documents/receive', {
        kind: 'receipt',
        location,
        reason: source,
        lines: [{ ...line, unitCost: '4100' }],
      }),
    () =>
      post('adjustment', '/inventory/documents/post', {
        kind: 'adjustment',
        location,
        reason: 'damaged',
        lines: [{ ...line, quantity: '-1000000' }],
      }),
    () => post('count', '/inventory/counts', { location: back, lines: counts() }),
    () => post('transfer', '/inventory/documents/post', { kind: 'transfer', location, toLocation: back, lines: [line] }),
    anEntry,
    aShift,
  ]
  const postPapers = () =>
    Promise.all(
      papers.map(async (one) => {
        for (let n = 0; n < PAPERS_A_ROUND; n++) await one()
      }),
    )

  for (let round = 0; round < ROUNDS; round++) {
    await sellMany(SALES_A_ROUND)
    const selling = Promise.all([sellMany(SALES_A_ROUND), postPapers()])
    if (round % 2 === 0) {
      const child = server!
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      await once(child, 'exit')
      await start()
    } else process.kill(await postmaster(), 'SIGKILL')
    await selling
  }

  const idsAt = async (path: string, filters: object) => {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      const { body } = await owner.call(`GET ${path}`, { limit: '200', ...filters, ...(cursor && { cursor }) })
      ids.push(...(body.rows as { id: string }[]).map((row) => row.id))
      if (!body.next) return ids.toSorted()
      cursor = body.next
    }
  }
  assert.deepEqual(await idsAt('/pos/sales', {}), acknowledged.toSorted())
  const inOrder = (ids: string[] | undefined) => ids!.toSorted()
  const counted = (await owner.call(`GET ${stockCount}`, { state: 'posted', limit: '200' })).body.rows as {
    id: string
    paper: string
  }[]
  assert.deepEqual(inOrder(counted.map((one) => one.id)), inOrder(posted.get('stock count posted')))
  posted.set('count', [...posted.get('count')!, ...counted.map((one) => one.paper)])
  for (const kind of ['adjustment', 'count', 'transfer'])
    assert.deepEqual(await idsAt('/inventory/documents', { kind }), inOrder(posted.get(kind)), kind)
  const receipts = await idsAt('/inventory/documents', { kind: 'receipt' })
  const [ordered, sent] = ['/sourcing/purchases', '/inventory/transfers'].map((path) => posted.get(`${path} received`))
  assert.equal(receipts.length, posted.get('receipt')!.length + ordered!.length + 1)
  assert.deepEqual(await idsAt('/sourcing/purchases', { state: 'received' }), inOrder(ordered))
  assert.deepEqual(await idsAt('/inventory/transfers', { state: 'received' }), inOrder(sent))
  assert.deepEqual(await idsAt('/journals', { businessDay: '2026-06-05', state: 'posted' }), inOrder(posted.get('journal')))
  assert.deepEqual(await idsAt('/pos/shifts', { state: 'closed' }), inOrder(posted.get('close')))
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])

  const last = await postmaster()
  server!.kill('SIGTERM')
  await once(server!, 'exit')
  assert.throws(() => process.kill(last, 0), 'PostgreSQL ended with the program')
})
