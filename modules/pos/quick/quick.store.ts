import { sql } from 'kysely'
import { CommonProblem } from '#kit/problem.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { inTurn } from '#kit/server/door/in-turn.ts'
import { loadPlace } from '#modules/places/index.ts'
import { MOST_BOARDS, QuickProblem, type QuickBoard, type QuickKey } from './quick.ts'

export interface KeptBoard {
  readonly id: string
  readonly place: string
  readonly name: string
  readonly version: number
}

/** The boards of a store with their keys, in their order. */
export async function boardsOf(db: Db, place: string): Promise<QuickBoard[]> {
  const { rows } = await sql<QuickBoard>`
    select b.id, b.name, b.version, coalesce((select jsonb_agg(jsonb_build_object('variant', k.variant, 'label', k.label, 'colour', k.colour) order by k.position)
      from pos_quick_key k where k.board = b.id), '[]') as keys
    from pos_quick_board b where b.place = ${place} order by b.position, b.name`.execute(db)
  return rows
}

/** A board that is locked to be changed. @throws `kit.notFound` also when the actor may not arrange keys at its store */
export async function lockBoard(tx: Tx, id: string): Promise<KeptBoard> {
  const row = await tx.db
    .selectFrom('posQuickBoard')
    .select(['id', 'place', 'name', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  tx.mayAt('pos.quick.edit', row.place)
  return row
}

/** One more board at the end of those that the store has. */
export async function addBoard(tx: Tx, { id, place, name }: Pick<KeptBoard, 'id' | 'place' | 'name'>): Promise<void> {
  await loadPlace(tx.db, place)
  await inTurn(tx, `pos.quickBoard:${place}`)
  const there = await tx.db.selectFrom('posQuickBoard').select('position').where('place', '=', place).execute()
  if (there.length >= MOST_BOARDS) throw QuickProblem.tooMany({ most: MOST_BOARDS })
  const position = Math.max(-1, ...there.map((one) => one.position)) + 1
  await tx.db.insertInto('posQuickBoard').values({ id, place, name, position }).execute()
}

/** Its keys are those and no others. */
export async function writeKeys(tx: Tx, board: string, keys: readonly QuickKey[]): Promise<void> {
  await tx.db.deleteFrom('posQuickKey').where('board', '=', board).execute()
  if (keys.length === 0) return
  const variants = keys.map(({ variant }) => variant)
  const known = await tx.db.selectFrom('catalogVariantFact').select('id').where('id', 'in', variants).execute()
  if (known.length < keys.length) throw CommonProblem.notFound()
  await tx.db
    .insertInto('posQuickKey')
    .values(keys.map(({ variant, label, colour }, position) => ({ board, position, variant, label: label ?? null, colour })))
    .execute()
}
