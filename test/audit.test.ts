import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from './harness.ts'

const world = await aCompany()

test('what is append-only can’t be changed with the program’s own database role', async () => {
  const { rows } = await world.database.pool.query<{ name: string; first: string }>(
    `select c.relname as name, (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1) as first from pg_class c where c.relkind = 'r' and obj_description(c.oid) like 'append-only%' order by 1`,
  )
  assert.deepEqual(
    rows.map((row) => row.name),
    [
      'activity',
      'audit_change',
      'audit_entry',
      'audit_leaf',
      'audit_seal',
      'inventory_document',
      'inventory_document_line',
      'inventory_move',
      'ledger_entry',
      'ledger_line',
      'paper_print',
      'place_letterhead',
      'pos_cash_move',
      'pos_invoice',
      'pos_sale',
      'pos_sale_line',
      'pos_tender',
    ],
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
