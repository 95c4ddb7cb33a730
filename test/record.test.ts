import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { listNotices } from '#kit/server/record/notices.ts'
import { zipped } from '#kit/server/table/zip.ts'
import { mailDigests } from '#kit/server/record/digest.ts'
import { actorsById } from '#modules/access/role/role.store.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from './harness.ts'
import { bring } from './importing.ts'
import { aMailServer } from './post.ts'
import { aServer, type Answer, type Client } from './server.ts'

/** What stands around a record: its timeline with notes and files, who follows it, and what people are told. */
const world = await aCompany()
const mail = await aMailServer()
const server = await aServer(world.url, { environment: mail.environment })
const owner = server.client(world.cookie)
const { pool } = world.database
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const make = async (by: Client, route: string, input: object): Promise<string> => done(await by.call(route, input)).id
async function aPerson(name: string, roles: object[]): Promise<{ client: Client; id: string; name: string }> {
  const client = server.client()
  const { user } = done(await accept(client, await anInvitation(owner, `${name.toLowerCase()}@example.com`, roles)))
  await pool.query('update access_user set name = $2 where id = $1', [user, name])
  return { client, id: user, name }
}
const elsewhere = await make(owner, 'POST /places', {
  name: 'Harbour',
  code: 'HB',
  kind: 'store',
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
})
const [asha, omar] = [
  await aPerson('Asha', [{ role: 'manager', place: world.place }]),
  await aPerson('Omar', [{ role: 'manager', place: world.place }]),
]
const stranger = await aPerson('Farid', [{ role: 'manager', place: elsewhere }])
const viewer = await aPerson('Vera', [{ role: 'viewer', place: world.place }])
const pot = await aProduct(world, 'Clay pot', 10_000n, 0, 0n, { taxed: false })
const supplier = await make(owner, 'POST /parties', { name: 'Unga Ltd', kind: 'organization', roles: ['supplier'] })
const anOrder = (by: Client) =>
  make(by, 'POST /sourcing/purchases', {
    supplier,
    location: world.location,
    lines: [{ variant: pot.variant, quantity: '2000000', price: '77' }],
  })
const at = (order: string) => `/records/sourcing.purchase/${order}`
const write = (by: Client, order: string, text: string, mentions: string[] = []) =>
  by.call(`POST ${at(order)}/notes`, { text, mentions })
const timeline = async (by: Client, path: string, input: Record<string, string> = {}) =>
  done(await by.call(`GET ${path}/timeline`, input)) as {
    rows: { id: string; kind: string; by: string | null; isMine: boolean; facts: Record<string, unknown> }[]
    refs: Record<string, string>
    next: string | null
    kinds: string[]
  }
const told = async (by: Client) =>
  done(await by.call('GET /notices')) as {
    rows: { id: string; kind: string; by: string; title: string | null; href: string; isRead: boolean; facts: object }[]
    unread: number
  }
const toldOf = async (by: Client, order: string) => (await told(by)).rows.filter((one) => one.href?.includes(order))
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const pixel = sharp({ create: { width: 40, height: 30, channels: 3, background: '#7a4' } })

test('whoever may not see a record finds nothing of what stands around it', async () => {
  const order = await anOrder(asha.client)
  const note = done(await write(asha.client, order, 'Call them before noon')).id as string
  const file = done(await asha.client.upload(`${at(order)}/files`, 'offer.pdf', pdf)).id as string
  const { client } = stranger
  const answers = [
    await client.call(`GET ${at(order)}/timeline`),
    await client.call(`GET ${at(order)}/people`, { q: 'o' }),
    await client.call(`GET ${at(order)}/following`),
    await client.call(`POST ${at(order)}/following`),
    await client.call(`DELETE ${at(order)}/following`),
    await write(client, order, 'Hello'),
    await client.call(`POST ${at(order)}/notes/${note}/withdrawal`),
    await client.upload(`${at(order)}/files`, 'offer.pdf', pdf),
    await client.call(`GET ${at(order)}/files/${file}`),
    await client.call(`DELETE ${at(order)}/files/${file}`),
    // A file of one record is not found at another, nor where pictures are shown.
    await client.call(`GET /files/${file}`),
    await owner.call(`GET /files/${file}`),
    await owner.call(`GET ${at(await anOrder(asha.client))}/files/${file}`),
    await owner.call(`GET /records/no.such/${order}/timeline`),
    await owner.call(`GET ${at(newId())}/timeline`),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(() => 404),
  )
  assert.equal((await timeline(asha.client, at(order))).rows.filter((one) => one.kind === 'note').length, 1)
})

test('who only looks on reads the timeline and writes nothing', async () => {
  const at = `/records/catalog.product/${pot.product}`
  done(await asha.client.call(`POST ${at}/notes`, { text: 'The glaze is new' }))
  const { rows } = await timeline(viewer.client, at)
  assert.ok(rows.some((one) => one.facts['text'] === 'The glaze is new'))
  const answers = [
    await viewer.client.call(`POST ${at}/notes`, { text: 'Me too' }),
    await viewer.client.upload(`${at}/files`, 'a.pdf', pdf),
    await viewer.client.call(`GET ${at}/people`),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403],
  )
})

test('somebody from outside sees the history of what is theirs, and neither notes nor files', async () => {
  const hers = await make(owner, 'POST /parties', { name: 'Ann Lamps', kind: 'organization', roles: ['seller'] })
  const ann = await aPerson('Ann', [{ role: 'seller', seller: hers }])
  const at = `/records/parties.party/${hers}`
  done(await owner.call(`POST ${at}/notes`, { text: 'She pays late' }))
  const file = done(await owner.upload(`${at}/files`, 'contract.pdf', pdf)).id as string
  assert.deepEqual(done(await owner.call(`GET ${at}/people`, { q: 'ann' })).rows, [])
  assert.equal((await owner.call(`POST ${at}/notes`, { text: '@Ann', mentions: [ann.id] })).status, 422)
  const seen = await ann.client.call(`GET ${at}/timeline`)
  assert.ok(seen.status === 404 || (seen.body.rows as { kind: string }[]).every(({ kind }) => kind !== 'note' && kind !== 'file'))
  const answers = [
    await ann.client.call(`POST ${at}/notes`, { text: 'Hello' }),
    await ann.client.call(`POST ${at}/following`),
    await ann.client.call(`GET ${at}/files/${file}`),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 404],
  )
})

test('a mention tells once, and whoever is called hears of the next step', async () => {
  const order = await anOrder(asha.client)
  const found = done(await asha.client.call(`GET ${at(order)}/people`, { q: 'oma' })).rows
  assert.deepEqual(found, [{ id: omar.id, name: 'Omar' }])
  assert.deepEqual(done(await asha.client.call(`GET ${at(order)}/people`, { q: 'far' })).rows, [])
  assert.equal((await write(asha.client, order, '@Farid look', [stranger.id])).body.code, 'kit.note.unseen')
  const before = (await told(omar.client)).unread
  done(await write(asha.client, order, '@Omar @Omar look at this', [omar.id, omar.id]))
  const [first, ...rest] = await toldOf(omar.client, order)
  assert.deepEqual([first!.kind, first!.by, first!.isRead, rest.length], ['kit.mentioned', 'Asha', false, 0])
  assert.match(first!.title!, /^PO-/)
  assert.equal((await told(omar.client)).unread, before + 1)
  // Who follows and is called again is told of the call, and not of the note as well.
  done(await write(asha.client, order, '@Omar again', [omar.id]))
  assert.deepEqual(
    (await toldOf(omar.client, order)).map((one) => one.kind),
    ['kit.mentioned', 'kit.mentioned'],
  )
  done(await asha.client.call(`POST /sourcing/purchases/${order}/submit`))
  // Who follows and has to decide is told that, and not of the step as well.
  assert.deepEqual((await toldOf(omar.client, order)).map((one) => one.kind).toSpliced(1), ['kit.undecided'])
  // Whoever did it knows.
  assert.deepEqual(await toldOf(asha.client, order), [])
  done(await omar.client.call(`POST /sourcing/purchases/${order}/approve`))
  assert.deepEqual(
    (await toldOf(asha.client, order)).map(({ kind, facts }) => [kind, facts]),
    [['kit.stepped', { command: 'sourcing.purchase.approve' }]],
  )
  // What is asked for as a review tells nobody.
  done(await omar.client.call(`DELETE ${at(order)}/following`))
  done(await asha.client.call(`POST /sourcing/purchases/${order}/cancel`, { reason: 'They have none' }))
  assert.equal((await toldOf(omar.client, order)).length, 3)
})

test('what one was told is read one by one or all at once, by whose it is', async () => {
  const order = await anOrder(asha.client)
  for (const text of ['one', 'two', 'three']) done(await write(asha.client, order, `@Omar ${text}`, [omar.id]))
  const rows = await toldOf(omar.client, order)
  assert.equal((await asha.client.call('POST /notices/reading', { id: rows[0]!.id })).status, 404)
  done(await omar.client.call('POST /notices/reading', { id: rows[1]!.id }))
  assert.deepEqual(
    (await toldOf(omar.client, order)).map((one) => one.isRead),
    [false, true, false],
  )
  done(await omar.client.call('POST /notices/reading', { id: rows[0]!.id, until: true }))
  assert.equal((await told(omar.client)).unread, 0)
})

test('what somebody else changes on what one follows is told once, until it is read', async () => {
  const order = await anOrder(asha.client)
  const heard = async () => {
    const { rows } = done(await asha.client.call('GET /notices')) as {
      rows: { id: string; kind: string; href: string; isRead: boolean }[]
    }
    return rows.filter((one) => one.kind === 'kit.changed' && one.href.includes(order))
  }
  const change = async (by: Client, note: string) => done(await by.call(`PATCH /sourcing/purchases/${order}`, { note }))
  await change(asha.client, 'Mine')
  assert.deepEqual(await heard(), [], 'nobody is told of what they did themselves')
  await change(omar.client, 'Before noon')
  await change(omar.client, 'Before ten')
  await change(owner, 'At nine')
  assert.equal((await heard()).length, 1)
  await change(omar.client, 'At nine')
  done(await asha.client.call('POST /notices/reading', { id: (await heard())[0]!.id }))
  await change(omar.client, 'At eight')
  assert.deepEqual(
    (await heard()).map((one) => one.isRead),
    [false, true],
  )
})

test('the timeline of a person tells which roles they were given and where', async () => {
  const { client: _, id } = await aPerson('Salim', [{ role: 'cashier', place: world.place }])
  done(
    await owner.call(`POST /users/${id}/roles`, { roles: [{ role: 'manager', place: elsewhere }], reason: 'Runs the harbour' }),
  )
  const { rows, refs } = await timeline(owner, `/records/access.user/${id}`)
  const changes = rows.flatMap(
    (row) => (row.facts['changes'] ?? []) as { field: string; after: { role: string; place: string }[] }[],
  )
  const given = changes.find((one) => one.field === 'roles')!
  assert.deepEqual([given.after[0]!.role, refs[given.after[0]!.place]], ['manager', 'Harbour'])
})

test('a kind that somebody does not want is neither shown nor counted', async () => {
  const order = await anOrder(asha.client)
  done(await omar.client.call('POST /notices/choices', { kind: 'kit.mentioned', bell: false, mail: 'never' }))
  done(await write(asha.client, order, '@Omar look', [omar.id]))
  assert.deepEqual([await toldOf(omar.client, order), (await told(omar.client)).unread], [[], 0])
  done(await omar.client.call('POST /notices/choices', { kind: 'kit.mentioned', bell: true, mail: 'never' }))
  assert.equal((await toldOf(omar.client, order)).length, 1)
  assert.equal((await omar.client.call('POST /notices/choices', { kind: 'no.such', bell: true, mail: 'never' })).status, 422)
})

test('what is about a record that somebody may not see any more is not told', async () => {
  const order = await anOrder(owner)
  const guest = await aPerson('Gita', [{ role: 'manager', place: world.place }])
  done(await write(asha.client, order, '@Gita look', [guest.id]))
  assert.equal((await told(guest.client)).unread, 1)
  done(await owner.call(`POST /users/${guest.id}/roles`, { roles: [{ role: 'manager', place: elsewhere }] }))
  const [actor] = await actorsById(world.database, [guest.id])
  const after = await listNotices({ ...world.ctx(), actor: actor! }, {})
  assert.deepEqual([after.rows, after.unread], [[], 0])
})

test('what waits for a decision is told to those who may decide there, and to nobody any more once somebody did', async () => {
  const order = await anOrder(asha.client)
  const decide = async (verb: string, by: Client, input: object = {}) =>
    done(await by.call(`POST /sourcing/purchases/${order}/${verb}`, input))
  const undecided = async (by: Client) =>
    (await toldOf(by, order)).flatMap((one) => (one.kind === 'kit.undecided' ? [one.isRead] : []))
  const all = () => Promise.all([asha, omar, stranger, viewer].map((one) => undecided(one.client)))
  await decide('submit', asha.client)
  assert.deepEqual(await all(), [[], [false], [], []])
  await decide('sendBack', omar.client, { reason: 'Too many pots' })
  assert.deepEqual(await all(), [[], [true], [], []])
  await decide('submit', asha.client)
  assert.deepEqual(await all(), [[], [false, true], [], []])
  await decide('cancel', asha.client, { reason: 'Not needed' })
  assert.deepEqual(await all(), [[], [true, true], [], []])

  // A transfer waits where the goods are, from the moment that it is asked for.
  const away = (
    await pool.query<{ id: string }>(`select id from inventory_location where place = $1 and holds = 'goods' limit 1`, [
      elsewhere,
    ])
  ).rows[0]!.id
  const asked = await make(stranger.client, 'POST /inventory/transfers', {
    location: world.location,
    toLocation: away,
    lines: [{ variant: pot.variant, quantity: '1000000' }],
  })
  const kinds = async (by: Client) => (await toldOf(by, asked)).map((one) => one.kind)
  assert.deepEqual(
    [await kinds(omar.client), await kinds(asha.client), await kinds(stranger.client)],
    [['kit.undecided'], ['kit.undecided'], []],
  )
})

test('given to somebody, told once, counted at their home and listed until it is done or taken away', async () => {
  const order = await anOrder(asha.client)
  const path = `${at(order)}/assignment`
  const forWhom = async (by: Client) => done(await by.call(`GET ${path}`)).to as { id: string; name: string; by: string } | null
  const mine = async (by: Client) =>
    done(await by.call('GET /assignments')).rows as { record: string; title: string; by: string; isOwn: boolean }[]
  const waits = async (by: Client) =>
    (done(await by.call('GET /home/waiting')).rows as { name: string; count: number; path: string }[]).find(
      ({ name }) => name === 'assigned',
    )
  assert.deepEqual([await forWhom(asha.client), await mine(omar.client), await waits(omar.client)], [null, [], undefined])
  const give = (by: Client, person: string) => by.call(`POST ${path}`, { person })

  done(await give(asha.client, omar.id))
  done(await give(asha.client, omar.id))
  const to = await forWhom(viewer.client)
  assert.deepEqual([to?.id, to?.name, to?.by], [omar.id, 'Omar', 'Asha'])
  const notices = await toldOf(omar.client, order)
  assert.deepEqual(
    notices.map(({ kind, by, isRead }) => [kind, by, isRead]),
    [['kit.assigned', 'Asha', false]],
  )
  const [row] = await mine(omar.client)
  assert.deepEqual([row!.record, row!.by, row!.isOwn], [order, 'Asha', false])
  const waiting = await waits(omar.client)
  assert.deepEqual([waiting?.count, waiting?.path], [1, '/assignments'])
  assert.equal(done(await omar.client.call(`GET ${at(order)}/following`)).follows, true)

  // Somebody else has it then: what was told of it waits for nobody, and whoever takes it on oneself is told nothing.
  done(await give(owner, world.owner))
  assert.deepEqual([await mine(omar.client), await waits(omar.client)], [[], undefined])
  assert.equal((await toldOf(omar.client, order))[0]!.isRead, true)
  assert.deepEqual(
    (await toldOf(owner, order)).filter(({ kind }) => kind === 'kit.assigned'),
    [],
  )
  assert.equal((await mine(owner)).find(({ record }) => record === order)!.isOwn, true)
  done(await owner.call(`DELETE ${path}`))
  done(await owner.call(`DELETE ${path}`))
  assert.equal(await forWhom(asha.client), null)
  const { rows, refs } = await timeline(asha.client, at(order), { show: 'assignment' })
  assert.deepEqual(
    rows.map(({ by, facts }) => [by, facts['isGiven'], refs[String(facts['person'])]]),
    [
      ['Amina Owner', false, 'Amina Owner'],
      ['Amina Owner', true, 'Amina Owner'],
      ['Asha', true, 'Omar'],
    ],
  )
})

test('nothing is given to somebody who may not see it, nor by somebody who only looks on; what is out of sight is not counted', async () => {
  const order = await anOrder(asha.client)
  const path = `${at(order)}/assignment`
  const codes = (answers: Answer[]) => answers.map(({ status, body }) => [status, body.code])
  const unseen = [422, 'kit.assignment.unseen']
  assert.deepEqual(
    codes([
      await asha.client.call(`POST ${path}`, { person: stranger.id }),
      await asha.client.call(`POST ${path}`, { person: newId() }),
      await viewer.client.call(`POST ${path}`, { person: asha.id }),
      await viewer.client.call(`DELETE ${path}`),
      await stranger.client.call(`GET ${path}`),
      await stranger.client.call(`POST ${path}`, { person: stranger.id }),
      await stranger.client.call(`DELETE ${path}`),
    ]),
    [
      unseen,
      unseen,
      [403, 'kit.forbidden'],
      [403, 'kit.forbidden'],
      [404, 'kit.notFound'],
      [404, 'kit.notFound'],
      [404, 'kit.notFound'],
    ],
  )
  const brief = await aPerson('Juma', [{ role: 'manager', place: world.place }])
  done(await asha.client.call(`POST ${path}`, { person: brief.id }))
  await pool.query('update access_member set place = $2 where holder = $1', [brief.id, elsewhere])
  assert.deepEqual(done(await brief.client.call('GET /assignments')).rows, [])
  const { rows } = done(await brief.client.call('GET /home/waiting')) as { rows: { name: string }[] }
  assert.ok(rows.every(({ name }) => name !== 'assigned'))
})

test('two give it at once: one person has it', async () => {
  const order = await anOrder(asha.client)
  const give = (by: Client, person: string) => by.call(`POST ${at(order)}/assignment`, { person })
  for (const first of [true, false]) {
    const answers = await Promise.all([give(asha.client, omar.id), give(owner, asha.id)])
    assert.ok(
      answers.every(({ status, body }) => status === 201 || status === 200 || body.code === 'kit.assignment.meanwhile'),
      JSON.stringify(answers.map(({ body }) => body)),
    )
    const { rows } = await pool.query('select user_id from assignment where about = $1 and is_current', [order])
    assert.equal(rows.length, 1, first ? 'of nobody' : 'of somebody')
  }
})

test('two who write at once are both heard, and follow once', async () => {
  const order = await anOrder(owner)
  const both = await Promise.all([asha, omar].flatMap(({ client }) => [write(client, order, 'a'), write(client, order, 'b')]))
  assert.deepEqual(
    both.map(({ status }) => status),
    [201, 201, 201, 201],
  )
  const { rows } = await pool.query('select user_id from follow where about = $1 order by 1', [order])
  assert.deepEqual(
    rows.map((one) => one.user_id),
    [world.owner, asha.id, omar.id].toSorted(),
  )
  assert.equal((await timeline(owner, at(order), { show: 'note' })).rows.length, 4)
})

test('a note is taken back by its writer alone; what it said is gone from the database too', async () => {
  const order = await anOrder(asha.client)
  const note = done(await write(asha.client, order, '@Omar a secret', [omar.id])).id as string
  assert.equal((await omar.client.call(`POST ${at(order)}/notes/${note}/withdrawal`)).body.code, 'kit.note.notYours')
  const { rows: dumped } = await pool.query(`select input::text from audit_entry where command = 'kit.writeNote'`)
  assert.ok(dumped.length > 0 && dumped.every((one) => !one.input.includes('secret') || one.input.includes('"mentions"')))
  assert.ok(!JSON.stringify(dumped).includes('a secret'))
  done(await asha.client.call(`POST ${at(order)}/notes/${note}/withdrawal`))
  const [row] = (await timeline(omar.client, at(order), { show: 'note' })).rows
  assert.deepEqual([row!.facts['isWithdrawn'], row!.facts['text']], [true, null])
  assert.deepEqual(await toldOf(omar.client, order), [])
  assert.equal((await pool.query('select text from note where id = $1', [note])).rows[0].text, null)
})

test('nobody is told by one person without end, however they go about it; others reach them still', async () => {
  const loud = await aPerson('Loud', [{ role: 'manager', place: world.place }])
  const quiet = await aPerson('Quiet', [{ role: 'manager', place: world.place }])
  const order = await anOrder(asha.client)
  const notices = async () =>
    (await pool.query(`select kind from notice where user_id = $1 and caused_by = $2`, [quiet.id, loud.id])).rows.length
  for (let n = 0; n < 10; n++) done(await write(loud.client, order, `@Quiet ${n}`, [quiet.id]))
  // Who follows by now is told of what is written to nobody, and of what is given to them.
  for (let n = 0; n < 6; n++) done(await write(loud.client, order, `to nobody ${n}`))
  for (let n = 0; n < 8; n++)
    for (const person of [quiet.id, loud.id]) done(await loud.client.call(`POST ${at(order)}/assignment`, { person }))
  for (let n = 0; n < 4; n++) {
    const { id: note } = done(await write(loud.client, order, '@Quiet now', [quiet.id]))
    done(await loud.client.call(`POST ${at(order)}/notes/${note}/withdrawal`))
  }
  assert.equal(await notices(), 28)
  const atOnce = await Promise.all(
    Array.from({ length: 6 }, (_, n) => write(loud.client, order, `@Quiet at once ${n}`, [quiet.id])),
  )
  assert.deepEqual(new Set(atOnce.map((one) => one.status)), new Set([201]))
  assert.equal(await notices(), 30)
  done(await write(asha.client, order, '@Quiet please', [quiet.id]))
  assert.equal((await toldOf(quiet.client, order))[0]!.by, 'Asha')
  await pool.query(`update notice set at = at - interval '1 hour' where user_id = $1`, [quiet.id])
  done(await write(loud.client, order, '@Quiet later', [quiet.id]))
  assert.equal(await notices(), 31)
})

test('a file is judged by what it is and not by what it is called', async () => {
  const order = await anOrder(asha.client)
  const attach = (name: string, content: Buffer | string) => asha.client.upload(`${at(order)}/files`, name, content)
  const script = '<script>alert(1)</script>'
  const refused: [string, Buffer | string][] = [
    ['page.html', `<!doctype html><html>${script}</html>`],
    ['page.pdf', `<html>${script}</html>`],
    ['page.txt', `<html>${script}</html>`],
    ['table.csv', `name\n${script}`],
    ['drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
    ['drawing.csv', `\uFEFF <svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
    ['run.txt', '#!/bin/sh\nrm -rf /'],
    ['run.pdf', Buffer.from('4d5a90000300000004000000ffff0000b800000000000000', 'hex')],
    ['a.txt', Buffer.from('7f454c4602010100', 'hex')],
    ['a.csv', Buffer.from([65, 0, 66])],
    ['a.js', 'alert(1)'],
    ['long.txt', `${'plain '.repeat(200_000)}${script}`],
    ['across.txt', `${'x'.repeat(128 * 1024 - 4)}${script}${'x'.repeat(128 * 1024)}`],
    ['late.csv', `${'a,b\n'.repeat(200_000)}\u0001`],
    ['empty.txt', ''],
    ['packed.zip', Buffer.concat(await Array.fromAsync(zipped([{ name: 'a.txt', content: [Buffer.from('x')] } as never])))],
  ]
  for (const [name, content] of refused) {
    const answer = await attach(name, content)
    assert.deepEqual([name, answer.status, answer.body.code], [name, 422, 'kit.attachment.wrongType'])
  }
  assert.equal((await attach('big.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))).body.code, 'kit.attachment.tooBig')
  assert.equal((await timeline(asha.client, at(order), { show: 'file' })).rows.length, 0)
})

test('files on a record are seen with it: pictures shown, all else saved; who put one there takes it back', async () => {
  const order = await anOrder(asha.client)
  const attach = async (name: string, content: Buffer | string) =>
    done(await asha.client.upload(`${at(order)}/files`, name, content)).id as string
  const kept = await attach('offer.html', pdf)
  const table = await attach('prices.csv', 'name,price\nClay pot,100\n')
  const picture = await attach('pot.png', await pixel.clone().png().toBuffer())
  const get = (file: string, size = 'full') =>
    fetch(`${server.base}/api${at(order)}/files/${file}?size=${size}`, {
      headers: { cookie: `__Host-duka=${omar.client.cookie}` },
    })
  const facts = async (file: string, size?: string) => {
    const { headers } = await get(file, size)
    return [headers.get('content-type'), headers.get('content-disposition')?.split(';')[0], headers.get('x-content-type-options')]
  }
  assert.deepEqual(await facts(kept), ['application/pdf', 'attachment', 'nosniff'])
  assert.deepEqual(await facts(table), ['text/plain; charset=utf-8', 'attachment', 'nosniff'])
  assert.deepEqual(await facts(picture, 'thumb'), ['image/webp', 'inline', 'nosniff'])
  assert.deepEqual(Buffer.from(await (await get(kept)).arrayBuffer()), pdf)
  const { rows } = await timeline(omar.client, at(order), { show: 'file' })
  assert.deepEqual(
    rows.map((one) => [one.facts['name'], one.by, one.isMine]),
    [
      ['pot.png', 'Asha', false],
      ['prices.csv', 'Asha', false],
      ['offer.html.pdf', 'Asha', false],
    ],
  )
  assert.equal((await omar.client.call(`DELETE ${at(order)}/files/${kept}`)).body.code, 'kit.note.notYours')
  done(await asha.client.call(`DELETE ${at(order)}/files/${kept}`))
  assert.equal((await get(kept)).status, 404)
})

test('attachments have so much room and no more, counted one after the other; the refusal says what to do', async () => {
  const order = await anOrder(asha.client)
  const attach = () => asha.client.upload(`${at(order)}/files`, 'offer.pdf', pdf)
  const first = done(await attach()).id as string
  const { used } = (await owner.call('GET /keeping')).body.room as { used: number }
  // As if most of a gigabyte lay there: what is left is enough for one more.
  assert.ok((await owner.call('POST /keeping', { gigabytes: 1 })).status < 300)
  await pool.query('update file set size = $2 where id = $1', [first, 1_000_000_000 - used])
  const answers = await Promise.all(Array.from({ length: 5 }, attach))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409, 409, 409, 409])
  const full = answers.find((one) => one.status === 409)!.body
  assert.deepEqual([full.code, full.params.limit], ['kit.attachment.full', '1 GB'])
  assert.equal((await asha.client.call('POST /keeping', { gigabytes: 2 })).status, 403)
  done(await asha.client.call(`DELETE ${at(order)}/files/${first}`))
  assert.equal((await attach()).status, 201)
})

test('one stream of all that happened, page by page, each thing once', async () => {
  const order = await anOrder(asha.client)
  for (let n = 0; n < 35; n++) done(await write(asha.client, order, `note ${n}`))
  done(await asha.client.call(`POST /sourcing/purchases/${order}/submit`))
  const first = await timeline(asha.client, at(order))
  const second = await timeline(asha.client, at(order), { cursor: first.next! })
  assert.deepEqual([first.rows.length, second.next], [30, null])
  assert.equal(first.rows[0]!.facts['command'], 'sourcing.purchase.submit')
  const all = [...first.rows, ...second.rows]
  assert.equal(new Set(all.map((one) => one.id)).size, all.length)
  assert.deepEqual(
    all.filter((one) => one.kind === 'note').map((one) => one.facts['text']),
    Array.from({ length: 35 }, (_, n) => `note ${34 - n}`),
  )
  assert.equal(all.at(-1)!.facts['command'], 'sourcing.purchase.create')
  assert.equal((await asha.client.call(`GET ${at(order)}/timeline`, { cursor: 'x' })).status, 400)
})

test('papers that point to a record stand in its timeline, of one’s own places only', async () => {
  const order = await anOrder(asha.client)
  const at = `/records/parties.party/${supplier}`
  const papers = async (by: Client) => (await timeline(by, at, { show: 'paper' })).rows.map((one) => one.id)
  assert.ok((await papers(asha.client)).includes(order))
  assert.deepEqual(await papers(stranger.client), [])
})

test('what was written to people about a record stands there for those who see messages', async () => {
  const order = await anOrder(asha.client)
  for (const verb of ['submit', 'approve']) done(await owner.call(`POST /sourcing/purchases/${order}/${verb}`))
  done(await owner.call(`POST /sourcing/purchases/${order}/mail`, { email: 'orders@unga.example' }))
  const mine = await timeline(owner, at(order), { show: 'message' })
  assert.deepEqual(
    mine.rows.map((one) => one.facts['entity']),
    ['comms.message'],
  )
  const theirs = await timeline(asha.client, at(order))
  assert.ok(!theirs.kinds.includes('message') && theirs.rows.every((one) => one.kind !== 'message'))
  assert.deepEqual((await timeline(asha.client, at(order), { show: 'message' })).rows, [])
})

test('what was written about somebody who is erased goes with them', async () => {
  const party = await make(owner, 'POST /parties', { name: 'Zawadi', kind: 'person', roles: ['customer'] })
  const at = `/records/parties.party/${party}`
  done(await owner.call(`POST ${at}/notes`, { text: 'She is ill' }))
  done(await owner.upload(`${at}/files`, 'letter.pdf', pdf))
  done(await owner.call(`POST ${at}/assignment`, { person: asha.id }))
  done(await owner.call(`POST /parties/${party}/erasure`, { reason: 'She asked for it' }))
  const { rows } = await pool.query(
    `select (select count(*) from note where about = $1)::int as notes, (select count(*) from file where about = $1)::int as files,
      (select count(*) from follow where about = $1)::int as follows, (select count(*) from assignment where about = $1)::int as given`,
    [party],
  )
  assert.deepEqual(rows[0], { notes: 0, files: 0, follows: 0, given: 0 })
})

test('an approval that is asked for tells those who may give it, until one of them has', async () => {
  const before = (await told(owner)).rows.length
  await owner.call('POST /approvals/settings', { settings: { 'pos.priceOverride': { on: true } } })
  const id = newId()
  await pool.query(
    `insert into access_approval (id, kinds, permissions, by_owner, place, command, content_hash, content, facts, asked_by, asked_at, expires_at)
     values ($1, '{pos.refund}', '{sourcing.purchase.approve}', false, $2, 'x', $3, '', '{}', $4, now(), now() + interval '1 hour')`,
    [id, world.place, newId(), asha.id],
  )
  done(await asha.client.call(`POST /approvals/${id}/asking`, { note: null }))
  const [newest] = (await told(owner)).rows
  assert.deepEqual([newest!.kind, newest!.by, newest!.href, newest!.isRead], ['access.approval', 'Asha', '/approvals', false])
  assert.deepEqual(
    (await told(asha.client)).rows.filter((one) => one.kind === 'access.approval'),
    [],
  )
  done(await asha.client.call(`POST /approvals/${id}/withdrawal`))
  const after = (await told(owner)).rows
  assert.deepEqual([after.length, after[0]!.isRead], [before + 1, true])
})

test('one mail a day, in the morning of the company, to those who want one, with what they have not read; never twice', async () => {
  const order = await anOrder(asha.client)
  done(await omar.client.call('POST /notices/choices', { kind: 'kit.mentioned', bell: true, mail: 'daily' }))
  const mails = async () =>
    (await pool.query<{ body: string }>(`select body from comms_message where template = 'kit.digest' order by created_at`)).rows
  const morning = Temporal.Now.zonedDateTimeISO('Africa/Nairobi').add({ days: 1 }).with({ hour: 7, minute: 5 }).toInstant()
  const strike = async (now: Temporal.Instant) => {
    await pool.query('update notice set at = $1 where mailed_at is null', [now.subtract({ hours: 1 }).toString()])
    // Two processes hear the clock at once.
    await Promise.all([1, 2].map(() => mailDigests.work.run({ ...systemContext(world.database, 'test'), now }, {}, false)))
  }
  done(await write(asha.client, order, '@Omar for the mail', [omar.id]))
  assert.deepEqual(mailDigests.every, { daily: '07:00' })
  await strike(morning)
  const [first, ...rest] = await mails()
  assert.equal(rest.length, 0)
  assert.match(first!.body, /Asha mentioned you: PO-/)
  assert.ok(!first!.body.includes('for the mail'))
  done(await write(asha.client, order, '@Omar once more', [omar.id]))
  await strike(morning.add({ minutes: 20 }))
  assert.equal((await mails()).length, 1)
  await strike(morning.add({ hours: 24 }))
  assert.equal((await mails()).length, 2)
})

test('an import that waits for its answer waits at the home of who began it, and of nobody else', async () => {
  const waits = async (by: Client) =>
    (done(await by.call('GET /home/waiting')).rows as { name: string; path: string; search: { run?: string } }[]).find(
      (one) => one.name === 'imports',
    )
  const brought = await bring(asha.client, 'parties.party', 'Name\nKitui Honey', { name: 'guests.csv' })
  await brought.check()
  const waiting = await waits(asha.client)
  assert.deepEqual([waiting?.path, waiting?.search.run], ['/import/parties.party', brought.id])
  assert.equal(await waits(omar.client), undefined)
  await brought.apply()
  assert.equal(await waits(asha.client), undefined)
})

test('whoever began an import is told how it ended', async () => {
  const brought = await bring(owner, 'parties.party', 'Name\nZuri', { name: 'people.csv' })
  await brought.check()
  await brought.apply()
  const { rows } = await told(owner)
  const mine = rows.find((one) => one.kind === 'kit.imported')!
  assert.equal(mine.href, `/import/parties.party?run=${brought.id}`)
  assert.equal((mine.facts as { state: string }).state, 'applied')
})

test('of what one person is told the screens of nobody else hear', async () => {
  const order = await anOrder(asha.client)
  const open = async (by: Client) => {
    const stop = new AbortController()
    const { body } = await fetch(`${server.base}/api/live`, {
      headers: { cookie: `__Host-duka=${by.cookie}` },
      signal: stop.signal,
    })
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = (await reader.read()).value ?? ''
    return async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader.read()).value ?? ''
      stop.abort()
      return text
    }
  }
  const [his, hers] = [await open(omar.client), await open(asha.client)]
  done(await write(asha.client, order, '@Omar look', [omar.id]))
  const product = await make(owner, 'POST /catalog/products', { id: newId(), name: 'Later', variants: [{ price: '100' }] })
  assert.ok((await his(product)).includes(`"user":"${omar.id}"`))
  const heard = await hers(product)
  assert.ok(heard.includes('kit.record.noted') && !heard.includes('kit.notice.came'))
})
