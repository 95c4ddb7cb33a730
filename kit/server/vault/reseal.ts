import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type pg from 'pg'
import { blindIndexes } from '../data/blind.ts'
import type { Database, Db } from '../data/db.ts'
import { job } from '../door/job.ts'
import { bytes } from './store.ts'
import { fingerprint, generationOf, masterOf, NewerKey, recordOf, unwrap, wrap } from '../data/seal.ts'

const BATCH = 500
const LOCK = `select pg_advisory_xact_lock(hashtext('duka.keys'))`

/** Columns whose values only their own code opens; they are sealed as text, about their record. */
interface SealedText {
  readonly table: string
  readonly column: string
  /** By the primary key of the row. */
  readonly about: (key: string) => string
}
const sealedTexts: SealedText[] = []
/** Says where values are kept that `Keyring.seal` made, so that a new key reaches them. @returns what they are sealed about */
export function sealedText(table: string, column: string, about: (key: string) => string): (key: string) => string {
  sealedTexts.push({ table, column, about })
  return about
}

/** A new key for all fields from now on, unless there is one `after` the one that was looked at. What older keys sealed stays readable, and is sealed anew by `reseal`. */
export async function newFieldsKey(client: Pick<pg.ClientBase, 'query'>, after?: number): Promise<number> {
  await client.query(LOCK)
  const { rows } = await client.query<{ generation: number; master: string }>(
    `select generation, master from data_key where use = 'fields' order by generation desc`,
  )
  const by = masterOf(rows)
  if (!by) throw new Error('the keys are wrapped by a master key that this process does not have')
  if (after !== undefined && rows[0]!.generation !== after) return rows[0]!.generation
  const generation = rows[0]!.generation + 1
  await client.query(`update data_key set retired_at = now() where use = 'fields' and retired_at is null`)
  await client.query(`insert into data_key (use, generation, wrapped, master) values ('fields', $1, $2, $3)`, [
    generation,
    wrap(by, randomBytes(32), 'fields', generation),
    fingerprint(by),
  ])
  await client.query('notify duka_keys')
  return generation
}

/** Wraps all keys by another master key. Running processes read it when they are told; see `useMasterKeys`. */
export async function rewrap(client: pg.ClientBase, next: Buffer): Promise<void> {
  await client.query('begin')
  try {
    await client.query(LOCK)
    const { rows } = await client.query<{ use: string; generation: number; wrapped: string; master: string }>(
      'select use, generation, wrapped, master from data_key for update',
    )
    const by = masterOf(rows)
    if (!by) throw new Error('the keys are wrapped by a master key that this process does not have')
    for (const { use, generation, wrapped } of rows)
      await client.query('update data_key set wrapped = $3, master = $4 where use = $1 and generation = $2', [
        use,
        generation,
        wrap(next, unwrap(by, wrapped, use, generation), use, generation),
        fingerprint(next),
      ])
    await client.query('notify duka_keys')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/**
 * Seals with the newest key what an older one has sealed, a few hundred rows at a time while others work: a row that somebody
 * changes meanwhile is left to them. Passes until one finds nothing, because other processes may hear of the key a moment later.
 * @returns how many values were sealed anew
 */
export async function reseal(database: Database): Promise<number> {
  const { pool, keys } = database
  await keys.load(pool)
  const columns = await columnsOf(database)
  let all = 0
  for (let done = -1; done !== 0;) {
    done = 0
    try {
      for (const column of columns) done += await walk(database, column)
      done += await walkFiles(database)
    } catch (error) {
      // Somebody has made a newer key meanwhile.
      if (!(error instanceof NewerKey)) throw error
      await keys.load(pool)
      done += 1
    }
    all += done
  }
  await pool.query(`update data_key set resealed_at = now() where use = 'fields' and generation = $1 and resealed_at is null`, [
    keys.newest,
  ])
  return all
}

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly key: string
  readonly keyType: string
  /** The type of its blind index, where it has one. */
  readonly index: 'text' | 'text[]' | null
}

const COLUMNS = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type,
    k.attname as key, format_type(k.atttypid, null) as "keyType", format_type(i.atttypid, null) as index
  from jsonb_to_recordset($1::jsonb) as w("table" text, "column" text)
  full join (pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attnum > 0
    and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace) on c.relname = w."table" and a.attname = w."column"
  join pg_index p on p.indrelid = c.oid and p.indisprimary
  join pg_attribute k on k.attrelid = c.oid and k.attnum = p.indkey[0]
  left join pg_attribute i on i.attrelid = c.oid and i.attname = a.attname || '_index'
  where a.atttypid = 'sealed'::regtype or w."table" is not null order by 1, 2`

const columnsOf = async ({ pool }: Database): Promise<Column[]> =>
  (await pool.query<Column>(COLUMNS, [JSON.stringify(sealedTexts)])).rows

/** What a value becomes. @returns nothing where the newest key has sealed it already */
function anew({ db, keys }: Database, { table, column, index }: Column, key: string, old: string) {
  const { about } = sealedTexts.find((one) => one.table === table && one.column === column) ?? {}
  if (about) return old.startsWith(`${keys.newest}.`) ? undefined : { value: keys.seal(keys.open(old, about(key)), about(key)) }
  const bytes = Buffer.from(old.slice(2), 'hex')
  if (generationOf(bytes) === keys.newest) return undefined
  const value = keys.unsealed(bytes)
  const sealed = `\\x${keys.sealed(recordOf(bytes), value).toString('hex')}`
  return { value: sealed, ...(index && { index: blindIndexes(db, value) }) }
}

async function walk(database: Database, of: Column): Promise<number> {
  const { table, column, type, key, keyType, index } = of
  const indexed = index === 'text' ? 'n.index ->> 0' : 'array(select jsonb_array_elements_text(n.index))'
  const replace = `update ${table} t set ${column} = n.value::${type} ${index ? `, ${column}_index = ${indexed}` : ''}
    from jsonb_to_recordset($1::jsonb) as n(key ${keyType}, old text, value text, index jsonb)
    where t.${key} = n.key and t.${column} = n.old::${type}`
  let after: string | undefined
  let done = 0
  for (;;) {
    const { rows } = await database.pool.query<{ key: string; old: string }>(
      `select t.${key}::text as key, t.${column}::text as old from ${table} t
       where t.${column} is not null ${after === undefined ? '' : `and t.${key} > $1`} order by t.${key} limit ${BATCH}`,
      after === undefined ? [] : [after],
    )
    const changed = rows.flatMap((row) => {
      const made = anew(database, of, row.key, row.old)
      return made ? [{ ...row, ...made }] : []
    })
    if (changed.length > 0) done += (await database.pool.query(replace, [JSON.stringify(changed)])).rowCount ?? 0
    if (rows.length < BATCH) return done
    after = rows.at(-1)!.key
  }
}

/** In the background, after a new key. */
export const resealJob = job({ name: 'kit.reseal', attempts: 20, run: ({ database }) => reseal(database) })

/** The keys of the fields, the newest first: since when each is used, and since when nothing older is left. */
export const fieldsKeys = (db: Db) =>
  db
    .selectFrom('dataKey')
    .select(['generation', 'createdAt', 'retiredAt', 'resealedAt'])
    .where('use', '=', 'fields')
    .orderBy('generation', 'desc')
    .limit(20)
    .execute()

/** The bytes say themselves which key has sealed them, so a file is never without the right one, whenever this stops. */
async function walkFiles({ pool, keys }: Database): Promise<number> {
  const { rows } = await pool.query<{ id: string; type: string }>('select id, type from file where sealed_by < $1', [keys.newest])
  for (const { id, type } of rows) {
    for (const name of type === 'image/webp' ? [`image/${id}`, `image/${id}.thumb`] : [`file/${id}`]) {
      const { stream } = await bytes().get(name)
      await bytes().put(name, keys.sealedBytes(id, keys.unsealedBytes(await buffer(stream))))
    }
    await pool.query('update file set sealed_by = $2 where id = $1', [id, keys.newest])
  }
  return rows.length
}

/** Seals what a migration has left in the clear, before anything is served. */
export async function sealOld(database: Database): Promise<void> {
  const { pool } = database
  const { rowCount } = await pool.query(`select 1 from setting where name = 'kit.unsealed'`)
  if (!rowCount) return
  await reseal(database)
  await pool.query(`delete from setting where name = 'kit.unsealed'`)
}
