import { reachOf } from '../../access.ts'
import type { Entity } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import type { Reading } from '../door/context.ts'

/** What a list shows beside the fields of its rows, from a module that stands above: what lies on the shelf of each article. */
export interface ListBeside {
  /** The name of the entity, and under which name the rows get it. */
  readonly of: string
  readonly name: string
  /** The right that it takes to see it, and how far it reaches. */
  readonly can: string
  /** The values of some rows, by their ids, in one statement. */
  read(reading: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>
}
const declared = whole<ListBeside>()
export const listBeside = (one: ListBeside): Part => declared.part(one)

/** The rows of a page with what others know of them, all asked at once. */
export async function withBeside<Row extends object>(
  reading: Reading,
  { name }: Pick<Entity, 'name'>,
  rows: readonly Row[],
): Promise<Row[]> {
  const wanted = declared.all().flatMap((one) => {
    const reach = one.of === name ? reachOf(reading.actor, one.can) : undefined
    return reach ? [{ one, reach }] : []
  })
  if (wanted.length === 0 || rows.length === 0) return [...rows]
  const ids = rows.map((row) => String((row as { id?: unknown }).id))
  const found = await Promise.all(
    wanted.map(async ({ one, reach }) => [one.name, await one.read({ ...reading, reach }, ids)] as const),
  )
  return rows.map((row, index) => ({
    ...row,
    ...Object.fromEntries(found.flatMap(([as, values]) => (values.has(ids[index]!) ? [[as, values.get(ids[index]!)]] : []))),
  }))
}
