import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const { variant } = await aProduct(world, 'Clay pot', 1000n, 1)

test('nobody fills up to less than what calls for more, when it is made and when it is changed', async () => {
  const facts = { id: newId(), variant, place: world.place, level: '5000000' }
  const low = await owner.call('POST /inventory/reorder-levels', { ...facts, target: '4000000' })
  assert.deepEqual([low.status, low.body.code], [422, 'inventory.reorder.targetBelow'])
  assert.equal(low.body.message, 'Fill up to at least 5: below that more is wanted at once.')
  const made = await owner.call('POST /inventory/reorder-levels', { ...facts, target: '5000000' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const change = (changes: object, version: number) =>
    owner.call(`PATCH /inventory/reorder-levels/${facts.id}`, changes, { 'if-match': String(version) })
  assert.equal((await change({ level: '6000000' }, 1)).body.code, 'inventory.reorder.targetBelow')
  assert.equal((await change({ target: '4999999' }, 1)).body.code, 'inventory.reorder.targetBelow')
  assert.equal((await change({ level: '6000000', target: null }, 1)).status, 200)
})

test('levels from a file count in the unit of their heading, and are judged like those of the form', async () => {
  const KIND = 'inventory.reorder'
  await take(owner, 'catalog.product', 'Title,SKU,Price,Unit\nSaffron,S1,300,g\nRice,R1,200,kg\nOil,O1,90,l')
  const { rows } = await world.database.pool.query('select name from place where id = $1', [world.place])
  const at = rows[0].name as string
  const kept = async () =>
    (
      await world.database.pool.query(
        `select v.sku, (r.level / 1000000)::float as level, (r.target / 1000000)::float as target from inventory_reorder r
         join catalog_variant v on v.id = r.variant where v.sku in ('S1', 'R1', 'O1') order by 1`,
      )
    ).rows.map(Object.values)
  await take(owner, KIND, `Variant,Place,Min (kg),Max (g)\nSaffron,${at},0.5,2000\nRice,${at},10,15000`)
  assert.deepEqual(await kept(), [
    ['R1', 10, 15],
    ['S1', 500, 2000],
  ])
  const refused = async (content: string) =>
    (await (await bring(owner, KIND, content)).check()).refusals.map((one) => [one.rowNumber, one.field, one.problem])
  assert.deepEqual(await refused(`Variant,Place,Min (kg)\nOil,${at},1\nRice,${at},16`), [
    [2, 'level', 'catalog.product.quantityOfOther'],
    [3, null, 'inventory.reorder.targetBelow'],
  ])
  assert.deepEqual(await refused(`SKU,Store,Level,Target\nO1,${at},5,4`), [[2, null, 'inventory.reorder.targetBelow']])
  assert.deepEqual(await refused(`SKU,Store,Level\nO1,${at},-1`), [[2, 'level', 'outOfRange']])
  await take(owner, KIND, `SKU,Store,Level\nR1,${at},15`)
  assert.deepEqual((await kept())[0], ['R1', 15, 15])
})
