import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from './context.ts'
import { json, type Db } from '../data/db.ts'
import type { Read } from '../data/read.ts'

/** A typed setting; the schema's default stands while nobody has set it. */
export async function readSetting<Schema extends z.ZodType>(db: Db, name: string, schema: Schema): Promise<z.output<Schema>> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return schema.parse(row?.value)
}

/** A setting as a part of what is read together; `settingIn` makes a value of it. */
export const settingRead = (name: string): Read<{ value: unknown }> => ({
  name: `setting_${name}`,
  text: 'select value from setting where name = $1',
  values: [name],
})
export const settingIn = <Schema extends z.ZodType>(rows: readonly { value: unknown }[], schema: Schema): z.output<Schema> =>
  schema.parse(rows[0]?.value)

/** Sets a value and leaves the change in the trail. */
export async function writeSetting(tx: Tx, name: string, value: Readonly<Record<string, unknown>>): Promise<void> {
  const row = await tx.db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  noteSetting(
    tx,
    name,
    (row?.value as Record<string, unknown> | undefined) ?? null,
    JSON.parse(json(value)) as Record<string, unknown>,
  )
  await tx.db
    .insertInto('setting')
    .values({ name, value: json(value), changedAt: tx.now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json(value), changedAt: tx.now }))
    .execute()
}

/** What differs between two values of a setting, for the trail. */
export function noteSetting(
  tx: Tx,
  name: string,
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>>,
): void {
  const changed = Object.keys({ ...before, ...after }).filter(
    (key) => JSON.stringify(before?.[key]) !== JSON.stringify(after[key]),
  )
  if (changed.length === 0) return
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  tx.changed({ table: 'setting', record: settingId(name), before: before && pick(before), after: pick(after) })
}

/** The trail knows records by id: a setting's comes from its name. */
const settingId = (name: string): string =>
  createHash('sha256')
    .update(`setting|${name}`)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
