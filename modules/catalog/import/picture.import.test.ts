import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import sharp from 'sharp'
import { allowLoopback } from '#kit/server/outside/fetch.ts'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { bring } from '#test/importing.ts'
import { aServer, until } from '#test/server.ts'
import { pictureAddresses, pictureColumn } from './picture.rules.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const KIND = 'catalog.product'

const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
  .withMetadata({ exif: { IFD0: { Copyright: 'somewhere' } } })
  .jpeg()
  .toBuffer()
const asked: string[] = []
const shop = createServer((request, response) => {
  asked.push(request.url!)
  if (request.url === '/away.jpg') response.writeHead(302, { location: 'https://10.0.0.1/x.jpg' }).end()
  else if (request.url === '/page.jpg')
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end('<html>not a picture</html>')
  else if (request.url === '/gone.jpg') response.writeHead(404).end()
  else response.end(picture)
})
await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
allowLoopback(true)
onEnd(() => {
  allowLoopback(false)
  shop.closeAllConnections()
  shop.close()
})
const base = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`

const images = async () =>
  (await pool.query<{ handle: string; image: string | null }>('select handle, image from catalog_product order by handle')).rows
const files = async () => Number((await pool.query('select count(*)::int as n from file')).rows[0].n)
const settled = (id: string) =>
  until(
    async () => (await owner.call(`GET /imports/${id}`)).body,
    (body) => body.waiting === 0,
  )

const FILE = `Handle,Title,Variant Price,Image Src,Image Position
tea,Tea,5,${base}/tea.jpg,1
tea,,,${base}/tea-2.jpg,2
mate,Mate,6,"${base}/mate.jpg, ${base}/mate-2.jpg",1
away,Away,6,${base}/away.jpg,1
page,Page,6,${base}/page.jpg,1
gone,Gone,6,${base}/gone.jpg,1
odd,Odd,6,../odd.jpg,1
none,None,6,,`

test('pictures by address, when asked for: fetched once and afterwards, kept like sent ones, what failed is listed', async () => {
  const file = await bring(owner, KIND, FILE, { options: { pictures: true } })
  const { extras } = (await owner.call(`GET /imports/${file.id}`)).body
  assert.deepEqual(
    extras.find((one: { name: string }) => one.name === 'pictures'),
    { name: 'pictures', fields: [{ name: 'pictures', column: 'Image Src' }] },
  )
  Object.assign(file.mapping, { pictures: 'Image Src' })
  const checked = await file.check()
  assert.deepEqual(asked, [], 'the dry run fetches nothing')
  const promised = (await owner.call(`GET /imports/${file.id}`)).body.run.taken
  assert.deepEqual(promised, { pictures: { pictures: '5' } })
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.field, one.problem]),
    [[8, 'pictures', 'kit.outside.notAnAddress']],
  )
  await file.apply()
  assert.deepEqual((await owner.call(`GET /imports/${file.id}`)).body.run.taken, promised)
  const { run, refusals } = await settled(file.id)
  assert.deepEqual(asked.toSorted(), ['/away.jpg', '/gone.jpg', '/mate.jpg', '/page.jpg', '/tea.jpg'])
  assert.deepEqual(
    (await images()).filter((one) => one.image).map((one) => one.handle),
    ['mate', 'tea'],
  )
  assert.deepEqual(refusals.map((one: { rowNumber: number; problem: string }) => [one.rowNumber, one.problem]).toSorted(), [
    [5, 'kit.outside.forbidden'],
    [6, 'kit.image.notAnImage'],
    [7, 'kit.outside.refused'],
    [8, 'kit.outside.notAnAddress'],
  ])
  assert.equal(run.rowsWarned, 4)
  const shown = await fetch(`${server.base}/api/files/${(await images()).find((one) => one.handle === 'tea')!.image}`, {
    headers: { cookie: `__Host-duka=${owner.cookie}` },
  })
  const facts = await sharp(Buffer.from(await shown.arrayBuffer())).metadata()
  assert.deepEqual([facts.format, facts.width, facts.exif], ['webp', 40, undefined], 'written anew')

  // The same file again: who has a picture keeps it.
  const before = asked.length
  const again = await bring(owner, KIND, FILE, { options: { pictures: true }, mapping: file.mapping })
  await again.check()
  await again.apply()
  await settled(again.id)
  assert.deepEqual(asked.slice(before).toSorted(), ['/away.jpg', '/gone.jpg', '/page.jpg'])
  await again.undo()
  assert.equal((await images()).filter((one) => one.image).length, 2)

  assert.equal((await file.undo()).refused, 0)
  assert.deepEqual([await images(), await files()], [[], 0], 'pictures go with their products')
})

test('nobody asked: nothing is fetched; taken back meanwhile, nothing is fetched any more', async () => {
  asked.length = 0
  const file = await bring(owner, KIND, FILE)
  await file.check()
  await file.apply()
  await settled(file.id)
  assert.deepEqual(asked, [])
  await file.undo()

  const other = await bring(owner, KIND, FILE, { options: { pictures: true } })
  Object.assign(other.mapping, { pictures: 'Image Src' })
  await other.check()
  await other.apply()
  await other.undo()
  await settled(other.id)
  assert.deepEqual([await images(), await files()], [[], 0])
})

test('a picture that somebody chose since stays theirs, and products that were here keep their own', async () => {
  const plain = await bring(owner, KIND, 'Handle,Title,Variant Price\ntea,Tea,5\nmate,Mate,5')
  await plain.check()
  await plain.apply()
  const [tea] = (await pool.query(`select id from catalog_product where handle = 'tea'`)).rows
  const own = await owner.upload(`/catalog/products/${tea.id}/image`, 'own.jpg', picture)
  assert.equal(own.status, 200, JSON.stringify(own.body))
  const file = await bring(owner, KIND, FILE.split('\n').slice(0, 4).join('\n'), { options: { pictures: true } })
  Object.assign(file.mapping, { pictures: 'Image Src' })
  await file.check()
  await file.apply()
  await settled(file.id)
  const now = await images()
  assert.equal(now.find((one) => one.handle === 'tea')!.image, own.body.image)
  assert.ok(now.find((one) => one.handle === 'mate')!.image)
  await file.undo()
  assert.deepEqual(
    (await images()).map((one) => [one.handle, one.image]),
    [
      ['mate', null],
      ['tea', own.body.image],
    ],
  )
})

test('more pictures than one go gets come all the same', async () => {
  asked.length = 0
  const rows = Array.from({ length: 23 }, (_, n) => `many-${n},Many ${n},5,${base}/many-${n}.jpg`)
  const file = await bring(owner, KIND, ['Handle,Title,Variant Price,Image Src', ...rows].join('\n'), {
    options: { pictures: true },
  })
  Object.assign(file.mapping, { pictures: 'Image Src' })
  await file.check()
  await file.apply()
  await settled(file.id)
  assert.equal(asked.length, 23)
  assert.equal((await images()).filter((one) => one.handle.startsWith('many-') && one.image).length, 23)
  assert.equal((await file.undo()).refused, 0)
})

test('where pictures stand in a file', () => {
  assert.deepEqual(
    [
      ['Variant Image', 'Image Src'],
      ['Images'],
      ['Product image URL'],
      ['assets'],
      ['Title'],
      ['Item Image URL'],
      ['Image 2', 'Image 1'],
      ['Photo URL'],
      ['Image alt text', 'Imagery'],
    ].map(pictureColumn),
    ['Image Src', 'Images', 'Product image URL', 'assets', undefined, 'Item Image URL', 'Image 1', 'Photo URL', undefined],
  )
  for (const [cell, is] of [
    ['https://a.b/c,d.jpg', ['https://a.b/c,d.jpg']],
    [' https://a.b/1.jpg, https://a.b/2.jpg', ['https://a.b/1.jpg', 'https://a.b/2.jpg']],
    ['https://a.b/1.jpg|https://a.b/2.jpg', ['https://a.b/1.jpg', 'https://a.b/2.jpg']],
    ['HTTPS://a.b/1.jpg,HTTPS://a.b/2.jpg;https://a.b/3.jpg', ['HTTPS://a.b/1.jpg', 'HTTPS://a.b/2.jpg', 'https://a.b/3.jpg']],
    ['https://a.b/1.jpg\nhttps://a.b/2.jpg https://a.b/3.jpg', ['https://a.b/1.jpg', 'https://a.b/2.jpg', 'https://a.b/3.jpg']],
    ['https://a.b/fetch/https://c.d/1.jpg', ['https://a.b/fetch/https://c.d/1.jpg']],
    ['https://a.b/my photo.jpg', ['https://a.b/my photo.jpg']],
    ['1.jpg|2.jpg;', ['1.jpg', '2.jpg']],
    ['  ', []],
  ] as const)
    assert.deepEqual(pictureAddresses(cell), is, cell)
})

test('an address that can be none is told by the dry run, and the next usable one is taken in its place', async () => {
  await pool.query('update catalog_product set image = null')
  const rows = [
    `spaced,Spaced,5,${base}/my photo.jpg`,
    `plain,Plain,5,example.com/1.jpg`,
    `inside,Inside,5,https://10.0.0.1/1.jpg`,
    `second,Second,5,1.jpg|${base}/two.jpg`,
  ]
  const file = await bring(owner, KIND, ['Handle,Title,Variant Price,Photo URL', ...rows].join('\n'), {
    options: { pictures: true },
  })
  Object.assign(file.mapping, { pictures: 'Photo URL' })
  const told = [
    [2, 'kit.outside.notAnAddress'],
    [3, 'kit.outside.notAnAddress'],
    [4, 'kit.outside.forbidden'],
    [5, 'kit.outside.notAnAddress'],
  ]
  const checked = await file.check()
  assert.deepEqual(
    checked.warnings.map((one) => [one.rowNumber, one.problem]),
    told,
  )
  await file.apply()
  const { run, refusals } = await settled(file.id)
  assert.deepEqual(
    [run.taken, refusals.map((one: { rowNumber: number; problem: string }) => [one.rowNumber, one.problem])],
    [{ pictures: { pictures: '1' } }, told],
  )
  assert.deepEqual((await images()).filter((one) => one.image).length, 1)
  await file.undo()
})
