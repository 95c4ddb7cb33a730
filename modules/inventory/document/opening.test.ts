import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { bytes } from '#kit/server/vault/store.ts'
import { aCompany } from '#test/harness.ts'
import { bring } from '#test/importing.ts'
import { aServer, until } from '#test/server.ts'
import { columnsOfPlaces, quantityColumns } from './opening.rules.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const KIND = 'catalog.product'
const FIELD = `openingStock:${world.location}`
const asked = { openingStock: true }

const rowsOf = async (text: string, values: unknown[] = []) => (await pool.query<Record<string, string>>(text, values)).rows
/** What lies at a location: SKU, quantity, value. */
const lying = async (location = world.location) =>
  (
    await rowsOf(
      `select v.sku, b.on_hand::text as q, b.value::text as value from inventory_balance b join catalog_variant v on v.id = b.variant
       where b.location = $1 and b.on_hand <> 0 order by v.sku`,
      [location],
    )
  ).map((row) => [row['sku'], Number(row['q']) / 1_000_000, row['value']])
const papers = async () =>
  (await rowsOf(`select kind, reason, value::text as value from inventory_document order by created_at, number`)).map(
    Object.values,
  )
/** Stock and books say the same, or this fails. */
async function agrees() {
  const [row] = await rowsOf(`select (select coalesce(sum(value), 0) from inventory_balance)::text as goods,
    (select coalesce(sum(l.amount), 0) from ledger_line l join ledger_account a on a.id = l.account where a.part = 'stock')::text as books`)
  assert.equal(row!['goods'], row!['books'])
}
const takenOf = async (id: string) => (await owner.call(`GET /imports/${id}`)).body.run.taken

const FILE = 'Title,SKU,Price,Cost per item,Variant Inventory Qty\nTea,T1,5,3,10\nMate,M1,6,,4\nRope,R1,7,2,0\nSalt,S1,1,1,'

test('off at first: the quantities are offered with their place, and nothing is taken that nobody asked for', async () => {
  const file = await bring(owner, KIND, FILE)
  const { body } = await owner.call(`GET /imports/${file.id}`)
  const [offer] = body.extras.filter((one: { name: string }) => one.name === 'openingStock')
  assert.deepEqual(
    offer.fields.map((one: { name: string; column?: string }) => [one.name, one.column]),
    [[FIELD, 'Variant Inventory Qty']],
  )
  const checked = await file.check()
  assert.deepEqual(checked.unused, ['Variant Inventory Qty'])
  await file.apply()
  assert.deepEqual([await lying(), await papers()], [[], []])
  await file.undo()
})

test('one posted paper brings what the dry run said, at the cost in the file; stock and books agree', async () => {
  const file = await bring(owner, KIND, FILE, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Variant Inventory Qty' })
  const checked = await file.check()
  assert.deepEqual(checked.unused, [])
  const told = await takenOf(file.id)
  assert.deepEqual(told, { openingStock: { articles: '2', units: '14000000', withoutCost: '1' } })
  assert.deepEqual([await lying(), await papers()], [[], []], 'the dry run leaves nothing')
  await file.apply()
  assert.deepEqual(await takenOf(file.id), told)
  assert.deepEqual(await lying(), [
    ['M1', 4, '0'],
    ['T1', 10, '3000'],
  ])
  assert.deepEqual(await papers(), [['receipt', 'opening', '3000']])
  await agrees()

  // The same file again: what has begun is left alone, with the reason.
  const again = await bring(owner, KIND, FILE, { options: asked, mapping: file.mapping })
  await again.check()
  const { warnings, counts } = await again.apply()
  assert.deepEqual(counts, [0, 0, 4, 0])
  assert.deepEqual(
    warnings.map((one) => [one.rowNumber, one.field, one.problem]),
    [
      [2, FIELD, 'inventory.openingStock.begun'],
      [3, FIELD, 'inventory.openingStock.begun'],
    ],
  )
  assert.equal((await papers()).length, 1)
  await again.undo()
  assert.equal((await lying()).length, 2, 'what it did not bring it does not take away')

  const undone = await file.undo()
  assert.equal(undone.refused, 0)
  assert.deepEqual(await lying(), [])
  assert.deepEqual(await papers(), [
    ['receipt', 'opening', '3000'],
    ['adjustment', 'opening', '-3000'],
  ])
  await agrees()
  // What papers name is put away, the rest is gone.
  assert.deepEqual(await rowsOf(`select sku from catalog_variant where archived_at is null`), [])
  assert.deepEqual(await rowsOf(`select count(*)::int as n from catalog_variant`), [{ n: 2 }] as never)
  const third = await bring(owner, KIND, FILE, { options: asked, mapping: file.mapping })
  await third.check()
  assert.deepEqual((await third.apply()).counts, [4, 0, 0, 0], 'the codes are free for the next file')
  assert.equal((await lying()).length, 2)
  assert.equal((await third.undo()).refused, 0)
})

test('stopped halfway and taken up again, nothing comes twice', async () => {
  const many = `Title,SKU,Price,Cost,Stock\n${Array.from({ length: 900 }, (_, n) => `Thing ${n},H${n},5,2,3`).join('\n')}`
  const file = await bring(owner, KIND, many, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  await file.check()
  const before = (await papers()).length
  const content = await buffer((await bytes().get(`import/${file.id}`)).stream)
  await file.apply()
  assert.equal((await papers()).length - before, 3, 'one for each portion')
  const [first] = await rowsOf('select max(done)::int as done from import_run where id = $1', [file.id])
  // As if it had been killed before it could say that it is done, and once more with its place in the file lost.
  for (const done of [first!['done'], 400]) {
    await bytes().put(`import/${file.id}`, content)
    await pool.query(`update import_run set state = 'applying', done = $2 where id = $1`, [file.id, done])
    assert.equal((await file.apply()).state, 'applied')
    assert.equal((await papers()).length - before, 3)
  }
  assert.equal((await file.undo()).state, 'undone')
  assert.deepEqual(await lying(), [])
  await agrees()
})

test('no paper is longer than a thousand lines', async () => {
  const sizes = ['S', 'M', 'L']
  const rows = Array.from({ length: 350 }, (_, n) => sizes.map((size) => `wide-${n},Wide ${n},Size,${size},5,2,1`)).flat()
  const content = ['Handle,Title,Option1 Name,Option1 Value,Price,Cost,Stock', ...rows].join('\n')
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  await file.check()
  const before = (await papers()).length
  await file.apply()
  const lines =
    await rowsOf(`select count(*)::int as n from inventory_document_line l join inventory_document d on d.id = l.document
    where d.reason = 'opening' and d.kind = 'receipt' group by d.id, d.number order by d.number desc limit 2`)
  assert.deepEqual([(await papers()).length - before, lines.map((one) => one['n'])], [2, [51, 999]])
  assert.equal((await file.undo()).refused, 0)
  await agrees()
})

test('goods that somebody brings at the same moment are not counted twice', async () => {
  const plain = await bring(owner, KIND, 'Title,SKU,Price,Cost\nRace,X1,5,3')
  await plain.check()
  await plain.apply()
  const file = await bring(owner, KIND, 'Title,SKU,Price,Cost,Stock\nRace,X1,5,3,10', { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  await file.check()
  const other = await pool.connect()
  await other.query('begin')
  await other.query(
    `insert into inventory_balance (variant, location, on_hand, value) select id, $1, 5000000, 0 from catalog_variant where sku = 'X1'`,
    [world.location],
  )
  const applied = file.apply()
  await until(
    async () =>
      (await pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount,
    (waiting) => (waiting ?? 0) > 0,
  )
  await other.query('commit')
  other.release()
  const { warnings } = await applied
  assert.deepEqual(
    warnings.map((one) => one.problem),
    ['inventory.openingStock.begun'],
  )
  assert.deepEqual(
    (await lying()).filter(([sku]) => sku === 'X1'),
    [['X1', 5, '0']],
  )
  await pool.query(`delete from inventory_balance where variant = (select id from catalog_variant where sku = 'X1')`)
  await plain.undo()
})

test('what was sold since stays, with its stock, and is told', async () => {
  const file = await bring(owner, KIND, 'Title,SKU,Price,Cost,Stock\nTea,T1,5,3,10\nMate,M1,6,2,4', { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  await file.check()
  await file.apply()
  const [tea] = await rowsOf(`select id from catalog_variant where sku = 'T1'`)
  const moved = await owner.call('POST /inventory/documents/post', {
    kind: 'adjustment',
    id: newId(),
    location: world.location,
    reason: 'damaged',
    lines: [{ variant: tea!['id'], quantity: '-1000000' }],
  })
  assert.equal(moved.status, 201, JSON.stringify(moved.body))
  const undone = await file.undo()
  assert.ok(undone.refused > 0)
  assert.deepEqual(await lying(), [['T1', 9, '2700']])
  await agrees()
})

test('each column of a file goes to the place of its name; a number that is none is told and the article comes', async () => {
  const place = (await rowsOf(`select * from place limit 1`))[0]!
  const made = await owner.call('POST /inventory/locations', { name: 'Back room', code: 'BACK', place: place['id'] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const back = made.body.id as string
  const [here] = await rowsOf('select name from inventory_location where id = $1', [world.location])
  const heading = `Handle,SKU,Name,Cost,Price [Main],In stock [${here!['name']}],In stock [Back room]`
  const content = `${heading}\nsoap,Z1,Soap,2,5,7,3\nwax,Z2,Wax,2,5,some,-1\nlime,Z3,Lime,1,5,2,`
  const file = await bring(owner, KIND, content, { options: asked })
  const { body } = await owner.call(`GET /imports/${file.id}`)
  const [offer] = body.extras.filter((one: { name: string }) => one.name === 'openingStock')
  for (const { name, column } of offer.fields) if (column) Object.assign(file.mapping, { [name]: column })
  const checked = await file.check()
  assert.deepEqual(checked.warnings.map((one) => [one.rowNumber, one.problem]).toSorted(), [
    [3, 'import.unreadable'],
    [3, 'inventory.openingStock.belowNothing'],
  ])
  assert.deepEqual((await file.apply()).counts, [3, 0, 0, 0])
  assert.deepEqual(await lying(back), [['Z1', 3, '600']])
  assert.deepEqual((await lying()).slice(1), [
    ['Z1', 7, '1400'],
    ['Z3', 2, '200'],
  ])
  // One column for two places would bring everything twice.
  const twice = await owner.call(`POST /imports/${(await bring(owner, KIND, FILE)).id}/check`, {
    mapping: { ...file.mapping, [FIELD]: 'Variant Inventory Qty', [`openingStock:${back}`]: 'Variant Inventory Qty' },
    options: asked,
  })
  assert.deepEqual([twice.status, twice.body.code], [422, 'kit.import.columnTwice'])
  await file.undo()
  await agrees()
})

test('Shopify’s file of quantities has a row for each place: each goes to the place that it names, or is told', async () => {
  const goods = await bring(
    owner,
    KIND,
    'Handle,Title,Option1 Name,Option1 Value,SKU,Price,Cost\ntee,Tee,Size,S,TS,5,2\ntee,Tee,Size,M,TM,5,2\nmug,Mug,,,MUG,9,3',
  )
  await goods.check()
  await goods.apply()
  const [here] = await rowsOf('select name, place from inventory_location where id = $1', [world.location])
  const made = await owner.call('POST /inventory/locations', { name: 'Cellar', code: 'CEL', place: here!['place'] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const cellar = made.body.id as string
  const heading =
    'Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming (not editable),Committed (not editable),On hand (current),On hand (new)'
  const content = [
    heading,
    `tee,Tee,Size,S,TS,,,${here!['name']},0,1,7,`,
    `tee,Tee,Size,S,TS,,,cel,0,0,2,`,
    `tee,Tee,Size,S,TS,,,Elsewhere,0,0,40,`,
    `tee,Tee,Size,M,TM,,,${here!['name']},0,0,not stocked,`,
    `tee,Tee,Size,M,TM,,,Cellar,0,0,3,`,
    `mug,Mug,Title,Default Title,MUG,,,Cellar,0,0,4,`,
    `mug,Mug,Title,Default Title,MUG,,,CEL,0,0,4,`,
  ].join('\n')
  const file = await bring(owner, KIND, content, { options: asked })
  const { body } = await owner.call(`GET /imports/${file.id}`)
  const [offer] = body.extras.filter((one: { name: string }) => one.name === 'openingStock')
  assert.deepEqual(
    offer.fields
      .filter((one: { column?: string }) => one.column)
      .map((one: { name: string; column: string }) => [one.name, one.column]),
    [['openingStock:row', 'On hand (current)']],
  )
  Object.assign(file.mapping, { 'openingStock:row': 'On hand (current)' })
  const checked = await file.check()
  assert.deepEqual(
    [checked.refusals, checked.counts, checked.warnings.map((one) => [one.rowNumber, one.field, one.problem])],
    [
      [],
      [0, 5, 2, 0],
      [
        [4, 'location', 'inventory.openingStock.noSuchPlace'],
        [7, 'openingStock:row', 'inventory.openingStock.severalRows'],
        [8, 'openingStock:row', 'inventory.openingStock.severalRows'],
      ],
    ],
  )
  assert.match(String(checked.warnings[0]!.params['places']), /Cellar/)
  assert.deepEqual((await file.apply()).counts, [0, 5, 2, 0])
  assert.deepEqual(await lying(cellar), [
    ['TM', 3, '600'],
    ['TS', 2, '400'],
  ])
  assert.deepEqual(
    (await lying()).filter(([sku]) => String(sku).startsWith('T') && sku !== 'T1'),
    [['TS', 7, '1400']],
  )
  await agrees()
  await file.undo()
  // Somebody may say that all of it is of one place; then an article of several rows is nobody's.
  const one = await bring(owner, KIND, content.split('\n').slice(0, 5).join('\n'), { options: asked })
  Object.assign(one.mapping, { [FIELD]: 'On hand (current)' })
  const asOne = await one.check()
  assert.deepEqual(
    asOne.warnings.map((each) => [each.rowNumber, each.problem]),
    [2, 3, 4].map((row) => [row, 'inventory.openingStock.severalRows']),
  )
  // What such a file says of the article itself can't differ from row to row.
  const twofold = await bring(
    owner,
    KIND,
    `SKU,Price,Location,Stock\nMUG,9,Cellar,4\nMUG,8,${here!['name']},4\nTS,5,Cellar,1\nTS,5,Cellar,2`,
  )
  assert.deepEqual(
    (await twofold.check()).refusals.map((each) => [each.rowNumber, each.field, each.problem]),
    [
      [2, null, 'import.sameRecord'],
      [3, 'price', 'import.contradicts'],
      [4, null, 'import.sameRecord'],
      [5, 'sku', 'import.twice'],
    ],
  )
  await goods.undo()
})

test('quantities count in the unit of their heading, or stay out', async () => {
  const content = 'Title,SKU,Price,Cost,Unit,Stock (g)\nSalt,SAL,5,3,kg,2500\nOil,OIL,5,3,l,500\nTin,TIN,5,3,pc,500'
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock (g)' })
  const checked = await file.check()
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.problem]),
    [3, 4].map((row) => [row, 'catalog.product.quantityOfOther']),
  )
  await file.apply()
  assert.deepEqual(
    (await lying()).filter(([sku]) => ['SAL', 'OIL', 'TIN'].includes(String(sku))),
    [['SAL', 2.5, '750']],
  )
  await file.undo()
})

test('quantities in cartons count by what the pack of each article holds', async () => {
  const goods = await bring(owner, KIND, 'Title,SKU,Price,Cost,Unit\nJam,JAM,5,3,pc\nFig,FIG,5,3,pc')
  await goods.check()
  await goods.apply()
  for (const [kind, content] of [
    ['catalog.unit', 'code,name,decimals\nctn,Carton,0'],
    ['catalog.conversion', 'SKU,unit,factor\nJAM,ctn,24'],
  ] as const) {
    const file = await bring(owner, kind, content)
    await file.check()
    await file.apply()
  }
  const file = await bring(owner, KIND, 'SKU,Stock (cartons)\nJAM,2\nFIG,3', { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock (cartons)' })
  const checked = await file.check()
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.problem]),
    [[3, 'catalog.product.quantityOfOther']],
  )
  await file.apply()
  assert.deepEqual(
    (await lying()).filter(([sku]) => ['JAM', 'FIG'].includes(String(sku))),
    [['JAM', 48, '14400']],
  )
  await file.undo()
  await goods.undo()
  await agrees()
})

test('a service and what is not for sale come without a quantity, and are told', async () => {
  const content =
    'Title,SKU,Price,Status,Kind,Stock\nRepair,P1,5,active,service,3\nOld,O1,5,draft,goods,3\nNew,N1,5,active,goods,3'
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  const checked = await file.check()
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.problem]),
    [
      [2, 'inventory.openingStock.service'],
      [3, 'inventory.openingStock.archived'],
    ],
  )
  const applied = await file.apply()
  assert.deepEqual(applied.counts, checked.counts)
  assert.deepEqual(await lying().then((all) => all.filter(([sku]) => ['P1', 'O1', 'N1'].includes(String(sku)))), [['N1', 3, '0']])
  await file.undo()
})

test('half a piece is none: it comes without a quantity, and no receipt or count takes it', async () => {
  const content = 'Title,SKU,Price,Cost,Unit,Stock\nEgg,EGG,5,3,,2.5\nNut,NUT,5,3,kg,2.5'
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Stock' })
  const checked = await file.check()
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.problem]),
    [[2, 'inventory.openingStock.tooFine']],
  )
  await file.apply()
  assert.deepEqual(
    (await lying()).filter(([sku]) => sku === 'EGG' || sku === 'NUT'),
    [['NUT', 2.5, '750']],
  )
  const [egg] = await rowsOf(`select id from catalog_variant where sku = 'EGG'`)
  const line = { variant: egg!['id'], quantity: '2500000', unitCost: '300' }
  const head = { location: world.location }
  const receipt = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    ...head,
    reason: 'opening',
    lines: [line],
  })
  assert.deepEqual([receipt.status, receipt.body.code], [422, 'inventory.document.tooFine'])
  const count = await owner.call('POST /inventory/counts', {
    id: newId(),
    ...head,
    lines: [{ variant: egg!['id'], counted: '500000' }],
  })
  assert.deepEqual([count.status, count.body.code], [422, 'inventory.document.tooFine'])
  await file.undo()
})

test('who may not take goods in, or see costs, has no such choice and is refused', async () => {
  const { offeredFor, askedOf } = await import('#kit/server/import/extra.ts')
  const header = ['Title', 'Stock']
  const offered = async (role: Parameters<typeof world.as>[0]) =>
    (await offeredFor({ db: world.database.db, actor: world.as(role).actor }, KIND, header)).map((one) => one.name)
  assert.deepEqual(await offered('manager'), ['openingStock'])
  for (const role of ['stockKeeper', 'accountant', 'cashier'] as const) {
    assert.deepEqual(await offered(role), [], role)
    assert.throws(() => askedOf(world.as(role).actor, KIND, asked), { code: 'kit.forbidden' })
  }
})

test('what columns of quantities are called', () => {
  const known = [
    'Variant Inventory Qty',
    'Inventory quantity',
    'Variant Inventory Quantity',
    'Stock',
    'Quantity On Hand',
    'Opening Stock',
    'In stock [Main]',
    'Current Quantity Main',
    'inventory_Main_Outlet',
    'location_stock',
    'Main - Quantity on Hand',
    'Stock On Hand',
    'On hand (current)',
    'Qty',
    'Quantity on hand',
    'Stock (kg)',
    'Остаток (кг)',
    'Stock (cartons)',
    'الكمية (كرتون)',
    'inventory',
    'Stock Quantity',
  ]
  assert.deepEqual(
    quantityColumns(known).map((one) => one.column),
    known,
  )
  const others = [
    'Opening Stock Value',
    'Stock status',
    'Low stock [Main]',
    'Inventory policy',
    'Reorder level',
    'Maintain Stock',
    'location_id',
    'Location_Name',
    'location_type',
    'inventory_policy',
    'inventory_item_id',
    'inventory_management',
    'Low stock',
    'On hand (new) value',
    'Quantity per carton',
    'Stock (cartons) value',
  ]
  assert.deepEqual(quantityColumns(others), [])
  const places = [
    { id: 'a', names: ['Main Outlet', 'MAIN'] },
    { id: 'b', names: ['Back room', 'BACK'] },
  ]
  assert.deepEqual(
    [...columnsOfPlaces(['inventory_Main_Outlet', 'inventory_BACK'], places)],
    [
      ['a', 'inventory_Main_Outlet'],
      ['b', 'inventory_BACK'],
    ],
  )
  const [one] = places
  for (const [header, column] of [
    [['Opening Stock', 'Stock On Hand'], 'Stock On Hand'],
    [['location_stock'], 'location_stock'],
    [['In stock [Elsewhere]', 'In stock [Far away]'], undefined],
  ] as const)
    assert.equal(columnsOfPlaces(header, [one!]).get('a'), column)
  // One column and two places: a person says which.
  assert.deepEqual([...columnsOfPlaces(['Stock'], places)], [])
})

test('the unit in which goods have moved stays, by file and by form; what counts single pieces is as good as another', async () => {
  const at = async (sku: string) =>
    (
      await rowsOf(
        `select p.id, p.version, u.code as unit from catalog_variant v join catalog_product p on p.id = v.product left join catalog_unit u on u.id = p.unit where v.sku = $1`,
        [sku],
      )
    )[0]!
  const content = 'Title,SKU,Price,Unit,Qty\nFlour,FL1,100,kg,10\nPlate,PL1,5,,3\nYeast,YE1,5,kg,'
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Qty' })
  await file.check()
  await file.apply()
  const other = await bring(owner, KIND, 'SKU,Unit\nFL1,g\nPL1,box')
  assert.deepEqual(
    (await other.check()).refusals.map((one) => [one.rowNumber, one.field, one.problem]).toSorted(),
    [2, 3].map((row) => [row, 'unit', 'catalog.product.unitStays']),
  )
  const same = await bring(owner, KIND, 'SKU,Unit\nFL1,kg\nPL1,pc\nYE1,g')
  assert.deepEqual((await same.check()).counts, [0, 2, 1, 0])
  const g = (await rowsOf(`select id from catalog_unit where code = 'g'`))[0]!['id']
  const patch = async (sku: string) => {
    const { id, version } = await at(sku)
    return owner.call(`PATCH /catalog/products/${id}`, { unit: g }, { 'if-match': `"${version}"` })
  }
  const refused = await patch('FL1')
  assert.deepEqual([refused.status, refused.body.code], [409, 'catalog.product.unitStays'])
  assert.equal((await patch('YE1')).status, 200)
  assert.deepEqual([(await at('FL1'))['unit'], (await at('YE1'))['unit']], ['kg', 'g'])
  // Neither does a file of quantities give it another unit, nor one that says so in other words; nothing of such a row comes in.
  const lying = async () => (await rowsOf(`select count(*)::int as n from inventory_document`))[0]!['n']
  const before = await lying()
  const counted = await bring(owner, KIND, 'SKU,Unit,Qty\nFL1,g,500\nPL1,kg,5', { options: asked })
  Object.assign(counted.mapping, { [FIELD]: 'Qty' })
  const checked = await counted.check()
  assert.deepEqual(
    [checked.counts, checked.refusals.map((one) => [one.rowNumber, one.problem]).toSorted()],
    [[0, 0, 0, 2], [2, 3].map((row) => [row, 'catalog.product.unitStays'])],
  )
  const weighed = await bring(owner, KIND, 'SKU,Sold by weight\nPL1,yes')
  assert.deepEqual(
    (await weighed.check()).refusals.map((one) => one.problem),
    ['catalog.product.unitStays'],
  )
  const kg = (await rowsOf(`select id from catalog_unit where code = 'kg'`))[0]!['id']
  const { id, version } = await at('PL1')
  for (const unit of [kg, g]) {
    const other = await owner.call(`PATCH /catalog/products/${id}`, { unit }, { 'if-match': `"${version}"` })
    assert.deepEqual([other.status, other.body.code], [409, 'catalog.product.unitStays'])
  }
  const none = await at('FL1')
  const taken = await owner.call(`PATCH /catalog/products/${none['id']}`, { unit: null }, { 'if-match': `"${none['version']}"` })
  assert.deepEqual([taken.status, taken.body.code], [409, 'catalog.product.unitStays'])
  assert.deepEqual([(await at('FL1'))['unit'], await lying()], ['kg', before])
})

test('quantities are asked for whatever their heading is called; a place is found by its name in one', async () => {
  for (const heading of 'Closing Stock|Qty In Hand|In hand|Stock Qty|Stock level|Units in stock|Stock balance|Balance|Current qty|Available|Total stock|Кол-во|Остаток на складе|الكمية المتاحة|الكمية المتوفرة|الرصيد الحالي|Idadi iliyopo|Qty (cartons of 12)|Stock (pcs)'.split(
    '|',
  ))
    assert.deepEqual(quantityColumns(['Title', heading]), [{ column: heading }], heading)
  const places = [
    { id: 'a', names: ['Main Street', 'MS'] },
    { id: 'b', names: ['Harbour', 'HB'] },
  ]
  for (const heading of 'Stock at Main Street|Stock Main Street|Main Street stock|Main Street Qty|Main Street|Main Street_stock|Stock (Main Street)|Stock MS'.split(
    '|',
  ))
    assert.deepEqual(columnsOfPlaces(['Title', heading], places), new Map([['a', heading]]), heading)
  for (const heading of 'Main Street price|Min stock Main Street|Main Street reorder level|MS|Mainly'.split('|'))
    assert.deepEqual(columnsOfPlaces(['Title', heading], places), new Map(), heading)
  const file = await bring(owner, KIND, 'Title,SKU,Price,Wherever\nTea,T9,5,3')
  const { body } = await owner.call(`GET /imports/${file.id}`)
  const offer = body.extras.find((one: { name: string }) => one.name === 'openingStock')
  const fields: { name: string; column?: string }[] = offer.fields
  assert.ok(fields.some(({ name }) => name === FIELD) && fields.every(({ column }) => column === undefined))
})

test('a quantity with its unit in the cell counts in that, and is told where the article has another', async () => {
  const content =
    'Title,SKU,Price,Unit,Qty\nBran,BR1,100,kg,10 kg\nOats,OA1,100,kg,500 g\nCork,CO1,5,pc,12 pcs\nBolt,BO1,5,,3 dozen\nCrisps,CR1,5,,4 kg\nSoap,SO1,5,,9 lots'
  const file = await bring(owner, KIND, content, { options: asked })
  Object.assign(file.mapping, { [FIELD]: 'Qty' })
  const { warnings } = await file.check()
  assert.deepEqual(warnings.map((one) => [one.rowNumber, one.problem]).toSorted(), [
    [6, 'catalog.product.quantityOfOther'],
    [7, 'import.unreadable'],
  ])
  await file.apply()
  const there = new Map((await lying()).map(([sku, quantity]) => [sku, quantity]))
  assert.deepEqual(
    ['BR1', 'OA1', 'CO1', 'BO1', 'CR1', 'SO1'].map((sku) => there.get(sku)),
    [10, 0.5, 12, 36, undefined, undefined],
  )
  const packed = await bring(owner, KIND, 'Title,SKU,Price,Qty (cartons of 12)\nWick,WI1,5,2', { options: asked })
  Object.assign(packed.mapping, { [FIELD]: 'Qty (cartons of 12)' })
  await packed.check()
  await packed.apply()
  assert.deepEqual((await lying()).find(([sku]) => sku === 'WI1')?.[1], 24)
  const levels = await bring(
    owner,
    'inventory.reorder',
    'Variant,Place,Level,Target\nBR1,Main Street,5 kg,20\nCO1,Main Street,5 pcs,5 kg',
  )
  const checked = await levels.check()
  assert.deepEqual(
    [checked.counts[0], checked.refusals.map((one) => [one.rowNumber, one.field, one.problem])],
    [1, [[3, 'target', 'catalog.product.quantityOfOther']]],
  )
})
