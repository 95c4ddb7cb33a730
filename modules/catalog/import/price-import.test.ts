import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { byKey } from '#kit/server/import/entity.ts'
import { aBook } from '#kit/server/table/sheet.factory.ts'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'
import { price } from '../price/price.ts'
import { conversion } from '../unit/unit.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { pool } = world.database
const KIND = 'catalog.price'

await take(
  owner,
  'catalog.product',
  'Title,SKU,Price,Unit,Price unit\nSaffron,S1,300,g,100 g\nRice,R1,200,kg,\nPepper,P1,2000,g,"1,000"\nTea,T1,5,,\nOil,O1,90,l,',
)
await take(owner, 'catalog.priceList', 'Name\nL1')

beforeEach(async () => {
  for (const table of ['catalog_price', 'import_mapping']) await pool.query(`delete from ${table}`)
})

const prices = async () =>
  (
    await pool.query(
      `select v.sku, (p.min_quantity / 1000000)::float as from_, p.price::text, p.price_unit from catalog_price p join catalog_variant v on v.id = p.variant order by 1, 2`,
    )
  ).rows.map(Object.values)
const refusedIn = async (content: string) =>
  (await (await bring(owner, KIND, content)).check()).refusals
    .map((one) => [one.rowNumber, one.field, one.problem.replace('catalog.product.', '')])
    .toSorted(([a], [b]) => Number(a) - Number(b))

test('[N4] prices of a list are kept for what their article is priced for, whatever the file has them for', async () => {
  await take(owner, KIND, 'Price list,Variant,Price per kg\nL1,Saffron,2400\nL1,Rice,210\nL1,Pepper,1900')
  const kept = [
    ['P1', 0, '190000', '1000'],
    ['R1', 0, '21000', '1'],
    ['S1', 0, '24000', '100'],
  ]
  assert.deepEqual(await prices(), kept)
  // The same, said for something else: in the heading, in a column, in the digits of the article.
  for (const content of [
    'Price list,Variant,Price / 1000 g\nL1,Saffron,2400\nL1,Rice,210\nL1,Pepper,1900',
    'Price list,Variant,Price,Price unit\nL1,Saffron,240,100 g\nL1,Rice,210,kg\nL1,Pepper,1.90,1 g',
    'Price list,Variant,Price,Price per\nL1,Saffron,2.40,1\nL1,Rice,210,1\nL1,Pepper,190,100',
    'Price list,Variant,Price\nL1,Saffron,240\nL1,Rice,210\nL1,Pepper,1900',
  ])
    assert.deepEqual((await take(owner, KIND, content)).applied.counts, [0, 0, 3, 0], content)
  assert.deepEqual(await prices(), kept)
})

test('[N4] a price of a list for what its article is not priced for is refused with the way out', async () => {
  assert.deepEqual(await refusedIn('Price list,Variant,Price per kg\nL1,Oil,80\nL1,Tea,4\nL1,Saffron,2400.55'), [
    [2, 'price', 'priceUnitOfOther'],
    [3, 'price', 'priceUnitOfOther'],
    [4, 'price', 'tooFineForIt'],
  ])
  assert.deepEqual(
    await refusedIn(
      'Price list,Variant,Price,Price unit\nL1,Saffron,240.01,250 g\nL1,Rice,200,soon\nL1,Saffron,2.4,\nL1,Pepper,1.9,',
    ),
    [
      [2, 'price', 'inexactForIt'],
      [3, 'priceUnit', 'priceUnitOfOther'],
      [4, 'price', 'whichPriceUnit'],
      [5, 'price', 'whichPriceUnit'],
    ],
  )
  assert.deepEqual(await refusedIn('Price list,Variant,Price per kg,Price unit\nL1,Saffron,2400,100 g'), [
    [2, 'price', 'whichPriceUnit'],
  ])
})

test('[N4] a price of a list for a part of the unit, or for several, is kept for the unit itself', async () => {
  const content =
    'Price list,Variant,Price,Price unit\nL1,Saffron,240,250 g\nL1,Rice,20.50,100 g\nL1,Tea,54,dozen\nL1,Oil,22.5,250 ml'
  await take(owner, KIND, content)
  assert.deepEqual(await prices(), [
    ['O1', 0, '9000', '1'],
    ['R1', 0, '20500', '1'],
    ['S1', 0, '9600', '100'],
    ['T1', 0, '450', '1'],
  ])
  assert.deepEqual((await take(owner, KIND, content)).applied.counts, [0, 0, 4, 0])
  assert.deepEqual(await refusedIn('Price list,Variant,Price,Price unit\nL1,Tea,54,carton\nL1,Tea,55,dozen'), [
    [2, 'priceUnit', 'priceUnitOfOther'],
    [3, 'price', 'inexactForIt'],
  ])
})

test('[N4] what a price of a list is for may stand in its cell', async () => {
  const content =
    'Price list,Variant,Price\nL1,Saffron,2400 / kg\nL1,Rice,KES 20.50 per 100 g\nL1,Tea,54 per dozen\nL1,Oil,90 KES/l'
  await take(owner, KIND, content)
  assert.deepEqual(await prices(), [
    ['O1', 0, '9000', '1'],
    ['R1', 0, '20500', '1'],
    ['S1', 0, '24000', '100'],
    ['T1', 0, '450', '1'],
  ])
  assert.deepEqual((await take(owner, KIND, content)).applied.counts, [0, 0, 4, 0])
  assert.deepEqual(
    await refusedIn('Price list,Variant,Price,Price unit\nL1,Tea,5 / kg,\nL1,Rice,200 / kg,100 g\nL1,Oil,USD 5 / l,'),
    [
      [2, 'price', 'priceUnitOfOther'],
      [3, 'price', 'whichPriceUnit'],
      [4, 'price', 'import.otherCurrency'],
    ],
  )
})

test('[N4] a price of a list that is finer than the smallest coin is kept exactly, or refused with the way out', async () => {
  await take(owner, KIND, 'Price list,Variant,Price per g\nL1,Saffron,2.4055\nL1,Pepper,0.00567\nL1,Rice,0.205')
  assert.deepEqual(await prices(), [
    ['P1', 0, '567', '1000'],
    ['R1', 0, '20500', '1'],
    ['S1', 0, '24055', '100'],
  ])
  assert.deepEqual(
    await refusedIn(
      'Price list,Variant,Price,Price per\nL1,Saffron,2.40567,1\nL1,Pepper,0.0056781,1\nL1,Tea,0.005,1\nL1,Rice,-0.005,1',
    ),
    [
      [2, 'price', 'tooFineForIt'],
      [3, 'price', 'tooFine'],
      [4, 'price', 'tooFineForIt'],
      [5, 'price', 'import.unreadable'],
    ],
  )
  assert.deepEqual(await refusedIn('Price list,Variant,Price\nL1,Rice,\nL1,Oil,#N/A'), [
    [2, 'price', 'required'],
    [3, 'price', 'import.cellError'],
  ])
})

test('a quantity from which a price holds counts in the unit of its heading', async () => {
  await take(owner, KIND, 'Price list,Variant,Min quantity (kg),Price per kg\nL1,Saffron,0.5,2400\nL1,Rice,10,190')
  assert.deepEqual(await prices(), [
    ['R1', 10, '19000', '1'],
    ['S1', 500, '24000', '100'],
  ])
  assert.deepEqual(await refusedIn('Price list,Variant,Min quantity (kg),Price\nL1,Oil,1,80'), [
    [2, 'minQuantity', 'quantityOfOther'],
  ])
})

test('a quantity from which a price holds may have its unit in the cell', async () => {
  await take(owner, KIND, 'Price list,Variant,Min qty,Price\nL1,Tea,6+,4\nL1,Tea,12 pcs,3\nL1,Rice,2000 g,190')
  assert.deepEqual(
    (await prices()).map(([sku, from]) => [sku, from]),
    [
      ['R1', 2],
      ['T1', 6],
      ['T1', 12],
    ],
  )
  assert.deepEqual(await refusedIn('Price list,Variant,Min qty,Price\nL1,Tea,6 kg,4'), [[2, 'minQuantity', 'quantityOfOther']])
})

test('[Q1] a list names its articles by any of their codes, however it writes them', async () => {
  await take(owner, 'catalog.product', 'SKU,Barcode\nT1,036000291452\nO1,6291041500213')
  for (const content of [
    'Price list,SKU,Rate\nL1,t1,4\nL1,O1,80',
    'Pricelist,Barcode,Fixed price\nL1,0036000291452,4\nL1,٦٢٩١٠٤١٥٠٠٢١٣,80',
    'قائمة الأسعار,الصنف,السعر\nL1,036000291452,4\nL1,Oil,80',
  ]) {
    const file = await take(owner, KIND, content)
    assert.deepEqual(
      (await prices()).map(([sku, , price]) => [sku, price]),
      [
        ['O1', '8000'],
        ['T1', '400'],
      ],
      content,
    )
    await file.undo()
  }
  assert.deepEqual(await refusedIn('Price list,SKU,Price\nL1,036000291453,4'), [[2, 'variant', 'import.unknownRef']])
  // What a carton of it holds, too.
  await take(owner, 'catalog.unit', 'code,name,decimals\nctn,Carton,0')
  const carton = await take(owner, 'catalog.conversion', 'product,unit,factor\n0036000291452,Carton,24')
  assert.deepEqual(carton.applied.counts, [1, 0, 0, 0])
})

test('[N4] a price or a quantity of a pack counts by what the pack of that article holds, exactly or not at all', async () => {
  await take(owner, 'catalog.unit', 'code,name,decimals\nctn,Carton,0\nctn12,Carton of 12,0\nctnb,Carton,0\nsk,Shop sack,0')
  await take(owner, 'catalog.conversion', 'product,unit,factor\nTea,ctn,24\nOil,ctn,12\nOil,ctn12,6\nOil,ctnb,10\nRice,sk,50')
  // By its name in any language, in one cell or the heading, several at once; the unit itself still counts as ever.
  for (const content of [
    'Price list,Variant,Price,Price unit\nL1,Tea,96,كرتون\nL1,Rice,9500,shop sack\nL1,Pepper,1900,kg',
    'Price list,Variant,Price,Price unit\nL1,Tea,192,2 cartons\nL1,Rice,9500,sk\nL1,Pepper,1.90,g',
  ]) {
    await pool.query('delete from catalog_price')
    await take(owner, KIND, content)
    assert.deepEqual(await prices(), [
      ['P1', 0, '190000', '1000'],
      ['R1', 0, '19000', '1'],
      ['T1', 0, '400', '1'],
    ])
  }
  await take(owner, KIND, 'Price list,Variant,Min quantity (ctn),Price per carton\nL1,Tea,5,84', {
    mapping: { priceList: 'Price list', variant: 'Variant', minQuantity: 'Min quantity (ctn)', price: 'Price per carton' },
  })
  assert.deepEqual((await prices()).at(-1), ['T1', 120, '350', '1'])
  assert.deepEqual(
    // A part of a coin for each, two sizes that are called so, none of that kind.
    await refusedIn(
      'Price list,Variant,Price,Price unit\nL1,Tea,100,carton\nL1,Oil,100,ctns\nL1,Rice,100,carton\nL1,Oil,50,Carton of 12',
    ),
    [
      [2, 'price', 'inexactForIt'],
      [3, 'priceUnit', 'priceUnitOfOther'],
      [4, 'priceUnit', 'priceUnitOfOther'],
      [5, 'price', 'inexactForIt'],
    ],
  )
})

test('[N4] a file of products that tells the price of a pack changes the price of the article', async () => {
  await take(owner, 'catalog.product', 'SKU,Price,Cost,Price unit\nT1,120,96,Carton')
  const { rows } = await pool.query(`select price::text, cost::text from catalog_variant where sku = 'T1'`)
  assert.deepEqual(rows, [{ price: '500', cost: '400' }])
  const refused = await (await bring(owner, 'catalog.product', 'SKU,Price,Price unit\nT1,120,pallet')).check()
  assert.deepEqual(
    refused.refusals.map((one) => one.problem),
    ['catalog.product.priceUnitOfOther'],
  )
})

test('a file of prices that names no list is for the one that was chosen, and asks anew the next time', async () => {
  const [{ id: list }] = (await pool.query(`select id from catalog_price_list where name = 'L1'`)).rows
  const content = 'SKU,Price\nT1,4\nO1,80\nTotal,84'
  const asking = await bring(owner, KIND, content)
  const check = (options: object) => owner.call(`POST /imports/${asking.id}/check`, { mapping: asking.mapping, options })
  assert.deepEqual((await check({})).body.code, 'kit.import.notMapped')
  const file = await take(owner, KIND, content, { options: { 'all.priceList': list } })
  assert.deepEqual(
    [file.applied.counts, file.checked.refusals.map((one) => [one.rowNumber, one.problem])],
    [[2, 0, 0, 1], [[4, 'import.total']]],
  )
  assert.deepEqual(await prices(), [
    ['O1', 0, '8000', '1'],
    ['T1', 0, '400', '1'],
  ])
  assert.equal(
    (await owner.call(`POST /imports/${(await bring(owner, KIND, content)).id}/check`, { mapping: asking.mapping })).status,
    422,
  )
  // A column of its own goes before, and what is chosen has to be a list.
  await take(owner, 'catalog.priceList', 'Name\nL2')
  const both = await take(owner, KIND, 'SKU,Price,Price list\nT1,3,L2', { options: { 'all.priceList': list } })
  await both.undo()
  for (const other of ['01999999-0000-7000-8000-000000000000', 'L9'])
    assert.deepEqual((await (await bring(owner, KIND, content)).check({ 'all.priceList': other })).counts, [0, 0, 0, 3], other)
})

test('what a filter of the sheet hides is told, and comes in unless somebody leaves it out', async () => {
  const [{ id: list }] = (await pool.query(`select id from catalog_price_list where name = 'L1'`)).rows
  const book = await aBook([
    {
      rows: [
        ['SKU', 'Price'],
        ['T1', 4],
        ['O1', 80],
        ['R1', 150],
      ],
      hidden: [3, 4],
    },
  ])
  const options = { 'all.priceList': list }
  const file = await take(owner, KIND, book, { name: 'a.xlsx', options })
  assert.deepEqual([file.applied.hidden, file.applied.counts], [2, [3, 0, 0, 0]])
  await file.undo()
  const shown = await take(owner, KIND, book, { name: 'a.xlsx', options: { ...options, withoutHidden: true } })
  assert.deepEqual([shown.applied.hidden, shown.applied.counts], [2, [1, 0, 0, 0]])
  assert.deepEqual(await prices(), [['T1', 0, '400', '1']])
})

test('the price, the pack size or the level that a row of a file means is found by an index, however many there are', async () => {
  const id = '01999999-0000-7000-8000-000000000000'
  for (const [entity, values] of [
    [price, { variant: id, priceList: id, minQuantity: 1_000_000n }],
    [conversion, { product: id, unit: id }],
  ] as const) {
    const plan = await world.database.db.transaction().execute(async (db) => {
      // A table of a few rows is read whole, if it can be done otherwise or not.
      await sql`set local enable_seqscan = off`.execute(db)
      const keys = entity.naturalKey as readonly string[]
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${byKey(db, entity, keys, values)}`.execute(db)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    // Which of its indexes the planner takes is told by what it has counted so far.
    assert.match(plan, /Index Cond: .*(variant|price_list|product)/)
  }
})

test('a list says in columns of its own in what currency, for what unit, until when and how taxed its prices are', async () => {
  const row = (headings: string, cells: string, article = 'Rice') =>
    refusedIn(`Price list,Variant,Price,${headings}\nL1,${article},240,${cells}`)
  assert.deepEqual(await row('Currency', 'USD'), [[2, 'currency', 'import.otherCurrency']])
  assert.deepEqual(await row('Валюта', 'USD'), [[2, 'currency', 'import.otherCurrency']])
  assert.deepEqual(await row('Unit', 'box', 'Tea'), [[2, 'priceUnit', 'priceUnitOfOther']])
  assert.deepEqual(await row('UOM', 'Box'), [[2, 'priceUnit', 'priceUnitOfOther']])
  assert.deepEqual(await row('Valid Upto', '2025-12-31'), [[2, 'validTo', 'catalog.price.isOver']])
  assert.deepEqual(await row('Valid From', '2999-01-01'), [[2, 'validFrom', 'catalog.price.notYet']])
  assert.deepEqual(await row('Valid From', 'soon'), [[2, 'validFrom', 'import.unreadable']])
  assert.deepEqual(await row('Tax included', 'No'), [[2, 'price', 'import.pricesWithoutTax']])
  assert.deepEqual(await prices(), [])
  const file = await take(
    owner,
    KIND,
    'Price list,Variant,Price,UOM,Packing Unit,Currency,Valid From,Valid Upto,Tax included\nL1,Rice,0.24,g,0,KES,2020-01-01,2999-12-31,Yes\nL1,Tea,5,Unit(s),0,KSh,,,',
  )
  assert.deepEqual(
    file.checked.warnings.map((one) => [one.rowNumber, one.problem, one.params['day']]),
    [[2, 'catalog.price.endsLater', '2999-12-31']],
  )
  assert.deepEqual(await prices(), [
    ['R1', 0, '24000', '1'],
    ['T1', 0, '500', '1'],
  ])
})
