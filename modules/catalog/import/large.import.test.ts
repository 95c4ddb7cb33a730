import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

/** Files that are larger than those of most shops. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const KIND = 'catalog.product'

beforeEach(async () => {
  for (const table of ['catalog_barcode', 'catalog_variant', 'catalog_product', 'catalog_category'])
    await world.database.pool.query(`delete from ${table}`)
})

test('400 products of 16 variants with codes take no more locks than the database has, and others go on beside them', async () => {
  const rows = Array.from({ length: 400 * 16 }, (_, at) => {
    const [shop, size] = [Math.floor(at / 16), at % 16]
    return `shop-${shop},Shop ${shop},Size,s${size},SH-${shop}-${size},5,${200_000_000_000 + shop * 100 + size}`
  })
  const file = await bring(
    owner,
    KIND,
    ['Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode', ...rows].join('\n'),
  )
  const checking = file.check()
  const over = new AbortController()
  let [most, made] = [0, 0]
  const beside = (async () => {
    for (; !over.signal.aborted; made++) {
      const answer = await owner.call('POST /catalog/products', {
        id: newId(),
        name: `Beside ${made}`,
        variants: [{ price: '100', sku: `BESIDE-${made}` }],
      })
      assert.equal(answer.status, 201)
      const { rows: held } = await world.database.pool.query<{ n: number }>(
        `select coalesce(max(n), 0)::int as n from (select count(*) as n from pg_locks where locktype = 'advisory' group by pid) l`,
      )
      most = Math.max(most, held[0]!.n)
    }
  })()
  const checked = await checking.finally(() => over.abort())
  await beside
  assert.deepEqual([checked.state, checked.new, checked.refused], ['checked', rows.length, 0])
  assert.ok(made > 0 && most <= 256, `${most} locks at once`)
})

test('a path of categories and one product of rows have an end; tags beyond the last are not looked at', async () => {
  const content = [
    'Title,SKU,Price,Category,Tags',
    `Deep,D-1,5,"${'a > '.repeat(200_000)}b",x`,
    `Fine,D-2,5,"${Array.from({ length: 20 }, (_, at) => `L${at}`).join(' > ')}","${'ab,'.repeat(200_000)}"`,
    ...Array.from({ length: 2_001 }, (_, at) => `Same ${at},SAME,5,,`),
  ].join('\n')
  const file = await take(owner, KIND, content)
  const shown = file.checked.refusals.filter((one) => one.problem !== 'import.sameRecord')
  assert.deepEqual(
    shown.map(({ rowNumber, field, problem, params }) => [rowNumber, field, problem, params['value'], params['most']]),
    [
      [2, 'category', 'catalog.productFile.tooDeep', 'a', 20],
      [4, null, 'catalog.productFile.tooMany', 'Same 0', 2000],
    ],
  )
  assert.deepEqual([file.applied.new, file.applied.refused], [1, 2_002])
  const { rows } = await world.database.pool.query(
    'select c.name, p.tags from catalog_product p join catalog_category c on c.id = p.category',
  )
  assert.deepEqual(rows, [{ name: 'L19', tags: ['ab'] }])
})
