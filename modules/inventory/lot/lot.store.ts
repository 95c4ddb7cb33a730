import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/context.ts'
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
  if (make)
    await tx.client.query(
      `insert into inventory_lot as l (id, variant, code, expires_on)
       select distinct on (variant, code) id, variant, code, expires_on
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) as n(id, variant, code, expires_on) order by variant, code, expires_on
       on conflict (variant, code) do update set expires_on = excluded.expires_on where l.expires_on is null`,
      [named.map(() => newId()), named.map((n) => n.variant), named.map((n) => n.lot), named.map((n) => n.expiresOn ?? null)],
    )
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
