import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)

test('charts of QuickBooks, Xero, Odoo and ERPNext, and lists in Arabic: code, name and kind of each account', async () => {
  const cases: [content: string, ...kinds: string[]][] = [
    [
      'Account #,Full name,Type,Detail type\n9100,Checking,Bank,\n9101,Debtors,Accounts receivable (A/R),\n9102,Loan,Long Term Liabilities,\n9103,Goods,Cost of Goods Sold,\n9104,Other,Other Income,',
      'asset',
      'asset',
      'liability',
      'expense',
      'income',
    ],
    [
      '*Code,*Name,*Type,*Tax Code\n9100,Main,Bank,\n9101,Sales,Revenue,\n9102,Rent,Overhead,\n9103,Loan,Non-current Liability,\n9104,Van,Fixed Asset,',
      'asset',
      'income',
      'expense',
      'liability',
      'asset',
    ],
    [
      'Code,Account Name,Type\n9100,Main,Bank and Cash\n9101,Debtors,Receivable\n9102,Goods,Cost of Revenue\n9103,Owner,Equity',
      'asset',
      'asset',
      'expense',
      'equity',
    ],
    ['Account Number,Account Name,Account Type,Root Type\n9100,VAT,Tax,Liability\n9101,Tools,,Expense', 'liability', 'expense'],
    ['رقم الحساب,اسم الحساب,النوع\n9100,البنك,أصول\n9101,المورّدون,خصوم\n9102,الإيجار,مصروفات', 'asset', 'liability', 'expense'],
  ]
  for (const [content, ...kinds] of cases) {
    const file = await take(owner, 'ledger.account', content)
    assert.deepEqual(file.checked.refusals, [], content)
    const { rows } = await world.database.pool.query(`select kind from ledger_account where code like '91%' order by code`)
    assert.deepEqual(
      rows.map((row) => row.kind),
      kinds,
      content,
    )
    assert.deepEqual((await take(owner, 'ledger.account', content)).applied.counts, [0, 0, kinds.length, 0])
    await file.undo()
  }
  const unknown = await take(owner, 'ledger.account', 'Code,Name,Type\n9100,Off,Off-Balance Sheet')
  assert.deepEqual(
    unknown.checked.refusals.map((one) => one.field),
    ['kind'],
  )
})
