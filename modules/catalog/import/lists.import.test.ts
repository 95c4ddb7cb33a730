import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import writeXlsxFile from 'write-excel-file/node'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { pool } = world.database
const CATEGORIES = 'catalog.category'
const LISTS = 'catalog.priceList'

beforeEach(async () => {
  for (const table of ['catalog_price_list', 'catalog_category', 'import_mapping']) await pool.query(`delete from ${table}`)
})

const tree = async () =>
  (
    await pool.query(
      'select c.name, p.name as parent from catalog_category c left join catalog_category p on p.id = c.parent order by c.name',
    )
  ).rows.map(Object.values)
const spans = async () =>
  (await pool.query('select name, valid_from::text, valid_to::text from catalog_price_list order by name')).rows.map(
    Object.values,
  )

test('categories come in whatever order they stand, in one file of many', async () => {
  const content = 'name,parent\nCoffee,Drinks\nBeans,Coffee\nDrinks,Food\nFood,\nTea,drinks'
  const file = await take(owner, CATEGORIES, content)
  assert.deepEqual([file.checked.counts, file.checked.refusals], [[5, 0, 0, 0], []])
  assert.deepEqual(await tree(), [
    ['Beans', 'Coffee'],
    ['Coffee', 'Drinks'],
    ['Drinks', 'Food'],
    ['Food', null],
    ['Tea', 'Drinks'],
  ])
  assert.deepEqual((await take(owner, CATEGORIES, content)).applied.counts, [0, 0, 5, 0])
  assert.equal((await file.undo()).refused, 0)
  const many = Array.from({ length: 900 }, (_, at) => `Leaf ${at},Root ${at % 3}`)
  const long = await take(owner, CATEGORIES, ['name,parent', ...many, 'Root 0,', 'Root 1,', 'Root 2,Root 0'].join('\n'))
  assert.deepEqual(long.applied.counts, [903, 0, 0, 0])
})

test('a tree of categories stays one, whether it names parents by name, by number or by the whole way', async () => {
  for (const content of [
    'Name,Parent Category\nFood,\nDrinks,Food\nTea,Drinks',
    'Name,Parent Category\nTea,Food / Drinks\nDrinks,Food\nFood,',
    'ID,Name,Parent ID\n3,Tea,2\n2,Drinks,1\n1,Food,0',
    'category_id,category,parent_id\n1,Food,\n2,Drinks,1\n3,Tea,2',
    'التصنيف,التصنيف الأب\nFood,\nDrinks,Food\nTea,Drinks',
    'Item Group Name,Parent Item Group\nFood,\nDrinks,Food\nTea,Drinks',
  ]) {
    const file = await take(owner, CATEGORIES, content)
    assert.deepEqual(file.checked.refusals, [], content)
    assert.deepEqual(
      await tree(),
      [
        ['Drinks', 'Food'],
        ['Food', null],
        ['Tea', 'Drinks'],
      ],
      content,
    )
    assert.deepEqual((await take(owner, CATEGORIES, content)).applied.counts, [0, 0, 3, 0])
    await pool.query('delete from catalog_category')
  }
  const unknown = await (await bring(owner, CATEGORIES, 'ID,Name,Parent ID\n1,Tea,9')).check()
  assert.deepEqual(
    unknown.refusals.map((one) => [one.rowNumber, one.field, one.problem]),
    [[2, 'parent', 'import.unknownRef']],
  )
})

test('categories that lie in themselves are refused with the way round', async () => {
  const refused = async (content: string) =>
    (await take(owner, CATEGORIES, content)).checked.refusals
      .map((one) => [one.rowNumber, one.field, one.problem, one.params['names'] ?? null] as const)
      .toSorted(([a], [b]) => a - b)
  assert.deepEqual(await refused('name,parent\nA,B\nB,C\nC,A\nD,A\nE,E\nF,'), [
    [2, 'parent', 'import.circle', 'A → B → C'],
    [3, 'parent', 'import.circle', 'A → B → C'],
    [4, 'parent', 'import.circle', 'A → B → C'],
    [5, 'parent', 'import.unknownRef', null],
    [6, 'parent', 'import.circle', 'E'],
  ])
})

test('days in the order that the file proves, or that somebody says; never guessed', async () => {
  const content = 'name,validFrom,validTo\nSpring,01/02/2027,13/03/2027\nSummer,2/6/27,"1 Sep 2027"'
  const asking = await bring(owner, LISTS, content)
  const asked = await asking.check()
  assert.deepEqual(asked.asks, [
    { option: 'order.validFrom', field: 'validFrom', readings: ['2027-02-01', '2027-01-02'], said: '01/02/2027' },
  ])
  assert.deepEqual(
    asked.refusals.map((one) => [one.rowNumber, one.field, one.problem, one.params['one'], one.params['other']]),
    [
      [2, 'validFrom', 'import.ambiguous', '2027-02-01', '2027-01-02'],
      [3, 'validFrom', 'import.ambiguous', '2027-06-02', '2027-02-06'],
    ],
  )
  for (const [order, from] of [
    ['dmy', ['2027-02-01', '2027-06-02']],
    ['mdy', ['2027-01-02', '2027-02-06']],
  ] as const) {
    const file = await take(owner, LISTS, content, { options: { 'order.validFrom': order } })
    assert.deepEqual(await spans(), [
      ['Spring', from[0], '2027-03-13'],
      ['Summer', from[1], '2027-09-01'],
    ])
    await file.undo()
  }
  const proven = await take(owner, LISTS, 'name,validFrom\nA,1.2.2027\nB,13.2.2027\nC,2027-05-06\nD,46054\nE,soon')
  assert.deepEqual(
    [proven.checked.asks, proven.checked.refusals.map((one) => [one.rowNumber, one.problem])],
    [[], [[6, 'import.unreadable']]],
  )
  assert.deepEqual(
    (await spans()).map(([, from]) => from),
    ['2027-02-01', '2027-02-13', '2027-05-06', '2026-02-01'],
  )
  await proven.undo()
  const book = await writeXlsxFile([
    ['name', 'validFrom'].map((value) => ({ value })),
    [{ value: 'Book' }, { value: new Date('2027-02-01T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' }],
  ] as never).toBuffer()
  await take(owner, LISTS, book)
  assert.deepEqual(await spans(), [['Book', '2027-02-01', null]])
})
