import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'

const world = await aCompany()
const { pool, db } = world.database
const codesOf = async (asked: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? 'done' : ((one.reason as { code?: string }).code ?? 'broken'),
  )

test('what is asked in one turn is answered in its order, prepared or not', async () => {
  const client = await pool.connect()
  for (let times = 0; times < 3; times++) {
    const [one, none, three] = await Promise.all([
      client.query({ name: 'batch-one', text: 'select $1::int as one, $2::text as two', values: [1, 'b'] }),
      client.query('set local statement_timeout = 1000'),
      client.query('select generate_series(1, 3)::bigint as n'),
    ])
    assert.deepEqual(one.rows, [{ one: 1, two: 'b' }])
    assert.deepEqual([none.command, none.rows], ['SET', []])
    assert.deepEqual(three.rows, [{ n: 1n }, { n: 2n }, { n: 3n }])
  }
  client.release()
})

test('after the first that fails the others hear of that failure; the connection goes on, and so does what was passed over', async () => {
  const client = await pool.connect()
  const never = { name: 'batch-never', text: 'select 2 as two' }
  const asked = ['begin', 'select 1', 'select 1 / 0', never, 'commit'].map((one) => client.query(one as string))
  assert.deepEqual(await codesOf(asked), ['done', 'done', '22012', '22012', '22012'])
  await client.query('rollback')
  assert.deepEqual((await client.query(never)).rows, [{ two: 2 }])
  // A prepared statement that fails when it runs stays prepared.
  const divides = (by: number) => client.query({ name: 'batch-divides', text: 'select 6 / $1::int as n', values: [by] })
  assert.deepEqual(await codesOf([divides(0), divides(1)]), ['22012', '22012'])
  assert.deepEqual((await divides(3)).rows, [{ n: 2 }])
  client.release()
})

test('outside of a transaction a batch stands or falls together, and each of it is told so', async () => {
  const client = await pool.connect()
  const asked = [client.query(`select set_config('work_mem', '7MB', false)`), client.query('select 1 / 0')]
  assert.deepEqual(await codesOf(asked), ['22012', '22012'])
  assert.notEqual((await client.query('show work_mem')).rows[0].work_mem, '7MB')
  client.release()
})

test('a value that can’t be written ends the connection and with it the transaction, not the program', async () => {
  const client = await pool.connect()
  const endless: Record<string, unknown> = {}
  endless['self'] = endless
  const asked = [
    client.query('begin'),
    client.query(`insert into catalog_category (id, name) values (gen_random_uuid(), 'Kept')`),
    client.query('select $1::jsonb', [endless]),
    client.query('commit'),
  ]
  const codes = await codesOf(asked)
  assert.ok(
    codes.slice(1).every((one) => one === 'broken'),
    codes.join(),
  )
  client.release(true)
  assert.deepEqual((await pool.query(`select id from catalog_category where name = 'Kept'`)).rows, [])
})

test('a connection reads by plans of its own after changes, kept and refused ones', async () => {
  const make = (price: string) => createProduct(world.ctx(), { id: newId(), name: 'Pot', variants: [{ price }] } as never)
  for (let times = 0; times < 5; times++) {
    await make('100')
    await assert.rejects(make('no price'))
    await assert.rejects(
      createProduct(world.ctx(), { id: newId(), name: 'Pot', category: newId(), variants: [{ price: '1' }] } as never),
    )
    await assert.rejects(
      db
        .selectFrom('catalogProduct')
        .select(sql`1 / 0`.as('never'))
        .execute(),
    )
    await db.selectFrom('catalogProduct').select('id').execute()
  }
  // As many at once as there are connections, so that each of them reads.
  const read = () =>
    db.selectNoFrom(sql<string>`current_setting('plan_cache_mode') || pg_sleep(0.05)::text`.as('mode')).executeTakeFirstOrThrow()
  const modes = await Promise.all(Array.from({ length: pool.totalCount }, read))
  assert.deepEqual([...new Set(modes.map(({ mode }) => mode))], ['auto'])
})
