import { once } from 'node:events'
import { request } from 'node:http'
import { newId } from '#kit/id.ts'
import { aStockedShop, fillSales } from './goods.ts'
import { aClient, aDuka, type Duka, type Figure } from './lib.ts'

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000)
const MOST_MS = 50
const LINES = 500

/**
 * No request holds the loop of the server: the longest that anybody else had to wait for their turn while rows are listed,
 * exported and printed. Told by the server itself, which forgets its longest with every look at its figures.
 */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  try {
    const http = aClient(duka.base, duka.cookie)
    const { goods, cash } = await aStockedShop(duka, { products: LINES, tills: 1 })
    const sale = newId()
    const total = goods.reduce((all, { price }) => all + price, 0n)
    const { status, body } = await http.post('/pos/sales', {
      id: sale,
      till: duka.till,
      lines: goods.map(({ variant, price }) => ({ variant, quantity: '1000000', listPrice: String(price) })),
      total: String(total),
      tenders: [{ method: cash, given: String(total + 100n) }],
    })
    if (status >= 300) throw new Error(JSON.stringify(body))
    const pool = duka.pool(1)
    await fillSales(pool, ROWS)
    const asks: Record<string, string[]> = {
      'lists of 200 rows': Array.from({ length: 20 }, () => '/pos/sales?limit=200'),
      'an export of all sales, CSV': ['/pos/sales/export?format=csv'],
      'an export of all sales, XLSX': ['/pos/sales/export?format=xlsx'],
      [`a receipt of ${LINES} lines`]: [`/pos/sales/${sale}/receipt.pdf`, `/pos/sales/${sale}/receipt.bin`],
    }
    const figures: Figure[] = []
    for (const [what, paths] of Object.entries(asks)) {
      await longestTurn(duka)
      let bytes = 0
      for (const path of paths) bytes += await sizeOf(duka, path)
      const value = await longestTurn(duka)
      const note = `${(bytes / 1e6).toFixed(1)} MB`
      figures.push({ what: `${what}: longest turn`, value, unit: 'ms', promise: `< ${MOST_MS} ms`, kept: value < MOST_MS, note })
    }
    http.close()
    return figures
  } finally {
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
