import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { showReport } from '../report/report.queries.ts'
import { reportNames, reportOf } from '../report/report.ts'
import { aTrade, run } from '../report/report.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { sumDaysThatAreOver } from './daily.jobs.ts'

const world = await aCompany()
const server = await aServer(world.url)
const invited = await accept(
  server.client(),
  await anInvitation(server.client(world.cookie), 'otieno@example.com', [{ role: 'cashier', place: world.place }]),
)
const { branch, cup } = await aTrade(world, invited.body.user as string)

const { pool, db } = world.database
const SALES = reportNames.filter((one) => reportOf(one).group === 'sales')
const shown = async (days = { from: '2026-02-01', to: '2026-04-30' }, more: object = {}) =>
  Object.fromEntries(
    await Promise.all(
      SALES.map(async (name) => [name, await showReport(world.ctx(), { name, ...days, compare: 'none', ...more })] as const),
    ),
  )
const shifts = await db.selectFrom('posShift').select(['id', 'businessDay', 'till']).orderBy('businessDay').execute()
const close = (id: string) =>
  run('pos.closeShift', world.ctx(), { id, counted: '0', counts: [], leaveParked: true, varianceReason: 'Counted' })
const summed = async () =>
  (await pool.query('select last_day::text from analytics_summed')).rows[0]?.last_day as string | undefined
const sumAt = (now: string) => sumDaysThatAreOver.work.run(world.ctx({ now: Temporal.Instant.from(now) }), {} as never, true)

test('a till that is open holds its day, and those after it', async () => {
  await sumAt('2026-05-01T08:00:00Z')
  assert.equal(await summed(), undefined, 'the first day has a till that is open')
  await close(shifts[0]!.id)
  await sumAt('2026-05-01T08:00:00Z')
  assert.equal(await summed(), '2026-03-01')
})

test('every report says the same of days that are summed as of their sales, in part and whole', async () => {
  const whole = { from: '2026-02-01', to: '2026-04-30' }
  const spans = [
    [whole, {}],
    [whole, { place: world.place }],
    [whole, { place: branch }],
    [{ from: '2026-03-02', to: '2026-03-03' }, {}],
    [{ from: '2026-03-02', to: '2026-03-02' }, { compare: 'before' }],
  ] as const
  const all = () => Promise.all(spans.map(([days, more]) => shown(days, more)))
  await pool.query(
    'delete from analytics_summed; delete from analytics_day_sale; delete from analytics_day_line; delete from analytics_day_method',
  )
  const before = await all()
  await sumAt('2026-05-01T08:00:00Z')
  assert.equal(await summed(), '2026-03-01')
  assert.deepEqual(await all(), before, 'one day summed, the rest read from the sales')
  for (const { id } of shifts.slice(1)) await close(id)
  // Many programs at once, and the same one again.
  await Promise.all([1, 2, 3, 4].map(() => sumAt('2026-05-01T08:00:00Z')))
  await sumAt('2026-05-01T09:00:00Z')
  assert.equal(await summed(), '2026-04-29')
  assert.deepEqual(await all(), before)
  assert.equal(before[0]!['salesByDay']!.sums['net'], 38_700n)
})

test('what is summed is read in place of its sales, and what comes later stands beside it', async () => {
  await pool.query(`update analytics_day_sale set net = net + 7 where business_day = '2026-03-01'`)
  await pool.query(`update analytics_day_line set net = net + 7 where business_day = '2026-03-01'`)
  const now = Temporal.Instant.from('2026-04-30T09:00:00Z')
  const till = shifts[0]!.till
  await run('pos.openShift', world.ctx({ now }), { id: newId(), till, float: '0' })
  const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
  await completeSale(world.ctx({ now }), {
    id: newId(),
    till,
    total: '3000' as never,
    lines: [{ variant: cup.variant, quantity: '1000000' as never, listPrice: cup.price as never }],
    tenders: [{ method: cash.id, given: '3000' as never }],
  })
  const reports = await shown()
  for (const name of ['salesByDay', 'salesByArticle']) assert.equal(reports[name]!.sums['net'], 41_707n)
})
