import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

test('a till carries every article in the order of their names, however many portions they are read and sent in', async () => {
  const COUNT = 1300
  await pool.query(
    `with made as (select n, uuidv7() as id, uuidv7() as variant from generate_series(1, $1::int) as n),
     product as (insert into catalog_product (id, name) select id, 'Like others' from made),
     variant as (
       insert into catalog_variant (id, product, name, sku, price)
       select variant, id, 'Article ' || lpad((n % 1000)::text, 4, '0'), 'S-' || n, n from made)
     insert into catalog_barcode (code, variant) select 'B-' || n, variant from made`,
    [COUNT],
  )
  const list = (await owner.call('POST /catalog/price-lists', { name: 'Today' })).body.id
  const { rows: known } = await pool.query<{ id: string; sku: string; name: string }>(
    `select id, sku, name from catalog_variant where sku like 'S-%' order by name, id`,
  )
  const listed = known.at(-1)!
  const price = { priceList: list, variant: listed.id, minQuantity: '0', price: '7' }
  assert.equal((await owner.call('POST /catalog/prices', price)).status, 201)
  const { status, body } = await owner.call('GET /catalog/sellables', { place: world.place })
  assert.equal(status, 200)
  const rows = body.rows as { id: string; sku: string; ownPrice: string; price: string; codes: string[][] }[]
  assert.deepEqual(
    rows.map(({ id }) => id),
    known.map(({ id }) => id),
  )
  for (const { sku, codes, ownPrice } of rows)
    assert.deepEqual([codes, ownPrice], [[[sku.replace('S', 'B'), '1000000']], sku.slice(2)])
  assert.deepEqual([rows.at(-1)!.price, rows[0]!.price], ['7', rows[0]!.ownPrice])
  assert.equal(body.lists.length, 1)
})
