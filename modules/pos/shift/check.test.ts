import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { newId } from '#kit/id.ts'
import { onEnd } from '#test/end.ts'
import { aCompany, server as postgres } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'
import { urlOf } from '#test/template.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const differences = async () =>
  (await owner.call('GET /ledger-check')).body.differences.map((one: { name: string; kept: string; booked: string }) => [
    one.name.replace(/^[\d.]+ /, ''),
    BigInt(one.kept) - BigInt(one.booked),
  ])

test('[A17] the check compares the books with the goods and the drawers as they are, and names what differs', async () => {
  const pot = await aProduct(world, 'Clay pot', 10_000n, 5, 4_000n)
  const shift = await anOpenTill(world)
  const cash = (await owner.call('GET /payments/methods')).body.rows.find((one: { kind: string }) => one.kind === 'cash').id
  const sold = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: pot.variant, quantity: '2000000', listPrice: pot.price }],
    total: '20000',
    tenders: [{ method: cash, given: '50000' }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  for (const [kind, amount] of [
    ['in', '1000'],
    ['out', '300'],
    ['drop', '5000'],
  ])
    await owner.call(`POST /pos/shifts/${shift}/cash`, { kind, amount, reason: 'Change' })
  assert.deepEqual(await differences(), [])

  // Whoever owns the database can do anything but unseen.
  const sqlOwner = new pg.Client(urlOf(postgres(), /\/([^/?]+)(\?|$)/.exec(world.url)![1]!))
  await sqlOwner.connect()
  onEnd(() => sqlOwner.end())
  await sqlOwner.query('set session_replication_role = replica')
  const { rows: accounts } = await sqlOwner.query<{ id: string; name: string }>(
    `select a.id, a.name from ledger_account a left join pos_till t on t.drawer = a.id where a.part = 'stock' or t.id is not null order by t.id nulls first`,
  )
  const add = async (account: string, amount: bigint) => {
    const [entry, half] = [newId(), amount < 0n ? -amount : amount]
    await sqlOwner.query(
      `insert into ledger_entry (id, at, business_day, place, document_kind, document, amount, posted_by)
       select $1, at, business_day, place, 'ledger.journal', $1, $2, posted_by from ledger_entry limit 1`,
      [entry, half],
    )
    await sqlOwner.query(
      `insert into ledger_line (id, entry, account, amount, business_day) select uuidv7(), $1, l.account, l.amount, e.business_day
       from ledger_entry e, (values ($2::uuid, $3::bigint), ((select id from ledger_account where part = 'sales'), -$3::bigint)) as l(account, amount) where e.id = $1`,
      [entry, account, amount],
    )
    await sqlOwner.query(
      `update ledger_balance set debit = debit + greatest($2::bigint, 0), credit = credit + greatest(-$2::bigint, 0)
       where ctid = (select ctid from ledger_balance where account = $1 limit 1)`,
      [account, amount],
    )
    await sqlOwner.query(
      `update ledger_balance set debit = debit + greatest(-$1::bigint, 0), credit = credit + greatest($1::bigint, 0)
       where ctid = (select ctid from ledger_balance where account = (select id from ledger_account where part = 'sales') limit 1)`,
      [amount],
    )
  }
  await add(accounts[0]!.id, 500_000n)
  await add(accounts[1]!.id, -700n)
  assert.deepEqual(
    new Map(await differences()),
    new Map([
      [accounts[0]!.name, -500_000n],
      [accounts[1]!.name, 700n],
    ]),
  )
})
