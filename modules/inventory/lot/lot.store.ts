import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { requireReach, type Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { LotProblem } from './lot.ts'

interface Named {
  readonly variant: string
  readonly lot?: string | undefined
  readonly expiresOn?: string | undefined
}

/**
 * The lots that lines name by their code, in the order of the lines; `null` where a line names none.
 * @param make whether a code that is not known yet becomes a lot
 * @throws `inventory.lot.unknown`, `inventory.lot.otherDate`
 */
export async function lotsOf(tx: Tx, lines: readonly Named[], make: boolean): Promise<(string | null)[]> {
  const named = lines.filter((line): line is Named & { lot: string } => line.lot !== undefined)
  if (named.length === 0) return lines.map(() => null)
  if (make) {
    await refuseDating(tx, named)
    await tx.client.query(
      `insert into inventory_lot as l (id, variant, code, expires_on)
       select distinct on (variant, code) id, variant, code, expires_on
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) as n(id, variant, code, expires_on) order by variant, code, expires_on
       on conflict (variant, code) do update set expires_on = excluded.expires_on where l.expires_on is null`,
      [named.map(() => newId()), named.map((n) => n.variant), named.map((n) => n.lot), named.map((n) => n.expiresOn ?? null)],
    )
  }
  const { rows } = await tx.client.query<{ id: string; variant: string; code: string; expiresOn: string | null }>(
    `select l.id, l.variant, l.code, l.expires_on::text as "expiresOn" from inventory_lot l
     join unnest($1::uuid[], $2::text[]) as n(variant, code) on n.variant = l.variant and n.code = l.code`,
    [named.map((n) => n.variant), named.map((n) => n.lot)],
  )
  const found = new Map(rows.map((row) => [`${row.variant}|${row.code}`, row]))
  return lines.map(({ variant, lot, expiresOn }) => {
    if (lot === undefined) return null
    const known = found.get(`${variant}|${lot}`)
    if (!known) throw LotProblem.unknown({ lot }, { variant })
    if (make && expiresOn && known.expiresOn !== expiresOn)
      throw LotProblem.otherDate({ lot, date: known.expiresOn ?? '' }, { variant })
    return known.id
  })
}

/** Goods that come in with a date give it to their lot where it had none: also to what lies elsewhere. */
async function refuseDating(tx: Tx, named: readonly Named[]): Promise<void> {
  const dated = named.filter((one) => one.expiresOn !== undefined)
  if (dated.length === 0) return
  const { rows } = await tx.client.query<{ id: string }>(
    `select l.id from inventory_lot l join unnest($1::uuid[], $2::text[]) as n(variant, code)
       on n.variant = l.variant and n.code = l.code where l.expires_on is null`,
    [dated.map((one) => one.variant), dated.map((one) => one.lot)],
  )
  await refuseElsewhere(
    tx,
    'inventory.stock.receive',
    rows.map((one) => one.id),
  )
}

/**
 * A lot is one wherever it lies, and its date says until when it is sold there: it is given by those whose right reaches all of it.
 * @throws `inventory.lot.elsewhere`
 */
export async function refuseElsewhere(tx: Tx, permission: string, lots: readonly string[]): Promise<void> {
  const reach = requireReach(tx.actor, permission)
  if (reach.all || lots.length === 0) return
  const { rowCount } = await tx.client.query(
    `select from inventory_balance b join inventory_location l on l.id = b.location
     where b.lot = any($1::uuid[]) and b.on_hand <> 0 and l.place <> all($2::uuid[]) limit 1`,
    [lots, reach.places],
  )
  if (rowCount) throw LotProblem.elsewhere()
}

const NO_LOT = '00000000-0000-0000-0000-000000000000'

/** The lots that lines name by their codes, for looking only: one that nobody knows is a lot that lies nowhere. */
export async function knownLots(db: Db, lines: readonly Named[]): Promise<(string | null)[]> {
  const { rows } = await sql<{ id: string; variant: string; code: string }>`
    select l.id, l.variant, l.code from inventory_lot l
    join unnest(${lines.map((line) => line.variant)}::uuid[], ${lines.map((line) => line.lot ?? null)}::text[]) as n(variant, code)
      on n.variant = l.variant and n.code = l.code`.execute(db)
  const known = new Map(rows.map((one) => [`${one.variant}|${one.code}`, one.id]))
  return lines.map(({ variant, lot }) => (lot ? (known.get(`${variant}|${lot}`) ?? NO_LOT) : null))
}
