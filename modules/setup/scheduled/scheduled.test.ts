import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWorker } from '#kit/server/door/job.ts'
import { beginDue, scheduled, scheduledWork } from '#kit/server/door/scheduled.ts'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until } from '#test/server.ts'
import { codeOf } from '#modules/access/sign-in/sign-in.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'

/** Work of this test only, which notes how often it was done, and fails when it is told to. */
let done = 0
let isBroken = false
const trial = scheduled('access.trialWork', {
  every: { daily: '04:00' },
  attempts: 1,
  run: async () => {
    if (isBroken) throw new Error('the other side is away')
    done += 1
  },
})
trial.mount()

const world = await aCompany()
// Two programs at one database, as in a shop with two machines.
const server = await aServer(world.url)
const second = await startWorker(world.database, world.url, { tick: beginDue })
onEnd(second.stop)
const owner = server.client(world.cookie)
const { pool } = world.database

const rowOf = async (name = 'access.trialWork') =>
  (await owner.call('GET /scheduled')).body.rows.find((one: { name: string }) => one.name === name)
const settled = () =>
  until(
    () => rowOf(),
    (row) => ['ok', 'failed'].includes(row.state),
  )
const wasDueFor = (days: number) =>
  pool.query(
    `update scheduled_work set next_at = now() - make_interval(days => $1), result = null, ended_at = null,
    error = null, started_at = null where name = 'access.trialWork'`,
    [days],
  )

test('it is due on the clock of the company, and has not been done yet', async () => {
  const row = await rowOf()
  const next = Temporal.Instant.from(row.nextAt).toZonedDateTimeISO('Africa/Nairobi')
  assert.deepEqual([row.timeZone, next.hour, next.minute, row.state], ['Africa/Nairobi', 4, 0, 'new'])
  assert.ok(scheduledWork().length >= 6)
})

test('after a stop of nine days it is begun once, by whichever of two comes first', async () => {
  const before = done
  await wasDueFor(9)
  const begun = await Promise.all(Array.from({ length: 6 }, () => beginDue(world.database)))
  assert.deepEqual(begun.flat(), ['access.trialWork'])
  const row = await settled()
  assert.deepEqual([row.state, done - before], ['ok', 1])
  assert.ok(Temporal.Instant.compare(Temporal.Instant.from(row.nextAt), Temporal.Now.instant()) > 0)
  assert.deepEqual(await beginDue(world.database), [])
})

test('when the company moves to another time zone, so does its work', async () => {
  await pool.query(`update setting set value = value || '{"timeZone": "Asia/Riyadh"}' where name = 'company'`)
  const { rows } = await pool.query<{ value: { timeZone: string } }>(`select value from setting where name = 'company'`)
  assert.equal(rows[0]!.value.timeZone, 'Asia/Riyadh')
  await pool.query(`update setting set value = value || '{"timeZone": "America/New_York"}' where name = 'company'`)
  await beginDue(world.database)
  const row = await rowOf()
  assert.equal(Temporal.Instant.from(row.nextAt).toZonedDateTimeISO('America/New_York').hour, 4)
})

test('what failed says so with its reason, and is done again when somebody asks', async () => {
  isBroken = true
  await wasDueFor(1)
  await beginDue(world.database)
  const failed = await settled()
  assert.deepEqual([failed.state, failed.error], ['failed', 'the other side is away'])
  const notices = async () =>
    ((await owner.call('GET /notices')).body.rows as { kind: string; href: string; facts: { work: string } }[]).filter(
      (one) => one.kind === 'kit.scheduledFailed',
    )
  const [told] = await until(notices, (rows) => rows.length > 0)
  assert.deepEqual([told!.facts.work, told!.href], ['access.trialWork', '/settings/scheduled'])
  assert.deepEqual(((await (await fetch(`${server.base}/ready`)).json()) as { failed: string[] }).failed, ['access.trialWork'])
  // It fails again, and nobody is told twice.
  await wasDueFor(1)
  await beginDue(world.database)
  await settled()
  assert.equal((await notices()).length, 1)
  isBroken = false
  const before = done
  assert.equal((await owner.call('POST /scheduled/access.trialWork/run')).status, 200)
  const row = await until(
    () => rowOf(),
    (one) => one.state === 'ok',
  )
  assert.deepEqual([row.error, done - before], [null, 1])
  const { rows } = await pool.query(`select actor_name from audit_entry where command = 'access.runScheduled'`)
  assert.deepEqual(rows, [{ actor_name: 'Amina Owner' }])
})

test('who may not sees nothing and begins nothing; what there is not is not begun', async () => {
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
  assert.deepEqual(codeOf(await cashier.call('GET /scheduled')), [403, 'kit.forbidden'])
  assert.deepEqual(codeOf(await cashier.call('POST /scheduled/kit.forgetOld/run')), [403, 'kit.forbidden'])
  assert.deepEqual(codeOf(await owner.call('POST /scheduled/kit.nothing/run')), [404, 'kit.notFound'])
})
