import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latestCheckpoint, sealTrail } from '#kit/server/door/audit-seal.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { aMailbox } from '#modules/access/sign-in/sign-in.factory.ts'
import { aRole } from '#modules/access/role/role.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { mailCheckpoint } from './checkpoint.jobs.ts'

const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, mailbox.settings)
const owner = server.client(world.cookie)

test('a record at two points in time: what stood there then, and later; what nobody touched is the same', async () => {
  const { body: made } = await owner.call('POST /parties', {
    name: 'Juma',
    kind: 'person',
    roles: ['customer'],
    phones: ['+254712344567'],
  })
  const moments: string[] = []
  const change = async (changes: object) => {
    moments.push(new Date().toISOString())
    assert.equal((await owner.call(`PATCH /parties/${made.id}`, changes)).status, 200)
  }
  await change({ city: 'Nakuru' })
  await change({ city: 'Thika', note: 'Pays late' })
  await change({ name: 'Juma Otieno' })
  const compare = async (from: string, to: string, by = owner) =>
    by.call('GET /audit/compare', { table: 'party', record: made.id, from, to })
  const now = new Date(Date.now() + 1000).toISOString()
  assert.deepEqual((await compare(moments[1]!, now)).body.changes, [
    { field: 'city', before: 'Nakuru', after: 'Thika' },
    { field: 'name', before: 'Juma', after: 'Juma Otieno' },
    { field: 'note', before: null, after: '•••' },
  ])
  const { changes, same } = (await compare(moments[2]!, now)).body
  assert.deepEqual(changes, [{ field: 'name', before: 'Juma', after: 'Juma Otieno' }])
  assert.ok(same > 5)
  assert.deepEqual((await compare(now, now)).body.changes, [])
  const auditor = server.client()
  const role = await aRole(owner, 'Auditor without numbers', { 'access.audit.read': 'place', 'parties.party.read': 'place' })
  await accept(auditor, await anInvitation(owner, 'aud@example.com', [{ role }]))
  const seen = await compare('2020-01-01T00:00:00Z', now, auditor)
  assert.equal(seen.status, 200)
  assert.doesNotMatch(JSON.stringify(seen.body), /712344567/)
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'c@example.com', [{ role: 'cashier', place: world.place }]))
  assert.equal((await compare(moments[0]!, now, cashier)).status, 403)
})

test('every morning the newest seal goes into mailboxes elsewhere, signed', async () => {
  assert.equal((await owner.call('POST /security', { checkpointMails: ['Board@Elsewhere.example'] })).status, 200)
  assert.equal((await owner.call('POST /security', { checkpointMails: ['no address'] })).status, 422)
  await sealTrail(world.database, 'all')
  const checkpoint = (await latestCheckpoint(world.database))!
  assert.deepEqual(await mailCheckpoint(systemContext(server.database, 'test'), {}), { mailed: 1 })
  const letter = await mailbox.letter('board@elsewhere.example', /seal/)
  for (const part of [checkpoint.seq, checkpoint.hash]) assert.ok(JSON.stringify(letter).includes(part), part)
})
