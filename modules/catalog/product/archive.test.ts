import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
const heard = async () =>
  (await world.database.pool.query<{ n: number }>(`select count(*)::int as n from event where name = 'catalog.product.changed'`))
    .rows[0]!.n

test('what is archived and restored is told to tills, each time', async () => {
  const id = newId()
  const { body } = await owner.call('POST /catalog/products', { id, name: 'Tea', variants: [{ price: '500' }] })
  const unit = (await owner.call('POST /catalog/units', { code: 'tin', name: 'Tin', decimals: 0 })).body.id
  for (const path of [`/catalog/products/${id}`, `/catalog/variants/${body.variants[0]}`, `/catalog/units/${unit}`]) {
    for (const verb of ['POST', 'DELETE']) {
      const before = await heard()
      const answer = await owner.call(`${verb} ${path}/archival`)
      assert.ok(answer.status < 300, JSON.stringify(answer.body))
      assert.equal(await heard(), before + 1, `${verb} ${path}`)
    }
  }
})
