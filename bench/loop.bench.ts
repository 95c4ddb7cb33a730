import { once } from 'node:events'
import { request } from 'node:http'
import { setPriority } from 'node:os'
import { newId } from '#kit/id.ts'
import { files } from './files.ts'
import { aStockedShop, fillGoods, fillSales } from './goods.ts'
import { aClient, aDuka, untilState, upload, type Duka, type Figure } from './lib.ts'

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000)
const MOST_MS = 50
const LINES = 500
/** As many as a till carries. */
const GOODS = 45_000
const PAPER_LINES = 1000
/** Other programs hold the machine too: what was too long is asked again, and only what stays so is ours. */
const TRIES = 3

/**
 * No request holds the loop of the server: the longest that anybody else had to wait for their turn while rows are listed,
 * exported, printed and brought by files. Told by the server itself, which forgets its longest with every look at its figures.
 */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  // Where it may, it goes before the other programs of the machine: how long they work is not what is asked here.
  if (process.getuid?.() === 0) setPriority(duka.server.pid!, -10)
  const http = aClient(duka.base, duka.cookie)
  const send = async (path: string, body: object) => {
    const { status, body: answer } = await http.post(path, body)
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(answer).slice(0, 500)}`)
    return answer
  }
  try {
    const { goods, cash } = await aStockedShop(duka, { products: LINES, tills: 1 })
    const sell = async (some: typeof goods) => {
      const id = newId()
      const total = some.reduce((all, { price }) => all + price, 0n)
      await send('/pos/sales', {
        id,
        till: duka.till,
        lines: some.map(({ variant, price }) => ({ variant, quantity: '1000000', listPrice: String(price) })),
        total: String(total),
        tenders: [{ method: cash, given: String(total + 100n) }],
      })
      return id
    }
    const sale = await sell(goods)
    // The books are filled with the like of this one.
    await sell(goods.slice(0, 3))
    const paper = newId()
    const lines = Array.from({ length: PAPER_LINES }, (_, at) => ({
      variant: goods[at % goods.length]!.variant,
      quantity: '1000000',
      unitCost: String(at + 100),
    }))
    const asks: Record<string, () => Promise<number>> = {
      [`a paper of ${PAPER_LINES} lines, posted`]: () =>
        send('/inventory/documents/receive', {
          kind: 'receipt',
          id: newId(),
          location: duka.location,
          reason: 'opening',
          lines,
        }).then(() => 0),
    }
    await send('/inventory/documents/receive', { kind: 'receipt', id: paper, location: duka.location, reason: 'opening', lines })
    const pool = duka.pool(1)
    await fillSales(pool, ROWS)
    await fillGoods(pool, goods[0]!.variant, GOODS)
    const { rows: accounts } = await pool.query<{ id: string }>(
      'select account as id from ledger_line group by account order by count(*) desc limit 1',
    )
    const account = `/accounts/${accounts[0]!.id}`
    const now = Temporal.Now.plainDateISO()
    const span = `from=${now.subtract({ days: 60 }).toString()}&to=${now.toString()}`
    const reads: Record<string, readonly string[]> = {
      'lists of 200 rows': Array.from({ length: 20 }, () => '/pos/sales?limit=200'),
      [`a receipt of ${LINES} lines`]: [`/pos/sales/${sale}/receipt.pdf`, `/pos/sales/${sale}/receipt.bin`],
      [`a paper of ${PAPER_LINES} lines, shown and printed`]: [
        `/inventory/documents/${paper}`,
        `/inventory/documents/${paper}/paper.pdf`,
      ],
      'reports: trial balance, statement, board, checks': [
        `/trial-balance?${span}`,
        `/trial-balance/export?${span}&for=people&format=xlsx`,
        `${account}/statement?${span}`,
        '/board',
        '/ledger-check',
        '/inventory/check',
      ],
      'the journal and the trail, listed': ['/entries?limit=200', '/audit?limit=200', '/inventory/moves?limit=200'],
      'the search': ['Article', 'le', 'Main', '0001/', 'x'.repeat(100)].map((q) => `/search?q=${encodeURIComponent(q)}`),
      'what a till carries': [`/catalog/sellables?place=${duka.place}`, `/pos/tills/${duka.till}/stock`],
      'goods found, and their stock': [`/inventory/goods?location=${duka.location}&q=art`, '/inventory/stock?limit=200'],
    }
    for (const format of ['csv', 'xlsx'])
      for (const [what, path] of Object.entries({
        sales: '/pos/sales/export?',
        'entries of the journal': '/entries/export?',
        'entries of the trail': '/audit/export?',
        'lines of a statement': `${account}/statement/export?${span}&`,
      }))
        reads[`an export of all ${what}, ${format.toUpperCase()}`] = [`${path}for=people&format=${format}`]
    for (const [what, paths] of Object.entries(reads))
      asks[what] = async () => {
        let bytes = 0
        for (const path of paths) bytes += await sizeOf(duka, path)
        return bytes
      }
    for (const [what, { kind, name, content }] of Object.entries(await files(pool)))
      asks[`a file of ${what}`] = async () => {
        const { id, mapping } = await upload(duka, kind, new Blob([content]), name)
        await send(`/imports/${id}/check`, { mapping, options: { 'mark.price': '.' } })
        await untilState(http, id, 'checked')
        await sizeOf(duka, `/imports/${id}`)
        return content.length
      }
    const figures: Figure[] = []
    const wanted = process.env['BENCH_ONLY'] ?? ''
    for (const [what, ask] of Object.entries(asks).filter(([one]) => one.includes(wanted))) {
      let [value, bytes] = [Infinity, 0]
      for (let tried = 0; tried < TRIES && value >= MOST_MS; tried++) {
        await longestTurn(duka)
        bytes = await ask()
        value = Math.min(value, await longestTurn(duka))
      }
      if (process.env['BENCH_ONLY'] !== undefined) console.error(`    ${value.toFixed(0)} ms  ${what}`)
      const note = `${(bytes / 1e6).toFixed(1)} MB`
      figures.push({ what: `${what}: longest turn`, value, unit: 'ms', promise: `< ${MOST_MS} ms`, kept: value < MOST_MS, note })
    }
    return figures
  } finally {
    http.close()
    await duka.stop()
  }
}

async function longestTurn({ base }: Duka): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const seconds = /^duka_nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]
  if (seconds === undefined) throw new Error('the server does not say how long its turns are')
  // What the clock itself ticks in is no delay.
  return Math.max(0, Number(seconds) * 1000 - 10)
}

async function sizeOf({ base, cookie }: Duka, path: string): Promise<number> {
  const { hostname, port } = new URL(base)
  const asked = request({ hostname, port, path: `/api${path}`, headers: { cookie: `__Host-duka=${cookie}` } }).end()
  const [response] = await once(asked, 'response')
  let bytes = 0
  for await (const part of response) bytes += (part as Buffer).length
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`)
  return bytes
}
