import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { allowLoopback, fetchOutside, isOutside } from './fetch.ts'

type Answering = (request: IncomingMessage, response: ServerResponse) => void
let answering: Answering = (_request, response) => response.end()
const asked: IncomingMessage[] = []
const server = createServer((request, response) => {
  asked.push(request)
  answering(request, response)
})
let base = ''
before(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  allowLoopback(false)
  server.closeAllConnections()
  server.close()
})

const codeOf = (address: string, limits = {}) =>
  fetchOutside(address, async () => 'came', limits).catch((error: { code?: string }) => error.code ?? error)
const answers = (one: Answering) => void (answering = one)
const sendsTo = (location: string) => answers((_request, response) => response.writeHead(302, { location }).end())

test('addresses inside of a network are none of the public internet, however they are written', () => {
  const inside = [
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'not an address', ''],
  ]
  for (const one of inside) assert.equal(isOutside(one), false, one)
  for (const one of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])
    assert.ok(isOutside(one), one)
})

test('without the tests’ leave this machine is never asked, by any spelling', async () => {
  allowLoopback(false)
  const seen = asked.length
  for (const address of [
    base,
    'https://127.0.0.1/',
    'https://localhost/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
  ])
    assert.match(String(await codeOf(address)), /^kit\.outside\.(?:forbidden|notAnAddress)$/, address)
  for (const address of [
    'file:///etc/passwd',
    'ftp://example.com/a',
    'http://example.com/a.jpg',
    'data:image/png;base64,AA',
    '/a.jpg',
    '',
  ])
    assert.equal(await codeOf(address), 'kit.outside.notAnAddress', address)
  for (const address of [
    'https://me:secret@example.com/a',
    'https://example.com:8443/a',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/',
  ])
    assert.equal(await codeOf(address), 'kit.outside.forbidden', address)
  assert.equal(asked.length, seen)
})

test('a file comes, with nothing of ours sent along, and is gone afterwards', async () => {
  allowLoopback(true)
  answers((_request, response) => response.writeHead(200, { 'set-cookie': 'a=b' }).end('bytes'))
  let at = ''
  const content = await fetchOutside(`${base}/some/tea.jpg?size=2`, async ({ path, size, name }) => {
    at = path
    assert.deepEqual([size, name], [5, 'tea.jpg'])
    return readFile(path, 'utf8')
  })
  assert.equal(content, 'bytes')
  await assert.rejects(readFile(at), { code: 'ENOENT' })
  await codeOf(`${base}/again.jpg`)
  const { headers } = asked.at(-1)!
  assert.deepEqual(
    [headers['user-agent'], headers.cookie, headers.authorization, headers.referer],
    ['Duka', undefined, undefined, undefined],
  )
})

test('a redirect is judged like an address, and three are enough', async () => {
  allowLoopback(true)
  for (const [to, code] of [
    ['https://10.0.0.1/a.jpg', 'kit.outside.forbidden'],
    ['https://169.254.169.254/latest/meta-data/', 'kit.outside.forbidden'],
    ['https://localhost/a.jpg', 'kit.outside.forbidden'],
    ['http://localhost/a.jpg', 'kit.outside.notAnAddress'],
    ['http://192.168.1.1/', 'kit.outside.notAnAddress'],
    ['file:///etc/passwd', 'kit.outside.notAnAddress'],
    ['//[::1]/a', 'kit.outside.notAnAddress'],
  ] as const) {
    sendsTo(to)
    assert.equal(await codeOf(base, { seconds: 2 }), code, to)
  }
  const before = asked.length
  sendsTo('/round')
  assert.equal(await codeOf(base), 'kit.outside.tooFar')
  assert.equal(asked.length - before, 4)
  answers((request, response) =>
    request.url === '/there' ? response.end('came') : response.writeHead(301, { location: '/there' }).end(),
  )
  assert.equal(await codeOf(base), 'came')
})

test('what is too large, too slow, missing or broken off is told as that', async () => {
  allowLoopback(true)
  const megabyte = Buffer.alloc(1024 * 1024)
  answers((_request, response) => response.writeHead(200, { 'content-length': String(3 * megabyte.length) }).write(megabyte))
  assert.equal(await codeOf(base, { megabytes: 2 }), 'kit.outside.tooLarge')
  // Without saying how much it will be.
  answers((_request, response) => {
    for (let n = 0; n < 3; n++) response.write(megabyte)
    response.end()
  })
  assert.equal(await codeOf(base, { megabytes: 2 }), 'kit.outside.tooLarge')
  answers(() => undefined)
  assert.equal(await codeOf(base, { seconds: 0.2 }), 'kit.outside.tooSlow')
  answers((_request, response) => response.writeHead(200).write('a'))
  assert.equal(await codeOf(base, { seconds: 0.2 }), 'kit.outside.tooSlow')
  answers((_request, response) => response.writeHead(404).end())
  assert.equal(await codeOf(base), 'kit.outside.refused')
  answers((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy())
  })
  assert.equal(await codeOf(base), 'kit.outside.broken')
})

test('a server that changes the protocol, or says nothing at all, ends like any other', async () => {
  allowLoopback(true)
  const says = async (text: string | null, seconds: number) => {
    const odd = createSocketServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => (text === null ? undefined : socket.end(text)))
    })
    await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done))
    const code = await codeOf(`http://127.0.0.1:${(odd.address() as AddressInfo).port}/a.png`, { seconds })
    odd.close()
    return code
  }
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'
  assert.equal(await says(upgrade, 20), 'kit.outside.refused')
  assert.equal(await says(null, 1), 'kit.outside.tooSlow')
})
