import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { sweepBytes } from '#kit/server/files/sweep.ts'
import { bytes } from '#kit/server/vault/store.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

const product = newId()
await owner.call('POST /catalog/products', { id: product, name: 'Clay pot', variants: [{ price: '999' }] })
const send = (content: string | Buffer, name = 'pot.jpg') => owner.upload(`/catalog/products/${product}/image`, name, content)
const get = async (path: string, cookie = world.cookie) =>
  fetch(`${server.base}/api${path}`, { headers: { cookie: `__Host-duka=${cookie}` } })

test('a photograph is turned upright, made small and loses where it was taken', async () => {
  const photo = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#7a4' } })
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '1/1 17/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const sent = await send(photo)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const full = await get(`/files/${sent.body.image}`)
  assert.equal(full.headers.get('content-type'), 'image/webp')
  assert.match(full.headers.get('cache-control') ?? '', /private.*immutable/)
  const kept = await sharp(Buffer.from(await full.arrayBuffer())).metadata()
  assert.deepEqual([kept.width, kept.height, kept.exif], [1067, 1600, undefined])
  const thumb = await sharp(Buffer.from(await (await get(`/files/${sent.body.image}?size=thumb`)).arrayBuffer())).metadata()
  assert.equal(thumb.height, 320)
  const { row } = (await owner.call(`GET /catalog/products/${product}`)).body
  assert.equal(row.image, sent.body.image)
})

test('what only pretends to be a picture is refused with a sentence, and nothing changes', async () => {
  const before = (await owner.call(`GET /catalog/products/${product}`)).body.row.image
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const broken = (
    await sharp({ create: { width: 50, height: 50, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
  ).subarray(0, 60)
  for (const content of [svg, 'hello', Buffer.alloc(0), broken]) {
    const answer = await send(content)
    assert.deepEqual([answer.status, answer.body.code], [422, 'kit.image.notAnImage'])
  }
  // Some kilobytes that would unfold into 240 MB.
  const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer()
  assert.deepEqual([(await send(bomb)).status, (await send(bomb)).body.code], [413, 'kit.image.tooBig'])
  assert.equal((await owner.call(`GET /catalog/products/${product}`)).body.row.image, before)
})

test('a picture that is a page, a programme or an archive as well is a picture and nothing else once it is kept', async () => {
  const page = '<html><script>alert("hidden")</script></html>'
  const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: '#a40' } })
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${page}</x:xmpmeta>`
  const frames = await sharp(Buffer.alloc(20 * 20 * 60 * 3, 90), {
    raw: { width: 20, height: 20 * 60, channels: 3, pageHeight: 20 } as never,
  })
    .gif()
    .toBuffer()
  const hidden = [
    Buffer.concat([await plain.clone().png().toBuffer(), Buffer.from(page)]),
    Buffer.concat([await plain.clone().withXmp(xmp).jpeg().toBuffer(), Buffer.from(`PK\x03\x04${page}`)]),
    Buffer.concat([frames, Buffer.from(page)]),
    Buffer.concat([await plain.clone().webp().toBuffer(), Buffer.from(page)]),
  ]
  for (const [at, content] of hidden.entries()) {
    const sent = await send(content, `a${at}.html`)
    if (sent.status !== 200) {
      assert.equal(sent.body.code, 'kit.image.notAnImage')
      continue
    }
    const shown = await get(`/files/${sent.body.image}`)
    assert.equal(shown.headers.get('content-type'), 'image/webp')
    assert.equal(shown.headers.get('x-content-type-options'), 'nosniff')
    assert.match(shown.headers.get('content-disposition') ?? '', /\.webp$/)
    const bytes = Buffer.from(await shown.arrayBuffer())
    assert.equal(bytes.includes('hidden'), false, String(at))
    const { pages, xmp: kept } = await sharp(bytes).metadata()
    assert.deepEqual([pages ?? 1, kept], [1, undefined])
  }
})

test('who may not see the record may not see its picture; a new picture takes the place of the old one', async () => {
  const { image } = (await owner.call(`GET /catalog/products/${product}`)).body.row
  assert.equal((await get(`/files/${image}`, '')).status, 401)
  assert.equal((await get(`/files/${newId()}`)).status, 404)
  await bytes().remove(`image/${image}.thumb`)
  assert.equal((await get(`/files/${image}?size=thumb`)).status, 404, 'its bytes went while it was asked for')
  const other = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#07a' } })
    .png()
    .toBuffer()
  const sent = await send(other)
  assert.notEqual(sent.body.image, image)
  assert.equal((await get(`/files/${image}`)).status, 404)
  assert.equal((await owner.call(`DELETE /catalog/products/${product}/image`)).status, 200)
  assert.equal((await owner.call(`GET /catalog/products/${product}`)).body.row.image, null)
  const history = await owner.call(`GET /catalog/products/${product}/history`)
  assert.ok(history.body.rows.some((row: { command: string }) => row.command === 'catalog.removeProductImage'))
})

test('a request that is sent again, or comes to nothing, leaves no bytes that nobody names', async () => {
  const picture = await sharp({ create: { width: 30, height: 30, channels: 4, background: '#a70' } })
    .png()
    .toBuffer()
  const key = newId()
  const again = async (to: string, idempotencyKey: string) => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(picture)]), 'a.png')
    const headers = { cookie: `__Host-duka=${world.cookie}`, 'idempotency-key': idempotencyKey }
    return fetch(`${server.base}/api${to}`, { method: 'POST', body: form, headers })
  }
  const kept = async () => {
    const all = await readdir(join(server.dataDir, 'files'), { recursive: true, withFileTypes: true })
    return all.filter((one) => one.isFile()).map(({ name }) => name)
  }
  const to = `/catalog/products/${product}/image`
  assert.equal((await again(to, key)).status, 200)
  const before = await kept()
  const answers = [await again(to, key), await again(to, key), await again(`/catalog/products/${newId()}/image`, newId())]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 404],
  )
  assert.deepEqual(
    (await kept()).filter((one) => !before.includes(one)),
    [],
  )
})

test('bytes that nothing names are taken away once they are old; what is named, young or of a kind unknown stays', async () => {
  const picture = await sharp({ create: { width: 30, height: 30, channels: 4, background: '#0a7' } })
    .png()
    .toBuffer()
  const { image } = (await send(picture)).body
  const [lost, young, foreign] = [newId(), newId(), newId()]
  const folder = join(server.dataDir, 'files')
  const all = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
  for (const key of [`image/${lost}`, `image/${lost}.thumb`, `file/${lost}`, `import/${lost}`, `other/${foreign}`])
    await bytes().put(key, Buffer.from('x'))
  await writeFile(join(folder, 'image', lost.slice(24, 26), `${lost}.${newId()}.part`), 'x')
  // Of a file system, or of somebody who looked after the folder by hand.
  const strange = ['.directory', 'copy.part']
  for (const name of strange) await writeFile(join(folder, 'image', lost.slice(24, 26), name), 'x')
  const ago = new Date(Date.now() - 8 * 24 * 3_600_000)
  for (const path of await all()) await utimes(path, ago, ago)
  await bytes().put(`file/${young}`, Buffer.from('x'))
  await sweepBytes(systemContext(world.database, 'test'))
  const names = (await all()).map((path) => basename(path))
  assert.deepEqual(
    names.filter((name) => name.startsWith(lost)),
    [],
  )
  for (const there of [image, `${image}.thumb`, young, foreign, ...strange]) assert.ok(names.includes(there), there)
})

test('sealed bytes are opened a piece at a time, and not at all where one of them was changed', async () => {
  const { keys } = world.database
  const plain = randomBytes(3_000_000)
  const sealed = keys.sealedBytes(newId(), plain)
  const reading = (of: Buffer) => async () =>
    Readable.from(Array.from({ length: Math.ceil(of.length / 65_536) }, (_, n) => of.subarray(n * 65_536, (n + 1) * 65_536)))
  const pieces = (await Array.fromAsync(await keys.unsealedStream(reading(sealed)))) as Buffer[]
  assert.ok(pieces.length > 40 && pieces.every((one) => one.length <= 65_536))
  assert.ok(Buffer.concat(pieces).equals(plain))
  const changed = Buffer.from(sealed)
  changed[changed.length - 1]! ^= 1
  await assert.rejects(keys.unsealedStream(reading(changed)))
  await assert.rejects(keys.unsealedStream(reading(sealed.subarray(0, 20))), /not sealed/)
})
