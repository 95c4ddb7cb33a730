import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { postJournal } from '#modules/ledger/entry/entry.commands.ts'
import { showChart } from '#modules/ledger/account/account.queries.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { changeCompany } from './setup.commands.ts'
import { showCompany } from './setup.queries.ts'

const world = await aCompany()
const settings = (more: object = {}) => ({
  name: 'Baraka Stores',
  taxNumber: 'P051234567X',
  country: 'KE',
  currency: 'KES' as const,
  pricesIncludeTax: true,
  discountLimit: 75_000,
  locale: 'en' as const,
  languages: ['en' as const],
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
  ...more,
})

test('settings are kept as they are written, and what the form does not show stays', async () => {
  await changeCompany(world.ctx(), settings({ locale: 'sw', cutOffHour: 2 }))
  const { company, pos } = await showCompany(world.ctx(), {})
  assert.equal(company.cutOffHour, 2)
  assert.equal(company.taxNumber, 'P051234567X')
  assert.equal(company.costing, 'average')
  assert.deepEqual(company.languages, ['sw', 'en'])
  assert.equal(pos.discountLimit, 75_000)
  await changeCompany(world.ctx(), settings({ taxNumber: '' }))
  assert.equal((await showCompany(world.ctx(), {})).company.taxNumber, undefined)
})

test('a time zone that is none is refused, and so is a manager who only reads', async () => {
  await assert.rejects(changeCompany(world.ctx(), settings({ timeZone: 'Mars/Olympus' })), { code: 'places.place.badTimeZone' })
  await showCompany(world.as('manager'), {})
  await assert.rejects(changeCompany(world.as('manager'), settings()), { status: 403 })
})

test('the currency is free until there are prices in another coin, and fixed once amounts stand in the books', async () => {
  await changeCompany(world.ctx(), settings({ currency: 'KWD' }))
  await changeCompany(world.ctx(), settings({ pricesIncludeTax: false }))
  await aProduct(world, 'Lamp', 100_000n)
  await assert.rejects(changeCompany(world.ctx(), settings({ currency: 'UGX' })), { code: 'setup.company.otherDecimals' })
  await changeCompany(world.ctx(), settings({ currency: 'USD' }))
  await changeCompany(world.ctx(), settings())

  const { rows } = await showChart(world.ctx(), {})
  const of = (code: string) => rows.find((row) => row.code === code)!.id
  await postJournal(world.ctx(), {
    id: newId(),
    businessDay: '2026-01-01',
    memo: 'Capital',
    lines: [
      { account: of('1050'), amount: '500' as never },
      { account: of('3100'), amount: '-500' as never },
    ],
  })
  assert.deepEqual((await showCompany(world.ctx(), {})).fixed, { currency: true, pricesIncludeTax: false, decimals: true })
  await assert.rejects(changeCompany(world.ctx(), settings({ currency: 'USD' })), {
    code: 'setup.company.hasEntries',
    status: 409,
  })
  await changeCompany(world.ctx(), settings({ name: 'Baraka & Sons' }))
})
