import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postJournal } from '#modules/ledger/journal/journal.commands.ts'
import { written } from '#modules/ledger/journal/journal.factory.ts'
import { journalRoutes } from '#modules/ledger/journal/journal.routes.ts'
import { showChart } from '#modules/ledger/account/account.queries.ts'
import { likeTaxNumber } from '#modules/places/country.ts'
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

test('a tax number that can be none in the country is refused where it changes; elsewhere, and as it stood, any is taken', async () => {
  for (const [country, right, wrong] of [
    ['KE', ['A012345678Z', 'p051-234 567x', 'P٠٥١٢٣٤٥٦٧X'], ['P05123456X', 'B051234567X', '12345']],
    ['AE', ['100 1234 5670 0003'], ['10012345670000']],
    ['SA', ['300123456700003'], ['300123456700001', '100123456700003']],
    ['EG', ['123-456-789'], ['12345678']],
    ['DE', ['DE 123'], []],
  ] as const) {
    for (const taxNumber of right) await changeCompany(world.ctx(), settings({ country, taxNumber }))
    for (const taxNumber of wrong)
      await assert.rejects(changeCompany(world.ctx(), settings({ country, taxNumber })), {
        code: 'kit.invalid',
        details: [{ path: 'taxNumber', code: 'taxNumber', n: likeTaxNumber(country, taxNumber), message: 'taxNumber' }],
      })
  }
  await changeCompany(world.ctx(), settings({ country: 'DE', taxNumber: 'as it stood' }))
  await assert.rejects(changeCompany(world.ctx(), settings({ taxNumber: 'as it stood' })), { code: 'kit.invalid' })
  await changeCompany(world.ctx(), settings({ country: 'DE', taxNumber: 'as it stood', cutOffHour: 3 }))
  await changeCompany(world.ctx(), settings())
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
  const capital = written({
    businessDay: '2026-01-01',
    memo: 'Capital',
    lines: [
      { account: of('1050'), amount: '500' },
      { account: of('3100'), amount: '-500' },
    ],
  })
  await journalRoutes['POST /journals'](world.ctx(), capital)
  await postJournal(world.ctx(), { id: capital.id })
  assert.deepEqual((await showCompany(world.ctx(), {})).fixed, { currency: true, pricesIncludeTax: false, decimals: true })
  await assert.rejects(changeCompany(world.ctx(), settings({ currency: 'USD' })), {
    code: 'setup.company.hasEntries',
    status: 409,
  })
  await changeCompany(world.ctx(), settings({ name: 'Baraka & Sons' }))
})
