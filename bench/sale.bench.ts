import type pg from 'pg'
import { newId } from '#kit/id.ts'
import { aDuka, aClient, cpuOf, load, median, type Duka, type Figure, type Measured } from './lib.ts'
import { aStockedShop, fillSales, type Good } from './goods.ts'

const ROUNDS = 5
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)
const TILLS = 16

/** The same rows as a sale's, in one call: what a database can do at best when nothing is asked, checked or answered. */
const BARE = `
create or replace function bench_sale(sale uuid, till_ uuid, shift_ uuid, place_ uuid, location_ uuid, customers uuid, cashier_ uuid, method_ uuid,
  variants uuid[], prices bigint[], accounts uuid[], day date, key_ text, input_ jsonb, ids uuid[]) returns text language plpgsql as $$
declare n bigint; total_ bigint := prices[1] + prices[2] + prices[3]; tax_ bigint; cost_ bigint := 0; costs bigint[]; num text;
begin
  select array_agg(c order by i) into costs from (
    select i, round(b.value * 1000000.0 / b.on_hand)::bigint as c from unnest(variants) with ordinality u(v, i)
    join inventory_balance b on b.variant = u.v and b.location = location_ order by b.variant for update of b) s;
  update inventory_balance b set on_hand = b.on_hand - 1000000, value = b.value - u.c
    from unnest(variants, costs) u(v, c) where b.variant = u.v and b.location = location_ and b.on_hand >= 1000000;
  cost_ := costs[1] + costs[2] + costs[3];
  insert into series (document, place, period, last) values ('bench', till_, day::text, 1)
    on conflict (document, place, period) do update set last = series.last + 1 returning last into n;
  num := 'B-' || till_ || '-' || n;
  tax_ := round(total_ * 16.0 / 116.0);
  insert into pos_sale (id, number, till, place, shift, business_day, cashier, cashier_name, prices_include_tax, net, tax, total, cost, completed_at)
    values (sale, num, till_, place_, shift_, day, cashier_, 'Owner', true, total_ - tax_, tax_, total_, cost_, now());
  insert into pos_sale_line (id, sale, position, variant, name, sku, quantity, unit_price, list_price, tax_code, tax_rate, net, tax, cost)
    select ids[i], sale, i - 1, u.v, 'Article', 'PRD000001', 1000000, u.p, u.p, 'standard', 160000, u.p - round(u.p * 16.0 / 116.0), round(u.p * 16.0 / 116.0), u.c
    from unnest(variants, prices, costs) with ordinality u(v, p, c, i);
  insert into pos_tender (id, sale, shift, method, kind, amount, given) values (ids[4], sale, shift_, method_, 'cash', total_, total_);
  insert into inventory_move (id, at, business_day, variant, from_location, to_location, quantity, cost, document_kind, document, moved_by)
    select ids[4 + i], now(), day, u.v, location_, customers, 1000000, u.c, 'pos.sale', sale, cashier_ from unnest(variants, costs) with ordinality u(v, c, i);
  insert into ledger_entry (id, at, business_day, place, document_kind, document, number, amount, posted_by) values (ids[8], now(), day, place_, 'pos.sale', sale, num, total_ + cost_, cashier_);
  insert into ledger_line (id, entry, account, amount, business_day)
    select ids[8 + i], ids[8], u.a, u.m, day from unnest(accounts, array[total_, tax_ - total_, -tax_, cost_, -cost_]) with ordinality u(a, m, i);
  insert into audit_entry (id, at, actor_kind, actor, actor_name, command, input, about_table, about, place, trace_id, address)
    values (ids[14], now(), 'user', cashier_, 'Owner', 'pos.completeSale', input_, 'pos_sale', sale, place_, ids[14]::text, '127.0.0.1');
  insert into event (name, place, data, by, at) values ('pos.sale.completed', place_, jsonb_build_object('sale', sale, 'number', num, 'place', place_, 'till', till_, 'total', total_::text, 'lines', 3), 'pos.completeSale', now());
  insert into idempotency_key (key, actor, command, input_hash, answer, at) values (key_, cashier_, 'pos.completeSale', md5(key_), seal_later(md5(key_)::uuid, jsonb_build_object('id', sale, 'number', num, 'total', total_::text)), now());
  return num;
end $$`

interface Shop {
  readonly duka: Duka
  readonly goods: readonly Good[]
  readonly cash: string
  readonly tills: readonly { till: string; shift: string }[]
}

const pick = (goods: readonly Good[]): Good[] => {
  const chosen = new Set<Good>()
  while (chosen.size < 3) chosen.add(goods[Math.floor(Math.random() * goods.length)]!)
  return [...chosen]
}

const inputOf = (shop: Shop, client: number, lines: readonly Good[]) => {
  const total = lines.reduce((all, line) => all + line.price, 0n)
  return {
    id: newId(),
    till: shop.tills[client]!.till,
    lines: lines.map((line) => ({ variant: line.variant, quantity: '1000000', listPrice: String(line.price) })),
    total: String(total),
    // Prices end in whole cents, cash in whole shillings: a note that covers it.
    tenders: [{ method: shop.cash, given: String(total + 100n - (total % 100n)) }],
  }
}

/** Sales through the front door: HTTP, session, permission, validation, key, audit, both ledgers. */
async function throughDuka(shop: Shop, clients: number): Promise<Measured> {
  const connections = Array.from({ length: clients }, () => aClient(shop.duka.base, shop.duka.cookie))
  const measured = await load(clients, SECONDS, async (client) => {
    const { status, body } = await connections[client]!.post('/pos/sales', inputOf(shop, client, pick(shop.goods)))
    if (status !== 201) throw new Error(JSON.stringify(body))
  })
  for (const connection of connections) connection.close()
  return measured
}

async function bare(shop: Shop, pool: pg.Pool, facts: BareFacts, clients: number): Promise<Measured> {
  const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()))
  const measured = await load(clients, SECONDS, async (client) => {
    const lines = pick(shop.goods)
    const input = inputOf(shop, client, lines)
    await connections[client]!.query({
      name: 'bench-sale',
      text: 'select bench_sale($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
      values: [
        input.id,
        input.till,
        shop.tills[client]!.shift,
        shop.duka.place,
        shop.duka.location,
        facts.customers,
        facts.cashier,
        shop.cash,
        lines.map((line) => line.variant),
        lines.map((line) => line.price),
        facts.accounts,
        facts.day,
        newId(),
        JSON.stringify(input),
        Array.from({ length: 14 }, newId),
      ],
    })
  })
  for (const connection of connections) connection.release()
  return measured
}

interface BareFacts {
  readonly customers: string
  readonly cashier: string
  readonly accounts: readonly string[]
  readonly day: string
}
async function factsOf(pool: pg.Pool): Promise<BareFacts> {
  const one = async <T>(text: string) => (await pool.query<{ value: T }>(text)).rows[0]!.value
  return {
    customers: await one<string>(`select id as value from inventory_location where kind = 'customer'`),
    cashier: await one<string>('select id as value from access_user limit 1'),
    day: await one<string>('select business_day::text as value from pos_shift limit 1'),
    accounts: (await pool.query<{ id: string }>('select id from ledger_account order by id limit 5')).rows.map((row) => row.id),
  }
}

/** A measurement with the CPU milliseconds that each act took, by process. */
type Spent = Measured & { readonly server: number; readonly database: number }

async function spending(shop: Shop, measure: () => Promise<Measured>): Promise<Spent> {
  const before = await cpuOf(shop.duka)
  const measured = await measure()
  const after = await cpuOf(shop.duka)
  const each = (who: 'server' | 'database') => ((after?.[who] ?? 0) - (before?.[who] ?? 0)) / measured.count
  return { ...measured, server: each('server'), database: each('database') }
}

/** Both in turns, so that whatever else the machine does falls on both. */
async function compare(shop: Shop, pool: pg.Pool, facts: BareFacts, clients: number) {
  const [ours, theirs]: [Spent[], Spent[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await spending(shop, () => throughDuka(shop, clients)))
    theirs.push(await spending(shop, () => bare(shop, pool, facts, clients)))
  }
  const middle = (all: Spent[], pick: (one: Spent) => number) => median(all.map(pick))
  return {
    share: median(ours.map((one, index) => one.rate / theirs[index]!.rate)),
    server: middle(ours, (one) => one.server),
    database: middle(ours, (one) => one.database),
    bareDatabase: middle(theirs, (one) => one.database),
    databaseShare: median(ours.map((one, index) => one.database / theirs[index]!.database)),
    rate: middle(ours, (one) => one.rate),
    bareRate: middle(theirs, (one) => one.rate),
    p50: middle(ours, (one) => one.p50),
    p95: middle(ours, (one) => one.p95),
    p99: middle(ours, (one) => one.p99),
    bareP50: middle(theirs, (one) => one.p50),
  }
}

/** The sale against the bare database, at 1 and 16 tills, and what size does to it. */
export async function bench(): Promise<Figure[]> {
  const fill = Number(process.env['BENCH_FILL'] ?? 1_000_000)
  const duka = await aDuka()
  try {
    const shop: Shop = { duka, ...(await aStockedShop(duka, { products: 1000, tills: TILLS })) }
    const pool = duka.pool(TILLS)
    await pool.query(BARE)
    const facts = await factsOf(pool)
    // A program that has run for a while, as a shop's does all day: the first thousands of sales are compiled while they are made.
    for (const clients of [TILLS, 1]) await throughDuka(shop, clients)
    const figures: Figure[] = []
    for (const clients of [1, 16]) {
      const all = await compare(shop, pool, facts, clients)
      const ms = (value: number) => value.toFixed(1)
      figures.push({
        what: `sale through HTTP against one bare SQL call, ${clients} client${clients > 1 ? 's' : ''}`,
        value: all.share * 100,
        unit: '%',
        promise: '≥ 60 %',
        kept: all.share >= 0.6,
        note: `${all.rate.toFixed(0)}/s (p50 ${ms(all.p50)}, p95 ${ms(all.p95)}, p99 ${ms(all.p99)} ms) against ${all.bareRate.toFixed(0)}/s (p50 ${ms(all.bareP50)} ms)`,
      })
      const tills = `${clients} client${clients > 1 ? 's' : ''}`
      figures.push(
        {
          what: `CPU of the server per sale, ${tills}`,
          value: all.server,
          unit: 'ms',
          promise: '≤ 1.2 ms',
          kept: all.server <= 1.2,
        },
        {
          what: `CPU of the database per sale against the bare call, ${tills}`,
          value: all.databaseShare,
          unit: '×',
          promise: '≤ 1.15 ×',
          kept: all.databaseShare <= 1.15,
          note: `${all.database.toFixed(2)} ms against ${all.bareDatabase.toFixed(2)} ms`,
        },
      )
    }
    if (fill > 0) figures.push(await growth(shop, pool, fill))
    return figures
  } finally {
    await duka.stop()
  }
}

/** What a sale costs with ten thousand sales in the books, and with a million. */
async function growth(shop: Shop, pool: pg.Pool, fill: number): Promise<Figure> {
  // What filling left behind is done first, in both states alike: the clean-up that would otherwise run beside the sales,
  // the checkpoint, and a round that pays for writing each page whole once after it.
  const measure = async () => {
    await pool.query('vacuum analyze')
    await pool.query('checkpoint')
    await throughDuka(shop, 16)
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push((await throughDuka(shop, 16)).rate)
    return median(rounds)
  }
  await fillSales(pool, 10_000)
  const before = await measure()
  await fillSales(pool, fill)
  const after = await measure()
  const cost = (before / after - 1) * 100
  return {
    what: `cost of a sale, 10⁴ → ${fill.toLocaleString('en')} sales`,
    value: cost,
    unit: '%',
    promise: '< 10 %',
    kept: cost < 10,
    note: `${before.toFixed(0)}/s before, ${after.toFixed(0)}/s after`,
  }
}
