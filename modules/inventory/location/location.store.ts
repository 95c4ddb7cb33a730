import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import type { Translate } from '#kit/words.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Database, Db } from '#kit/server/data/db.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import { whenPlaceOpens } from '#modules/places/index.ts'
import { LocationProblem } from './location.ts'
import { location } from './location.ts'

export type Elsewhere = 'customer' | 'supplier' | 'loss' | 'opening' | 'transit'
const elsewhere: readonly Elsewhere[] = ['customer', 'supplier', 'loss', 'opening', 'transit']

/** The locations outside of our places; made once, by the set-up. */
export async function startLocations(tx: Tx, t: Translate): Promise<void> {
  for (const kind of elsewhere)
    await insertRow(tx, location, {
      id: newId(),
      kind,
      name: t(`seed.location.${kind}`),
      code: kind.toUpperCase(),
      allowsNegative: true,
    })
}

/** The shop floor of a new place. */
export async function addShopFloor(tx: Tx, place: { id: string; code: string; name: string }): Promise<string> {
  const id = newId()
  await insertRow(tx, location, {
    id,
    kind: 'storage',
    place: place.id,
    code: `${place.code}-FLOOR`,
    name: place.name,
    allowsNegative: false,
  })
  return id
}

/** What is sold lies somewhere: a place that somebody makes has a shop floor as the first one has. */
export const placeGetsFloor = whenPlaceOpens(async (tx, place) => void (await addShopFloor(tx, place)))

/** Where a place puts what came damaged: apart from what it sells. Made when there is something to put there. */
export async function damagedAt(tx: Tx, place: { id: string; code: string }, t: Translate): Promise<string> {
  const known = await tx.db
    .selectFrom('inventoryLocation')
    .select('id')
    .where('place', '=', place.id)
    .where('holds', '=', 'damaged')
    .executeTakeFirst()
  if (known) return known.id
  // Two who need it at the same moment get one.
  const { rows } = await sql<{ id: string }>`
    insert into inventory_location as l (id, place, kind, holds, code, name, allows_negative)
    values (${newId()}, ${place.id}, 'storage', 'damaged', ${`${place.code}-DMG`}, ${t('seed.location.damaged')}, false)
    on conflict (place) where holds = 'damaged' do update set holds = excluded.holds returning l.id`.execute(tx.db)
  return rows[0]!.id
}

// These five are made once and never replaced.
const known = new WeakMap<Database, Map<string, string>>()

export async function locationOf(tx: Tx, kind: Elsewhere): Promise<string> {
  const { database } = tx.ctx
  const found = known.get(database)?.get(kind)
  if (found) return found
  const rows = await tx.db.selectFrom('inventoryLocation').select(['id', 'kind']).where('kind', '!=', 'storage').execute()
  const kinds = new Map(rows.map((row) => [row.kind, row.id]))
  tx.afterCommit(() => known.set(database, kinds))
  const id = kinds.get(kind)
  if (!id) throw new Error(`there is no location for ${kind}`)
  return id
}

/**
 * A storage location that the actor may use, and its place. Neither is put aside until this transaction has ended, and who puts
 * one aside sees the goods that came with it.
 * @throws `inventory.location.unknown`, or that it isn't theirs
 */
export async function storageAt(tx: Tx, permission: string, id: string): Promise<{ id: string; place: string }> {
  const row = await tx.db
    .selectFrom('inventoryLocation as l')
    .innerJoin('placeFact as p', 'p.id', 'l.place')
    .select(['l.id', 'l.place'])
    .where('l.id', '=', id)
    .where('l.kind', '=', 'storage')
    .where('l.archivedAt', 'is', null)
    .where('p.archivedAt', 'is', null)
    .forKeyShare()
    .executeTakeFirst()
  if (!row?.place) throw LocationProblem.unknown()
  tx.mayAt(permission, row.place)
  return { id: row.id, place: row.place }
}

/** The place that a storage location belongs to. */
export const locationPlace = async (db: Db, id: string): Promise<string | null> =>
  (await db.selectFrom('inventoryLocation').select('place').where('id', '=', id).where('kind', '=', 'storage').executeTakeFirst())
    ?.place ?? null
