import { newId } from '#kit/id.ts'
import type { Translate } from '#kit/words.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Database, Db } from '#kit/server/db.ts'
import { insertRow } from '#kit/server/crud.ts'
import { StockProblem } from '../stock/stock.ts'
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
 * A storage location that the actor may use, and its place.
 * @throws `inventory.stock.noLocation`, or that it isn't theirs
 */
export async function storageAt(tx: Tx, permission: string, id: string): Promise<{ id: string; place: string }> {
  const row = await tx.db
    .selectFrom('inventoryLocation')
    .select(['id', 'place'])
    .where('id', '=', id)
    .where('kind', '=', 'storage')
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  if (!row?.place) throw StockProblem.noLocation()
  tx.mayAt(permission, row.place)
  return { id: row.id, place: row.place }
}

/** The place that a storage location belongs to. */
export const locationPlace = async (db: Db, id: string): Promise<string | null> =>
  (await db.selectFrom('inventoryLocation').select('place').where('id', '=', id).where('kind', '=', 'storage').executeTakeFirst())
    ?.place ?? null
