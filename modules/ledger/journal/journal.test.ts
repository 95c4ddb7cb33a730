import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EffectTable, Reviewed } from '#kit/effect.ts'
import { newId } from '#kit/id.ts'
import { sum } from '#kit/money.ts'
import { listWaiting } from '#kit/server/list/waiting.ts'
import { businessDay } from '#kit/time.ts'
import { partyRoutes } from '#modules/parties/party/party.routes.ts'
import { aCompany } from '#test/harness.ts'
import { accountStatement, showChart } from '../account/account.queries.ts'
import { account } from '../account/account.ts'
import { readBalance } from '../account/account.rules.ts'
import { closePeriod, listPeriods, reopenPeriod } from '../period/period.commands.ts'
import { checkLedger, showEntry, trialBalance } from '../entry/entry.queries.ts'
import { entryRoutes } from '../entry/entry.routes.ts'
import { postJournal as post, reverseJournal } from './journal.commands.ts'
import { written } from './journal.factory.ts'
import { journalRoutes } from './journal.routes.ts'

const world = await aCompany()
const { pool } = world.database
const accounts = new Map((await showChart(world.ctx(), {})).rows.map((row) => [row.code, row.id]))
const of = (code: string) => accounts.get(code)!
const ALL = { from: '2000-01-01', to: '2100-01-01' }

type Line = [code: string, amount: bigint]
const aJournal = (businessDay: string, lines: Line[], place: string | null = null) =>
  written({
    businessDay,
    place,
    memo: 'A test entry',
    lines: lines.map(([code, amount]) => ({ account: of(code), amount: String(amount) })),
  })
const { 'POST /journals': write, 'PATCH /journals/:id': change, 'GET /journals/:id': show } = journalRoutes
/** Written and posted. */
async function postJournal(by: Parameters<typeof write>[0], entry: ReturnType<typeof written>) {
  await write(by, entry)
  return post(by, { id: entry.id })
}
const balances = async (place?: string) => {
  const { rows } = await trialBalance(world.ctx(), { ...ALL, ...(place && { place }) })
  return Object.fromEntries(rows.filter((row) => row.closing !== 0n).map((row) => [row.code, row.closing]))
}
const entries = async () => (await pool.query('select count(*)::int as n from ledger_entry')).rows[0].n as number
const booksAreRight = async () => {
  assert.deepEqual((await checkLedger(world.ctx(), {})).differences, [])
  const { rows } = await trialBalance(world.ctx(), ALL)
  assert.equal(sum(rows.map((row) => row.closing)), 0n)
  assert.equal(sum(rows.map((row) => row.debit)), sum(rows.map((row) => row.credit)))
}

test('an entry that does not balance is refused with its difference, and by the database too', async () => {
  const before = await entries()
  const odd = aJournal('2026-03-02', [
    ['1050', 1000n],
    ['3100', -999n],
  ])
  await assert.rejects(postJournal(world.ctx(), odd), {
    code: 'ledger.journal.unbalanced',
    params: { difference: 1n, currency: 'KES' },
  })

  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into ledger_entry (id, at, business_day, document_kind, document, amount) values ($1, now(), '2026-03-02', 'journal', $1, 100)`,
      [odd.id],
    )
    const written = client.query(
      `insert into ledger_line (id, entry, account, amount, business_day)
       select gen_random_uuid(), $1, a, m, '2026-03-02' from unnest($2::uuid[], $3::bigint[]) as l(a, m)`,
      [odd.id, [of('1050'), of('3100')], ['1000', '-999']],
    )
    await assert.rejects(written, { code: '23514', constraint: 'ledger_entry_balances' })
  } finally {
    await client.query('rollback')
    client.release()
  }
  assert.equal(await entries(), before)
})

test('an entry needs two lines, and accounts that are in use', async () => {
  await assert.rejects(
    postJournal(
      world.ctx(),
      aJournal('2026-03-02', [
        ['1050', 0n],
        ['3100', 0n],
      ]),
    ),
    { code: 'ledger.journal.unfinished', params: { n: 1 } },
  )
  await pool.query(`update ${account.table} set archived_at = now() where code = '1300'`)
  const old = aJournal('2026-03-02', [
    ['1300', 5n],
    ['3100', -5n],
  ])
  await assert.rejects(postJournal(world.ctx(), old), { code: 'ledger.journal.archivedAccount', status: 422 })
})

test('entries are numbered without gaps, also when one is refused between them', async () => {
  const good = () =>
    aJournal('2025-06-01', [
      ['1050', 10n],
      ['3100', -10n],
    ])
  const first = await postJournal(world.ctx(), good())
  await assert.rejects(postJournal(world.ctx(), aJournal('2025-06-01', [['1050', 10n]])), { code: 'ledger.journal.tooFew' })
  const second = await postJournal(world.ctx(), good())
  assert.equal(first.number, 'JV-2025-00001')
  assert.equal(second.number, 'JV-2025-00002')
})

test('a closed month refuses entries until it is reopened with a reason', async () => {
  const late = () =>
    aJournal('2026-02-10', [
      ['1050', 700n],
      ['3100', -700n],
    ])
  await postJournal(world.ctx(), late())
  await closePeriod(world.as('accountant'), { firstDay: '2026-02-01' })
  const before = await balances()
  await assert.rejects(postJournal(world.ctx(), late()), { code: 'ledger.entry.closed', status: 409 })
  assert.deepEqual(await balances(), before)
  await assert.rejects(closePeriod(world.ctx(), { firstDay: '2026-02-01' }), { code: 'kit.wrongStep' })
  const { rows } = await listPeriods(world.ctx(), {})
  assert.equal(rows.find((row) => row.firstDay === '2026-02-01')?.state, 'closed')

  await reopenPeriod(world.ctx(), { firstDay: '2026-02-01', reason: 'A late invoice' })
  await postJournal(world.ctx(), late())
  await booksAreRight()
})

test('a month closes only after those who are posting to it have finished', async () => {
  const id = newId()
  const client = await pool.connect()
  await client.query('begin')
  await client.query(
    `insert into ledger_entry (id, at, business_day, document_kind, document, amount) values ($1, now(), '2026-01-15', 'journal', $1, 100)`,
    [id],
  )
  let isClosed = false
  const closing = closePeriod(world.ctx(), { firstDay: '2026-01-01' }).then(() => (isClosed = true))
  const behind = postJournal(
    world.ctx(),
    aJournal('2026-01-20', [
      ['1050', 1n],
      ['3100', -1n],
    ]),
  ).then(
    () => 'posted',
    (error: { code: string }) => error.code,
  )
  await new Promise((resolve) => setTimeout(resolve, 150))
  assert.equal(isClosed, false)
  await client.query('commit')
  client.release()
  await closing
  // Whoever came while it closed was either before it or is refused; nobody slips in after.
  assert.ok(['posted', 'ledger.entry.closed'].includes(await behind))
  await assert.rejects(
    postJournal(
      world.ctx(),
      aJournal('2026-01-31', [
        ['1050', 1n],
        ['3100', -1n],
      ]),
    ),
    { code: 'ledger.entry.closed' },
  )
})

test('months that are over and have entries wait at the home of who closes them, the later ones than those that are closed', async () => {
  const name = 'periodsToClose'
  const waiting = async (role: 'accountant' | 'manager') =>
    (await listWaiting(world.as(role), {})).rows.find((one) => one.name === name)?.count
  const open = await waiting('accountant')
  const { rows } = await listPeriods(world.ctx(), {})
  const today = businessDay(world.ctx().now, { timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  const over = rows.filter((row) => row.state === 'open' && row.firstDay.slice(0, 7) < today.slice(0, 7) && row.debit > 0n)
  assert.ok(over.length > 0)
  assert.equal(open, over.length)
  assert.equal(await waiting('manager'), undefined)
})

test('a month that is not over cannot be closed, and a cashier closes none', async () => {
  const firstDay = `${Temporal.Now.plainDateISO().toString().slice(0, 7)}-01`
  await assert.rejects(closePeriod(world.ctx(), { firstDay }), { code: 'ledger.period.future' })
  await assert.rejects(closePeriod(world.as('cashier'), { firstDay: '2025-06-01' }), { status: 403 })
})

test('a reversal restores every balance, once, however many ask at the same moment', async () => {
  const before = await balances()
  const entry = aJournal('2026-04-01', [
    ['1050', 90_000n],
    ['2100', -12_414n],
    ['4000', -77_586n],
  ])
  await postJournal(world.ctx(), entry)
  assert.notDeepEqual(await balances(), before)

  const results = await Promise.allSettled(
    [1, 2, 3].map(() => reverseJournal(world.ctx(), { id: entry.id, businessDay: '2026-04-30', reason: 'Typed twice' })),
  )
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected', 'rejected'])
  for (const result of results) if (result.status === 'rejected') assert.equal(result.reason.code, 'kit.wrongStep')
  assert.deepEqual(await balances(), before)

  const { row } = await show(world.ctx(), { id: entry.id })
  assert.equal(row.state, 'reversed')
  const shown = await showEntry(world.ctx(), { id: row.entry! })
  const back = await showEntry(world.ctx(), { id: row.reversal! })
  assert.deepEqual([back.row.reverses, shown.reversal?.id], [row.entry, row.reversal])
  assert.equal(back.row.memo, 'Typed twice')
  assert.equal(back.refs[row.entry!], shown.row.number)
  assert.deepEqual([shown.row.document, back.row.document], [entry.id, entry.id])
  await booksAreRight()
})

test('a draft is nothing in the books; another accountant goes on with it, and two who post it at once post it once', async () => {
  const before = await entries()
  const draft = aJournal('2026-04-10', [['1050', 2_500n]])
  const made = await write(world.ctx(), { ...draft, lines: [...draft.lines, { memo: 'What is it?' }] })
  assert.equal(made.number, null)
  const other = world.as('accountant')
  const { row, lines } = await show(other, { id: draft.id })
  assert.deepEqual([row.state, row.number, row.entry, row.amount], ['draft', null, null, 2_500n])
  await assert.rejects(post(other, { id: draft.id }), { code: 'ledger.journal.unfinished', params: { n: 2 } })
  const whole = [
    { id: lines[0]!.id, account: of('1050'), debit: '2500' },
    { account: of('3100'), credit: '2500' },
  ]
  const { version } = await change(other, { id: draft.id, ifMatch: 1, changes: { lines: whole } })
  // Whoever still sees what was there before posts nothing.
  await assert.rejects(post(world.ctx(), { id: draft.id, ifMatch: 1 }), { code: 'kit.changedMeanwhile' })
  assert.equal(await entries(), before)

  const results = await Promise.allSettled([world.ctx(), other].map((by) => post(by, { id: draft.id, ifMatch: version })))
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected'])
  assert.equal(await entries(), before + 1)
  const posted = await show(other, { id: draft.id })
  assert.match(posted.row.number!, /^JV-2026-\d{5}$/)
  assert.equal((await showEntry(other, { id: posted.row.entry! })).row.number, posted.row.number)
  await assert.rejects(change(other, { id: draft.id, changes: { memo: 'Too late' } }), { code: 'kit.wrongStep' })
  await booksAreRight()
})

test('the list of what moved on an account adds up to its statement, for the days and the account that are asked', async () => {
  const { 'GET /ledger-lines/sums': sumsOf } = entryRoutes
  for (const code of ['1050', '3100'])
    for (const span of [ALL, { from: '2026-04-01', to: '2026-04-30' }]) {
      const { debit, credit } = await accountStatement(world.ctx(), { id: of(code), ...span })
      const { sums } = await sumsOf(world.ctx(), { account: of(code), businessDay: `${span.from}..${span.to}` })
      assert.deepEqual([sums['debit'], sums['credit']], [debit, credit], code)
    }
})

test('a draft says later what it is for; nothing comes into the books without', async () => {
  const before = await entries()
  const { memo: _, ...silent } = aJournal('2026-04-11', [
    ['1050', 100n],
    ['3100', -100n],
  ])
  await write(world.ctx(), silent)
  const needed = { code: 'kit.needed', status: 422, params: { field: 'ledger.journal.memo', state: 'posted' } }
  await assert.rejects(post(world.ctx(), { id: silent.id }), needed)
  assert.equal(await entries(), before)
  await change(world.ctx(), { id: silent.id, changes: { memo: 'Rent' } })
  await post(world.ctx(), { id: silent.id })
  assert.equal(await entries(), before + 1)
})

test('a review of an entry tells debit and credit by account, and leaves nothing, not even its number', async () => {
  const before = await entries()
  const draft = aJournal('2027-01-10', [
    ['1050', 300n],
    ['1050', 200n],
    ['3100', -500n],
  ])
  await write(world.ctx(), draft)
  const review = async () => (await post({ ...world.ctx(), isReview: true }, { id: draft.id })) as never as Reviewed
  const { effects } = await review()
  const [{ rows, sums }] = effects as [EffectTable]
  assert.deepEqual(
    rows.map(([account, debit, credit]) => [String(account).slice(0, 4), debit, credit]),
    [
      ['1050', 500n, null],
      ['3100', null, 500n],
    ],
  )
  assert.deepEqual(sums, [null, 500n, 500n])
  assert.equal(await entries(), before)
  assert.equal((await show(world.ctx(), { id: draft.id })).row.state, 'draft')
  assert.equal((await post(world.ctx(), { id: draft.id })).number, 'JV-2027-00001')
})

test('a statement opens where the days before ended, and closes at opening plus movement, over all its pages', async () => {
  const half = (code: string, amount: bigint): Line[] => Array.from({ length: 100 }, () => [code, amount])
  for (const day of ['2026-05-01', '2026-05-02', '2026-05-02', '2026-05-03', '2026-05-04', '2026-06-01'])
    await postJournal(world.ctx(), aJournal(day, [...half('1060', 3n), ...half('3100', -3n)]))
  await postJournal(
    world.ctx(),
    aJournal('2026-05-03', [
      ['1060', -50n],
      ['5300', 50n],
    ]),
  )
  const wanted = { id: of('1060'), from: '2026-05-02', to: '2026-06-30' }
  const first = await accountStatement(world.ctx(), wanted)
  assert.equal(first.opening, 300n)
  assert.equal(first.debit, 1_500n)
  assert.equal(first.credit, 50n)
  assert.equal(first.closing, first.opening + first.debit - first.credit)
  assert.equal(first.rows.length, 500)

  const second = await accountStatement(world.ctx(), { ...wanted, after: first.next! })
  assert.equal(second.next, null)
  const lines = [...first.rows, ...second.rows]
  assert.equal(new Set(lines.map((line) => line.id)).size, 501)
  assert.equal(first.opening + sum(lines.map((line) => line.amount)), first.closing)
  const { rows } = await trialBalance(world.ctx(), { from: wanted.from, to: wanted.to })
  const row = rows.find((one) => one.code === '1060')!
  assert.deepEqual([row.opening, row.debit, row.credit, row.closing], [first.opening, first.debit, first.credit, first.closing])
  await booksAreRight()
})

test('an accountant of one place reads the books of that place and posts for no other', async () => {
  const entry: Line[] = [
    ['1050', 4_000n],
    ['3100', -4_000n],
  ]
  await postJournal(world.ctx(), aJournal('2026-07-01', entry, world.place))
  const local = world.as('accountant', { place: world.place })
  const { rows } = await trialBalance(local, ALL)
  assert.deepEqual(Object.fromEntries(rows.filter((row) => row.closing !== 0n).map((row) => [row.code, row.closing])), {
    '1050': 4_000n,
    '3100': -4_000n,
  })
  assert.deepEqual(await balances(world.place), { '1050': 4_000n, '3100': -4_000n })
  const statement = await accountStatement(local, { id: of('1050'), ...ALL })
  assert.equal(statement.closing, 4_000n)
  assert.equal(statement.rows.length, 1)

  await postJournal(local, aJournal('2026-07-02', entry, world.place))
  await assert.rejects(postJournal(local, aJournal('2026-07-02', entry)), { code: 'kit.forbidden' })
  await assert.rejects(postJournal(local, aJournal('2026-07-02', entry, newId())), { status: 404 })
  await assert.rejects(trialBalance(local, { ...ALL, place: newId() }), { status: 404 })
})

test('the account of one customer opens where they stood, and holds no line of another', async () => {
  const people = await Promise.all(
    ['Asha', 'Omar'].map((name) =>
      partyRoutes['POST /parties'](world.ctx(), { name, kind: 'person', roles: ['customer'] } as never),
    ),
  )
  const [asha, omar] = people.map((one) => (one as { id: string }).id)
  const lend = async (day: string, to: string | undefined, amount: bigint, place: string | null = null) =>
    postJournal(
      world.ctx(),
      written({
        businessDay: day,
        place,
        memo: 'On credit',
        lines: [
          { account: receivable, amount: String(amount), ...(to && { party: to }) },
          { account: of('3100'), amount: String(-amount) },
        ],
      }),
    )
  const receivable = (await showChart(world.ctx(), {})).rows.find((row) => row.part === 'receivable')!.id
  await assert.rejects(lend('2026-08-01', undefined, 5n), { code: 'ledger.journal.partyNeeded' })
  await lend('2026-08-01', asha, 700n, world.place)
  await lend('2026-08-02', omar, 90n)
  await lend('2026-08-03', asha, 200n)
  const wanted = { id: receivable, from: '2026-08-02', to: '2026-08-31', party: asha! }
  const { opening, debit, credit, closing, rows, refs } = await accountStatement(world.ctx(), wanted)
  assert.deepEqual([opening, debit, credit, closing], [700n, 200n, 0n, 900n])
  assert.deepEqual(
    rows.map((row) => [row.amount, row.party]),
    [[200n, asha]],
  )
  assert.equal(refs[asha!], 'Asha')
  const local = await accountStatement(world.as('accountant', { place: world.place }), wanted)
  assert.deepEqual([local.opening, local.closing, local.rows.length], [700n, 700n, 0])
})

test('what a company owes and earns is read above zero on its own side', () => {
  assert.equal(readBalance('asset', 5n), 5n)
  assert.equal(readBalance('expense', -5n), -5n)
  for (const kind of ['liability', 'equity', 'income']) assert.equal(readBalance(kind, -5n), 5n)
})
