import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { declaredEntities } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { readTable } from '#kit/server/table/read.ts'
import { packedParts } from '#kit/server/table/zip.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from './harness.ts'
import { bring } from './importing.ts'
import { aServer } from './server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pot = await aProduct(world, 'Clay pot', 11_600n, 50, 4_000n)
await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string; name: string }[]
const [cash, card] = ['cash', 'card'].map((kind) => methods.find((one) => one.kind === kind)!)
const sold = await owner.call('POST /pos/sales', {
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
  total: pot.price,
  tenders: [
    { method: cash!.id, given: '10000' },
    { method: card!.id, given: '1600', reference: 'A1' },
  ],
})
assert.equal(sold.status, 201, JSON.stringify(sold.body))

const bytesOf = async (path: string) => {
  const answer = await fetch(`${server.base}/api${path}`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
  assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`)
  return Buffer.from(await answer.arrayBuffer())
}
async function tableAt(path: string) {
  const { header, rows } = await readTable(await bytesOf(path), { name: 'export' })
  const all = []
  for await (const { cells } of rows) all.push(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])))
  return { header, rows: all }
}

test('[W14] the sales for people: headings in words, names, local time, a column for each way to pay; in XLSX as figures', async () => {
  for (const format of ['csv', 'xlsx']) {
    const { header, rows } = await tableAt(`/pos/sales/export?format=${format}&for=people`)
    assert.ok(!header.some((name) => /^[a-z]+[A-Z]|^id$/.test(name)), header.join())
    const [row] = rows
    assert.deepEqual([row!['Place'], row!['Till'], Number(row!['Total'])], ['Main Street', 'Till 1', 116])
    assert.deepEqual([Number(row!['Cash']), Number(row![card!.name])], [100, 16])
    const at = await world.database.db.selectFrom('posSale').select('completedAt').executeTakeFirstOrThrow()
    const local = at.completedAt.toZonedDateTimeISO('Africa/Nairobi').toPlainDateTime().toString({ smallestUnit: 'minute' })
    assert.ok(
      Object.values(row!).some((cell) => cell.replace(' ', 'T').startsWith(local)),
      JSON.stringify(row),
    )
    assert.ok(!JSON.stringify(row).includes(world.place))
  }
})

test('[W14] no file for people has two columns of one name, or ids', async () => {
  const exported = [...declaredEntities.values()].filter(({ name }) => declaredEndpoints.has(`${name}.export`))
  assert.ok(exported.length > 10)
  for (const { path, can } of exported) {
    if (!can.export) continue
    const { header, rows } = await tableAt(`${path}/export?format=csv&for=people`)
    assert.equal(new Set(header).size, header.length, `${path}: ${header.join()}`)
    assert.doesNotMatch(JSON.stringify(rows), /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/, path)
  }
})

test('[W14] the sales for machines: the names of the fields, and UTC', async () => {
  const { header, rows } = await tableAt('/pos/sales/export?format=csv&for=machines')
  assert.ok(header.includes('completedAt') && header.includes('id'))
  assert.match(rows[0]!['completedAt']!, /Z$/)
  assert.deepEqual((await tableAt('/pos/sales/export?format=csv')).header, header)
})

test('[W14] products for people have a line for each variant with SKU and price, and come back as they left, in every language', async () => {
  for (const locale of ['en', 'ar', 'sw']) {
    assert.equal((await owner.call('POST /profile', { name: 'Amina', locale })).status, 200)
    const file = await bytesOf('/catalog/products/export?format=xlsx&for=people')
    const { header, rows } = await readTable(file, { name: 'products.xlsx' })
    const all = []
    for await (const { cells } of rows) all.push(cells)
    assert.equal(header[0], { en: 'Name', ar: 'الاسم', sw: 'Jina' }[locale])
    assert.equal(all.length, 1)
    assert.ok(all[0]!.includes('116'), JSON.stringify([header, all]))
    const checked = await (await bring(owner, 'catalog.product', file, { name: 'products.xlsx' })).check()
    assert.deepEqual(checked.counts, [0, 0, 1, 0], `${locale}: ${JSON.stringify(checked)}`)
  }
  await owner.call('POST /profile', { name: 'Amina', locale: 'en' })
})

test('[N4] the price unit of an article leaves and comes back with its prices, in every language and kind of file', async () => {
  const rope = await aProduct(world, 'Saffron', 567n, 0, 0n, { per: '100', unit: 'g' })
  for (const [locale, heading] of [
    ['en', 'Price per'],
    ['ar', 'السعر لكل'],
    ['sw', 'Bei kwa kila'],
  ]) {
    assert.equal((await owner.call('POST /profile', { name: 'Amina', locale })).status, 200)
    for (const [format, reader] of [
      ['xlsx', 'people'],
      ['csv', 'people'],
      ['csv', 'machines'],
    ]) {
      const file = await bytesOf(`/catalog/products/export?format=${format}&for=${reader}`)
      const { header } = await readTable(file, { name: `products.${format}` })
      assert.ok(header.includes(reader === 'people' ? heading! : 'priceUnit'), header.join())
      const { counts, refusals } = await (await bring(owner, 'catalog.product', file, { name: `products.${format}` })).check()
      // What is for machines has no variants, so there is nothing to compare but the product.
      if (reader === 'people') assert.deepEqual([counts, refusals], [[0, 0, 2, 0], []], `${locale} ${format}`)
    }
  }
  await owner.call('POST /profile', { name: 'Amina', locale: 'en' })
  const [row] = (await tableAt('/catalog/variants/export?format=csv&for=people')).rows.filter((one) => one['Name'] === 'Saffron')
  assert.deepEqual([row!['Price'], row!['Price per']], ['5.67', '100 units'])
  const list = newId()
  await owner.call('POST /catalog/price-lists', { id: list, name: 'Trade' })
  await owner.call('POST /catalog/prices', { priceList: list, variant: rope.variant, minQuantity: '1000000000', price: '500' })
  const [listed] = (await tableAt('/catalog/prices/export?format=csv&for=people')).rows
  assert.deepEqual([listed!['Price'], listed!['Price per']], ['5.00', '100 units'])
})

test('[W14] what is written by hand speaks to people as well: trial balance, statement, trail', async () => {
  const span = 'from=2020-01-01&to=2030-01-01'
  const balance = await tableAt(`/trial-balance/export?${span}&format=csv&for=people`)
  assert.deepEqual(balance.header, ['Code', 'Name', 'Kind', 'Opening balance', 'Debit', 'Credit', 'Closing balance'])
  const { rows: accounts } = (await owner.call('GET /accounts')).body
  const sales = accounts.find((one: { part: string }) => one.part === 'sales')
  const statement = await tableAt(`/accounts/${sales.id}/statement/export?${span}&format=csv&for=people`)
  assert.ok(!JSON.stringify(statement.rows).includes('pos.sale'), JSON.stringify(statement.rows))
  const trail = await tableAt('/audit/export?format=csv&for=people')
  assert.ok(!JSON.stringify([trail.header, trail.rows.map((row) => Object.values(row)[3])]).includes('pos.'), trail.header.join())
})

test('[W13] names that a company began with are told in the reader’s language, in lists, references, search and files; one’s own stay', async () => {
  const say = (language: 'ar' | 'sw') => serverWords()[language]!
  const own = methods.find((one) => one.kind === 'mobile')!
  const { row } = (await owner.call(`GET /payments/methods/${own.id}`)).body
  const renamed = await owner.call(`PATCH /payments/methods/${own.id}`, { name: 'Airtel' }, { 'if-match': `"${row.version}"` })
  assert.equal(renamed.status, 200)
  for (const locale of ['ar', 'sw'] as const) {
    const word = say(locale)
    assert.equal((await owner.call('POST /profile', { name: 'Amina', locale })).status, 200)
    const list = (await owner.call('GET /payments/methods')).body
    assert.equal(list.refs[cash!.id], word['seed.method.cash'])
    assert.equal(list.refs[own.id], 'Airtel')
    // What is typed into a form is what stands in the record.
    assert.equal(list.rows.find((one: { id: string }) => one.id === cash!.id).name, 'Cash')
    assert.equal(list.refs[row.account], word['seed.account.wallet.KE'])
    const { rows: accounts } = (await owner.call('GET /accounts')).body
    const drawer = accounts.find((one: { holds: string }) => one.holds === 'drawer')
    const page = (await owner.call(`GET /accounts/${drawer.id}`)).body
    assert.equal(page.refs[drawer.id].replace(/[\u2068\u2069]/g, ''), word['seed.account.drawer']!.replace('{till}', 'Till 1'))
    const found = (await owner.call(`GET /payments/methods?q=${encodeURIComponent(word['seed.method.cash']!)}`)).body
    assert.deepEqual(
      found.rows.map((one: { id: string }) => one.id),
      [cash!.id],
    )
    const history = (await owner.call(`GET /payments/methods/${own.id}/history`)).body
    assert.ok(history.rows.length > 0)
    for (const format of ['csv', 'xlsx']) {
      const { rows } = await tableAt(`/payments/methods/export?format=${format}&for=people`)
      const names = rows.map((one) => Object.values(one)[0])
      assert.ok(names.includes(word['seed.method.cash']) && names.includes('Airtel'), names.join())
      const sales = await tableAt(`/pos/sales/export?format=${format}&for=people`)
      assert.ok(sales.header.includes(word['seed.method.cash']!), sales.header.join())
    }
    const machines = await tableAt('/payments/methods/export?format=csv&for=machines')
    assert.ok(machines.rows.some((one) => one['name'] === 'Cash'))
  }
  await owner.call('POST /profile', { name: 'Amina', locale: 'en' })
})

test('[W14] in Arabic a sheet begins at the right, is called what its list is, and tells in words what the program wrote', async () => {
  const sheetOf = async (path: string) => {
    const file = await bytesOf(path)
    const [own, book] = ['xl/worksheets/sheet1.xml', 'xl/workbook.xml'].map((name) => {
      const part = packedParts(file)!.find((one) => one.name === name)!
      return inflateRawSync(part.packed).toString('utf8')
    })
    return {
      isRtl: own!.includes(' rightToLeft="1"'),
      name: /<sheet name="([^"]*)"/.exec(book!)![1]!,
      table: await tableAt(path),
    }
  }
  for (const [locale, isRtl] of [
    ['ar', true],
    ['en', false],
  ] as const) {
    assert.equal((await owner.call('POST /profile', { name: 'Amina', locale })).status, 200)
    const entries = await sheetOf('/entries/export?format=xlsx&for=people')
    assert.equal(entries.isRtl, isRtl)
    assert.ok(entries.name.startsWith(serverWords()[locale]!['entities.ledger.entry']!.toLowerCase().slice(0, 4)), entries.name)
    assert.equal((await sheetOf('/entries/export?format=xlsx&for=machines')).isRtl, false)
    const memos = entries.table.rows.map((row) => row[serverWords()[locale]!['field.memo'] ?? 'Memo'])
    assert.ok(memos.includes(serverWords()[locale]!['state.pos.cash.float']) && !memos.includes('float'), memos.join())
    const trail = await tableAt('/audit/export?format=xlsx&for=people')
    const kinds = new Set(trail.rows.map((row) => row[serverWords()[locale]!['field.actorKind']!]))
    assert.ok(kinds.has(serverWords()[locale]!['state.user']), [...kinds].join())
    const { header } = await tableAt('/accounts/export?format=csv&for=people')
    assert.equal(header.length, 5, header.join())
  }
})

test('a list of which nothing is left is a file with its heading, whatever it is a list of', async () => {
  const exported = [...declaredEntities.values()].filter(
    (one) =>
      declaredEndpoints.has(`${one.name}.export`) &&
      one.search?.length &&
      !Object.values(one.fields).some((field) => field.personal),
  )
  assert.ok(exported.length > 10)
  for (const entity of exported)
    for (const whom of ['people', 'machines']) {
      const { header, rows } = await tableAt(`${entity.path}/export?format=csv&for=${whom}&q=nobody-is-called-this`)
      assert.ok(header.length > 1, entity.name)
      assert.deepEqual(rows, [], entity.name)
    }
})
