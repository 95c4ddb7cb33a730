import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { bring } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

for (const whom of ['people', 'machines'])
  test(`articles that were typed in, without a handle, come back from a file for ${whom} as themselves`, async () => {
    const name = `Coffee for ${whom}`
    const made = await owner.call('POST /catalog/products', {
      id: newId(),
      name,
      vendor: 'Nyeri',
      variants: [{ price: '90000' }],
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const file = await owner.call(`GET /catalog/products/export?format=csv&for=${whom}&ids=${made.body.id}`)
    const text = String(file.body)
    assert.match(text, /Nyeri/)
    const same = await bring(owner, 'catalog.product', text)
    const checked = await same.check()
    assert.deepEqual([checked.counts, checked.refusals], [[0, 0, 1, 0], []])
    const other = await bring(owner, 'catalog.product', text.replaceAll('Nyeri', 'Kirinyaga'))
    assert.deepEqual((await other.check()).counts, [0, 1, 0, 0])
    await other.apply()
    const { row } = (await owner.call(`GET /catalog/products/${made.body.id}`)).body
    assert.equal(row.vendor, 'Kirinyaga')
  })
