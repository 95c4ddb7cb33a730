import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const KIND = 'catalog.product'

interface Seen {
  name: string
  sku: string
  price: string
  compare: string | null
  cost: string | null
  weight: string | null
  options: string[]
  category: string | null
  parent: string | null
  kind: string
  tags: string[]
  tax: string | null
  unit: string | null
  per: string
  active: boolean
  codes: string[]
  handle: string
  title: string
  description: string | null
}
const SEEN = `select v.name, v.sku, v.price::text, v.compare_price::text as compare, v.cost::text, v.weight::text, v.option_values as options,
    c.name as category, up.name as parent, p.kind, p.tags, x.code as tax, u.code as unit, v.price_unit as per, p.archived_at is null as active,
    p.handle, p.name as title, p.description,
    array(select code from catalog_barcode b where b.variant = v.id order by code) as codes
  from catalog_variant v join catalog_product p on p.id = v.product left join catalog_category c on c.id = p.category
  left join catalog_category up on up.id = c.parent left join catalog_tax_class x on x.id = p.tax_class left join catalog_unit u on u.id = p.unit
  order by v.name, v.position`
const seen = async (): Promise<Seen[]> => (await world.database.pool.query<Seen>(SEEN)).rows
const pick = async <Name extends keyof Seen>(...names: Name[]) => (await seen()).map((row) => names.map((name) => row[name]))

beforeEach(async () => {
  for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product', 'catalog_category', 'import_mapping'])
    await world.database.pool.query(`delete from ${table}`)
})

/** Imports into an empty catalogue, sees what came, takes it back, and finds nothing left of it. */
async function alone<T>(
  content: string | Buffer,
  look: (file: Awaited<ReturnType<typeof take>>) => Promise<T>,
  options = {},
): Promise<T> {
  const file = await take(owner, KIND, content, options)
  const result = await look(file)
  const again = await take(owner, KIND, content, options)
  assert.deepEqual([again.applied.new, again.applied.changed], [0, 0], 'a second run changes nothing')
  assert.equal((await file.undo()).refused, 0)
  const { rows } = await world.database.pool.query(
    `select 'product' from catalog_product union all select 'category' from catalog_category union all select 'code' from catalog_barcode`,
  )
  assert.deepEqual(rows, [], 'taking it back leaves nothing')
  return result
}

test('[N1] a comma with one or two digits behind it is the decimal sign', async () => {
  await alone('Title;SKU;Price\nBread;B1;12,50\nMilk;B2;2,4\nTea;B3;1.250,00', async () =>
    assert.deepEqual(await pick('sku', 'price'), [
      ['B1', '1250'],
      ['B2', '240'],
      ['B3', '125000'],
    ]),
  )
})

test('[N1] "1,250" is settled by its column, or asked for with both readings, and remembered', async () => {
  await alone('Title;SKU;Price\nBread;B1;1,250\nMilk;B2;12,50', async () =>
    assert.deepEqual(await pick('sku', 'price'), [
      ['B1', '125'],
      ['B2', '1250'],
    ]),
  )
  const content = 'Title;SKU;Price;Note\nBread;B1;1,250;x\nMilk;B2;3;y'
  const file = await bring(owner, KIND, content)
  const asked = await file.check()
  assert.deepEqual(asked.asks, [{ option: 'mark.price', field: 'price', readings: ['1250', '1.250'] }])
  assert.deepEqual(
    asked.refusals.map(({ rowNumber, field, problem, params }) => [rowNumber, field, problem, params['one'], params['other']]),
    [[2, 'price', 'import.ambiguous', '1250', '1.250']],
  )
  await file.check({ 'mark.price': '.' })
  await file.apply()
  assert.deepEqual(await pick('sku', 'price'), [
    ['B1', '125000'],
    ['B2', '300'],
  ])
  await file.undo()
})

test('[N2] [N3] [N4] Arabic digits, spaces between thousands, decimals without a nought; too fine a price is refused with advice', async () => {
  await alone('Title,SKU,Price\nBread,B1,١٢٫٥\nMilk,B2,1\u00a0234\nTea,B3,"1\u2009234,50"\nSalt,B4,.5', async () =>
    assert.deepEqual(await pick('sku', 'price'), [
      ['B1', '1250'],
      ['B2', '123400'],
      ['B4', '50'],
      ['B3', '123450'],
    ]),
  )
  const fine = await (await bring(owner, KIND, 'Title,SKU,Price\nSaffron,B1,0.005678')).check()
  assert.deepEqual(
    fine.refusals.map((one) => [one.field, one.problem]),
    [['price', 'catalog.product.tooFine']],
  )
})

test('[N4] a price below the smallest coin is kept exactly, by the hundred or the thousand, with everything beside it', async () => {
  const content = [
    'SKU,Title,Unit,Price,Compare at price,Cost',
    'SAFFRON,Saffron,g,0.0567,0.06,0.03',
    'THREAD,Thread,m,12.345,,10',
    'TEA,Tea,g,1.25,,1',
    'CLOVE,Cloves,g,2,,0.00125',
  ].join('\n')
  await alone(content, async (file) => {
    assert.deepEqual(await pick('sku', 'price', 'compare', 'cost', 'per', 'unit'), [
      ['CLOVE', '200000', null, '125', '1000', 'g'],
      ['SAFFRON', '567', '600', '300', '100', 'g'],
      ['TEA', '125', null, '100', '1', 'g'],
      ['THREAD', '123450', null, '100000', '100', 'm'],
    ])
    assert.deepEqual(
      file.checked.warnings.map((one) => [one.rowNumber, one.problem, one.params['units']]),
      [
        [2, 'catalog.product.pricedPer', 100],
        [3, 'catalog.product.pricedPer', 100],
        [5, 'catalog.product.pricedPer', 1000],
      ],
    )
    // The article keeps its price unit: another price of the file is said in it, or refused with the way out.
    await take(owner, KIND, 'SKU,Price\nSAFFRON,0.0589\nTEA,1.3')
    assert.deepEqual((await pick('sku', 'price', 'per')).slice(1, 3), [
      ['SAFFRON', '589', '100'],
      ['TEA', '130', '1'],
    ])
    const finer = await (await bring(owner, KIND, 'SKU,Price\nSAFFRON,0.05678\nTEA,1.255')).check()
    assert.deepEqual(
      finer.refusals.map(({ field, problem, params }) => [field, problem, params['value'], params['units']]),
      [
        ['price', 'catalog.product.tooFineForIt', '0.05678', 100],
        ['price', 'catalog.product.tooFineForIt', '1.255', 1],
      ],
    )
    await take(owner, KIND, content)
  })
})

test('[N4] a file that says what its prices are for is taken at its word, in digits and words of any language', async () => {
  const content =
    'SKU,Title,Price,Cost,Price per\nA,Saffron,5.67,3,100\nB,Pepper,5.68,3,"1,000 units"\nC,Salt,2,1,١٠٠\nD,Tea,4,2,'
  await alone(content, async () =>
    assert.deepEqual(await pick('sku', 'price', 'cost', 'per'), [
      ['B', '568', '300', '1000'],
      ['A', '567', '300', '100'],
      ['C', '200', '100', '100'],
      ['D', '400', '200', '1'],
    ]),
  )
  await take(owner, KIND, content)
  // Of an article that is there, the same price said for another number.
  await take(owner, KIND, 'SKU,Price,Price unit\nA,57,1000\nB,0.57,100\nD,500,100')
  assert.deepEqual(await pick('sku', 'price', 'per'), [
    ['B', '570', '1000'],
    ['A', '570', '100'],
    ['C', '200', '100'],
    ['D', '500', '1'],
  ])
  const wrong = await (
    await bring(owner, KIND, 'SKU,Title,Price,Price per\nX,Ten,5,10\nY,One,0.0567,1\nA,Saffron,5.678,1000')
  ).check()
  assert.deepEqual(
    wrong.refusals.map((one) => [one.rowNumber, one.field, one.problem]),
    [
      [3, 'price', 'catalog.product.tooFine'],
      [4, 'price', 'catalog.product.tooFineForIt'],
    ],
  )
})

test('[N4] a cell or heading that says a unit is read in that of the article, or refused with the way out', async () => {
  await alone(
    'SKU,Title,Unit,Price,Price per\nA,Pepper,g,5.68,1 kg\nB,Salt,kg,5.68,kg\nC,Cumin,g,5,100.00\nD,Dill,g,5,per 100 g',
    async () =>
      assert.deepEqual(await pick('sku', 'price', 'per'), [
        ['C', '500', '100'],
        ['D', '500', '100'],
        ['A', '568', '1000'],
        ['B', '568', '1'],
      ]),
  )
  const wrong = await (
    await bring(
      owner,
      KIND,
      'SKU,Title,Unit,Price,Price per\nC,Cumin,g,5,0.1\nD,Oil,l,5,100 g\nE,Tee,pc,5,1 kg\nF,Tin,,5,100 g\nG,Box of pens,pc,5,carton',
    )
  ).check()
  assert.deepEqual(
    [wrong.counts[0], ...wrong.refusals.map((one) => [one.rowNumber, one.field, one.problem])],
    [
      0,
      ...[2, 3, 4, 5, 6].map((row) => [row, 'priceUnit', row === 2 ? 'import.unreadable' : 'catalog.product.priceUnitOfOther']),
    ],
  )
  for (const [heading, unit, is] of [
    ['Price (100 g)', 'g', ['568', '100']],
    ['Price per 100 g', 'g', ['568', '100']],
    ['Price per kg', 'g', ['568', '1000']],
    ['Price/kg', 'kg', ['568', '1']],
    ['Price (100 g)', 'kg', ['5680', '1']],
    ['Price per kg', 'pc', undefined],
    ['Price (L)', 'pc', ['568', '1']],
    ['Price per piece', 'pc', ['568', '1']],
    ['Price per piece', 'kg', undefined],
    ['Price (carton)', 'pc', undefined],
    ['Price (box)', 'box', ['568', '1']],
  ] as const)
    await alone(`SKU,Title,Unit,${heading}\nA,Pepper,${unit},5.68`, async ({ checked }) => {
      assert.deepEqual((await pick('price', 'per'))[0], is, `${heading} ${unit}`)
      if (!is) assert.equal(checked.refusals[0]?.problem, 'catalog.product.priceUnitOfOther')
    })
})

test('[N4] a price for a part of the unit, or for several of them, is kept for the unit itself where that is exact', async () => {
  const content = [
    'SKU,Title,Unit,Price,Cost,Price per',
    'A,Salt,kg,45.50,30.25,100 g',
    'B,Oil,l,12.5,,250 ml',
    'C,Ribbon,m,0.75,,10 cm',
    'D,Pen,pc,144,90,dozen',
    'E,Clip,,5,,10',
    'F,Pepper,g,2.55,,250 g',
    'G,Nails,kg,1.23456,,1 lb',
  ].join('\n')
  await alone(content, async ({ checked }) => {
    assert.deepEqual(await pick('sku', 'price', 'cost', 'per'), [
      ['E', '50', null, '1'],
      ['B', '5000', null, '1'],
      ['D', '1200', '750', '1'],
      ['F', '102', null, '100'],
      ['C', '750', null, '1'],
      ['A', '45500', '30250', '1'],
    ])
    assert.deepEqual(
      checked.refusals.map((one) => [one.rowNumber, one.field, one.problem]),
      [[8, 'price', 'catalog.product.inexactForIt']],
    )
  })
})

test('[N4] a fine cost of what is sold by the piece is rounded, and its price stays for one', async () => {
  await alone('SKU,Title,Unit,Price,Cost\nS,Shirt,Piece,15,3.3333\nT,Tie,,9,2.005', async ({ checked }) => {
    assert.deepEqual(await pick('sku', 'price', 'cost', 'per'), [
      ['S', '1500', '333', '1'],
      ['T', '900', '201', '1'],
    ])
    assert.deepEqual(
      checked.warnings.map((one) => [one.field, one.problem, one.params['kept']]),
      [
        ['cost', 'catalog.product.costRounded', '3.33'],
        ['cost', 'catalog.product.costRounded', '2.01'],
      ],
    )
  })
})

test('[N4] what a price is for may stand in its cell, in any of our languages', async () => {
  const content = [
    'SKU,Title,Unit,Price,Cost',
    'A,Tomatoes,kg,5.00 / kg,KES 300/100kg',
    'B,Mango,pc,KES 120 per piece,',
    'C,Milch,pc,"2,50 KSh/Stk",',
    'D,Nails,,12.00 ea,',
    'E,Rice,kg,20.50 per 100 g,',
    'F,Saffron,g,2400/kg,',
    'G,Сыр,kg,120 за кг,',
    'H,تمر,kg,١٢ لكل كجم,',
    'I,Ugali,kg,12/= kwa kilo,',
    'J,Pens,pc,144 / dozen,',
    'K,Bread,pc,12/=,',
  ].join('\n')
  await alone(content, async ({ checked }) => {
    assert.deepEqual(checked.refusals, [])
    const kept = new Map((await pick('sku', 'price', 'cost', 'per')).map(([sku, ...rest]) => [sku, rest]))
    assert.deepEqual(
      'A B C D E F G H I J K'.split(' ').map((sku) => kept.get(sku)),
      [
        ['500', '300', '1'],
        ['12000', null, '1'],
        ['250', null, '1'],
        ['1200', null, '1'],
        ['20500', null, '1'],
        ['240000', null, '1000'],
        ['12000', null, '1'],
        ['1200', null, '1'],
        ['1200', null, '1'],
        ['1200', null, '1'],
        ['1200', null, '1'],
      ],
    )
    const again = await take(owner, KIND, content)
    assert.deepEqual(again.applied.counts, [0, 0, 11, 0])
  })
})

test('[N4] a price for another unit than the article’s is refused with the reason, and so is one that says it twice', async () => {
  const content = [
    'SKU,Title,Unit,Price,Price per',
    'A,Mango,pc,5.00 / kg,',
    'B,Tea,,5 per bunch,',
    'C,Rice,kg,5.00 / kg,100 g',
    'D,Salt,kg,12 kg,',
    'E,Oil,l,5/6,',
    'F,Peas,kg,500 per 5,',
    'G,Gold,g,5 g,',
  ].join('\n')
  const { counts, refusals } = await (await bring(owner, KIND, content)).check()
  assert.deepEqual(
    [counts[3], ...refusals.map((one) => [one.rowNumber, one.problem])],
    [
      7,
      [2, 'catalog.product.priceUnitOfOther'],
      [3, 'catalog.product.priceUnitOfOther'],
      [4, 'catalog.product.whichPriceUnit'],
      ...[5, 6, 7, 8].map((row) => [row, 'import.unreadable']),
    ],
  )
  // The column proves its signs by what stands before the unit.
  await alone('SKU,Title,Unit,Price\nA,Rice,kg,"1,250 / kg"\nB,Peas,kg,"2,50 / kg"', async ({ checked }) => {
    assert.deepEqual([checked.asks, await pick('price')], [[], [['250'], ['125']]])
  })
})

test('[N4] a price that a file without a price unit would make a hundredfold is refused', async () => {
  await take(owner, KIND, 'SKU,Title,Unit,Price,Price per\nA,Olives,g,5.67,100\nB,Salt,g,5.67,1000')
  for (const content of ['SKU,Price\nA,5.89\nB,5.89', 'SKU,Cost\nA,3\nB,3']) {
    const checked = await (await bring(owner, KIND, content)).check()
    assert.deepEqual(
      [checked.counts, ...checked.refusals.map((one) => one.problem)],
      [[0, 0, 0, 2], 'catalog.product.whichPriceUnit', 'catalog.product.whichPriceUnit'],
      content,
    )
  }
  await take(owner, KIND, 'SKU,Price\nA,0.0589\nB,0.00589')
  assert.deepEqual(await pick('price', 'per'), [
    ['589', '100'],
    ['589', '1000'],
  ])
})

test('[N3] the unit in the heading or the row counts', async () => {
  for (const [heading, cells, grams] of [
    ['Weight (kg)', '1.2', 1200],
    ['Variant Grams', '250', 250],
    ['Weight', '.5', 0.5],
    ['Weight,Weight unit', '1.5,lb', 680.388555],
    ['Weight value (grams)', '3', 3],
  ] as const)
    await alone(`Title,SKU,Price,${heading}\nTea,T1,5,${cells}`, async () =>
      assert.deepEqual(await pick('weight'), [[String(Math.round(grams * 1_000_000))]], heading),
    )
})

test('[R1] a SKU or barcode that two variants share is a decision: refused, or the second is left without', async () => {
  const content = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\ntee,Tee,Size,S,T1,5\ntee,,,M,T1,6'
  const file = await bring(owner, KIND, content)
  const asked = await file.check()
  assert.deepEqual([asked.asks, asked.counts], [[{ option: 'sharedCodes', field: 'sku' }], [0, 0, 0, 2]])
  const decided = await file.check({ sharedCodes: 'empty' })
  assert.deepEqual(
    [decided.counts, decided.warnings.map((one) => [one.rowNumber, one.problem])],
    [[2, 0, 0, 0], [[3, 'catalog.product.codeLeftOut']]],
  )
  await file.apply()
  assert.deepEqual(await pick('sku'), [['TEE-M'], ['T1']])
  const second = await take(owner, KIND, content, { options: { sharedCodes: 'empty' } })
  assert.deepEqual(second.applied.counts, [0, 0, 2, 0])
  await file.undo()
  const barcodes = 'Title,SKU,Price,Barcode\nTea,A1,5,6291041500213\nMate,A2,6,6291041500213'
  const shared = await (await bring(owner, KIND, barcodes)).check()
  assert.deepEqual([shared.counts, shared.asks.map((one) => one.field)], [[1, 0, 0, 1], ['barcode']])
  await alone(
    barcodes,
    async () =>
      assert.deepEqual(await pick('sku', 'codes'), [
        ['A2', []],
        ['A1', ['6291041500213']],
      ]),
    {
      options: { sharedCodes: 'empty' },
    },
  )
})

test('[F7] codes are one in capitals and small letters, as SKU and as barcode, and the refusal names whose it is', async () => {
  const twice = await (await bring(owner, KIND, 'Title,SKU,Price\nTea,T-1,5\nMate,t-1,6')).check()
  assert.equal(twice.new, 0)
  await take(owner, KIND, 'Title,SKU,Barcode,Price\nTea,AB-1,,5\nMate,6291041500213,,6\nOil,O-1,036000291452,7')
  const found = await take(owner, KIND, 'SKU,Price\nab-1,7')
  assert.deepEqual(
    [found.applied.counts, (await pick('sku', 'price'))[2]],
    [
      [0, 1, 0, 0],
      ['AB-1', '700'],
    ],
  )
  // What a scan finds by its SKU is found by its barcode.
  assert.deepEqual((await take(owner, KIND, 'Barcode,Price\n6291041500213,8')).applied.counts, [0, 1, 0, 0])
  for (const [content, field, problem, name] of [
    ['Title,SKU,Barcode,Price\nB,B,06291041500213,8', 'barcode', 'catalog.product.barcodeTaken', 'Mate'],
    ['Title,SKU,Barcode,Price\nB,B,0036000291452,8', 'barcode', 'catalog.product.barcodeTaken', 'Oil'],
    ['Title,SKU,Price\nB,0036000291452,8', 'sku', 'catalog.product.skuTaken', undefined],
    ['Title,SKU,Barcode,Price\nC,4006381333931,,8\nD,D,4006381333931,8', 'barcode', 'catalog.product.barcodeTaken', 'C'],
  ] as const) {
    const { refusals } = await (await bring(owner, KIND, content)).check()
    assert.deepEqual(
      refusals.map((one) => [one.field, one.problem, one.params['name']]),
      [[field, problem, name]],
      content,
    )
  }
  // Its own SKU may stand on it as a barcode too.
  await take(owner, KIND, 'Title,SKU,Barcode,Price\nE,5901234123457,5901234123457,8')
})

test('[R2] different SKUs without a handle are different articles', async () => {
  await alone('Title,SKU,Price\nTea,A1,5\nTea,A2,6', async ({ applied }) => {
    assert.deepEqual([applied.counts, applied.warnings.map((one) => one.problem)], [[2, 0, 0, 0], ['catalog.product.sameName']])
    assert.deepEqual((await pick('sku', 'price')).toSorted(), [
      ['A1', '500'],
      ['A2', '600'],
    ])
  })
})

const S1 = 'Handle,Title,Tags,Published,Variant Taxable,Variant Grams,Variant Price,Type\n'
test('[S1] [S2] a second import changes every field, and a category that is new then', async () => {
  const first = await take(owner, KIND, `${S1}t,T,old,true,true,100,5,A`)
  const before = await seen()
  const second = await take(owner, KIND, `${S1}t,T2,new,false,false,250,6,B`)
  assert.deepEqual(second.applied.counts, [0, 1, 0, 0])
  assert.deepEqual(await pick('title', 'name', 'tags', 'active', 'tax', 'weight', 'price', 'category'), [
    ['T2', 'T2', ['new'], false, null, '250000000', '600', 'B'],
  ])
  assert.equal((await second.undo()).refused, 0)
  assert.deepEqual(await seen(), before, 'taken back, all is as before')
  assert.equal((await first.undo()).refused, 0)
  assert.deepEqual(await seen(), [])
})

test('[S4] taking it back leaves no category; one that somebody uses now stays, and is told', async () => {
  const file = await take(owner, KIND, `${S1}t,T,,,,,5,Toys > Blocks`)
  const { rows } = await world.database.pool.query<{ id: string }>(`select id from catalog_category where name = 'Toys'`)
  const own = (await owner.call('POST /catalog/categories', { name: 'Cars', parent: rows[0]!.id })).body.id
  assert.equal((await file.undo()).refused, 1)
  assert.deepEqual((await world.database.pool.query('select name from catalog_category order by name')).rows, [
    { name: 'Cars' },
    { name: 'Toys' },
  ])
  assert.ok(own)
})

test('[F9] categories are told apart by their whole path', async () => {
  await alone('Title,SKU,Price,Category\nA,A1,5,Clothing > Sale\nB,B1,5,Shoes > Sale\nC,C1,5,Sale > Clothing', async () => {
    assert.deepEqual(await pick('sku', 'category', 'parent'), [
      ['A1', 'Sale', 'Clothing'],
      ['B1', 'Sale', 'Shoes'],
      ['C1', 'Clothing', 'Sale'],
    ])
    // A name alone is that at the top, else the only one, else what the article has.
    await take(owner, KIND, 'SKU,Category\nA1,Clothing\nB1,Sale')
    assert.deepEqual(await pick('sku', 'category', 'parent'), [
      ['A1', 'Clothing', null],
      ['B1', 'Sale', null],
      ['C1', 'Clothing', 'Sale'],
    ])
    await take(owner, KIND, 'SKU,Category\nA1,Clothing > Sale\nB1,Shoes > Sale')
    const unsure = await bring(owner, 'catalog.category', 'name,position\nSale,4\nShoes,5')
    const { counts, refusals } = await unsure.check()
    assert.deepEqual([counts, refusals.map((one) => one.problem)], [[0, 1, 0, 1], ['catalog.category.several']])
    const inside = await (await bring(owner, 'catalog.category', 'name,parent,position\nSale,Shoes,4\nSocks,Clothing,1')).check()
    assert.deepEqual([inside.counts, inside.refusals.map((one) => one.problem)], [[0, 1, 0, 1], ['import.severalRefs']])
  })
})

test('[F18] the units of Odoo, ERPNext and Zoho are the common ones', async () => {
  const units = 'Units Nos pcs Each Pieces pc Kgs KG. kilo Litres ltr meter جرام كجم كيلو шт'.split(' ')
  await alone(`Title,SKU,Price,Unit\n${units.map((unit, at) => `A${at},${at + 100},5,${unit}`).join('\n')}`, async () =>
    assert.deepEqual(
      (await pick('sku', 'unit')).toSorted().map(([, unit]) => unit),
      'pc pc pc pc pc pc kg kg kg l l m g kg kg pc'.split(' '),
    ),
  )
  const { refusals } = await (await bring(owner, KIND, 'Title,SKU,Price,Unit\nA,A,5,Nowhere')).check()
  assert.deepEqual(
    refusals.map((one) => one.problem),
    ['import.unknownRef'],
  )
})

test('[F8] rows of one product that contradict each other are refused, in one group and found by their codes', async () => {
  const heads = 'Handle,Title,Option1 Name,Option1 Value,SKU,Price,Category'
  const apart = await (await bring(owner, KIND, `${heads}\ntee,Tee,Size,S,T1,5,Hats\ntee,,,M,T2,6,Caps`)).check()
  assert.deepEqual(
    apart.refusals.map((one) => one.problem),
    ['import.sameRecord', 'import.contradicts'],
  )
  await take(owner, KIND, `${heads}\ntee,Tee,Size,S,T1,5,Hats\ntee,,,M,T2,6,`)
  const file = 'SKU,Category\nT1,Hats\nT2,Caps'
  for (const _ of [1, 2]) {
    const { applied } = await take(owner, KIND, file)
    assert.deepEqual(
      [applied.counts, applied.refusals.map((one) => [one.rowNumber, one.field, one.problem])],
      [[0, 0, 1, 1], [[3, 'category', 'import.contradicts']]],
    )
  }
})

test('[S5] a file may hold the key and what changes, nothing else', async () => {
  const all = await take(owner, KIND, `Title,SKU,Price,Barcode\nTea,T-1,5,6291041500213\nMate,T-2,6,`)
  const prices = await take(owner, KIND, 'SKU,Price\nT-1,7\nT-9,8')
  assert.deepEqual(
    [prices.applied.counts, prices.applied.refusals.map((one) => [one.rowNumber, one.field, one.problem])],
    [[0, 1, 0, 1], [[3, 'name', 'required']]],
  )
  await take(owner, KIND, 'Barcode,Cost\n6291041500213,3')
  await take(owner, KIND, 'Handle,Tax class\nmate,zero')
  await take(owner, KIND, 'SKU,Barcode\nT-2,5901234123457')
  assert.deepEqual(await pick('sku', 'price', 'cost', 'tax', 'codes'), [
    ['T-2', '600', null, 'zero', ['5901234123457']],
    ['T-1', '700', '300', 'standard', ['6291041500213']],
  ])
  const nothing = await bring(owner, KIND, 'Price\n7')
  const answer = await owner.call(`POST /imports/${nothing.id}/check`, { mapping: nothing.mapping })
  assert.deepEqual([answer.status, answer.body.code], [422, 'kit.import.notMapped'])
  assert.equal(all.applied.new, 2)
})

test('[F2] [F3] [F4] spaces around quotation marks, sep=, titles above the headings, empty rows', async () => {
  await alone('Title ,Body, Price\n"Rope" ,"blue, strong" ,99\n , , \n,,\n', async ({ applied }) => {
    assert.deepEqual(applied.counts, [1, 0, 0, 0])
    assert.deepEqual(await pick('title', 'price'), [['Rope', '9900']])
  })
  await alone('sep=;\nTitle;Price\nRope, blue;99', async () =>
    assert.deepEqual(await pick('title', 'price'), [['Rope, blue', '9900']]),
  )
  const titled = 'Price list of Baraka\nAs of,2026-11-29\n\nTitle,SKU,Price,Vendor\nRope,R1,bad,X\nTea,R2,5,X'
  const checked = await (await bring(owner, KIND, titled)).check()
  assert.deepEqual([checked.counts, checked.refusals.map((one) => one.rowNumber)], [[1, 0, 0, 1], [4]])
})

test('[F5] what is HTML is read as HTML, what is text stays', async () => {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  for (const [body, is] of [
    ['Fits < 80 cm and > 60 cm', 'Fits < 80 cm and > 60 cm'],
    ['Caf&eacute; &rsquo;n&rsquo;', 'Café ’n’'],
    ['<p>One</p><ul><li>Two &amp; three</li></ul><script>alert(1)</script>', 'One\nTwo & three'],
    ['<b>5 < 6</b>', '5 < 6'],
  ] as const)
    await alone(`Title,SKU,Price,Description\nCaf&eacute; &rsquo;n&rsquo;,C1,5,${cell(body)}`, async () =>
      assert.deepEqual(await pick('title', 'description'), [['Café ’n’', is]]),
    )
})

test('[C1] [C2] what a spreadsheet did to codes is taken off, or refused with the reason', async () => {
  await alone("Title,SKU,Barcode,Price,Compare-at price\nTea,'10,'6291041500213,5,0.00", async () =>
    assert.deepEqual(await pick('sku', 'codes', 'compare'), [['10', ['6291041500213'], null]]),
  )
  const spoilt = await (await bring(owner, KIND, 'Title,SKU,Barcode,Price\nTea,T1,3.65275E+11,5\nMate,"T\n2",,5')).check()
  assert.deepEqual(
    spoilt.refusals.map((one) => [one.field, one.problem]),
    [
      ['barcode', 'import.rounded'],
      ['sku', 'import.lineBreak'],
    ],
  )
  await alone('Title,SKU,Barcode,Price\nTea,T1,123456789013,5', async ({ applied }) => {
    assert.deepEqual(
      applied.warnings.map((one) => [one.field, one.problem]),
      [['barcode', 'catalog.product.ownCode']],
    )
    assert.deepEqual(await pick('codes'), [[['123456789013']]])
  })
})

test('[L1] WooCommerce: variations with their parent, sale prices, category paths, virtual goods', async () => {
  const content = [
    'Type,SKU,Name,Sale price,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)',
    'variable,h,Hoodie,,,Clothing > Hoodies,,Color,"Red, Blue"',
    'simple,m,Mug,,9,,,Material,"Clay, tin"',
    '"simple, virtual",a,Advice,,30,,,,',
    'variation,h-r,Hoodie - Red,42,45,,h,Color,Red',
    'variation,h-b,Hoodie - Blue,,45,,h,Color,Blue',
  ].join('\n')
  await alone(content, async ({ mapping }) => {
    assert.equal(mapping['price'], 'Regular price')
    assert.deepEqual(await pick('name', 'sku', 'price', 'compare', 'options', 'category', 'parent', 'kind'), [
      ['Advice', 'a', '3000', null, [], null, null, 'service'],
      ['Hoodie · Blue', 'h-b', '4500', null, ['Blue'], 'Hoodies', 'Clothing', 'stocked'],
      ['Hoodie · Red', 'h-r', '4200', '4500', ['Red'], 'Hoodies', 'Clothing', 'stocked'],
      ['Mug', 'm', '900', null, [], null, null, 'stocked'],
    ])
  })
})

test('[L2] Medusa: its headings are known; a proposed product is not for sale; a foreign currency is no price of ours', async () => {
  await alone('Product Handle,Product Title,Product Status,Variant Price EUR,Variant Price KES\np,P,proposed,45,5800', async () =>
    assert.deepEqual(await pick('handle', 'title', 'price', 'active'), [['p', 'P', '580000', false]]),
  )
  const foreign = await (
    await bring(owner, KIND, 'Product Handle,Product Title,Product Status,Variant Price EUR\np,P,proposed,45')
  ).check()
  assert.deepEqual(
    foreign.refusals.map((one) => [one.field, one.problem]),
    [['price', 'import.otherCurrency']],
  )
})

test('[L2] an amount in what cannot be the company’s currency is none: the heading or the cell says so', async () => {
  const problemsOf = async (content: string, kind = KIND) => {
    const { counts, refusals } = await (await bring(owner, kind, content)).check()
    return [counts[0], ...refusals.map((one) => `${one.field} ${one.problem} ${one.params['currency']}`)]
  }
  for (const [heading, currency] of [
    ['Price (USD)', 'USD'],
    ['Price [USD]', 'USD'],
    ['Price $', '$'],
    ['USD Price', 'USD'],
    ['Price_EUR', 'EUR'],
    ['Unit Price (US$)', 'USD'],
    ['Price usd', 'USD'],
  ] as const)
    assert.deepEqual(await problemsOf(`Title,SKU,${heading}\nA,A,5`), [0, `price import.otherCurrency ${currency}`], heading)
  assert.deepEqual(await problemsOf('Title,SKU,Price,Cost (EUR)\nA,A,5,3'), [0, 'cost import.otherCurrency EUR'])
  for (const [cell, currency] of [
    ['$5', '$'],
    ['£5', '£'],
    ['¥5', '¥'],
    ['kr 5', 'kr'],
    ['USD 5', 'USD'],
  ] as const)
    assert.deepEqual(await problemsOf(`Title,SKU,Price\nA,A,${cell}`), [0, `price import.otherCurrency ${currency}`], cell)
  assert.deepEqual(await problemsOf('Title,SKU,Price,Currency\nA,A,5,USD\nB,B,5,KES\nC,C,5,'), [
    2,
    'currency import.otherCurrency USD',
  ])
  assert.equal(
    (await problemsOf('Price list,Variant,Price (USD)\nSummer,A,5', 'catalog.price')).at(-1),
    'price import.otherCurrency USD',
  )
  await alone('Title,SKU,Price (USD),Selling price (KSh),Cost KES\nA,A,5,650,Sh 400', async ({ mapping }) => {
    assert.equal(mapping['price'], 'Selling price (KSh)')
    assert.deepEqual(await pick('price', 'cost'), [['65000', '40000']])
  })
})

test('[L3] Vendure: a row without name and slug goes on with the product above', async () => {
  await alone('name,slug,optionGroups,optionValues,sku,price\nFoo,foo,size,S,f-s,1\n,,,M,f-m,2', async () =>
    assert.deepEqual(await pick('name', 'sku', 'price'), [
      ['Foo · M', 'f-m', '200'],
      ['Foo · S', 'f-s', '100'],
    ]),
  )
})

test('[L4] tax class, unit, goods or service; what is not known is refused', async () => {
  await alone('Title,SKU,Price,Tax class,Unit,Kind\nRice,R1,5,zero rate,kg,goods\nRepair,R2,9,Standard,,service', async () =>
    assert.deepEqual(await pick('title', 'tax', 'unit', 'kind'), [
      ['Repair', 'standard', null, 'service'],
      ['Rice', 'zero', 'kg', 'stocked'],
    ]),
  )
  const checked = await (await bring(owner, KIND, 'Title,SKU,Price,Tax class\nRice,R1,5,reduced tax')).check()
  assert.deepEqual(
    checked.refusals.map((one) => [one.field, one.problem]),
    [['taxClass', 'catalog.productFile.noSuchTax']],
  )
})

test('[L5] Open Source POS, Loyverse, Square, Odoo and ERPNext: their own headings', async () => {
  for (const [content, is] of [
    ['Barcode,"Item Name","Cost Price","Unit Price"\nI1,Test,10,15', ['Test', 'TEST', '1500', '1000', null, ['I1']]],
    [
      'Handle,SKU,Name,Category,Sold by weight,Cost,Barcode,Available for sale [Main],Price [Main],In stock [Main]\nt,10001,Test,Food,N,10,,Y,15,3',
      ['Test', '10001', '1500', '1000', 'Food', []],
    ],
    [
      'Token,Item Name,Variation Name,SKU,Description,Categories,GTIN,Price,Default Unit Cost,Current Quantity Main\nX,Test,Regular,S1,,Food,,15,10,4',
      ['Test', 'S1', '1500', '1000', 'Food', []],
    ],
    [
      'External ID,Name,Product Type,Internal Reference,Barcode,Sales Price,Cost,Product Category\n__e__,Test,Goods,S1,,15,10,All / Food',
      ['Test', 'S1', '1500', '1000', 'Food', []],
    ],
    [
      'Item Code,Item Name,Item Group,Default Unit of Measure,Standard Selling Rate,Valuation Rate,Opening Stock\nS1,Test,Food,kg,15,10,3',
      ['Test', 'S1', '1500', '1000', 'Food', []],
    ],
  ] as const)
    await alone(content, async () =>
      assert.deepEqual(await pick('title', 'sku', 'price', 'cost', 'category', 'codes'), [is], content),
    )
})

const LAYOUTS = {
  loyverse: [
    'Handle,SKU,Name,Category,Sold by weight,Option 1 name,Option 1 value,Option 2 name,Option 2 value,Option 3 name,Option 3 value,Cost,Barcode,SKU of included item,Quantity of included item,Track stock,Available for sale [Main],Price [Main],In stock [Main],Low stock [Main]',
    'tee,10001,Tee,Clothes,N,Size,S,Colour,Red,,,10,5901234123457,,,Y,Y,15,3,1',
    'tee,10002,,,,,M,,Red,,,11,,,,Y,Y,16,2,1',
  ],
  square: [
    'Reference Handle,Token,Item Name,Variation Name,SKU,Description,Categories,Reporting Category,GTIN,Item Type,Price,Online Sale Price,Archived,Stockable,Option Name 1,Option Value 1,Option Name 2,Option Value 2,Default Unit Cost,Default Vendor Name,Current Quantity Main,New Quantity Main',
    '#tee,A,Tee,"S, Red",10001,,Clothes,Clothes,5901234123457,Physical good,15,,N,Y,Size,S,Colour,Red,10,,3,',
    '#tee,B,Tee,"M, Red",10002,,Clothes,Clothes,,Physical good,16,,N,Y,Size,M,Colour,Red,11,,2,',
  ],
  erpnext: [
    'ID,Item Code,Item Name,Item Group,Default Unit of Measure,Has Variants,Variant Of,Attribute (Variant Attributes),Attribute Value (Variant Attributes),Standard Selling Rate,Valuation Rate,Barcode (Barcodes),Opening Stock,Maintain Stock',
    'TEE,TEE,Tee,Clothes,piece,1,,Size,,,,,,1',
    ',,,,,,,Colour,,,,,,',
    '10001,10001,Tee-S-R,Clothes,piece,0,TEE,Size,S,15,10,5901234123457,3,1',
    ',,,,,,,Colour,Red,,,,,',
    '10002,10002,Tee-M-R,Clothes,piece,0,TEE,Size,M,16,11,,2,1',
    ',,,,,,,Colour,Red,,,,,',
  ],
  lightspeedX: [
    'id,handle,sku,composite_name,composite_sku,composite_quantity,name,description,product_category,variant_option_one_name,variant_option_one_value,variant_option_two_name,variant_option_two_value,variant_option_three_name,variant_option_three_value,tags,supply_price,retail_price,account_code,brand_name,supplier_name,active,track_inventory,inventory_Main_Outlet,reorder_point_Main_Outlet,barcode',
    'x,tee,10001,,,,Tee,,Clothes,Size,S,Colour,Red,,,,10,15,,,,1,1,3,,5901234123457',
    'y,tee,10002,,,,Tee,,Clothes,Size,M,Colour,Red,,,,11,16,,,,1,1,2,,',
  ],
} as const
test('[L5] articles with variants come whole from Loyverse, Square, ERPNext and Lightspeed', async () => {
  await world.database.pool.query(
    `insert into catalog_unit (id, code, name, decimals) select uuidv7(), 'piece', 'piece', 0 where not exists (select from catalog_unit where code = 'piece')`,
  )
  for (const [shop, lines] of Object.entries(LAYOUTS))
    await alone(lines.join('\n'), async ({ applied }) => {
      assert.deepEqual(applied.refusals, [], shop)
      assert.deepEqual(
        await pick('title', 'options', 'sku', 'price', 'cost', 'category', 'codes', 'kind'),
        [
          ['Tee', ['M', 'Red'], '10002', '1600', '1100', 'Clothes', [], 'stocked'],
          ['Tee', ['S', 'Red'], '10001', '1500', '1000', 'Clothes', ['5901234123457'], 'stocked'],
        ],
        shop,
      )
    })
})

test('[L5] Zoho Inventory, Odoo, Lightspeed Retail and Open Source POS: their own headings', async () => {
  for (const [content, is] of [
    [
      'Item ID,Item Name,SKU,Description,Rate,Product Type,Status,Usage unit,Purchase Rate,Item Type,UPC,Category Name,Opening Stock,Opening Stock Value,Stock On Hand\n1,Test,S1,,15,goods,Active,,10,Inventory,,Food,3,30,2',
      ['Test', 'S1', '1500', '1000', 'Food', [], 'stocked'],
    ],
    [
      'Item Name,SKU,Rate,Product Type,Item Type,Status\nAdvice,S2,15,service,Sales,Active',
      ['Advice', 'S2', '1500', null, null, [], 'service'],
    ],
    [
      'External ID,Name,Product Type,Internal Reference,Barcode,Sales Price,Cost,Product Category,Quantity On Hand\nx,Repair,Service,S3,,15,10,All / Work,0',
      ['Repair', 'S3', '1500', '1000', 'Work', [], 'service'],
    ],
    [
      'System ID,UPC,Custom SKU,Item,Brand,Category,Default Cost,Price,MSRP,Main - Quantity on Hand\n210,,S4,Test,X,Food,10,15,20,3',
      ['Test', 'S4', '1500', '1000', 'Food', ['210'], 'stocked'],
    ],
    [
      'Id,Barcode,"Item Name",Category,"Supplier ID","Cost Price","Unit Price","Reorder Level",Description,"Allow Alt Description","Item has Serial Number",Image,HSN,"location_stock","attribute_Size"\n,I1,Test,Food,,10,15,0,,0,0,,,3,',
      ['Test', 'TEST', '1500', '1000', 'Food', ['I1'], 'stocked'],
    ],
  ] as const)
    await alone(content, async () =>
      assert.deepEqual(await pick('title', 'sku', 'price', 'cost', 'category', 'codes', 'kind'), [is], content),
    )
})

test('[L8] tags are no category; draft is not for sale though it is published; the product category stands in for a type', async () => {
  await alone(
    'Title,SKU,Price,Tags,Status,Published,Product Category,Type\nTea,T1,5,"hot, dark",draft,true,Food > Drinks,',
    async ({ mapping }) => {
      assert.deepEqual([mapping['tags'], mapping['category']], ['Tags', 'Type'])
      assert.deepEqual(await pick('tags', 'active', 'category', 'parent'), [[['hot', 'dark'], false, 'Drinks', 'Food']])
    },
  )
})

test('[L9] what a file holds and nobody takes is listed in the dry run', async () => {
  const content = 'Title,SKU,Price,Image Src,Variant Inventory Qty,SEO Title\nTea,T1,5,https://example.com/t.jpg,7,'
  const checked = await (await bring(owner, KIND, content)).check()
  assert.deepEqual(checked.unused, ['Image Src', 'Variant Inventory Qty'])
})

test('[A11] who may not set prices or see costs does neither by file, and the dry run tells no cost', async () => {
  const file = await take(owner, KIND, 'Title,SKU,Price,Cost\nTea,T1,5,3')
  const { productImport } = await import('./product.import.store.ts')
  const { Memory } = await import('#kit/server/import/importable.ts')
  const { command } = await import('#kit/server/door/command.ts')
  const { z } = await import('zod')
  const tried = command({
    name: 'test.takeProducts',
    can: 'catalog.product.edit',
    input: z.object({ cells: z.record(z.string(), z.string()) }),
    run: (tx, { cells }) =>
      productImport.take(tx, [{ rows: [{ number: 2, cells }] }], { options: {}, marks: {}, headings: {}, memory: new Memory() }),
  })
  const keeper = world.as('stockKeeper')
  const refusedIn = (one: unknown) => one as { field: string; problem: string }[]
  for (const cost of ['3', '4', '0']) {
    const { outcomes } = await tried(keeper, { cells: { sku: 'T1', cost } })
    assert.deepEqual(
      refusedIn(outcomes[0]).map((one) => [one.field, one.problem]),
      [['cost', 'kit.forbidden']],
    )
  }
  for (const cells of [
    { sku: 'T1', price: '6' },
    { sku: 'T1', price: '0' },
    { sku: 'T2', name: 'Mate', price: '6' },
  ] as Record<string, string>[]) {
    const { outcomes } = await tried(keeper, { cells })
    assert.deepEqual(
      refusedIn(outcomes[0]).map((one) => [one.field, one.problem]),
      [['price', 'kit.forbidden']],
    )
  }
  // Without figures it is theirs to bring, as on the form.
  assert.deepEqual((await tried(keeper, { cells: { sku: 'T2', name: 'Mate' } })).outcomes, ['new'])
  await file.undo()
})

test('for any small file: what the dry run says is what the run does, and a second run says that all is there', async () => {
  const cell = fc.constantFrom(
    '',
    'Tea',
    'Mate',
    'a',
    'A-1',
    'B-2',
    '5',
    '5,50',
    '1,250',
    '6291041500213',
    '123456789013',
    'S',
    'M',
    'Food',
    'x > y',
  )
  const row = fc.tuple(
    ...['handle', 'title', 'sku', 'barcode', 'option', 'type', 'price', 'cost'].map((name) =>
      name === 'price' || name === 'cost' ? fc.constantFrom('', '5', '5,50', '1,250', '-1', '0') : cell,
    ),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.constantFrom({}, { sharedCodes: 'empty' }),
      async (rows, options) => {
        const lines = rows.map((cells) => cells.map((one) => `"${one}"`).join(','))
        const content = ['Handle,Title,SKU,Barcode,Option1 Value,Type,Price,Cost', ...lines].join('\n')
        const first = await take(owner, KIND, content, { options })
        const second = await take(owner, KIND, content, { options })
        assert.deepEqual([second.applied.new, second.applied.changed], [0, 0], content)
        assert.equal(second.applied.refused, first.applied.refused, content)
      },
    ),
    { numRuns: 25 },
  )
})
