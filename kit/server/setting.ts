import type { z } from 'zod'
import type { Tx } from './context.ts'
import { json, type Db } from './db.ts'

/** A typed setting; the schema's default stands while nobody has set it. */
export async function readSetting<Schema extends z.ZodType>(db: Db, name: string, schema: Schema): Promise<z.output<Schema>> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return schema.parse(row?.value)
}

/** Sets a value and leaves the change in the trail. */
export async function writeSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await tx.db
    .insertInto('setting')
    .values({ name, value: json(value), changedAt: tx.now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json(value), changedAt: tx.now }))
    .execute()
}
