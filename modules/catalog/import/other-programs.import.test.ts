import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { pool } = world.database
const KIND = 'catalog.product'

const SEEN = `select p.name, v.option_values as options, v.sku, p.kind, u.code as unit, x.code as tax, v.price::text, v.cost::text, p.archived_at is null as active, p.description,
    array(select code from catalog_barcode b where b.variant = v.id order by code) as codes
  from catalog_variant v join catalog_product p on p.id = v.product left join catalog_tax_class x on x.id = p.tax_class
  left join catalog_unit u on u.id = p.unit order by p.name, v.position`
const pick = async (...names: string[]) =>
  (await pool.query<Record<string, unknown>>(SEEN)).rows.map((row) => names.map((name) => row[name]))
const refusedIn = async (content: string) =>
  (await (await bring(owner, KIND, content)).check()).refusals.map((one) => [one.rowNumber, one.field, one.problem])

beforeEach(async () => {
  for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product', 'catalog_category', 'import_mapping'])
    await pool.query(`delete from ${table}`)
})

/** Comes in whole, and a second run finds all of it. */
async function whole(content: string) {
  const file = await take(owner, KIND, content)
  assert.deepEqual(file.checked.refusals, [], content)
  const again = await take(owner, KIND, content)
  assert.deepEqual([again.applied.new, again.applied.changed, again.applied.refused], [0, 0, 0], content)
  return file
}

test('a tax class is found by its rate of today; what fits none or several names what there is', async () => {
  const { rows } = await pool.query(
    `select c.code, r.rate::text from catalog_tax_class c join catalog_tax_rate r on r.tax_class = c.id`,
  )
  const standard = rows.find((one) => one.code === 'standard')
  assert.equal(standard.rate, '160000')
  const words = ['16%', '16', 'VAT 16%', 'VAT (16%)', '16.00 %', '0.16', 'Standard', 'standard rate', '١٦٪', 'Standard 16%']
  for (const heading of ['Tax', 'VAT', 'Tax rate', 'VAT %'])
    await whole(`Title,SKU,Price,${heading}\n${words.map((word, at) => `A${at},A${at},5,${word}`).join('\n')}`)
  assert.deepEqual(new Set((await pick('tax')).flat()), new Set(['standard']))
  await whole('Title,SKU,Price,Tax\nZ,Z1,5,Zero rated\nE,E1,5,exempt')
  assert.deepEqual((await pick('tax')).slice(-2), [['exempt'], ['zero']])
  const { refusals } = await (
    await bring(owner, KIND, 'Title,SKU,Price,Tax\nA,A,5,17%\nB,B,5,0%\nC,C,5,Reduced 16%\nD,D,5,none')
  ).check()
  assert.deepEqual(
    refusals.map((one) => [one.rowNumber, one.problem]),
    [
      [2, 'catalog.productFile.noSuchTax'],
      [3, 'catalog.productFile.severalTaxes'],
      [4, 'catalog.productFile.noSuchTax'],
      [5, 'catalog.productFile.severalTaxes'],
    ],
  )
  assert.match(String(refusals[0]!.params['classes']), /Standard \(16%\)/)
  assert.doesNotMatch(String(refusals[1]!.params['classes']), /16%/)
})

test('Square: variations without options are variants by their names', async () => {
  await whole(
    [
      'Token,Item Name,Variation Name,SKU,Price,Option Name 1,Option Value 1',
      'A,Latte,Regular,L1,3,,',
      'B,Latte,Small,L2,2,,',
      'C,Latte,Large,L3,4,,',
      'D,Mug,Regular,M1,9,,',
      'E,Tee,"S, Red",T1,5,Size,S',
      'F,Tee,"M, Red",T2,5,Size,M',
    ].join('\n'),
  )
  assert.deepEqual(await pick('name', 'options', 'sku'), [
    ['Latte', ['Regular'], 'L1'],
    ['Latte', ['Small'], 'L2'],
    ['Latte', ['Large'], 'L3'],
    ['Mug', [], 'M1'],
    ['Tee', ['S'], 'T1'],
    ['Tee', ['M'], 'T2'],
  ])
})

test('a type that nobody knows is asked for once, and is goods, a service or nothing to all its articles', async () => {
  const content = 'Name,SKU,Price,Item Type\nBoard,B1,5,Raw material\nNail,N1,1,raw material\nFix,F1,9,Labour\nPen,P1,2,Misc'
  const file = await bring(owner, KIND, content)
  const { counts, asks, refusals } = await file.check()
  assert.deepEqual(
    [counts, asks.map(({ option }) => option), refusals[0]?.problem],
    [[0, 0, 0, 4], ['word.kind.raw material', 'word.kind.labour', 'word.kind.misc'], 'import.unreadable'],
  )
  await take(owner, KIND, content, {
    options: { 'word.kind.raw material': 'kind.stocked', 'word.kind.labour': 'kind.service', 'word.kind.misc': '-' },
  })
  assert.deepEqual(await pick('name', 'kind'), [
    ['Board', 'stocked'],
    ['Fix', 'service'],
    ['Nail', 'stocked'],
    ['Pen', 'stocked'],
  ])
  // A column that holds something else asks no endless list of questions.
  const many = Array.from({ length: 30 }, (_, at) => `M${at},M${at},5,Word ${at}`).join('\n')
  assert.equal((await (await bring(owner, KIND, `Name,SKU,Price,Item Type\n${many}`)).check()).asks.length, 20)
})

test('Zoho Inventory and Lightspeed Retail: every column of codes counts', async () => {
  await whole('Item Name,SKU,Rate,UPC,EAN,ISBN\nTest,S1,15,036000291452,0036000291452,9783161484100\nOther,S2,5,,5901234123457,')
  assert.deepEqual(await pick('sku', 'codes'), [
    ['S2', ['5901234123457']],
    ['S1', ['0036000291452', '9783161484100']],
  ])
  await whole(
    'System ID,UPC,EAN,Custom SKU,Manufact. SKU,Item,Price\n210000000017,,4006381333931,C1,MF-77,Pen,2\n210000000024,,,,,Ink,3',
  )
  assert.deepEqual((await pick('name', 'sku', 'codes')).slice(0, 3), [
    ['Ink', 'INK', ['210000000024']],
    ['Other', 'S2', ['5901234123457']],
    ['Pen', 'C1', ['210000000017', '4006381333931', 'MF-77']],
  ])
  // By any of its codes it is the same article.
  const found = await take(owner, KIND, 'UPC,EAN,Price\n,4006381333931,4')
  assert.deepEqual(found.applied.counts, [0, 1, 0, 0])
  assert.deepEqual(await refusedIn('Title,SKU,EAN,UPC,Price\nX,X,4006381333931,,5\nY,Y,,4006381333932,5'), [
    [2, 'barcode', 'catalog.product.barcodeTaken'],
    [3, 'barcode2', 'catalog.product.badBarcode'],
  ])
  // The column is the one in which the code stands, in whatever order the file has them.
  assert.deepEqual(await refusedIn('Title,SKU,EAN,UPC,ISBN,Price\nX,X,,,4006381333931,5\nY,Y,5901234123457,036000291452,,5'), [
    [2, 'barcode3', 'catalog.product.barcodeTaken'],
    [3, 'barcode', 'catalog.product.barcodeTaken'],
    [3, 'barcode2', 'catalog.product.barcodeTaken'],
  ])
})

test('Loyverse: what is not tracked lies on no shelf, what is sold by weight is sold by the kilogram', async () => {
  const content = 'Handle,SKU,Name,Sold by weight,Track stock,Price\nrice,1,Rice,Y,Y,2\ncut,2,Haircut,N,N,9\nsalt,3,Salt,N,Y,1'
  await whole(content)
  assert.deepEqual(await pick('name', 'kind', 'unit'), [
    ['Haircut', 'service', null],
    ['Rice', 'stocked', 'kg'],
    ['Salt', 'stocked', null],
  ])
  // Of what is here already, neither the unit that the shop has chosen since nor the kind is another one for that.
  await pool.query(`update catalog_product set kind = 'stocked' where name = 'Haircut'`)
  await pool.query(`update catalog_product set unit = (select id from catalog_unit where code = 'g') where name = 'Rice'`)
  assert.deepEqual((await take(owner, KIND, content)).applied.counts, [0, 0, 3, 0])
  assert.deepEqual(await refusedIn('Name,SKU,Sold by weight,Price\nA,A,perhaps,5'), [[2, 'soldByWeight', 'import.unknownWord']])
})

const ERPNEXT =
  'Item Code,Item Name,Has Variants,Variant Of,Attribute (Variant Attributes),Attribute Value (Variant Attributes),Standard Selling Rate'
test('variants of what is not in the file are refused with its name, or change what is here already', async () => {
  const variants = 'T-S,Tee-S,0,TEE,Size,S,15\nT-M,Tee-M,0,TEE,Size,M,16'
  assert.deepEqual(await refusedIn(`${ERPNEXT}\n${variants}`), [
    [2, 'parent', 'catalog.productFile.noTemplate'],
    [3, null, 'import.sameRecord'],
  ])
  await whole(`${ERPNEXT}\n${variants}\nTEE,Polo shirt,1,,Size,,`)
  const prices = await take(owner, KIND, `${ERPNEXT}\nT-S,Tee-S,0,TEE,Size,S,17\nT-M,Tee-M,0,TEE,Size,M,16`)
  assert.deepEqual(prices.applied.counts, [0, 2, 0, 0])
  assert.deepEqual(await pick('name', 'sku', 'price'), [
    ['Polo shirt', 'T-S', '1700'],
    ['Polo shirt', 'T-M', '1600'],
  ])
  assert.deepEqual(
    await refusedIn(
      'Type,SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\nvariation,W1,W - S,5,id:77,Size,S',
    ),
    [[2, 'parent', 'catalog.productFile.noTemplate']],
  )
})

test('the total at the end of a list is no article; what is called so and has a code is one', async () => {
  const total = 'catalog.productFile.total'
  for (const name of ['Total', 'Grand total:', 'TOTALS', 'الإجمالي', 'Jumla', 'Итого'])
    assert.deepEqual(await refusedIn(`Title,SKU,Price\nTea,T1,5\n${name},,5`), [[3, 'name', total]], name)
  assert.deepEqual(await refusedIn('Title,Price\nTea,5\nTotal,5'), [[3, 'name', total]])
  assert.deepEqual(await refusedIn('SKU,Title,Price\nT1,Tea,5\nTotal,,5'), [[3, 'name', total]])
  await whole('Title,SKU,Price\nTotal,T9,5\nTotal Care,,6')
})

test('angle brackets around what is no HTML stay', async () => {
  for (const [body, is] of [
    ['Use <M> or <L>', 'Use <M> or <L>'],
    ['Sizes <S>, <M> and <b>bold</b>', 'Sizes <S>, <M> and bold'],
    ['<p>One<p>Two<br/>a <Item> & <x-y>', 'One\nTwo\na <Item> & <x-y>'],
    ['5 <kg', '5 <kg'],
  ] as const) {
    await take(owner, KIND, `Title,SKU,Price,Description\nCap <M>,C1,5,"${body}"`)
    assert.deepEqual(await pick('name', 'description'), [['Cap <M>', is]])
  }
})

test('[N4] prices that the heading says are taxed otherwise than the company’s are refused; the column that fits is taken', async () => {
  assert.deepEqual(await refusedIn('Title,SKU,Price (excl. VAT),Cost (excl. VAT)\nMug,M1,100,60'), [
    [2, 'price', 'import.pricesWithoutTax'],
  ])
  await whole('Title,SKU,Price tax excluded,Price tax included,Cost (excl. VAT)\nMug,M1,100,116,60')
  assert.deepEqual(await pick('name', 'price'), [['Mug', '11600']])
  const { checked } = await take(owner, 'catalog.priceList', 'Name\nWholesale')
  assert.deepEqual(checked.counts, [1, 0, 0, 0])
  const lines = await bring(owner, 'catalog.price', 'Price list,Variant,Price excl. tax\nWholesale,Mug,90')
  assert.deepEqual(
    (await lines.check()).refusals.map((one) => [one.field, one.problem]),
    [['price', 'import.pricesWithoutTax']],
  )
})

test('costs are without their tax in any company: a heading that says otherwise is refused, and the one that fits is taken', async () => {
  const inside =
    'Cost (incl. VAT)|Gross cost|Unit cost incl tax|Cost TTC|Purchase price with VAT|سعر التكلفة شامل الضريبة|Закупочная цена с НДС|Закупочная цена (вкл. НДС)|Gharama pamoja na kodi|Bei ya kununua (pamoja na VAT)'
  for (const heading of inside.split('|'))
    assert.deepEqual(await refusedIn(`Name,SKU,Price,${heading}\nPot,P1,90,60`), [[2, 'cost', 'import.costsWithTax']], heading)
  const outside =
    'Cost excl.|Net cost|Cost (excl. VAT)|Cost price ex VAT|سعر التكلفة بدون ضريبة|Себестоимость без НДС|Закупочная (без НДС)|Gharama bila kodi'
  for (const heading of outside.split('|')) {
    // A column of its own says what prices hold, and nothing of costs.
    const file = await bring(owner, KIND, `Name,SKU,Price,Cost (incl. VAT),${heading},Tax included\nPot,P1,90,69.6,60,yes`)
    assert.deepEqual([file.mapping['cost'], (await file.check()).refusals], [heading, []])
  }
  await whole('Name,SKU,Price,Cost (incl. VAT),Cost\nPot,P1,90,69.6,60')
  assert.deepEqual(await pick('cost'), [['6000']])
  // Where prices are without tax as well, a heading still speaks of the one or the other.
  const { rows } = await pool.query(`select value from setting where name = 'company'`)
  await pool.query(`update setting set value = $1 where name = 'company'`, [{ ...rows[0].value, pricesIncludeTax: false }])
  assert.deepEqual(await refusedIn('Name,SKU,Net price,Gross cost\nJar,J1,100,60'), [[2, 'cost', 'import.costsWithTax']])
  await pool.query(`update setting set value = $1 where name = 'company'`, [rows[0].value])
})

test('amounts under a heading that counts them otherwise, or without their tax in other words, are refused with what it says', async () => {
  const reasonOf = async (content: string, kind = KIND) =>
    (await (await bring(owner, kind, content)).check()).refusals.map(({ field, problem, params }) =>
      problem === 'import.otherScale' ? [field, problem, params['said']] : [field, problem],
    )
  for (const [heading, said] of [
    ['Price (cents)', 'cents'],
    ['Price (fils)', 'fils'],
    ["Price ('000)", 'thousands'],
    ['Price (thousands)', 'thousands'],
  ] as const)
    assert.deepEqual(await reasonOf(`Name,SKU,${heading}\nMug,M1,1250`), [['price', 'import.otherScale', said]], heading)
  await whole('Name,SKU,Price\nMug,M1,1250')
  await take(owner, 'catalog.priceList', 'Name\nWholesale')
  const priced = (heading: string) => `Price list,Variant,${heading}\nWholesale,Mug,90`
  assert.deepEqual(await reasonOf(priced('Price (cents)'), 'catalog.price'), [['price', 'import.otherScale', 'cents']])
  for (const heading of [
    'Price (net)',
    'Price (HT)',
    'Price (excl)',
    'Price (no VAT)',
    'Price (+VAT)',
    'Net price',
    'Price w/o VAT',
  ]) {
    assert.deepEqual(await refusedIn(`Name,SKU,${heading}\nPot,P1,90`), [[2, 'price', 'import.pricesWithoutTax']], heading)
    assert.deepEqual(await reasonOf(priced(heading), 'catalog.price'), [['price', 'import.pricesWithoutTax']], heading)
  }
  // Nobody knows what these are, so none is taken for the price; chosen by hand, they are what somebody says.
  for (const heading of ['Price (K)', 'Price (%)', 'Price (competitor)'])
    assert.deepEqual(await refusedIn(`Name,SKU,${heading}\nPot,P1,90`), [[2, 'price', 'required']], heading)
})

test('a column that says whether prices hold their tax counts like a heading that does', async () => {
  for (const [headings, cell] of [
    ['SalePrice,IsSalePriceIncTax', 'No'],
    ['Price,Tax included', 'no'],
    ['Price,Tax inclusive', 'Exclusive'],
    ['Price,VAT excluded', 'yes'],
    ['Price,شامل الضريبة', 'لا'],
    ['Price,НДС включен', 'нет'],
    ['Price,Kodi imejumuishwa', 'hapana'],
    ['Price,VAT', '16% excl.'],
  ] as const)
    assert.deepEqual(
      await refusedIn(`Name,SKU,${headings}\nMug,M1,100,${cell}`),
      [[2, 'price', 'import.pricesWithoutTax']],
      headings,
    )
  assert.deepEqual(await refusedIn('Name,SKU,Price,Tax included\nMug,M1,100,sometimes'), [
    [2, 'taxIncluded', 'import.unknownWord'],
  ])
  await whole('Name,SKU,Price,Tax included\nMug,M1,100,yes\nPot,P1,90,\nPan,N1,80,incl.')
  // In a company whose prices are without it, the other way round.
  const { rows } = await pool.query(`select value from setting where name = 'company'`)
  const without = { ...rows[0].value, pricesIncludeTax: false }
  await pool.query(`update setting set value = $1 where name = 'company'`, [without])
  assert.deepEqual(await refusedIn('Name,SKU,Price,Tax included\nJar,J1,100,yes\nJug,J2,90,no'), [
    [2, 'price', 'import.pricesWithTax'],
  ])
  await pool.query(`update setting set value = $1 where name = 'company'`, [rows[0].value])
})

test('a currency of its own is known under any heading that speaks of one; that of a cost is for the cost', async () => {
  for (const heading of [
    'Валюта (Цена продажи)',
    'Валюта',
    'currency_id',
    'Curr.',
    'Cur',
    'Price Currency Code',
    'Sales Currency',
    'ISO currency',
    'Currency symbol',
    'العملة',
    'Sarafu',
  ])
    assert.deepEqual(
      await refusedIn(`Name,SKU,Price,${heading}\nMug,M1,12.50,USD`),
      [[2, 'currency', 'import.otherCurrency']],
      heading,
    )
  assert.deepEqual(await refusedIn('Name,SKU,Price,Cost,Currency,Cost currency\nMug,M1,12.50,3,KES,USD'), [
    [2, 'costCurrency', 'import.otherCurrency'],
  ])
  await whole(
    'Name,SKU,Price,Cost,Currency,Supplier currency,Exchange rate\nMug,M1,12.50,,KES,USD,130\nPot,P1,5,3,KSh,kes,1\nPan,P2,5,3,Kenyan Shilling,,',
  )
})

test('what is exempt is not taxed because a program calls the column of its tax otherwise', async () => {
  const taxes = async () => Object.fromEntries(await pick('sku', 'tax'))
  for (const heading of [
    'Tax Rates',
    'Tax Name',
    'GST Rate',
    'VAT Code',
    'VAT Percentage',
    'Taxes',
    'Tax Type',
    'Tax group',
    'Tax Rate Name',
    'VAT Status',
    'فئة الضريبة',
    'Ставка НДС',
    'SalePriceTaxGroup',
    'SaleTaxRule',
    'Tax profile',
  ]) {
    await whole(`Name,SKU,Price,${heading}\nMug,M1,5,Exempt\nPot,P1,5,Standard`)
    assert.deepEqual(await taxes(), { M1: 'exempt', P1: 'standard' }, heading)
    for (const table of ['catalog_variant', 'catalog_product', 'import_mapping']) await pool.query(`delete from ${table}`)
    assert.deepEqual(
      await refusedIn(`Name,SKU,Price,${heading}\nMug,M1,5,0%\nPot,P1,5,Luxury`),
      [
        [2, 'taxClass', 'catalog.productFile.severalTaxes'],
        [3, 'taxClass', 'catalog.productFile.noSuchTax'],
      ],
      heading,
    )
  }
  for (const [heading, exempt, taxed] of [
    ['Vatable', 'no', 'yes'],
    ['Is VAT', 'No', 'Yes'],
    ['VAT', 'no', 'yes'],
    ['Tax exempt', 'yes', 'no'],
    ['معفى من الضريبة', 'نعم', 'لا'],
    ['Освобожден от НДС', 'да', 'нет'],
    ['Haitozwi kodi', 'ndiyo', 'hapana'],
  ] as const) {
    await whole(`Name,SKU,Price,${heading}\nMug,M1,5,${exempt}\nPot,P1,5,${taxed}`)
    assert.deepEqual(await taxes(), { M1: null, P1: 'standard' }, heading)
    for (const table of ['catalog_variant', 'catalog_product', 'import_mapping']) await pool.query(`delete from ${table}`)
  }
  assert.deepEqual(await refusedIn('Name,SKU,Price,Taxable,Tax exempt\nMug,M1,5,yes,yes'), [
    [2, 'taxExempt', 'import.contradicts'],
  ])
  // What a supplier charges, what a company is registered as, and amounts are none.
  await whole('Name,SKU,Price,Purchase tax,Tax ID,Tax amount\nMug,M1,5,Luxury,A1,0.80')
  assert.deepEqual(await taxes(), { M1: 'standard' })
})

test('a price that is asked at the till: Clover says so beside it, and Square of one variation only', async () => {
  await whole('Name,SKU,Price,Price Type\nGift,G1,,Variable\nMug,M1,5,Fixed')
  const { rows } = await pool.query(`select name, asks_price from catalog_product order by 1`)
  assert.deepEqual(rows.map(Object.values), [
    ['Gift', true],
    ['Mug', false],
  ])
  assert.deepEqual(await refusedIn('Item Name,Variation Name,SKU,Price\nLatte,Small,L1,2\nLatte,Large,L2,variable'), [
    [2, null, 'import.sameRecord'],
    [3, 'price', 'catalog.productFile.askedBeside'],
  ])
})

test('headings of more shops, and lists in Arabic, Swahili and Russian, are known', async () => {
  const files: [string, unknown[]][] = [
    [
      'Item Type,Product Name,Product Type,Product Code/SKU,Price,Cost Price,Category,Product UPC/EAN,Product Visible?\nProduct,Towel,P,SLC,49.00,20,Kitchen,5901234123457,Y',
      ['Towel', 'SLC', '4900', ['5901234123457']],
    ],
    [
      'اسم المنتج,رمز المنتج,الباركود,سعر البيع,سعر التكلفة,الفئة\nأرز,R-1,6281000000014,٢٥٫٥٠,١٨,بقالة',
      ['أرز', 'R-1', '2550', ['6281000000014']],
    ],
    ['Jina la bidhaa,Msimbo,Bei,Gharama\nUnga,UM-2,210,180', ['Unga', 'UM-2', '21000', []]],
    [
      'Группы;Код;Наименование;Артикул;Цена: Цена продажи;Закупочная цена;Штрихкод EAN13\nЧай;00001;Чай чёрный;TEA100;250,00;120,50;4600000000015',
      ['Чай чёрный', 'TEA100', '25000', ['4600000000015']],
    ],
    ['sku,name,product_online,price,weight,categories\nMS04,Tank,1,29.00,1,Tops', ['Tank', 'MS04', '2900', []]],
    ['product_name,product_sku,product_price,type,product_category_1\nHat,EC1,20,product,Clothes', ['Hat', 'EC1', '2000', []]],
  ]
  for (const [content, wanted] of files) {
    const { undo } = await take(owner, KIND, content)
    assert.deepEqual(await pick('name', 'sku', 'price', 'codes'), [wanted], content)
    await undo()
  }
})

test('reduced prices with days: WooCommerce, Magento, Salla, Jumia and the catalogues of Google', async () => {
  const reduced = `select v.price::text, v.compare_price::text from catalog_variant v order by sku`
  const days: [headings: string, from: (far: string) => string][] = [
    ['SKU,Name,Regular price,Sale price,Date sale price starts,Date sale price ends', (year) => `${year}-01-01,${year}-12-31`],
    ['sku,name,price,special_price,special_price_from_date,special_price_to_date', (year) => `1/1/${year},31/12/${year}`],
    ['SellerSku,Name,Price_KES,SalePrice_KES,SalePrice_StartDate,SalePrice_EndDate', (year) => `${year}-01-01,${year}-12-31`],
    [
      'رمز المنتج,أسم المنتج,سعر المنتج,السعر المخفض,تاريخ بداية التخفيض,تاريخ نهاية التخفيض',
      (year) => `${year}-01-01,${year}-12-31`,
    ],
    ['SKU,title,price,sale_price,sale_price_effective_date', (year) => `${year}-01-01T00:00+0300/${year}-12-31T00:00+0300`],
  ]
  for (const [headings, span] of days) {
    const over = await take(owner, KIND, `${headings}\nM1,Mug,45,10,${span('2020')}`)
    assert.deepEqual(
      over.checked.warnings.map((one) => [one.field, one.problem, one.params['days']]),
      [['salePrice', 'catalog.productFile.notReducedNow', '2020-01-01 – 2020-12-31']],
      headings,
    )
    assert.deepEqual((await pool.query(reduced)).rows, [{ price: '4500', compare_price: null }])
    const year = String(new Date().getFullYear() + 1)
    const now = await take(owner, KIND, `${headings}\nM1,Mug,45,10,${span(year).replace(year, '2020')}`)
    assert.deepEqual(
      [now.checked.counts, now.checked.warnings[0]?.problem],
      [[0, 1, 0, 0], 'catalog.productFile.reducedUntilChanged'],
    )
    assert.deepEqual((await pool.query(reduced)).rows, [{ price: '1000', compare_price: '4500' }])
    await now.undo()
    await over.undo()
  }
})

test('a price before that has ended is taken off where the file has a column for it, and left alone where it has none', async () => {
  const before = async () =>
    (await pool.query('select price::text, compare_price::text from catalog_variant')).rows.map(Object.values)
  await take(owner, KIND, 'SKU,Name,Sale price,Regular price\nH1,Hoodie,42,45')
  assert.deepEqual(await before(), [['4200', '4500']])
  await take(owner, KIND, 'SKU,Name,Sale price,Regular price\nH1,Hoodie,,45')
  assert.deepEqual(await before(), [['4500', null]])
  await take(owner, KIND, 'SKU,Price,Compare-at price\nH1,40,50')
  await take(owner, KIND, 'SKU,Price\nH1,41')
  assert.deepEqual(await before(), [['4100', '5000']])
  await take(owner, KIND, 'SKU,Price,Compare-at price\nH1,50,')
  assert.deepEqual(await before(), [['5000', null]])
  assert.deepEqual((await take(owner, KIND, 'SKU,Price,Compare-at price\nH1,50,')).applied.counts, [0, 0, 1, 0])
})

test('several codes of digits in one cell are several, whatever parts them', async () => {
  for (const sign of [',', ', ', ';', '|', ' / ', '/']) {
    const { undo } = await take(owner, KIND, `Title,SKU,Price,Barcode\nTea,T1,5,"5901234123457${sign}036000291452"`)
    assert.deepEqual(await pick('codes'), [[['036000291452', '5901234123457']]], sign)
    await undo()
  }
  await take(owner, KIND, 'Title,SKU,Price,Barcode\nTea,T1,5,AB/12')
  assert.deepEqual(await pick('codes'), [[['AB/12']]])
  assert.deepEqual(await refusedIn('Title,SKU,Price,Barcode\nX,X1,5,"12345678901,00"\nY,Y1,5,"4006381333931,4006381333932"'), [
    [2, 'barcode', 'import.spoiltCode'],
    [3, 'barcode', 'catalog.product.badBarcode'],
  ])
})

test('rows of one product that call its option otherwise are refused; attributes above variations are none of them', async () => {
  assert.deepEqual(
    await refusedIn('Title,Option1 Name,Option1 Value,SKU,Price\nShoe,Size,40,S40,5\nShoe,size,41,S41,5\nShoe,Colour,Red,SR,7'),
    [
      [2, null, 'import.sameRecord'],
      [3, null, 'import.sameRecord'],
      [4, 'option1Name', 'import.contradicts'],
    ],
  )
  await whole(
    [
      'Type,SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)',
      'variable,h,Hoodie,,,Fabric,Cotton,Colour,"Red, Blue"',
      'variation,h-r,Hoodie - Red,45,h,Colour,Red,,',
      'variation,h-b,Hoodie - Blue,45,h,Colour,Blue,,',
    ].join('\n'),
  )
  const { rows } = await pool.query('select option_names from catalog_product')
  assert.deepEqual(rows, [{ option_names: ['Colour'] }])
  // One more variant is one of what the product has already.
  const variant = (option: string, value: string) =>
    `Handle,Title,Option1 Name,Option1 Value,SKU,Price\nh,Hoodie,${option},${value},h-${value},45`
  await pool.query(`update catalog_product set handle = 'h'`)
  assert.deepEqual(await refusedIn(variant('Size', 'L')), [[2, 'option1Name', 'catalog.productFile.otherOption']])
  assert.deepEqual((await take(owner, KIND, variant('colour', 'Green'))).applied.counts, [0, 1, 0, 0])
})

test('descriptions whose tags are escaped are read as the HTML that they are', async () => {
  for (const [body, is] of [
    ['&lt;p&gt;Fine &amp;amp; dandy&lt;/p&gt;&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;/ul&gt;', 'Fine & dandy\none'],
    ['First&lt;br /&gt;second', 'First\nsecond'],
    ['Use &lt;M&gt; or &lt;b&gt;', 'Use <M> or <b>'],
    ['&lt; 80 cm &amp; more', '< 80 cm & more'],
  ] as const) {
    await take(owner, KIND, `Title,SKU,Price,Description\nCap,C1,5,"${body}"`)
    assert.deepEqual(await pick('description'), [[is]])
  }
})

test('[N4] what a price is for that does not fit is refused once, by a column that the file has', async () => {
  await take(owner, KIND, 'Title,SKU,Price,Unit\nOil,O1,300,l')
  assert.deepEqual(await refusedIn('SKU,Price per kg\nO1,5'), [[2, 'price', 'catalog.product.priceUnitOfOther']])
  assert.deepEqual(await refusedIn('SKU,Price per kg,Compare-at price per kg\nO1,5,6'), [
    [2, 'price', 'catalog.product.priceUnitOfOther'],
    [2, 'comparePrice', 'catalog.product.priceUnitOfOther'],
  ])
  assert.deepEqual(await refusedIn('Title,SKU,Unit,Regular price,Sale price\nGum,G1,pc,5.0055,4'), [
    [2, 'price', 'catalog.product.tooFine'],
  ])
})

test('Odoo: all attributes of a variant in one cell, or one below the other, are its options', async () => {
  const heading = 'Internal Reference,Name,Sales Price,Variant Values'
  await whole(
    `${heading}\nD-SW,Desk,5,"Legs: Steel, chrome,Color: White"\nD-SB,Desk,6,"Legs: Steel, chrome,Color: Black"\nLAMP,Lamp,7,\nT-S,Tee,8,Size: S\nT-M,Tee,9,Size: M`,
  )
  assert.deepEqual(await pick('name', 'options', 'sku', 'price'), [
    ['Desk', ['Steel, chrome', 'White'], 'D-SW', '500'],
    ['Desk', ['Steel, chrome', 'Black'], 'D-SB', '600'],
    ['Lamp', [], 'LAMP', '700'],
    ['Tee', ['S'], 'T-S', '800'],
    ['Tee', ['M'], 'T-M', '900'],
  ])
  const { rows } = await pool.query(`select option_names from catalog_product where name = 'Desk'`)
  assert.deepEqual(rows, [{ option_names: ['Legs', 'Color'] }])
  // With one attribute a row it is the same.
  const below = await take(
    owner,
    KIND,
    `${heading}\nD-SW,Desk,5,"Legs: Steel, chrome"\n,,,Color: White\nD-SB,Desk,6,"Legs: Steel, chrome"\n,,,Color: Black`,
  )
  assert.deepEqual(below.applied.counts, [0, 0, 4, 0])
  assert.deepEqual(await refusedIn(`${heading}\nA,Ant,5,Steel\nB,Bee,5,"A: 1,B: 2,C: 3,D: 4"\nC,Cow,5,"A: 1,A: 2"`), [
    [2, 'attributes', 'import.unreadable'],
    [3, 'attributes', 'catalog.productFile.tooManyOptions'],
    [4, 'attributes', 'import.unreadable'],
  ])
})

test('QuickBooks Desktop: parts, services and what is not active; Square: what is sold by weight', async () => {
  await whole(
    [
      'Active Status,Type,Item,Description,Sales Tax Code,Quantity On Hand,U/M,Cost,Preferred Vendor,Price,MPN',
      'Active,Inventory Part,Decking,Cedar decking,Tax,100,kg,1.50,Patton,2.75,',
      'Not-active,Service,Framing,Framing labour,Non,,,0,,55.00,',
    ].join('\n'),
  )
  await whole(
    'Token,Item Name,Variation Name,Unit and Precision,SKU,GTIN,Price,Sellable\nA,Beans,Regular,.01 kg,CB-1,,12.50,Y\nB,Bag,Regular,,CB-2,,2,N',
  )
  const { rows } = await pool.query(
    `select p.name, p.kind, u.code as unit, p.tax_class is not null as taxed, p.archived_at is null as sold, p.category, p.vendor
     from catalog_product p left join catalog_unit u on u.id = p.unit order by p.name`,
  )
  assert.deepEqual(rows.map(Object.values), [
    ['Bag', 'stocked', null, true, false, null, null],
    ['Beans', 'stocked', 'kg', true, true, null, null],
    ['Decking', 'stocked', 'kg', true, true, null, 'Patton'],
    ['Framing', 'service', null, false, false, null, null],
  ])
})

test('Magento: the variants that a product names in a cell are its own, wherever their rows stand', async () => {
  const heading =
    'sku,product_type,categories,name,price,qty,visibility,additional_attributes,configurable_variations,configurable_variation_labels'
  const row = (size: string, colour: string, price: number) =>
    `MH01-${size}-${colour},simple,Default Category/Tops,Hoodie-${size}-${colour},${price},5,Not Visible Individually,"color=${colour},size=${size}",,`
  const variations = ['XS-Black', 'XS-Red', 'S-Black'].map((one) => {
    const [size, colour] = one.split('-')
    return `sku=MH01-${one},size=${size},color=${colour}`
  })
  const parent = (text: string) =>
    `MH01,configurable,Default Category/Tops,Chaz Hoodie,52,0,"Catalog, Search",,"${text}","size=Size,color=Colour"`
  const rows = [row('XS', 'Black', 52), row('XS', 'Red', 52), row('S', 'Black', 55)]
  const bag = 'MB01,simple,Default Category/Bags,Duffle bag,34,5,"Catalog, Search",activity=Gym,,'
  const wanted = [
    ['Chaz Hoodie', ['XS', 'Black'], 'MH01-XS-Black', '5200'],
    ['Chaz Hoodie', ['XS', 'Red'], 'MH01-XS-Red', '5200'],
    ['Chaz Hoodie', ['S', 'Black'], 'MH01-S-Black', '5500'],
    ['Duffle bag', [], 'MB01', '3400'],
  ]
  for (const lines of [
    [...rows, parent(variations.join('|')), bag],
    [parent(variations.join('|')), bag, ...rows.toReversed()],
  ]) {
    await whole([heading, ...lines].join('\n'))
    assert.deepEqual(await pick('name', 'options', 'sku', 'price'), wanted)
  }
  const { rows: products } = await pool.query(
    `select p.option_names as options, c.name as category from catalog_product p join catalog_category c on c.id = p.category where p.name = 'Chaz Hoodie'`,
  )
  assert.deepEqual(products, [{ options: ['Size', 'Colour'], category: 'Tops' }])
  for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product']) await pool.query(`delete from ${table}`)
  // One that has no row is told; where none has, there is nothing to take.
  const absent = 'catalog.productFile.variantsAbsent'
  const some = await take(owner, KIND, [heading, rows[0], parent(variations.join('|'))].join('\n'))
  assert.deepEqual(
    [some.applied.counts, some.checked.warnings.map((one) => [one.rowNumber, one.field, one.problem, one.params['skus']])],
    [[2, 0, 0, 0], [[3, 'variations', absent, 'MH01-XS-Red, MH01-S-Black']]],
  )
  assert.deepEqual(await refusedIn([heading, parent(variations.slice(1).join('|'))].join('\n')), [[2, 'variations', absent]])
  assert.deepEqual(await refusedIn([heading, rows[0], parent('sku=MH01-XS-Black,a=1,b=2,c=3,d=4')].join('\n')), [
    [3, null, 'import.sameRecord'],
    [2, 'attributes', 'catalog.productFile.tooManyOptions'],
  ])
})

test('Magento: what store views say otherwise is left out, and told once for each product', async () => {
  const heading = 'sku,store_view_code,product_type,name,price,configurable_variations'
  const views = 'catalog.productFile.storeViews'
  for (const lines of [
    ['B1,,simple,Bag,34,', 'B1,arabic,,حقيبة,,', 'B1,german,,Tasche,36,', 'B2,,simple,Backpack,59,'],
    ['B1,german,,Tasche,36,', 'B2,,simple,Backpack,59,', 'B1,arabic,,حقيبة,,', 'B1,,simple,Bag,34,'],
  ]) {
    const file = await whole([heading, ...lines].join('\n'))
    assert.deepEqual(await pick('name', 'sku', 'price'), [
      ['Backpack', 'B2', '5900'],
      ['Bag', 'B1', '3400'],
    ])
    const [told, another] = file.checked.warnings
    assert.deepEqual([told?.problem, told?.field, another], [views, 'storeView', undefined])
    assert.deepEqual(String(told?.params['views']).split(', ').toSorted(), ['arabic', 'german'])
  }
  const hood = [
    'H1,,configurable,Hoodie,52,"sku=H1-S,size=S|sku=H1-M,size=M"',
    'H1,german,,Kapuzenpulli,,',
    'H1-S,,simple,Hoodie-S,52,',
    'H1-S,german,,Kapuzenpulli-S,49,',
    'H1-M,,simple,Hoodie-M,53,',
  ]
  await whole([heading, ...hood].join('\n'))
  assert.deepEqual((await pick('name', 'options', 'sku', 'price')).slice(2), [
    ['Hoodie', ['S'], 'H1-S', '5200'],
    ['Hoodie', ['M'], 'H1-M', '5300'],
  ])
  // Magento 1 says of a view only what it calls it; and where all is said of one view, that is what there is.
  await whole('sku,_store,name,price\nC1,,Cup,5\n,german,Tasse,\nC2,,Can,6')
  assert.deepEqual((await pick('name', 'sku')).slice(2, 4), [
    ['Can', 'C2'],
    ['Cup', 'C1'],
  ])
  const only = await whole('sku,store_view_code,name,price\nD1,default,Dish,5\nD2,default,Dip,6')
  assert.deepEqual([only.applied.counts, only.checked.warnings], [[2, 0, 0, 0], []])
})

test('Wix: variants begin at the price of the product above them; what nobody counts is no quantity', async () => {
  const file = await whole(
    [
      'handleId,fieldType,name,description,collection,sku,price,surcharge,visible,inventory,weight,cost,productOptionName1,productOptionType1,productOptionDescription1',
      'p1,Product,Hoodie,<p>Warm</p>,Tops;Sale,H-1,40,,true,InStock,0.5,20,Size,DROP_DOWN,S;M;L',
      'p1,Variant,,,,H-1-S,,0,true,5,0.5,20,Size,DROP_DOWN,S',
      'p1,Variant,,,,H-1-M,,,true,4,0.5,20,Size,DROP_DOWN,M',
      'p1,Variant,,,,H-1-L,,5.50,true,2,0.6,22,Size,DROP_DOWN,L',
      'p2,Product,Mug,,Home,M-1,12.5,,false,20,0.3,6,,,',
    ].join('\n'),
  )
  assert.deepEqual(file.checked.counts, [5, 0, 0, 0])
  assert.deepEqual(await pick('name', 'options', 'sku', 'price', 'active'), [
    ['Hoodie', ['S'], 'H-1-S', '4000', true],
    ['Hoodie', ['M'], 'H-1-M', '4000', true],
    ['Hoodie', ['L'], 'H-1-L', '4550', true],
    ['Mug', [], 'M-1', '1250', false],
  ])
  const { rows } = await pool.query(
    `select c.name from catalog_product p join catalog_category c on c.id = p.category order by p.name`,
  )
  assert.deepEqual(
    rows.map((one) => one.name),
    ['Tops', 'Home'],
  )
})

test('Foodics, Zid, Noon, Jumia, Daftra, Toast, Sage 50: codes, categories, costs, and what is not for sale', async () => {
  for (const [content, wanted] of [
    [
      'id,name,sku,category_name,price,cost,pricing_method,selling_method,is_active\n1,Nuts,sk-3,Retail,80,50,Fixed Price,Weight,No\n2,Tea,sk-4,Drinks,5,1,Fixed Price,Unit,Yes',
      [
        ['Nuts', 'sk-3', '8000', '5000', false],
        ['Tea', 'sk-4', '500', '100', true],
      ],
    ],
    ['SKU,Name,Price,Cost,Is Published,Is Taxable\nZ-1,Rose,250,100,No,Yes', [['Rose', 'Z-1', '25000', '10000', false]]],
    ['partner_sku,noon_sku,title,price_kes,is_active\nN-1,N12A,Dates,55,0', [['Dates', 'N-1', '5500', null, false]]],
    [
      'SellerSku,Name,PrimaryCategory,Price_KES,BarcodeEan,Status\nJ-1,Kettle,Home > Kitchen,2500,6291041500213,active',
      [['Kettle', 'J-1', '250000', null, true]],
    ],
    [
      'Name,Product Code,Unit Price,Buy Price,Stock Quantity,Tax1,Status\nPrinter,P-1,"1,500.00",1200,5,16%,Inactive',
      [['Printer', 'P-1', '150000', '120000', false]],
    ],
    [
      'Menu,Menu Group,Item Name,Item Type,PLU,SKU,Price,Archived\nFood,Cakes,Cheese cake,Menu Item,1003,E-3,4.50,Yes',
      [['Cheese cake', 'E-3', '450', null, false]],
    ],
    [
      'Item ID,Item Description,Inactive?,Sales Price 1,Last Unit Cost,Stocking U/M,UPC / SKU,Quantity On Hand\nAV-1,Bird Bath,TRUE,69.95,29.95,Each,036000291452,34',
      [['Bird Bath', 'AV-1', '6995', '2995', false]],
    ],
  ] as const) {
    for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product']) await pool.query(`delete from ${table}`)
    await whole(content)
    assert.deepEqual(await pick('name', 'sku', 'price', 'cost', 'active'), wanted, content)
  }
})

test('what is put away by whatever heading does not come on sale', async () => {
  const put = async (heading: string, cells: readonly string[]) => {
    for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product']) await pool.query(`delete from ${table}`)
    await whole([`SKU,Name,Price,${heading}`, ...cells.map((cell, at) => `A-${at},Article ${at},5,${cell}`)].join('\n'))
    return pick('active')
  }
  for (const heading of [
    'Obsolete',
    'IsArchived',
    'Is Archived',
    'Is Inactive',
    'Not Active',
    'Deleted',
    'Blocked',
    'Suspended',
    'Retired',
    'Not for sale',
    'Удалён',
    'محذوف',
    'Imefutwa',
  ])
    assert.deepEqual(await put(heading, ['Yes', 'No']), [[false], [true]], heading)
  for (const heading of ['sale_ok', 'Sales OK', 'Available in POS', 'Show on POS', 'Sell on till', 'В продаже'])
    assert.deepEqual(await put(heading, ['No', 'Yes']), [[false], [true]], heading)
  assert.deepEqual(await put('Can be Sold,Available in POS', ['Yes,No', 'Yes,Yes', 'No,Yes']), [[false], [true], [false]])
  assert.deepEqual(await put('Archived,Deleted', ['No,Yes', 'No,No', 'Yes,']), [[false], [true], [false]])
})

test('Magento: how a product is made up is no category; what is virtual lies on no shelf', async () => {
  await whole('sku,product_type,name,price\nE1,virtual,E-book,5\nB1,simple,Bag,6')
  assert.deepEqual(await pick('name', 'kind'), [
    ['Bag', 'stocked'],
    ['E-book', 'service'],
  ])
  assert.deepEqual((await pool.query('select name from catalog_category')).rows, [])
})

test('what has its price typed at the till in Loyverse or Square has it asked at ours; a list of our own says between which bounds', async () => {
  await whole('Handle,SKU,Name,Price [Main]\nfruit,1,Fruit,variable')
  await whole('Token,Item Name,Variation Name,SKU,Price\nA,Gift,Regular,G1,Variable')
  await whole('SKU,Name,Price,Ask for the price at the till,Lowest price,Highest price\nF,Flowers,5,yes,1.50,90\nP,Pot,5,no,,')
  const { rows } = await pool.query(
    'select name, asks_price as asks, least_price::int as least, most_price::int as most from catalog_product order by name',
  )
  assert.deepEqual(rows, [
    { name: 'Flowers', asks: true, least: 150, most: 9_000 },
    { name: 'Fruit', asks: true, least: null, most: null },
    { name: 'Gift', asks: true, least: null, most: null },
    { name: 'Pot', asks: false, least: null, most: null },
  ])
  const wrong = 'SKU,Name,Price,Lowest price,Highest price\nX,Vase,5,9,3'
  assert.deepEqual(await refusedIn(wrong), [[2, 'mostPrice', 'catalog.product.badBounds']])
})

test('a column of yes and no for a tax of some rate means that rate, or none; shares and percentages are rates as well', async () => {
  const taxes = async (content: string) => {
    const { undo } = await take(owner, KIND, content)
    const found = (await pick('tax')).flat()
    await undo()
    return found
  }
  assert.deepEqual(await taxes('Name,SKU,Price,"Tax - ""VAT"" (16%)"\nA,A,5,Y\nB,B,5,N'), ['standard', null])
  assert.deepEqual(await taxes('Item Name,SKU,Price,Tax - VAT (8%)\nA,A,5,Y\nB,B,5,N'), ['fuel', null])
  assert.deepEqual(await refusedIn('Item Name,SKU,Price,Tax - VAT (7%)\nA,A,5,Y'), [
    [2, 'taxable', 'catalog.productFile.noSuchTax'],
  ])
  assert.deepEqual(await taxes('name,sku,retail_price,tax_name,tax_value\nA,A,5,Kenya,0.16\nB,B,5,Kenya,0.08'), [
    'standard',
    'fuel',
  ])
  assert.deepEqual(await taxes('Item Name,SKU,Rate,Tax1 Name,Tax1 Percentage\nA,A,5,Some levy,8'), ['fuel'])
  assert.deepEqual(await taxes('sku,name,price,tax_class_name\nA,A,5,Taxable Goods'), ['standard'])
  assert.deepEqual(await refusedIn('sku,name,price,tax_class_name\nA,A,5,None'), [
    [2, 'taxClass', 'catalog.productFile.severalTaxes'],
  ])
})

test('QuickBooks, 1C and lists in Arabic: their names, units, costs and taxes are known', async () => {
  await whole(
    'Product/Service Name,SKU,Type,Sales Price / Rate,Taxable,Purchase Cost\nNail box,N1,Inventory,"1,200.00",yes,900\nMounting,,Service,2500.00,no,',
  )
  assert.deepEqual(await pick('name', 'kind', 'tax', 'price'), [
    ['Mounting', 'service', null, '250000'],
    ['Nail box', 'stocked', 'standard', '120000'],
  ])
  const { rows } = await pool.query('select name from catalog_category')
  assert.deepEqual(rows, [])
  for (const [content, wanted] of [
    [
      '№;Номенклатура;Артикул;Ед.;Цена;Закуп. цена\n1;Гвозди;ГВ-1;кг;1 250,50;900,00\n;Итого;;;;',
      ['Гвозди', 'ГВ-1', 'kg', 'standard', '125050'],
    ],
    [
      'اسم الصنف,رقم الصنف,الوحدة,سعر البيع,ضريبة القيمة المضافة\nسكر,S-1,كجم,١٬٢٥٠٫٥٠,٨٪',
      ['سكر', 'S-1', 'kg', 'fuel', '125050'],
    ],
    ['Item,Code,Retail,Wholesale\nTea,T9,"Ksh. 1,450.00",1200', ['Tea', 'T9', null, 'standard', '145000']],
  ] as const) {
    const { undo } = await take(owner, KIND, content)
    assert.deepEqual(
      (await pick('name', 'sku', 'unit', 'tax', 'price')).filter(([name]) => name === wanted[0]),
      [[...wanted]],
      content,
    )
    await undo()
  }
})

test('Meta and Google: rows of one group are variants by what tells them apart', async () => {
  await whole(
    [
      'id,title,description,availability,condition,price,link,image_link,brand,google_product_category,sale_price,item_group_id,gender,color,size,age_group,material',
      'T-R-S,Tee - Red,Soft,in stock,new,19.90 KES,https://x.example/t,https://x.example/t.jpg,Baraka,Apparel,,TEE,unisex,Red,S,adult,Cotton',
      'T-R-M,Tee - Red,Soft,in stock,new,19.90 KES,https://x.example/t,https://x.example/t.jpg,Baraka,Apparel,15.00 KES,TEE,unisex,Red,M,adult,Cotton',
      'T-B-S,Tee - Blue,Soft,out of stock,new,21.00 KES,https://x.example/t,https://x.example/t.jpg,Baraka,Apparel,,TEE,unisex,Blue,S,adult,Cotton',
      'MUG,Mug,Big,in stock,new,9.00 KES,https://x.example/m,https://x.example/m.jpg,Baraka,Kitchen,,,,White,,,',
    ].join('\n'),
  )
  assert.deepEqual(await pick('name', 'options', 'sku', 'price'), [
    ['Mug', [], 'MUG', '900'],
    ['Tee', ['Red', 'S'], 'T-R-S', '1990'],
    ['Tee', ['Red', 'M'], 'T-R-M', '1500'],
    ['Tee', ['Blue', 'S'], 'T-B-S', '2100'],
  ])
  assert.deepEqual((await pool.query(`select option_names from catalog_product where name = 'Tee'`)).rows, [
    { option_names: ['Color', 'Size'] },
  ])
})

test('Etsy: all values of an option in one cell, and all codes in another, are as many variants', async () => {
  await whole(
    [
      'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,VARIATION 1 TYPE,VARIATION 1 NAME,VARIATION 1 VALUES,VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU',
      'Basket,Woven,24.50,KES,7,"home,gift",sisal,https://x.example/b.jpg,Size,Size,"S,M",Colour,Colour,"Red,Blue","B-1,B-2,B-3,B-4"',
      'Kikoi,Soft,30,KES,3,,,https://x.example/k.jpg,Colour,Colour,"Green,Plum",,,,KIK',
      'Bowl,Clay,12,KES,1,,,https://x.example/c.jpg,,,,,,,BOWL',
    ].join('\n'),
  )
  assert.deepEqual(await pick('name', 'options', 'sku', 'price'), [
    ['Basket', ['S', 'Red'], 'B-1', '2450'],
    ['Basket', ['S', 'Blue'], 'B-2', '2450'],
    ['Basket', ['M', 'Red'], 'B-3', '2450'],
    ['Basket', ['M', 'Blue'], 'B-4', '2450'],
    ['Bowl', [], 'BOWL', '1200'],
    ['Kikoi', ['Green'], 'KIK-GREEN', '3000'],
    ['Kikoi', ['Plum'], 'KIK-PLUM', '3000'],
  ])
  // A reason is told of the row of the file.
  await take(owner, KIND, 'Title,SKU,Price\nOther,B-3,5')
  assert.deepEqual(await refusedIn('TITLE,PRICE,VARIATION 1 NAME,VARIATION 1 VALUES,SKU\nPot,5,Size,"S,M","P-1,B-3"'), [
    [2, 'sku', 'catalog.product.skuTaken'],
  ])
  const many = Array.from({ length: 30 }, (_, at) => `v${at}`).join()
  assert.deepEqual(
    await refusedIn(
      `TITLE,PRICE,VARIATION 1 NAME,VARIATION 1 VALUES,VARIATION 2 NAME,VARIATION 2 VALUES\nPot,5,Size,"${many}",Tint,"${many}"`,
    ),
    [[2, null, 'catalog.productFile.tooMany']],
  )
})

test('Wix: lists of options without rows of variants are variants; rows of media are none', async () => {
  await whole(
    [
      'handleId,fieldType,name,description,productImageUrl,collection,sku,ribbon,price,surcharge,visible,discountMode,discountValue,inventory,weight,cost,productOptionName1,productOptionType1,productOptionDescription1,productOptionName2,productOptionType2,productOptionDescription2',
      'p1,Product,Scarf,Warm,s.jpg,Wear,SC,,25,,TRUE,PERCENT,0,InStock,,10,Size,DROP_DOWN,S;M,Colour,COLOR,#ff0000:Red;#0000ff:Blue',
      'p2,Product,Soap,Mild,o.jpg,Care,SO,,5,,TRUE,PERCENT,0,InStock,,2,,,,,,',
    ].join('\n'),
  )
  assert.deepEqual(await pick('name', 'options', 'sku', 'price'), [
    ['Scarf', ['S', 'Red'], 'SC-S-RED', '2500'],
    ['Scarf', ['S', 'Blue'], 'SC-S-BLUE', '2500'],
    ['Scarf', ['M', 'Red'], 'SC-M-RED', '2500'],
    ['Scarf', ['M', 'Blue'], 'SC-M-BLUE', '2500'],
    ['Soap', [], 'SO', '500'],
  ])
  await whole(
    [
      'handle,fieldType,name,visible,plainDescription,media,price,strikethroughPrice,cost,inventory,sku,barcode,productOptionName1,productOptionType1,productOptionChoices1',
      'cap,PRODUCT,Cap,TRUE,Blue,c.jpg,12,15,4,,,,Size,TEXT_CHOICES,S;L',
      'cap,MEDIA,,,,c2.jpg,,,,,,,,,',
      'cap,VARIANT,,,,,12,15,4,3,CAP-S,,Size,TEXT_CHOICES,S',
      'cap,VARIANT,,,,,13,15,4,3,CAP-L,,Size,TEXT_CHOICES,L',
    ].join('\n'),
  )
  assert.deepEqual((await pick('name', 'options', 'sku', 'price')).slice(0, 2), [
    ['Cap', ['S'], 'CAP-S', '1200'],
    ['Cap', ['L'], 'CAP-L', '1300'],
  ])
})
