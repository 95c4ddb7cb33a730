import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { startWorker } from '#kit/server/door/job.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until } from '#test/server.ts'
import { readTable } from '#kit/server/table/read.ts'
import { attachmentsOf } from '#kit/server/door/message.ts'
import { aTrade } from '../report/report.factory.ts'
import { sendDuePlans } from './plan.jobs.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
async function aPerson(email: string, role: string, place: string | null) {
  const client = server.client()
  const { body } = await accept(client, await anInvitation(owner, email, [{ role, place }]))
  return { client, id: body.user as string }
}
const seller = await aPerson('otieno@example.com', 'cashier', world.place)
const { branch } = await aTrade(world, seller.id)
const manager = await aPerson('branch@example.com', 'manager', branch)
const second = await startWorker(world.database, world.url)
onEnd(second.stop)

const planned = (more: object = {}) => ({
  id: newId(),
  name: 'Sales of March',
  report: 'salesByDay',
  period: 'lastMonth',
  frequency: 'monthly',
  hour: 7,
  attached: 'xlsx',
  receivers: [world.owner, manager.id],
  ...more,
})
const APRIL = Temporal.Instant.from('2026-04-01T04:00:30Z')
const isDue = (id: string, at = '2026-04-01T04:00:00Z') =>
  pool.query('update analytics_report_plan set next_at = $2 where id = $1', [id, at])
const mailings = async (plan: string) =>
  (
    await pool.query<{ id: string; receiver: string; days: string }>(
      `select id, receiver, first_day || '..' || last_day as days from analytics_report_mailing where plan = $1 order by receiver`,
      [plan],
    )
  ).rows
const rowOf = async (id: string) => (await owner.call(`GET /report-plans/${id}`)).body.row

test('due on the clock of the company, for receivers who may carry it away', async () => {
  const plan = planned()
  const made = await owner.call('POST /report-plans', plan)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const row = await rowOf(plan.id)
  const next = Temporal.Instant.from(row.nextAt).toZonedDateTimeISO('Africa/Nairobi')
  assert.deepEqual([next.day, next.hour, next.minute, row.state], [1, 7, 0, 'active'])
  const refused = await owner.call('POST /report-plans', planned({ receivers: [seller.id] }))
  assert.deepEqual([refused.status, refused.body.code], [422, 'analytics.reportPlan.notReaders'])
  const without = await owner.call('POST /report-plans', planned({ frequency: 'weekly' }))
  assert.equal(without.body.code, 'analytics.reportPlan.noWeekday')
  // What lies beyond one's own reach is nothing to send.
  const beyond = await manager.client.call('POST /report-plans', planned({ place: world.place, receivers: [manager.id] }))
  assert.equal(beyond.body.code, 'analytics.reportPlan.notReaders')
  assert.equal((await seller.client.call('POST /report-plans', planned())).status, 403)
  assert.equal((await manager.client.call(`GET /report-plans/${plan.id}`)).status, 404)
})

test('once to each at each time, however many look for what is due at once', async () => {
  const plan = planned()
  await owner.call('POST /report-plans', plan)
  await isDue(plan.id)
  const ctx = systemContext(world.database, 'test', { now: APRIL })
  await Promise.all(Array.from({ length: 4 }, () => sendDuePlans(ctx)))
  await sendDuePlans(ctx)
  const sent = await mailings(plan.id)
  assert.deepEqual(
    sent.map(({ receiver, days }) => [receiver, days]),
    [world.owner, manager.id].toSorted().map((receiver) => [receiver, '2026-03-01..2026-03-31']),
  )
  const { rows } = await pool.query('select count(*)::int as n from comms_message where about = any($1)', [
    sent.map(({ id }) => id),
  ])
  assert.equal(rows[0].n, 2)
  const row = await rowOf(plan.id)
  assert.deepEqual([row.lastResult, row.nextAt], ['sent', '2026-05-01T04:00:00Z'])
})

test('each gets what they may see: a manager the figures of that store', async () => {
  const plan = planned()
  await owner.call('POST /report-plans', plan)
  await isDue(plan.id)
  await sendDuePlans(systemContext(world.database, 'test', { now: APRIL }))
  const days = async (receiver: string) => {
    const { id } = (await mailings(plan.id)).find((one) => one.receiver === receiver)!
    const [file] = await attachmentsOf(systemContext(world.database, 'test'), 'analytics.reportPlan', id, 'en')
    const { rows } = await readTable(file!.content, { name: file!.filename })
    const all: string[] = []
    for await (const { cells } of rows) all.push(cells[0]!)
    return all
  }
  assert.deepEqual(await days(world.owner), ['2026-03-01', '2026-03-02', '2026-03-03'])
  assert.deepEqual(await days(manager.id), ['2026-03-03'])
  const kept = await until(
    () => pool.query(`select count(*)::int as n from comms_message where template = 'analytics.reportPlan' and state = 'queued'`),
    ({ rows }) => rows[0].n === 0,
  )
  assert.equal(kept.rows[0].n, 0)
})

test('who lost the right gets nothing, and whoever made the plan is told', async () => {
  const plan = planned()
  await owner.call('POST /report-plans', plan)
  await pool.query('delete from access_member where holder = $1', [manager.id])
  await isDue(plan.id)
  await sendDuePlans(systemContext(world.database, 'test', { now: APRIL }))
  assert.deepEqual(
    (await mailings(plan.id)).map(({ receiver }) => receiver),
    [world.owner],
  )
  assert.equal((await rowOf(plan.id)).lastResult, 'partly')
  const { rows } = (await owner.call('GET /notices')).body
  assert.ok(rows.some((one: { kind: string; href: string }) => one.kind === 'analytics.planMissed' && one.href.includes(plan.id)))
})

test('paused it is not sent; it goes on at its next time, is sent now, and ends', async () => {
  const plan = planned({ receivers: [world.owner] })
  await owner.call('POST /report-plans', plan)
  assert.ok((await owner.call(`POST /report-plans/${plan.id}/pause`)).status < 300)
  await isDue(plan.id)
  await sendDuePlans(systemContext(world.database, 'test', { now: APRIL }))
  assert.deepEqual(await mailings(plan.id), [])
  await owner.call(`POST /report-plans/${plan.id}/resume`)
  assert.ok(Temporal.Instant.compare(Temporal.Instant.from((await rowOf(plan.id)).nextAt), Temporal.Now.instant()) > 0)
  assert.ok((await owner.call(`POST /report-plans/${plan.id}/send`)).status < 300)
  assert.equal((await mailings(plan.id)).length, 1)
  await owner.call(`POST /report-plans/${plan.id}/end`)
  assert.equal((await owner.call(`POST /report-plans/${plan.id}/resume`)).status, 409)
})

test('nothing goes out in the name of somebody who left: the plan rests, those who look after all are told, and one goes on with it', async () => {
  const leaving = await aPerson('leaving@example.com', 'manager', branch)
  const plan = planned({ receivers: [leaving.id, world.owner], place: branch })
  assert.equal((await leaving.client.call('POST /report-plans', plan)).status, 201)
  assert.ok((await owner.call(`POST /users/${leaving.id}/disable`, { because: 'left' })).status < 300)
  await isDue(plan.id)
  await sendDuePlans(systemContext(world.database, 'test', { now: APRIL }))
  assert.deepEqual(await mailings(plan.id), [])
  assert.equal((await rowOf(plan.id)).state, 'paused')
  const { rows } = (await owner.call('GET /notices')).body as { rows: { kind: string; href: string }[] }
  assert.ok(rows.some(({ kind, href }) => kind === 'analytics.planStopped' && href.includes(plan.id)))
  // Whoever goes on with it sends it to people who are here.
  assert.equal((await owner.call(`POST /report-plans/${plan.id}/resume`)).body.code, 'analytics.reportPlan.unknown')
  const { version } = await rowOf(plan.id)
  const changed = await owner.call(
    `PATCH /report-plans/${plan.id}`,
    { receivers: [world.owner] },
    { 'if-match': String(version) },
  )
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.ok((await owner.call(`POST /report-plans/${plan.id}/resume`)).status < 300)
  await isDue(plan.id)
  await sendDuePlans(systemContext(world.database, 'test', { now: APRIL }))
  assert.deepEqual(
    (await mailings(plan.id)).map(({ receiver }) => receiver),
    [world.owner],
  )
})
