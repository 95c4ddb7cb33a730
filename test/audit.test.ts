import assert from 'node:assert/strict'
import { UNSEALED } from '#kit/server/door/audit-seal.ts'
import { test } from 'node:test'
import { allCases } from './cases.ts'
import { aCompany } from './harness.ts'

const world = await aCompany()
const OF_THE_KIT = ['activity', 'audit_change', 'audit_entry', 'audit_leaf', 'audit_seal', 'paper_print']

test('what is append-only can’t be changed with the program’s own database role', async () => {
  const { rows } = await world.database.pool.query<{ name: string; first: string }>(
    `select c.relname as name, (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1) as first from pg_class c where c.relkind = 'r' and obj_description(c.oid) like 'append-only%' order by 1`,
  )
  assert.deepEqual(
    rows.map((row) => row.name),
    [...OF_THE_KIT, ...allCases.flatMap((one) => one.appendOnly ?? [])].toSorted(),
  )
  for (const { name, first } of rows) {
    for (const attack of [
      `delete from ${name}`,
      `truncate ${name} cascade`,
      `update ${name} set ${first} = ${first}`,
      `alter table ${name} disable trigger all`,
      `drop table ${name} cascade`,
    ]) {
      await assert.rejects(world.database.pool.query(attack), { code: '42501' }, attack)
    }
  }
  const { rows: left } = await world.database.pool.query('select count(*)::int as entries from audit_entry')
  assert.ok(left[0].entries > 0)
})

test('sealing reads what is new and not the whole trail, also by a plan that knows no moment', async () => {
  const client = await world.database.pool.connect()
  await client.query('begin')
  try {
    // Sorting is what a plan avoids by reading in the order of an index: whichever it takes has to begin with the moment.
    for (const off of ['enable_sort', 'enable_seqscan', 'enable_bitmapscan']) await client.query(`set local ${off} = off`)
    await client.query('set local plan_cache_mode = force_generic_plan')
    await client.query(`prepare unsealed (interval, int) as ${UNSEALED}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>("explain execute unsealed ('90 seconds', 5000)")
    await client.query('deallocate unsealed')
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(plan, /audit_entry_at/)
    assert.doesNotMatch(plan, /audit_entry_pkey/)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
