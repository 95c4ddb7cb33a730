import type pg from 'pg'
import { may } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { grantsOf, linesOf } from '#modules/access/role/role.rules.ts'
import '../server.ts'
import { aStockedShop, type Good } from './goods.ts'
import { aClient, aDuka, load, median, type Figure } from './lib.ts'

const ROUNDS = 6
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4)
const CLIENTS = 4

const TABLES = `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`

/**
 * What the policy adds to a sale: the locks of the tables, measured with them and without in turns, and what the engine
 * takes of each request, measured by itself.
 */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  try {
    const shop = await aStockedShop(duka, { products: 500, tills: CLIENTS })
    const pool = duka.pool(2)
    const tables = (await pool.query<{ name: string }>(TABLES)).rows.map((row) => row.name)
    const sales = () => sell(duka.base, duka.cookie, shop)
    await sales()
    const ratios: number[] = []
    const rates: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      // First the one, then the other, so that whatever slows the machine down falls on both.
      const order = round % 2 === 0 ? ['enable', 'disable'] : ['disable', 'enable']
      const measured: Record<string, number> = {}
      for (const state of order) {
        await setLocks(pool, tables, state)
        measured[state] = await sales()
      }
      ratios.push(measured['disable']! / measured['enable']!)
      rates.push(measured['enable']!)
    }
    const rate = median(rates)
    const engine = engineMicroseconds()
    const share = (engine / 1_000_000) * rate
    const cost = (median(ratios) - 1 + share) * 100
    return [
      {
        what: 'what the policy adds to a sale',
        value: cost,
        unit: '%',
        promise: '< 5 %',
        kept: cost < 5,
        note: `${rate.toFixed(0)}/s with ${CLIENTS} clients; locks of ${tables.length} tables ${((median(ratios) - 1) * 100).toFixed(1)} %, the engine ${engine.toFixed(1)} µs a request`,
      },
    ]
  } finally {
    await duka.stop()
  }
}

async function setLocks(pool: pg.Pool, tables: readonly string[], state: string): Promise<void> {
  for (const table of tables) await pool.query(`alter table ${table} ${state} row level security`)
}

async function sell(
  base: string,
  cookie: string,
  shop: { goods: readonly Good[]; cash: string; tills: readonly { till: string }[] },
) {
  const connections = Array.from({ length: CLIENTS }, () => aClient(base, cookie))
  const { rate } = await load(CLIENTS, SECONDS, async (client) => {
    const lines = [0, 1, 2].map((at) => shop.goods[(Math.floor(Math.random() * 160) * 3 + at) % shop.goods.length]!)
    const total = lines.reduce((all, line) => all + line.price, 0n)
    const { status, body } = await connections[client]!.post('/pos/sales', {
      id: newId(),
      till: shop.tills[client]!.till,
      lines: lines.map((line) => ({ variant: line.variant, quantity: '1000000', listPrice: String(line.price) })),
      total: String(total),
      tenders: [{ method: shop.cash, given: String(total + 100n - (total % 100n)) }],
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
  })
  for (const connection of connections) connection.close()
  return rate
}

/** Three roles at twenty places, added up once for every hundred requests (two seconds of a busy till), and five judgements a request. */
function engineMicroseconds(): number {
  const policy = new Map(
    (['cashier', 'manager', 'stockKeeper'] as const).map((role) => [role as string, linesOf(role, new Map())]),
  )
  const places = Array.from({ length: 20 }, newId)
  const held = [...policy.keys()].flatMap((role) => places.map((place) => ({ role, place })))
  const times = 20_000
  const started = performance.now()
  let grants = grantsOf(held, policy, { id: 'me', team: [] }, places)
  for (let at = 0; at < times; at++) {
    if (at % 100 === 0) grants = grantsOf(held, policy, { id: 'me', team: [] }, places)
    const actor = { kind: 'user' as const, id: 'me', name: 'me', locale: 'en', grants }
    for (let each = 0; each < 5; each++) may(actor, 'pos.sale.complete', places[at % 20]!)
  }
  return ((performance.now() - started) / times) * 1000
}
