import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { flushActivity, note } from '#kit/server/door/activity.ts'
import { json } from '#kit/server/data/db.ts'
import { bodyWithoutTurns } from '#kit/server/edge/json-body.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

/** Texts that are cut within a sign, hold half of one, or NUL: what is no letter to PostgreSQL. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const kinds = async (kind: string): Promise<number> => {
  await flushActivity(server.database)
  const { rows } = await world.database.pool.query<{ n: number }>('select count(*)::int as n from activity where kind = $1', [
    kind,
  ])
  return rows[0]!.n
}

test('JSON as columns keep it: halves of signs and NUL are shown as such, all else is as it was', () => {
  const kept = ['', '😀', '\\ud800', '\\\\u0000', '"\\', 'سوق', '\u202e']
  assert.deepEqual(JSON.parse(json(kept)), kept)
  assert.deepEqual(JSON.parse(json(['\ud83d', 'a\udc00b', '\u0000', '\\\u0000', '\\\\\ud800'])), [
    '\ufffd',
    'a\ufffdb',
    '\ufffd',
    '\\\ufffd',
    '\\\\\ufffd',
  ])
})

test('nobody silences the notes of what is refused by a filter that is cut within a sign', async () => {
  const packer = server.client()
  await accept(packer, await anInvitation(owner, 'packer@example.com', [{ role: 'packer', place: world.place }]))
  const before = await kinds('kit.refused')
  for (let more = 0; more < 2; more++)
    assert.equal(
      (await packer.call('GET /catalog/products/export', { category: `${'x'.repeat(420 + more)}${'😀'.repeat(40)}` })).status,
      403,
    )
  assert.equal(await kinds('kit.refused'), before + 2)
  assert.equal((await server.client().call('POST /sign-in', { email: 'amina@example.com', password: 'not hers' })).status, 401)
  assert.equal(await kinds('access.signInFailed'), 1)
})

test('what no column can hold is let go and counted, and nothing waits behind it', async () => {
  const ctx = { ...world.ctx(), database: server.database }
  for (let number = 0; number < 9; number++)
    note(ctx, 'test.between', { place: number === 4 ? 'no place' : world.place, facts: { number } })
  assert.deepEqual([await kinds('test.between'), await kinds('kit.activityDropped')], [8, 1])
})

test('a text with a sign where the trail cuts it, or with half of one, is kept', async () => {
  for (const length of [1_998, 1_999, 2_000]) {
    const description = `${'x'.repeat(length)}😀 and more`
    const id = newId()
    const made = await owner.call('POST /catalog/products', {
      id,
      name: `Long ${length}`,
      description,
      variants: [{ price: '1' }],
    })
    assert.equal(made.status, 201, `${length}: ${JSON.stringify(made.body)}`)
    assert.equal((await owner.call(`GET /catalog/products/${id}`)).body.row.description, description)
  }
  const half = await owner.call('POST /parties', { name: 'Half \ud83d', kind: 'person', roles: ['customer'] })
  assert.equal(half.status, 201, JSON.stringify(half.body))
  assert.equal((await owner.call(`GET /parties/${half.body.id}`)).body.row.name, 'Half \ufffd')
})

test('a sign that turns the writing round is in no name: what is told of it reads as it was meant', async () => {
  assert.equal(
    bodyWithoutTurns('{"a":"x\u202ey","b":"\\u202E\\u2066z","c":"\\\\u202e","d":"\\"\u200f"}'),
    '{"a":"xy","b":"z","c":"\\\\u202e","d":"\\"\u200f"}',
  )
  const { body } = await owner.call('POST /parties', {
    id: newId(),
    kind: 'person',
    name: 'Juma \u202eotavA\u2069',
    roles: ['customer'],
  })
  assert.equal((await owner.call(`GET /parties/${body.id}`)).body.row.name, 'Juma otavA')
})
