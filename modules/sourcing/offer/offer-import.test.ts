import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { pool } = world.database
const KIND = 'sourcing.offer'

await take(owner, 'catalog.product', 'Title,SKU,Price,Unit\nFlour,F1,200,kg\nTea,T1,5,\nSalt,S1,3,')
await take(owner, 'parties.party', 'Name,Roles,Phone\nUnga Ltd,supplier,+254712345678\nAmina,customer,+254712345679')
const idOf = async (name: string) => (await pool.query('select id from party where name = $1', [name])).rows[0].id as string

beforeEach(async () => {
  for (const table of ['sourcing_offer', 'import_mapping']) await pool.query(`delete from ${table}`)
})

const offers = async () =>
  (
    await pool.query(
      `select v.sku, o.code, o.price::text, (o.pack / 1000000)::int as pack, o.lead_days from sourcing_offer o join catalog_variant v on v.id = o.variant order by 1`,
    )
  ).rows.map(Object.values)

test('a price list of one supplier comes in by the codes of either side, for whoever it was chosen to be of', async () => {
  const content =
    'Item code,Vendor SKU,Cost excl. VAT,Cost incl. VAT,Pack size,Lead time (days)\nF1,U-7,150.50,174.58,12,3\nT1,U-9,4,4.64,,'
  const file = await take(owner, KIND, content, { options: { 'all.supplier': await idOf('Unga Ltd') } })
  assert.deepEqual([file.checked.refusals, file.mapping['price']], [[], 'Cost excl. VAT'])
  assert.deepEqual(await offers(), [
    ['F1', 'U-7', '15050', 12, 3],
    ['T1', 'U-9', '400', null, null],
  ])
  const again = await take(owner, KIND, content, { options: { 'all.supplier': await idOf('Unga Ltd') } })
  assert.deepEqual(again.applied.counts, [0, 0, 2, 0])
})

test('prices of suppliers that hold their tax are refused, and so is who is no supplier', async () => {
  const refused = async (content: string) =>
    (await (await bring(owner, KIND, content)).check()).refusals.map((one) => [one.rowNumber, one.field, one.problem])
  assert.deepEqual(await refused('Supplier,SKU,Cost (incl. VAT)\nUnga Ltd,F1,150'), [[2, 'price', 'import.pricesWithTax']])
  assert.deepEqual(await refused('Supplier,SKU,Cost\nAmina,F1,150\nUnga Ltd,T1,4'), [[2, null, 'sourcing.offer.noSupplier']])
})
