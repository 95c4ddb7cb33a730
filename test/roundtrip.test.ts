import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from './harness.ts'
import { bring, take } from './importing.ts'
import { aServer } from './server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

const bytesOf = async (path: string) => {
  const answer = await fetch(`${server.base}/api${path}`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
  assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`)
  return Buffer.from(await answer.arrayBuffer())
}

const PRODUCTS = [
  'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,Barcode,EAN,Price,Compare at price,Cost,Category,Vendor,Tags,Tax class,Unit,Kind,Status,Description,Weight (kg)',
  'tee,"Tee, ""best""",Size,S,Colour,Red,T1,5901234123457,4006381333931,"1,250.00",1300,900,Clothes > Tops > Tees,Acme,"hot, new",Standard,Piece,goods,active,"One\nTwo <M>",0.2',
  'tee,,,M,,Red,T2,,,1300,,900,,,,,,,,,0.25',
  'rice,Rice,,,,,007,,,2.55,,1.33,Food,,,zero,kg,goods,active,=1+1,',
  'repair,Repair,,,,,R1,,,30,,,,,,exempt,,service,active,,',
  'saffron,Saffron,,,,,S1,,,0.0567,,,Clothes,,,Standard,g,goods,active,,',
  'old,Old one,,,,,O1,,,5,,,Food,,,,,goods,draft,,',
  'plain,Plain,,,,,P-1,,,5,,,,,,,,,,,',
].join('\n')
const CATEGORIES = 'name,parent,position\nShoes,,2\nSale,Shoes,1\nHats,,3\nHat sale,Hats,0'
const PARTIES =
  'kind,name,phones,emails,address,country,taxNumber,note\norganization,Acme Ltd,+254712345678,"a@acme.example, b@acme.example","1 Road\nNairobi",KE,P051234567X,"Pays late, ""sometimes"""\nperson,Amina,0722 000 111,,,,,\nperson,Juma,,,,,,'
const LISTS = 'name,customerGroup,validFrom,validTo,priority\nTrade,Resellers,2027-01-02,2027-03-04,5\nSummer,,2027-06-01,,0'

for (const [kind, content] of [
  ['catalog.category', CATEGORIES],
  ['catalog.product', PRODUCTS],
  ['catalog.priceList', LISTS],
  ['parties.party', PARTIES],
] as const) {
  const { checked } = await take(owner, kind, content)
  assert.deepEqual(checked.refusals, [], kind)
}
const [{ id: shirt }] = (await pool.query(`select id from catalog_variant where sku = 'T1'`)).rows
const [{ id: trade }] = (await pool.query(`select id from catalog_price_list where name = 'Trade'`)).rows
for (const [minQuantity, price] of [
  ['0', '120000'],
  ['6000000', '110000'],
])
  assert.equal(
    (await owner.call('POST /catalog/prices', { id: newId(), priceList: trade, variant: shirt, minQuantity, price })).status,
    201,
  )

// Two articles may be called the same: what is about one of them comes back to that one.
await take(owner, 'catalog.product', 'SKU,Title,Price\nTW1,Twin,5\nTW2,Twin,6')
await take(owner, 'catalog.product', 'SKU,Title,Price,Open price,Lowest price,Highest price\nFL1,Flowers,5,yes,1.50,90')
await take(owner, 'catalog.unit', 'code,name\nctn,Carton')
for (const [kind, content] of [
  ['catalog.price', 'SKU,Price list,Price\nTW1,Trade,4\nTW2,Trade,5'],
  ['catalog.conversion', 'SKU,UOM,Conversion factor\nTW1,ctn,12\nTW2,ctn,24\n007,ctn,6'],
  ['inventory.reorder', `SKU,Store,Min,Max\nTW1,Main Street,4,8\nTW2,Main Street,5,`],
] as const)
  assert.deepEqual((await take(owner, kind, content)).checked.refusals, [], kind)

const KINDS = [
  ['catalog.product', '/catalog/products'],
  ['catalog.variant', '/catalog/variants'],
  ['catalog.category', '/catalog/categories'],
  ['catalog.priceList', '/catalog/price-lists'],
  ['catalog.price', '/catalog/prices'],
  ['catalog.taxRate', '/catalog/tax-rates'],
  ['catalog.unit', '/catalog/units'],
  ['catalog.conversion', '/catalog/conversions'],
  ['inventory.reorder', '/inventory/reorder-levels'],
  ['catalog.taxClass', '/catalog/tax-classes'],
  ['ledger.account', '/accounts'],
  ['parties.party', '/parties'],
] as const

for (const locale of ['en', 'ar', 'sw'])
  for (const reader of ['people', 'machines'])
    for (const format of locale === 'en' ? ['csv', 'xlsx'] : ['csv'])
      for (const [kind, path] of KINDS)
        test(`${kind} for ${reader} as ${format} in ${locale} comes back as it left`, async () => {
          assert.equal((await owner.call('POST /profile', { name: 'Amina', locale })).status, 200)
          await pool.query('delete from import_mapping')
          const file = await bytesOf(`${path}/export?format=${format}&for=${reader}`)
          // Variants are what is sold of a product: they come in as those.
          const of = kind === 'catalog.variant' ? 'catalog.product' : kind
          const { counts, refusals, asks } = await (await bring(owner, of, file, { name: `x.${format}` })).check()
          const told = refusals.map((one) => `${one.rowNumber} ${one.field} ${one.problem} ${JSON.stringify(one.params)}`)
          assert.deepEqual([counts[0], counts[1], counts[3], told, asks], [0, 0, 0, [], []], file.toString('utf8').slice(0, 1500))
          assert.ok(counts[2]! > 0)
        })
