import { aClient, aDuka, percentiles, type Duka, type Figure, type HttpClient } from './lib.ts'
import { aStockedShop, fillSales } from './goods.ts'
import { newId } from '#kit/id.ts'

const SALES = Number(process.env['BENCH_FILL'] ?? 1_000_000)
const CALLS = 200
const PAGE = 50

/** The list of a million sales: first page, page ten thousand, filtered, ordered otherwise, searched. */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  try {
    const first = aClient(duka.base, duka.cookie)
    await sellOne(duka, first)
    first.close()
    const pool = duka.pool(2)
    await fillSales(pool, SALES)
    await pool.query('checkpoint')
    // A connection of its own: the first one was closed while nothing was asked.
    const http = aClient(duka.base, duka.cookie)
    const { rows: days } = await pool.query<{ day: string }>(
      'select distinct business_day::text as day from pos_sale order by 1 limit 200',
    )
    const deep = await cursorAt(http, Math.min(10_000, Math.floor(SALES / PAGE) - 1))
    const asks: Record<string, (call: number) => string> = {
      'page 1': () => '',
      'page 10,000': () => `&cursor=${encodeURIComponent(deep)}`,
      'one day': (call) => `&businessDay=${days[call % days.length]!.day}`,
      'one place, by total': () => `&place=${duka.place}&sort=total`,
      'search a number': (call) => `&q=/${1000 + ((call * 4_001) % (SALES - 1000))}`,
    }
    const figures: Figure[] = []
    for (const [what, ask] of Object.entries(asks)) figures.push(await measure(http, what, ask))
    http.close()
    return figures
  } finally {
    await duka.stop()
  }
}

async function measure(http: HttpClient, what: string, ask: (call: number) => string): Promise<Figure> {
  const times: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const started = performance.now()
    const { status, body } = await http.get(`/pos/sales?limit=${PAGE}${ask(call)}`)
    times.push(performance.now() - started)
    if (status !== 200 || body.rows.length === 0) throw new Error(`${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`)
  }
  const { p50, p95 } = percentiles(times)
  return {
    what: `list of ${SALES.toLocaleString('en')} sales: ${what}`,
    value: p95,
    unit: 'ms',
    promise: 'p95 < 50 ms',
    kept: p95 < 50,
    note: `p50 ${p50.toFixed(1)} ms, ${CALLS} calls`,
  }
}

/** Pages are reached one after the other, as a person would who never tires. */
async function cursorAt(http: HttpClient, page: number): Promise<string> {
  const STEP = 200
  let cursor = ''
  for (let row = 0; row < page * PAGE; row += STEP) {
    const { body } = await http.get(`/pos/sales?limit=${STEP}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    cursor = body.next as string
    if (!cursor) throw new Error(`no page after row ${row}`)
  }
  return cursor
}

async function sellOne(duka: Duka, http: HttpClient): Promise<void> {
  const { goods, cash, tills } = await aStockedShop(duka, { products: 3, tills: 1 })
  const total = goods.reduce((all, good) => all + good.price, 0n)
  const { status, body } = await http.post('/pos/sales', {
    id: newId(),
    till: tills[0]!.till,
    lines: goods.map((good) => ({ variant: good.variant, quantity: '1000000', listPrice: String(good.price) })),
    total: String(total),
    tenders: [{ method: cash, given: String(total + 100n) }],
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
}
