import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { indexCatalogue, type TillProduct } from '#modules/pos/selling/catalogue.rules.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
await aProduct(world, 'Something else', 1000n, 1)
const product = newId()
const made = await createProduct(world.ctx(), {
  id: product,
  name: 'Café Crème Noël',
  kind: 'stocked',
  variants: [{ sku: 'CC-Noel-1', price: '1000' as never, barcodes: [{ code: '0036000291452' }] }],
})
const variant = made.variants[0]!
await createProduct(world.ctx(), {
  id: newId(),
  name: 'قَهْوَة إسلاميّة ـ كبيرة',
  kind: 'stocked',
  variants: [{ price: '1000' as never }],
})

/** Every place where goods are looked for, with what each of them finds: names. */
const places: Record<string, (q: string) => Promise<string[]>> = {
  articles: async (q) => namesOf(await owner.call('GET /catalog/products', { q })),
  receiving: async (q) => namesOf(await owner.call('GET /inventory/goods', { q, location: world.location })),
  stock: async (q) => namesOf(await owner.call('GET /inventory/stock', { q })),
  everywhere: async (q) =>
    ((await owner.call('GET /search', { q })).body.rows as { kind: string; title: string }[])
      .filter((row) => row.kind === 'catalog.product')
      .map((row) => row.title),
  till: async (q) => {
    const { rows } = (await owner.call('GET /catalog/sellables', { place: world.place })).body as { rows: TillProduct[] }
    const catalogue = indexCatalogue(rows)
    return [...new Set([catalogue.find(q)?.product.name, ...catalogue.search(q).map((one) => one.name)])].filter(
      (name) => name !== undefined,
    )
  },
}
const namesOf = ({ body }: { body: { rows: { name: string }[] } }) => body.rows.map((row) => row.name)

test('[Q1] a code is found wherever it is scanned, in every length, with or without capitals, in Arabic digits', async () => {
  for (const [where, find] of Object.entries(places))
    for (const code of ['0036000291452', '036000291452', '00036000291452', '٠٣٦٠٠٠٢٩١٤٥٢', 'cc-noel-1', 'CC-NOEL-1'])
      assert.deepEqual(await find(code), ['Café Crème Noël'], `${where}: ${code}`)
  const { rows } = (await owner.call('GET /inventory/goods', { q: '036000291452', location: world.location })).body
  assert.equal(rows[0].exact, true)
  // One number belongs to one article, however it is written.
  const other = await owner.call('GET /catalog/products', { q: 'something' })
  const { variants } = (await owner.call(`GET /catalog/products/${other.body.rows[0].id}`)).body
  const taken = await owner.call(`POST /catalog/variants/${variants[0].id}/barcodes`, { code: '036000291452' })
  assert.deepEqual([taken.status, taken.body.code], [409, 'catalog.product.barcodeTaken'])
  assert.equal((await owner.call(`POST /catalog/variants/${variant}/barcodes`, { code: '036000291452' })).status, 200)
  const { rowCount } = await pool.query('select 1 from catalog_barcode')
  assert.equal(rowCount, 1, 'the same number once more is none')
})

test('[Q2] words are found without accents, in any order and letter form, wherever goods are looked for', async () => {
  for (const [where, find] of Object.entries(places)) {
    for (const q of ['cafe', 'Café Noël', 'noel cafe', 'CRÈME', 'creme noe'])
      assert.deepEqual(await find(q), ['Café Crème Noël'], `${where}: ${q}`)
    for (const q of ['قهوة', 'قهوه', 'اسلامية', 'كبيره قهوة']) assert.equal((await find(q)).length, 1, `${where}: ${q}`)
    assert.deepEqual(await find('cafe tea'), [], where)
  }
  await owner.call('POST /parties', { name: 'José Núñez', kind: 'person', roles: ['customer'] })
  for (const ask of ['GET /parties', 'GET /parties/find'])
    assert.deepEqual(namesOf(await owner.call(ask, { q: 'nunez jose' })), ['José Núñez'], ask)
})

test('a word of one or two letters is found where one begins, by an index, in every place alike', async () => {
  for (const [where, find] of Object.entries(places)) {
    for (const q of ['no', 'n c']) assert.ok((await find(q)).includes('Café Crème Noël'), `${where}: ${q}`)
    assert.ok(!(await find('fe')).includes('Café Crème Noël'), `${where}: fe`)
  }
  // In the middle of a word only longer ones are looked for.
  for (const find of Object.values(places)) assert.ok((await find('rem')).includes('Café Crème Noël'))
  const client = await pool.connect()
  await client.query('begin; set local enable_seqscan = off')
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain select from catalog_product where fold_text(name) like 'no%' or fold_text(name) like '% no%'`,
  )
  await client.query('rollback')
  client.release()
  assert.match(rows.map((row) => row['QUERY PLAN']).join(' '), /catalog_product_search/)
})

test('[Q2] a search reads an index, not every article', async () => {
  await pool.query(
    `insert into catalog_product (id, name, kind) select uuidv7(), 'Article ' || n || ' ' || md5(n::text), 'stocked' from generate_series(1, 30000) n`,
  )
  await pool.query(
    `insert into catalog_variant (id, product, name, sku, price) select uuidv7(), id, name, 'S' || md5(name), 100 from catalog_product where name like 'Article %'`,
  )
  await pool.query('analyze catalog_product; analyze catalog_variant; analyze catalog_barcode')
  const said: string[] = []
  const client = await pool.connect()
  try {
    for (const [text, what] of [
      [
        `select * from catalog_product t where (fold_text(t.name) like '%noel%' or t.id = any(array(select v.product from catalog_variant v where v.id = any(array(
        select variant from catalog_barcode where key = 'noel' union select id from catalog_variant where code_key(sku) = 'noel')))))`,
        'articles',
      ],
      [
        `select * from catalog_variant_fact v where (fold_text(v.name || ' ' || v.sku) like '%noel%' or v.id = any(array(
        select variant from catalog_barcode where key = 'noel' union select id from catalog_variant where code_key(sku) = 'noel')))`,
        'goods',
      ],
    ] as const) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      if (/Seq Scan on catalog_(variant|product)/.test(plan)) said.push(`${what}:\n${plan}`)
    }
  } finally {
    client.release()
  }
  assert.deepEqual(said, [])
})

test('what is put aside under one id is kept once, whatever the key', async () => {
  const { variant: goods } = await aProduct(world, 'Last lamps', 1000n, 9)
  const id = newId()
  const asked = { id, variant: goods, location: world.location, quantity: '3000000' }
  const answers = await Promise.all(Array.from({ length: 4 }, () => owner.call('POST /inventory/reservations', asked)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409, 409, 409])
  const { rows } = await pool.query<{ n: bigint }>(
    'select sum(reserved)::bigint as n from inventory_balance where variant = $1',
    [goods],
  )
  assert.equal(rows[0]!.n, 3_000_000n)
})
