import type pg from 'pg'
import { newId } from '#kit/id.ts'
import { aClient, type Duka } from './lib.ts'

export interface Good {
  readonly variant: string
  readonly price: bigint
}

/** Taxed products with plenty of stock, and so many open tills with a cashier's connection each. */
export async function aStockedShop(duka: Duka, { products, tills }: { products: number; tills: number }) {
  const http = aClient(duka.base, duka.cookie)
  const ask = async (path: string, body: object) => {
    const { status, body: answer } = await http.post(path, body)
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  const { body: taxes } = await http.get('/catalog/tax-classes')
  const taxClass = (taxes.rows as { id: string; code: string }[]).find((one) => one.code === 'standard')!.id
  const goods: Good[] = []
  for (let index = 0; index < products; index++) {
    const price = BigInt(5_000 + ((index * 737) % 90_000))
    const { variants } = await ask('/catalog/products', {
      id: newId(),
      name: `Article ${index}`,
      taxClass,
      variants: [{ price: String(price) }],
    })
    goods.push({ variant: variants[0], price })
  }
  for (let index = 0; index < goods.length; index += 500) {
    const lines = goods
      .slice(index, index + 500)
      .map(({ variant, price }) => ({ variant, quantity: '1000000000000', unitCost: String(price / 2n) }))
    await ask('/inventory/documents/receive', { kind: 'receipt', id: newId(), location: duka.location, reason: 'opening', lines })
  }
  const { body: methods } = await http.get('/payments/methods')
  const cash = (methods.rows as { id: string; kind: string }[]).find((one) => one.kind === 'cash')!.id
  const open: { till: string; shift: string }[] = []
  for (let index = 0; index < tills; index++) {
    const till =
      index === 0
        ? duka.till
        : ((
            await ask('/pos/tills', {
              name: `Till ${index + 1}`,
              code: `T${index + 1}`,
              place: duka.place,
              location: duka.location,
            })
          ).id as string)
    const shift = newId()
    await ask('/pos/shifts', { id: shift, till, float: '100000' })
    open.push({ till, shift })
  }
  http.close()
  return { goods, cash, tills: open }
}

/** Articles like one that is there, with a barcode each; used to see what size costs. */
export async function fillGoods(pool: pg.Pool, like: string, count: number): Promise<void> {
  await pool.query(
    `with model as (select p.tax_class, v.price from catalog_variant v join catalog_product p on p.id = v.product where v.id = $1),
     made as (select n, uuidv7() as id, uuidv7() as variant from generate_series(1, $2::int) as n),
     product as (insert into catalog_product (id, name, tax_class) select made.id, 'Filled ' || n, model.tax_class from made, model),
     variant as (
       insert into catalog_variant (id, product, name, sku, price)
       select made.variant, made.id, 'Filled ' || n, 'FILLED-' || n, model.price from made, model)
     insert into catalog_barcode (code, variant) select 'F' || n, variant from made`,
    [like, count],
  )
  await pool.query('analyze')
}

/** The statements that fill the books with sales of the past, many at a time; used to see what size costs. */
export async function fillSales(from: pg.Pool, count: number): Promise<void> {
  const pool = await from.connect()
  try {
    await fill(pool, count)
  } finally {
    pool.release()
  }
}

async function fill(pool: pg.PoolClient, count: number): Promise<void> {
  const like = await pool.query<{ id: string }>('select id from pos_sale order by completed_at desc limit 1')
  const id = like.rows[0]?.id
  if (!id) throw new Error('sell one first: the others are made after it')
  const BATCH = 20_000
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done)
    // The rows are copies of one that was judged; checking a million references again would only take longer.
    await pool.query('begin; set local session_replication_role = replica; set local synchronous_commit = off')
    await pool.query(FILL, [id, size, done])
    await pool.query('commit')
  }
  await pool.query('analyze')
}

const FILL = `
  with model as (select * from pos_sale where id = $1),
  made as (select uuidv7(make_interval(secs => -($3 + n) * 20)) as id, uuidv7(make_interval(secs => -($3 + n) * 20)) as entry, n from generate_series(1, $2::int) as n),
  sale as (
    insert into pos_sale (id, number, till, place, shift, business_day, cashier, cashier_name, prices_include_tax, net, tax, discount, rounding, total, change, cost, completed_at)
    select made.id, m.number || '/' || ($3 + made.n), m.till, m.place, m.shift, (m.completed_at - make_interval(secs => ($3 + made.n) * 20))::date, m.cashier, m.cashier_name,
      m.prices_include_tax, m.net, m.tax, m.discount, m.rounding, m.total, m.change, m.cost, m.completed_at - make_interval(secs => ($3 + made.n) * 20)
    from made, model m),
  line as (
    insert into pos_sale_line (id, sale, position, variant, name, sku, quantity, unit_price, list_price, discount, tax_code, tax_rate, net, tax, cost)
    select uuidv7(), made.id, l.position, l.variant, l.name, l.sku, l.quantity, l.unit_price, l.list_price, l.discount, l.tax_code, l.tax_rate, l.net, l.tax, l.cost
    from made, pos_sale_line l where l.sale = $1),
  tender as (
    insert into pos_tender (id, sale, shift, method, kind, amount, given)
    select uuidv7(), made.id, t.shift, t.method, t.kind, t.amount, t.given from made, pos_tender t where t.sale = $1),
  move as (
    insert into inventory_move (id, at, business_day, variant, from_location, to_location, quantity, cost, document_kind, document, moved_by)
    select uuidv7(), m.at - make_interval(secs => ($3 + made.n) * 20), (m.at - make_interval(secs => ($3 + made.n) * 20))::date, m.variant, m.from_location, m.to_location, m.quantity, m.cost, m.document_kind, made.id, m.moved_by
    from made, inventory_move m where m.document = $1),
  entry as (
    insert into ledger_entry (id, at, business_day, place, document_kind, document, number, amount, posted_by)
    select made.entry, e.at - make_interval(secs => ($3 + made.n) * 20), (e.at - make_interval(secs => ($3 + made.n) * 20))::date, e.place, e.document_kind, made.id, e.number || '/' || ($3 + made.n), e.amount, e.posted_by
    from made, ledger_entry e where e.document = $1),
  trail as (
    insert into audit_entry (id, at, actor_kind, actor, actor_name, command, input, about_table, about, place, trace_id)
    select uuidv7(), a.at - make_interval(secs => ($3 + made.n) * 20), a.actor_kind, a.actor, a.actor_name, a.command, a.input, a.about_table, made.id, a.place, a.trace_id
    from made, audit_entry a where a.about = $1)
  insert into ledger_line (id, entry, account, amount, business_day)
  select uuidv7(), made.entry, l.account, l.amount, (e.at - make_interval(secs => ($3 + made.n) * 20))::date
  from made, ledger_entry e join ledger_line l on l.entry = e.id where e.document = $1`
