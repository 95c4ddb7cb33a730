import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ctx } from '#kit/server/door/context.ts'
import { readTable } from '#kit/server/table/read.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { exportReport, showReport } from './report.queries.ts'
import { reportNames, reportOf, type ReportName } from './report.ts'
import { documentsOf } from './documents.rules.ts'
import { aTrade, run } from './report.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const invited = await accept(
  server.client(),
  await anInvitation(server.client(world.cookie), 'otieno@example.com', [{ role: 'cashier', place: world.place }]),
)
const cashier = invited.body.user as string
const { branch, pot, cup } = await aTrade(world, cashier)

const DAYS = { from: '2026-03-02', to: '2026-03-03' }
const shown = (name: ReportName, more: object = {}, ctx: Ctx = world.ctx()) => showReport(ctx, { name, ...DAYS, ...more })
const pick = async (name: ReportName, columns: readonly string[], more: object = {}) =>
  (await shown(name, more)).rows.map((row) => [row.name || row.key, ...columns.map((one) => row.figures[one])])
/** What an account moved by in these days, above zero on the side where it stands. */
async function booked(code: string, more: object = {}): Promise<bigint> {
  const { rows } = (await run('ledger.trialBalance', world.ctx(), { ...DAYS, ...more })) as {
    rows: { code: string; debit: bigint; credit: bigint }[]
  }
  const row = rows.find((one) => one.code === code)!
  return row.credit - row.debit
}

test('each report of sales comes to the same sum, which is that of the sales and of the ledger', async () => {
  for (const more of [{}, { place: world.place }, { place: branch }])
    for (const name of reportNames.filter((one) => reportOf(one).group === 'sales' && reportOf(one).main === 'net')) {
      const { sums } = await shown(name, more)
      assert.equal(sums['net'], await booked('4000', more), `${name} ${JSON.stringify(more)}`)
      if ('tax' in sums) assert.equal(sums['tax'], await booked('2100', more), name)
      if ('cost' in sums) assert.equal(sums['cost'], -(await booked('5000', more)), name)
    }
  const { sums } = await shown('salesByDay')
  assert.deepEqual(
    [sums['sales'], sums['net'], sums['tax'], sums['total'], sums['discount'], sums['cost'], sums['margin'], sums['average']],
    [3n, 35_700n, 4_800n, 40_500n, 300n, 14_000n, 21_700n, 13_500n],
  )
  assert.equal(sums['marginRate'], 608_000n)
  assert.equal((await shown('salesByMethod')).sums['amount'], sums['total'])
})

test('by day, cashier, store, hour, article, category and way to pay', async () => {
  assert.deepEqual(await pick('salesByDay', ['sales', 'net']), [
    ['2026-03-02', 2n, 22_700n],
    ['2026-03-03', 1n, 13_000n],
  ])
  assert.deepEqual(await pick('salesByCashier', ['net', 'discount']), [
    ['Amina Owner', 20_000n, 0n],
    ['Somebody New', 15_700n, 300n],
  ])
  assert.deepEqual(await pick('salesByStore', ['net']), [
    ['Main Street', 22_700n],
    ['Westlands', 13_000n],
  ])
  // The sale at one in the night is Monday's, as its business day is.
  assert.deepEqual(await pick('salesByHour', ['monday', 'tuesday', 'net', 'sales']), [
    ['01', 2_700n, 0n, 2_700n, 1n],
    ['10', 20_000n, 13_000n, 33_000n, 2n],
  ])
  assert.deepEqual(await pick('salesByArticle', ['quantity', 'net', 'margin']), [
    ['Clay pot', 3_000_000n, 30_000n, 18_000n],
    ['Tin cup', 2_000_000n, 5_700n, 3_700n],
  ])
  assert.equal((await shown('salesByArticle')).sums['quantity'], null)
  assert.deepEqual(await pick('salesByCategory', ['net']), [
    ['Pottery', 30_000n],
    ['Without a category', 5_700n],
  ])
  assert.deepEqual(await pick('salesByMethod', ['payments', 'amount']), [
    ['Cash', 2n, 28_200n],
    ['Card', 2n, 12_300n],
  ])
  assert.deepEqual(
    (await shown('salesByArticle')).rows.map(({ key }) => key),
    [pot.variant, cup.variant],
  )
})

test('a row leads to the sales that it is made of, and so does a figure of one weekday', async () => {
  const behind = async (to: string) => {
    const input = Object.fromEntries(new URL(to, 'http://duka').searchParams)
    const { rows } = (await run('pos.sale.list', world.ctx(), { ...input, limit: 100 })) as { rows: { net: bigint }[] }
    return { count: BigInt(rows.length), net: rows.reduce((all, one) => all + one.net, 0n) }
  }
  for (const place of [undefined, branch]) {
    const at = { from: '2026-03-02', to: '2026-03-03', ...(place && { place }) }
    for (const row of (await shown('salesByHour', at)).rows) {
      const { count, net } = await behind(documentsOf('salesByHour', row.key, at)!)
      assert.deepEqual([count, net], [row.figures['sales'], row.figures['net']])
      for (const weekday of ['monday', 'tuesday'])
        assert.equal((await behind(documentsOf('salesByHour', row.key, at, weekday)!)).net, row.figures[weekday])
      assert.equal(documentsOf('salesByHour', row.key, at, 'sales'), null)
    }
  }
  const span = { from: '2026-03-02', to: '2026-03-03' }
  const counts = []
  for (const row of (await shown('salesByCategory', span)).rows)
    counts.push([row.name, (await behind(documentsOf('salesByCategory', row.key, span)!)).count])
  assert.deepEqual(counts, [
    ['Pottery', 2n],
    ['Without a category', 2n],
  ])
})

test('tax by rate and class, which is what the ledger owes', async () => {
  assert.deepEqual(await pick('taxes', ['net', 'tax', 'total']), [
    ['16% Standard', 30_000n, 4_800n, 34_800n],
    ['0% Without tax', 5_700n, 0n, 5_700n],
  ])
})

test('a row of taxes leads to the lines that it is made of, which add up to it', async () => {
  const span = { from: '2026-03-02', to: '2026-03-03' }
  for (const more of [{}, { place: branch }])
    for (const row of (await shown('taxes', { ...span, ...more })).rows) {
      const [path, filters] = documentsOf('taxes', row.key, { ...span, ...more })!.split('?')
      assert.equal(path, '/pos/sale-lines')
      const input = Object.fromEntries(new URLSearchParams(filters))
      const { sums } = (await run('pos.saleLine.sums', world.ctx(), input)) as { sums: Record<string, bigint> }
      for (const name of ['net', 'tax', 'total']) assert.equal(sums[name], row.figures[name], `${row.name} ${name}`)
    }
})

test('stock value as of a day is the stock account, store by store', async () => {
  const today = Temporal.Now.plainDateISO('Africa/Nairobi').toString()
  for (const to of ['2026-03-02', today, Temporal.PlainDate.from(today).add({ days: 1 }).toString()])
    for (const more of [{}, { place: world.place }, { place: branch }]) {
      const { sums } = await shown('stockValue', { to, ...more })
      assert.equal(sums['value'], -(await booked('1200', { from: '2000-01-01', to, ...more })), `${to} ${JSON.stringify(more)}`)
    }
  const [first] = (await shown('stockValue', { to: Temporal.PlainDate.from(today).add({ days: 1 }).toString() })).rows
  assert.deepEqual([first!.name, first!.figures['quantity'], first!.figures['value']], ['Clay pot', 57_000_000n, 228_000n])
})

test('profit and loss leaves what was earned; a balance sheet balances on every day and in every store', async () => {
  const { rows, sums } = await shown('profitAndLoss', { compare: 'before' })
  assert.deepEqual(
    rows.map((row) => [row.name, row.figures['income'], row.figures['expenses'], row.before]),
    [
      ['4000 Sales', 35_700n, null, 3_000n],
      ['5000 Cost of sales', null, 14_000n, -1_000n],
    ],
  )
  assert.deepEqual([sums['income'], sums['expenses'], sums['result']], [35_700n, 14_000n, 21_700n])
  for (const to of ['2026-03-01', '2026-03-03', '2026-12-31'])
    for (const more of [{}, { place: world.place }, { place: branch }]) {
      const sheet = await shown('balanceSheet', { to, from: '2026-03-01', ...more })
      assert.equal(sheet.sums['assets'], sheet.sums['liabilities']! + sheet.sums['equity']!, `${to} ${JSON.stringify(more)}`)
    }
  const sheet = await shown('balanceSheet', { compare: 'before' })
  const last = sheet.rows.at(-1)!
  assert.deepEqual([last.name, last.figures['equity'], last.before], ['Result so far', 23_700n, 2_000n])
  assert.equal(sheet.before?.sum, null)
})

test('another span stands beside it, day by day; what is no more stands there with nothing', async () => {
  const { rows, before } = await shown('salesByDay', { compare: 'before' })
  assert.deepEqual(
    rows.map((row) => [row.key, row.figures['net'], row.before]),
    [
      ['2026-03-02', 22_700n, 0n],
      ['2026-03-03', 13_000n, 3_000n],
    ],
  )
  assert.deepEqual(before, { from: '2026-02-28', to: '2026-03-01', sum: 3_000n })
  const later = { from: '2027-03-01', to: '2027-03-02', compare: 'yearBefore' }
  const gone = await shown('salesByCashier', later)
  assert.deepEqual(
    gone.rows.map((row) => [row.name, row.figures['net'], row.before]),
    [
      ['Amina Owner', 0n, 23_000n],
      ['Somebody New', 0n, 2_700n],
    ].toSorted(() => (cashier < world.owner ? -1 : 1)),
  )
  assert.deepEqual(gone.before, { from: '2026-03-01', to: '2026-03-02', sum: 25_700n })
  assert.equal(gone.sums['net'], 0n)
})

test('days without anything have no rows and nothing at the foot; a span has an order and an end', async () => {
  const { rows, sums, before } = await shown('salesByDay', { from: '2020-01-01', to: '2020-01-31', compare: 'before' })
  assert.deepEqual([rows.length, sums['net'], sums['average'], before?.sum], [0, 0n, null, 0n])
  for (const days of [
    { from: '2026-03-03', to: '2026-03-02' },
    { from: '2020-01-01', to: '2025-01-01' },
  ])
    await assert.rejects(shown('salesByDay', days), { code: 'analytics.report.badSpan', status: 422 })
  await shown('salesByDay', { from: '2020-01-01', to: '2024-12-31' })
})

test('a manager of one store sees that store alone, and nobody sees costs or books without the right', async () => {
  const manager = world.as('manager', { place: branch })
  for (const name of reportNames) {
    const { sums } = await shown(name, {}, manager)
    const all = await shown(name, { place: branch })
    assert.deepEqual(sums, all.sums, name)
    await assert.rejects(shown(name, { place: world.place }, manager), { code: 'kit.notFound' })
  }
  const grants = new Map(world.ctx().actor.grants)
  grants.delete('catalog.cost.read')
  const blind = world.ctx({ actor: { ...world.ctx().actor, grants } })
  for (const name of reportNames.filter(
    (one) => reportOf(one).group === 'sales' && reportOf(one).columns.some(({ seenBy }) => seenBy),
  )) {
    const { columns, rows, sums } = await shown(name, {}, blind)
    const told = JSON.stringify([columns, rows, sums], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    assert.doesNotMatch(told, /cost|margin/, name)
  }
  // The right at one store is none over a sum of both.
  grants.set('catalog.cost.read', { all: false, places: [branch], owners: [], sellers: [] })
  assert.ok(!(await shown('salesByDay', {}, blind)).columns.includes('cost'))
  assert.ok((await shown('salesByDay', { place: branch }, blind)).columns.includes('cost'))
  grants.delete('catalog.cost.read')
  await assert.rejects(shown('stockValue', {}, blind), { code: 'kit.forbidden' })
  grants.delete('ledger.account.read')
  for (const name of ['profitAndLoss', 'balanceSheet'] as const)
    await assert.rejects(shown(name, {}, blind), { code: 'kit.forbidden' })
  await assert.rejects(shown('salesByDay', {}, world.as('cashier')), { code: 'kit.forbidden' })
  // Whoever may look at sales and not carry them away carries no report of them away either.
  grants.delete('pos.sale.export')
  await shown('salesByDay', {}, blind)
  await assert.rejects(exportReport(blind, { name: 'salesByDay', ...DAYS }), { code: 'kit.forbidden' })
})

const fetched = async (path: string, cookie = world.cookie) =>
  fetch(`${server.base}/api/reports/${path}`, { headers: { cookie: `__Host-duka=${cookie}` } })

test('as a file for people and for machines, and on paper', async () => {
  const span = 'from=2026-03-02&to=2026-03-03&compare=before'
  for (const format of ['csv', 'xlsx']) {
    const bytes = Buffer.from(await (await fetched(`salesByDay/export?${span}&format=${format}&for=people`)).arrayBuffer())
    const { header, rows } = await readTable(bytes, { name: 'export' })
    const all = []
    for await (const { cells } of rows) all.push(cells)
    assert.deepEqual(header.slice(0, 3), ['Business day', 'Sales', 'Net sales'])
    assert.deepEqual([header.at(-1), all.length], ['Before', 2])
    assert.deepEqual([all[0]![0], Number(all[0]![2]), Number(all[1]!.at(-1))], ['2026-03-02', 227, 30])
  }
  assert.match(
    await (await fetched(`salesByCashier/export?${span}`)).text(),
    /^cashier,sales,net,.*,before\r\nAmina Owner,1,200\.00,/,
  )
  for (const name of reportNames) {
    const pdf = await fetched(`${name}/export?${span}&format=pdf`)
    assert.equal(pdf.status, 200, `${name}: ${pdf.status}`)
    assert.equal(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
      name,
    )
  }
  const { rows } = await world.database.pool.query(
    `select input->>'entity' as entity from audit_entry where command = 'kit.export'`,
  )
  assert.ok(rows.some(({ entity }) => entity === 'analytics.salesByHour'))
})
