import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type pg from 'pg'
import type { Database } from '../data/db.ts'

const BATCH = 5_000
const LINES = `select line from (
    select s.seq, -1 as position, 'S ' || jsonb_build_object('seq', s.seq::text, 'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'entries', s.entries, 'root', s.root, 'previous', s.previous, 'hash', s.hash)::text as line from audit_seal s
    union all
    select l.seal, l.position, 'E ' || l.entry || ' ' || encode(l.hash, 'hex') || ' ' || case when e.id is null then '-' else audit_text_v1(e) end
      from audit_leaf l left join audit_entry e on e.id = l.entry
  ) x order by seq, position`
const LEFT = `select 'U ' || e.id || ' ' || extract(epoch from now() - e.at)::bigint as line from audit_entry e
  where not exists (select 1 from audit_leaf l where l.entry = e.id) order by e.id`

/** Writes the whole trail as `bin/verify-audit` reads it: each link, its entries in their places, and what is not sealed yet. */
export async function exportTrail(database: Pick<Database, 'pool'>, out: Writable): Promise<void> {
  const client = await database.pool.connect()
  try {
    // One picture of one moment, however long it takes to write.
    await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0')
    await client.query(`declare lines cursor for ${LINES}`)
    await fetchAll(client, 'lines', out)
    await client.query(`declare unsealed cursor for ${LEFT}`)
    await fetchAll(client, 'unsealed', out)
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(error as Error)
    throw error
  }
}

async function fetchAll(client: pg.PoolClient, cursor: string, out: Writable): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from ${cursor}`)
    if (rows.length === 0) return
    if (!out.write(rows.map((row) => `${row.line}\n`).join(''))) await once(out, 'drain')
  }
}
