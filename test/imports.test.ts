import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import writeXlsxFile from 'write-excel-file/node'
import { importQuota } from '#kit/server/import/upload.ts'
import { aBook, cell } from '#kit/server/table/sheet.factory.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { bring, take } from './importing.ts'
import { aServer, until } from './server.ts'

const KIND = 'catalog.product'
const dataDir = await mkdtemp(join(tmpdir(), 'duka-imports-'))
onEnd(() => rm(dataDir, { recursive: true, force: true }))
const world = await aCompany()
const web = await aServer(world.url, { role: 'web', dataDir })
const owner = web.client(world.cookie)
const { pool } = world.database

const list = (from: number, count: number) =>
  `Title,SKU,Price\n${Array.from({ length: count }, (_, at) => `Thing ${from + at},S${from + at},5`).join('\n')}`
const count = async () => Number((await pool.query('select count(*)::int as n from catalog_product')).rows[0].n)
const isStuck = async (id: string) => (await owner.call(`GET /imports/${id}`)).body.isStuck

test('[A10] a restart is no failed attempt; what stopped halfway goes on, or is taken back by hand', async () => {
  // Nobody works yet, as when the program was killed again and again right after it had begun.
  const { body: run } = await owner.upload(`/imports?kind=${KIND}`, 'a.csv', list(0, 900))
  await owner.call(`POST /imports/${run.id}/check`, { mapping: run.mapping })
  const killed = await pool
    .query(`update graphile_worker._private_jobs set attempts = 20 where key = $1`, [`import:${run.id}`])
    .catch(() => undefined)
  assert.notEqual(killed?.rowCount, 0)
  assert.equal(await isStuck(run.id), false)
  await pool.query(`update import_run set moved_at = now() - interval '5 minutes' where id = $1`, [run.id])
  assert.equal(await isStuck(run.id), true)

  await aServer(world.url, { dataDir })
  const file = await bring(owner, KIND, list(0, 900))
  assert.deepEqual((await file.check()).counts, [900, 0, 0, 0])

  // Stopped halfway with its job lost: the first batch is written.
  await pool.query(`update import_run set state = 'applying', done = 0, rows_total = 0, rows_new = 0 where id = $1`, [file.id])
  assert.deepEqual((await file.apply()).counts, [900, 0, 0, 0])
  assert.equal(await count(), 900)
  // As if it had stopped before the end: it can still be taken back.
  await pool.query(`update import_run set state = 'applying' where id = $1`, [file.id])
  assert.equal((await file.undo()).refused, 0)
  assert.equal(await count(), 0)
  await pool.query(`update import_run set state = 'undoing' where id = $1`, [file.id])
  assert.equal((await file.undo()).state, 'undone')

  const other = await bring(owner, KIND, list(0, 3))
  await pool.query(`update import_run set state = 'checking', done = 3, rows_total = 3, rows_new = 3 where id = $1`, [other.id])
  assert.deepEqual((await other.check()).counts, [3, 0, 0, 0])
})

test('[S2] the dry run of a long file knows what its first rows took, like the run itself', async () => {
  const twice = `${list(0, 500)}\nAgain,S3,9\nOther,S999,5`
  const file = await take(owner, KIND, twice)
  // The second row of a SKU is the same thing twice; the dry run and the run agree on it.
  assert.deepEqual([file.applied.counts, await count()], [[500, 0, 0, 2], 500])
  await file.undo()
})

test('a row that the database refuses is refused alone, in the dry run already', async () => {
  const file = await take(
    owner,
    'catalog.taxRate',
    'taxClass,rate,validFrom\nStandard,16,2027-01-01\nStandard,250,2028-01-01\nStandard,14,2029-01-01',
  )
  assert.deepEqual(file.applied.counts, [2, 0, 0, 1], JSON.stringify(file.checked))
  await file.undo()
})

test('[F1] somebody who knows how a file was saved says so, and headings and rows are read anew', async () => {
  const { body: run } = await owner.upload(`/imports?kind=${KIND}`, 'a.csv', iconv.encode('Title,SKU,Price\nÀé,T1,5', 'win1252'))
  const { body } = await owner.call(`POST /imports/${run.id}/reading`, { encoding: 'win1251' })
  assert.deepEqual(body.header, ['Title', 'SKU', 'Price'])
  const shown = (await owner.call(`GET /imports/${run.id}`)).body.run
  assert.deepEqual([shown.samples[0][0], shown.findings.encoding], ['Ай', 'win1251'])
  assert.equal((await owner.call(`POST /imports/${run.id}/reading`, { encoding: 'EBCDIC' })).status, 422)
})

test('[F15] what parts the cells is chosen as well, and how one file is written says nothing about the next', async () => {
  const twofold = 'Title;Price,SKU\nTea;5,T1'
  const { body: run } = await owner.upload(`/imports?kind=${KIND}`, 'a.csv', twofold)
  const found = async () => (await owner.call(`GET /imports/${run.id}`)).body.run.findings.delimiter
  assert.deepEqual([run.header, await found()], [['Title;Price', 'SKU'], ','])
  const { body } = await owner.call(`POST /imports/${run.id}/reading`, { delimiter: ';' })
  assert.deepEqual([body.header, await found()], [['Title', 'Price,SKU'], ';'])
  assert.equal((await owner.call(`POST /imports/${run.id}/reading`, { delimiter: 'x' })).status, 422)

  const { body: western } = await owner.upload(
    `/imports?kind=${KIND}`,
    'a.csv',
    iconv.encode('Title,SKU,Price\nÀé,T1,5', 'win1252'),
  )
  await owner.call(`POST /imports/${western.id}/reading`, { encoding: 'win1251' })
  await owner.call(`POST /imports/${western.id}/check`, { mapping: western.mapping })
  const next = await take(owner, KIND, 'Title,SKU,Price\nشاي,T1,5')
  assert.deepEqual((await pool.query('select name from catalog_product where archived_at is null')).rows, [{ name: 'شاي' }])
  await next.undo()
})

test('taking back waits for who holds a record at that moment, and neither keeps it nor fails', async () => {
  const file = await take(owner, KIND, 'Title,SKU,Barcode,Price\nTea,W1,6291041500213,5')
  // One more attempt that nobody foresaw would be the last.
  await pool.query(`update import_run set state = 'undoing', done = 0, failures = 2 where id = $1`, [file.id])
  const other = await pool.connect()
  await other.query('begin')
  await other.query(`select from catalog_barcode where code = '6291041500213' for update`)
  const waiting = async () =>
    (await pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount ??
    0
  const undone = file.undo()
  await until(waiting, (count) => count > 0)
  // It has given up once.
  await until(waiting, (count) => count === 0)
  await other.query('commit')
  other.release()
  const { state, refused } = await undone
  assert.deepEqual([state, refused, await count()], ['undone', 0, 0])
})

test('[A19] one person’s waiting files have a quota: the oldest that wrote nothing make room, too large a one is refused', async () => {
  const { bytes } = importQuota
  onEnd(() => void (importQuota.bytes = bytes))
  await pool.query('delete from import_run')
  importQuota.bytes = 2000
  const upload = (rows: number) => owner.upload(`/imports?kind=${KIND}`, 'a.csv', list(0, rows))
  const [first, second] = [(await upload(60)).body.id, (await upload(60)).body.id]
  const third = await upload(60)
  assert.equal(third.status, 201)
  assert.deepEqual(
    await Promise.all([first, second, third.body.id].map(async (id) => (await owner.call(`GET /imports/${id}`)).status)),
    [404, 200, 200],
  )
  const large = await upload(300)
  assert.deepEqual([large.status, large.body.code], [413, 'kit.import.tooMuch'])
  importQuota.bytes = bytes
})

test('the trail of an import tells how far it came, and no cell of the file', async () => {
  const rows = 'Title,SKU,Price,Cost\nTea,T1,5,3.14\nMate,T2,6,"1,250"'
  const file = await bring(owner, KIND, rows)
  await file.check()
  await file.apply()
  const people = await bring(owner, 'parties.party', 'name,phones\nAsha Mwangi,+254712345678')
  await people.check()
  await people.apply()
  const { rows: entries } = await pool.query<{ command: string; input: string }>(
    `select command, input::text from audit_entry where command in ('kit.importBatch', 'kit.beginImportCheck', 'kit.finishImport')
     and input ->> 'run' = any($1)`,
    [[file.id, people.id]],
  )
  assert.ok(entries.length >= 6)
  for (const { command, input } of entries)
    for (const cell of ['3.14', '1,250', '1.250', 'Tea', 'Asha', '712345678'])
      assert.ok(!input.includes(cell), `${command} says ${cell}: ${input}`)
  await people.undo()
  await file.undo()
})

/** A sheet in which numbers are numbers and days are days. */
const sheet = (rows: readonly (readonly (string | number | Date)[])[]) =>
  writeXlsxFile(
    rows.map((row) =>
      row.map((value) =>
        typeof value === 'number'
          ? { value, type: Number }
          : value instanceof Date
            ? { value, type: Date, format: 'd-mmm' }
            : { value },
      ),
    ) as never,
  ).toBuffer()
const shown = async () =>
  (
    await pool.query(
      'select sku, price::text, cost::text, weight::text from catalog_variant where archived_at is null order by sku',
    )
  ).rows.map((row) => Object.values(row))
const told = (all: readonly { rowNumber: number; field: string | null; problem: string }[]) =>
  all.map((one) => [one.rowNumber, one.field, one.problem])

test('[F1] a row with more filled cells than headings is refused, whatever is imported, and so is the list of what was refused', async () => {
  const file = await take(owner, KIND, 'Title,SKU,Price,Cost\nBread,B1,12,50,8,25\nTea,T1,5,3, ,\nTV,TV1,1,250,900')
  assert.deepEqual(file.checked.counts, [1, 0, 0, 2])
  assert.deepEqual(told(file.checked.refusals), [
    [2, null, 'import.moreCells'],
    [4, null, 'import.moreCells'],
  ])
  assert.equal(file.checked.refusals[0]!.params['value'], '8 · 25')
  const { body: listed } = await owner.call(`GET /imports/${file.id}/rejected`)
  assert.deepEqual((await bring(owner, KIND, listed).then((one) => one.check())).counts, [0, 0, 0, 2])
  await file.undo()
  // To be mended by people, it says why in their words, under their headings.
  const wrong = await bring(owner, KIND, 'Item,Code,Cost,Price\nTea,T1,3,soon\nOil,O1,4,')
  await wrong.check()
  const { body: mended } = await owner.call(`GET /imports/${wrong.id}/rejected`)
  assert.match(String(mended), /Item,Code,Cost,Price,Why\r\nTea,T1,3,soon,Price: [A-Z][^\r]+\.\r\nOil,O1,4,,Price: [A-Z][^\r]+\./)

  for (const [kind, content] of [
    ['parties.party', 'Name,Phone\nAmina,0712345678\nJuma, the tailor,0712345679'],
    ['catalog.category', 'name,parent\nDrinks,\nHot, cold,Drinks'],
  ] as const) {
    const other = await take(owner, kind, content)
    assert.deepEqual([other.checked.counts, told(other.checked.refusals)], [[1, 0, 0, 1], [[3, null, 'import.moreCells']]], kind)
    await other.undo()
  }
  // Also where a sheet was made of such a file; and a product of which one row is such is refused whole.
  const wide = await bring(
    owner,
    KIND,
    await sheet([
      ['Title', 'SKU', 'Price'],
      ['Bread', 'B1', 12, 50],
      ['Tea', 'T1', 5],
    ]),
  )
  assert.deepEqual((await wide.check()).counts, [1, 0, 0, 1])
  const whole = 'Handle,Title,Option1 Name,Option1 Value,SKU,Price\ntee,Tee,Size,S,T1,5\ntee,,,M,T2,6,50'
  assert.deepEqual(told((await (await bring(owner, KIND, whole)).check()).refusals), [
    [2, null, 'import.sameRecord'],
    [3, null, 'import.moreCells'],
  ])
})

test('[F2] a number of a workbook is what it is: it asks nothing, proves nothing, and texts beside it are judged as ever', async () => {
  const money = ['Title', 'SKU', 'Price', 'Cost', 'Weight (kg)']
  const plain = await take(owner, KIND, await sheet([money, ['Tea', 'T1', 1.125e3, 1250, 1.125]]))
  assert.deepEqual(await shown(), [['T1', '112500', '125000', '1125000000']])
  await plain.undo()
  const finer = await take(owner, KIND, await sheet([money, ['Tea', 'T1', 12.5, 4.125, 2], ['Mate', 'M1', 6, '4,25', '1,5']]))
  assert.deepEqual([finer.checked.counts, finer.checked.asks, finer.checked.refusals], [[2, 0, 0, 0], [], []])
  await finer.undo()
  const twofold = await (
    await bring(owner, KIND, await sheet([money, ['Tea', 'T1', 12.5, 1, 1], ['Mate', 'M1', '1,250', 1, 1]]))
  ).check()
  assert.deepEqual(
    [twofold.asks.map((one) => one.option), told(twofold.refusals)],
    [['mark.price'], [[3, 'price', 'import.ambiguous']]],
  )
  // What is refused is listed as it stood there, and nothing but that.
  const below = await (await bring(owner, KIND, await sheet([money, ['Tea', 'T1', -1.5, 1, 1]]))).check()
  assert.deepEqual(
    below.refusals.map((one) => one.params['value']),
    ['-1.5'],
  )
  const rate = await take(
    owner,
    'catalog.taxRate',
    await sheet([
      ['taxClass', 'rate', 'validFrom'],
      ['Standard', 15.125, '2027-01-01'],
    ]),
  )
  assert.deepEqual([rate.checked.counts, rate.checked.asks], [[1, 0, 0, 0], []])
  await rate.undo()
})

test('[F10] what a sheet rounded or made a day of is no code and no text', async () => {
  const day = new Date('2026-03-02T00:00:00Z')
  const codes = await sheet([
    ['Title', 'SKU', 'Barcode', 'Price', 'Option1 Name', 'Option1 Value'],
    ['A', day, '', 2, '', ''],
    ['B', 'B1', Number('123456789012345678'), 2, '', ''],
    ['C', 'C1', '', 2, 'Size', day],
    ['D', 'D1', 6291041500213, 2, '', ''],
  ])
  assert.deepEqual(told((await (await bring(owner, KIND, codes)).check()).refusals), [
    [2, 'sku', 'import.dayForCode'],
    [3, 'barcode', 'import.rounded'],
    [4, 'option1Value', 'import.dayForCode'],
  ])
  const people = await bring(
    owner,
    'parties.party',
    await sheet([
      ['Name', 'Note'],
      ['Amina', Number('1234567890123456789')],
    ]),
  )
  assert.deepEqual(told((await people.check()).refusals), [[2, 'note', 'import.rounded']])
})

test('[F21] a row with a damaged letter is refused alone', async () => {
  const text = Buffer.from('Title,SKU,Price,Note\nشاي أخضر,J1,5,\nقهوة,J2,6,?\nBad?,J3,7,')
  const content = Buffer.from(text.map((byte) => (byte === 0x3f ? 0xff : byte)))
  const { counts, refusals } = await (await bring(owner, KIND, content)).check()
  // In a column that nobody takes it does no harm.
  assert.deepEqual([counts, told(refusals)], [[2, 0, 0, 1], [[4, 'name', 'import.wrongLetters']]])
})

test('the second of two columns with one heading is listed as one that nobody takes', async () => {
  const file = await bring(owner, KIND, 'Title,SKU,Price,Price\nTea,T1,5,6')
  assert.deepEqual([file.header, (await file.check()).unused], [['Title', 'SKU', 'Price', '(2) Price'], ['(2) Price']])
  const second = await take(owner, KIND, 'Title,SKU,Price,Price\nTea,T1,5,6', {
    mapping: { ...file.mapping, price: '(2) Price' },
  })
  assert.equal((await shown())[0]![1], '600')
  await second.undo()
})

test('a row that is too long, or holds what no index can, is refused alone and named', async () => {
  const rows = ['Tea,T1,5,hot', `Mate,M1,5,"${'x'.repeat(1_000_000)}"`, 'Rope,R1,5,blue']
  const file = await take(owner, KIND, ['Title,SKU,Price,Description', ...rows].join('\n'))
  assert.deepEqual([file.checked.counts, told(file.checked.refusals)], [[2, 0, 0, 1], [[3, null, 'import.rowTooLong']]])
  await file.undo()
  const other = await take(owner, KIND, `Handle,Title,Price\n${'h'.repeat(5000)},A,5\nb,B,5`)
  assert.deepEqual([other.checked.counts, told(other.checked.refusals)], [[1, 0, 0, 1], [[2, 'handle', 'too_big']]])
  await other.undo()
})

test('[F2] a rate is a percentage: by its format, by its sign, or from one percent on; what could be a share is refused', async () => {
  const { rows: before } = await pool.query('select count(*)::int as n from catalog_tax_rate')
  const header = ['taxClass', 'rate', 'validFrom']
  const days = ['2029-01-01', '2029-02-01', '2029-03-01', '2029-04-01', '2029-05-01', '2029-06-01']
  const rows = [cell(0.14, '0%'), cell(0.155, 10), 15, 0.16, cell(0.005, '0.0%'), '13%'].map((rate, at) => [
    'Standard',
    rate,
    days[at]!,
  ])
  const csv = `${header.join(',')}\nStandard,14%,${days[0]}\nStandard,15.50%,${days[1]}\nStandard,15,${days[2]}\nStandard,0.16,${days[3]}\nStandard,0.5%,${days[4]}\nStandard,13,${days[5]}`
  for (const content of [csv, await aBook([{ rows: [header, ...rows] }])]) {
    const file = await take(owner, 'catalog.taxRate', content)
    assert.deepEqual([file.checked.counts, told(file.checked.refusals)], [[5, 0, 0, 1], [[5, 'rate', 'import.shareOrPercent']]])
    assert.deepEqual(file.checked.refusals[0]!.params, { value: '0.16', one: '0.16', other: '16' })
    const { rows: now } = await pool.query(`select rate::text from catalog_tax_rate where valid_from >= $1 order by valid_from`, [
      days[0],
    ])
    assert.deepEqual(
      now.map((row) => row.rate),
      ['140000', '155000', '150000', '5000', '130000'],
    )
    // Our own list comes back as it left, the levy of half a percent too.
    for (const query of ['format=csv', 'format=xlsx&for=people']) {
      const listed = await fetch(`${web.base}/api/catalog/tax-rates/export?${query}`, {
        headers: { cookie: `__Host-duka=${world.cookie}` },
      })
      assert.equal(listed.status, 200)
      const again = await (await bring(owner, 'catalog.taxRate', Buffer.from(await listed.arrayBuffer()))).check()
      assert.deepEqual(again.counts, [0, 0, before[0].n + 5, 0], JSON.stringify(again))
    }
    await file.undo()
  }
})

test('[F2] [F10] what a format says of a number counts: other currencies, percents, noughts in front; a flag is no code', async () => {
  const book = await aBook([
    {
      rows: [
        ['Title', 'SKU', 'Price', 'Cost', 'Weight', 'Taxable'],
        ['Tea', cell(7, '0000'), cell(1250, '"KSh" #,##0'), 3, cell(500, '0 "g"'), true],
        ['Mate', 'M1', cell(12, '[$USD] #,##0.00'), 3, '', false],
        ['Rope', 'R1', cell(0.5, '0%'), 3, '', true],
        ['Salt', 'S1', 5, cell(3, '[$€-2] #,##0.00'), '', true],
        ['Lamp', true, 5, 3, '', true],
      ],
    },
  ])
  const file = await take(owner, KIND, book)
  assert.deepEqual(told(file.checked.refusals), [
    [3, 'price', 'import.otherCurrency'],
    [4, 'price', 'import.unreadable'],
    [5, 'cost', 'import.otherCurrency'],
    [6, 'sku', 'import.spoiltCode'],
  ])
  assert.deepEqual(
    file.checked.refusals.map((one) => one.params['value']),
    ['USD 12', '50%', '€ 3', 'TRUE'],
  )
  assert.deepEqual(await shown(), [['0007', '125000', '300', '500000000']])
  await file.undo()
})

test('another sheet of a workbook is chosen like letters are; what is merged downwards belongs to each row', async () => {
  const book = await aBook([
    {
      name: 'Old',
      state: 'hidden',
      rows: [
        ['Title', 'SKU', 'Price'],
        ['Old tea', 'T0', 1],
      ],
    },
    {
      name: 'Drinks',
      rows: [
        ['Title', 'SKU', 'Price'],
        ['Tea', 'T1', 5],
      ],
    },
    {
      name: 'Clothes',
      rows: [
        ['Handle', 'Title', 'Option1 Name', 'Option1 Value', 'SKU', 'Price'],
        ['tee', 'Tee', 'Size', 'S', 'TEE-S', 5],
        ['', '', '', 'M', 'TEE-M', 6],
      ],
      merged: ['A2:A3', 'B2:B3', 'C2:C3'],
    },
  ])
  const file = await bring(owner, KIND, book)
  const { findings } = (await owner.call(`GET /imports/${file.id}`)).body.run
  assert.deepEqual([findings.sheet, findings.sheets, file.header], ['Drinks', ['Drinks', 'Clothes'], ['Title', 'SKU', 'Price']])
  const { body } = await owner.call(`POST /imports/${file.id}/reading`, { sheet: 'Clothes' })
  assert.equal(body.header[0], 'Handle')
  Object.assign(file.mapping, body.mapping)
  assert.deepEqual((await file.check()).counts, [2, 0, 0, 0])
  await file.apply()
  assert.deepEqual(
    (await shown()).map(([sku]) => sku),
    ['TEE-M', 'TEE-S'],
  )
  await file.undo()
  assert.equal((await owner.call(`POST /imports/${file.id}/reading`, { sheet: '' })).status, 422)
})

test('a cover sheet is passed over, and groups of columns above the headings', async () => {
  const codes = async () =>
    (await pool.query(`select sku, price::text from catalog_variant where sku like 'Q%' order by 1`)).rows.map(Object.values)
  const book = await aBook([
    {
      name: 'Cover',
      rows: [
        ['Shop', 'Corner shop'],
        ['Day', '30 November'],
      ],
    },
    {
      name: 'Goods',
      rows: [
        ['Title', 'SKU', 'Price'],
        ['Tea', 'Q1', 5],
      ],
    },
  ])
  const file = await take(owner, KIND, book, { name: 'book.xlsx' })
  assert.deepEqual(
    [file.header, file.checked.counts],
    [
      ['Title', 'SKU', 'Price'],
      [1, 0, 0, 0],
    ],
  )
  assert.deepEqual((await owner.call(`GET /imports/${file.id}`)).body.run.findings.sheet, 'Goods')
  // As many groups as columns: the headings below are known, the groups are not.
  for (const content of [
    'Goods,Codes,Purchase,Sale\nTitle,SKU,Price,Price\nTea,Q2,3,7',
    await aBook([
      {
        rows: [
          ['Goods', 'Codes', 'Purchase', 'Sale'],
          ['Title', 'SKU', 'Price', 'Price'],
          ['Tea', 'Q2', 3, 7],
        ],
      },
    ]),
  ]) {
    await pool.query('delete from import_mapping')
    const grouped = await bring(owner, KIND, content)
    assert.deepEqual(grouped.header, ['Title', 'SKU', 'Price (Purchase)', 'Price (Sale)'])
    assert.equal(grouped.mapping['price'], undefined)
    Object.assign(grouped.mapping, { price: 'Price (Sale)', cost: 'Price (Purchase)' })
    const checked = await grouped.check()
    assert.deepEqual(checked.refusals, [])
    await grouped.apply()
    assert.deepEqual(await codes(), [
      ['Q1', '500'],
      ['Q2', '700'],
    ])
  }
})

test('files that are one endless line are read one at a time, and hold no connection meanwhile', async () => {
  const endless = ';,\t|'.repeat(200_000)
  const all = { areOver: false }
  const uploads = Promise.all(Array.from({ length: 12 }, () => owner.upload(`/imports?kind=${KIND}`, 'a.csv', endless))).finally(
    () => (all.areOver = true),
  )
  let most = 0
  while (!all.areOver) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
    )
    most = Math.max(most, rows[0]!.n)
  }
  assert.deepEqual([...new Set((await uploads).map((one) => one.body.code))], ['kit.import.unreadable'])
  assert.ok(most < 2, `${most} connections were held`)
})

test('a heading of millions of letters is no heading', async () => {
  const { status, body } = await owner.upload(`/imports?kind=${KIND}`, 'a.csv', `${'"'.repeat(4_000_000)}\nx\n`)
  assert.deepEqual([status, body.code], [422, 'kit.import.unreadable'])
})
