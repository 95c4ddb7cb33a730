import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { importQuota } from '#kit/server/import/upload.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { bring, take } from './importing.ts'
import { aServer } from './server.ts'

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
