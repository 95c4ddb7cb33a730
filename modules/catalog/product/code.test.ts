import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)

const make = (sku: string, code?: string, id = newId()) =>
  owner.call('POST /catalog/products', {
    id,
    name: sku,
    variants: [{ id: newId(), sku, price: '100', barcodes: code ? [{ code }] : [] }],
  })
const variantOf = async (answer: Awaited<ReturnType<typeof make>>) => (answer.body as { variants: string[] }).variants[0]!

test('[F7] no scan can mean two articles: SKUs and barcodes are compared together, wherever they are given', async () => {
  const [tea, mate] = [await variantOf(await make('AB-1', '036000291452')), await variantOf(await make('M-1'))]
  const said = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]
  const [skuTaken, barcodeTaken] = [
    [409, 'catalog.product.skuTaken'],
    [409, 'catalog.product.barcodeTaken'],
  ]
  assert.deepEqual(said(await make('ab-1')), skuTaken)
  assert.deepEqual(said(await make('0036000291452')), skuTaken, 'a barcode as the SKU of another')
  assert.deepEqual(said(await make('C-1', 'ab-1')), barcodeTaken, 'a SKU as the barcode of another')
  assert.deepEqual(said(await owner.call(`POST /catalog/variants/${mate}/barcodes`, { code: 'Ab-1' })), barcodeTaken)
  const { product, version } = (await owner.call(`GET /catalog/variants/${mate}`)).body.row
  const changed = await owner.call(`PATCH /catalog/variants/${mate}`, { sku: 'ab-1' }, { 'if-match': `"${version}"` })
  assert.deepEqual(said(changed), skuTaken)
  const added = await owner.call(`POST /catalog/products/${product}/variants`, {
    variant: newId(),
    sku: 'Ab-1',
    price: '1',
    optionValues: ['X'],
  })
  assert.deepEqual(said(added), skuTaken)
  // Its own SKU may be its barcode as well.
  assert.equal((await owner.call(`POST /catalog/variants/${tea}/barcodes`, { code: 'ab-1' })).status, 200)
  // Of two at once, one has it.
  const both = await Promise.all([make('Z-1'), make('Y-1', 'z-1')])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
})
