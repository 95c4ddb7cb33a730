import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command, onConstraint, query } from '#kit/server/door/command.ts'
import { addBoard, boardsOf, lockBoard, writeKeys } from './quick.store.ts'
import { boardInput, MOST_BOARDS, quickChanged, QuickProblem, type QuickKey } from './quick.ts'

onConstraint('pos_quick_board_name', () => QuickProblem.nameTaken())

/** The quick keys of a store: every till of it shows them. */
export const listBoards = query({
  name: 'pos.listQuickBoards',
  can: 'pos.sale.complete',
  input: z.object({ place: z.uuid() }),
  place: (input) => input.place,
  run: async ({ db }, { place }) => ({ rows: await boardsOf(db, place) }),
})

/** Makes a board, or arranges one that is there: name and keys are those that were sent. */
export const saveBoard = command({
  name: 'pos.saveQuickBoard',
  can: 'pos.quick.edit',
  input: boardInput,
  async run(tx, { id, place, name, version, keys }) {
    tx.mayAt('pos.quick.edit', place)
    const before = version === 0 ? null : await lockBoard(tx, id)
    if (before && before.place !== place) throw CommonProblem.notFound()
    if (before && before.version !== version) throw QuickProblem.changed()
    if (before)
      await tx.db
        .updateTable('posQuickBoard')
        .set({ name, version: version + 1 })
        .where('id', '=', id)
        .execute()
    else await addBoard(tx, { id, place, name })
    await writeKeys(tx, id, keys as readonly QuickKey[])
    tx.about('pos_quick_board', id, place)
    tx.changed({
      table: 'pos_quick_board',
      record: id,
      version: version + 1,
      before: before && { name: before.name },
      after: { name, keys },
    })
    tx.emit(quickChanged, { board: id, place })
    return { id, version: version + 1 }
  },
})

/** Takes a board away with its keys; the articles stay. */
export const removeBoard = command({
  name: 'pos.removeQuickBoard',
  can: 'pos.quick.edit',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const { place, name } = await lockBoard(tx, id)
    await tx.db.deleteFrom('posQuickBoard').where('id', '=', id).execute()
    tx.about('pos_quick_board', id, place)
    tx.changed({ table: 'pos_quick_board', record: id, before: { name }, after: null })
    tx.emit(quickChanged, { board: id, place })
    return { id }
  },
})

/** Which board comes first; those that are not named keep their order after the others. */
export const orderBoards = command({
  name: 'pos.orderQuickBoards',
  can: 'pos.quick.edit',
  input: z.object({ place: z.uuid(), boards: z.array(z.uuid()).min(1).max(MOST_BOARDS) }),
  async run(tx, { place, boards }) {
    tx.mayAt('pos.quick.edit', place)
    const { rows } = await tx.client.query(
      `update pos_quick_board b set position = coalesce(w.at - 1, $3 + b.position)
       from pos_quick_board o left join unnest($2::uuid[]) with ordinality as w(id, at) on w.id = o.id
       where o.place = $1 and b.id = o.id returning b.id`,
      [place, boards, MOST_BOARDS],
    )
    const first = rows.find(({ id }) => id === boards[0])
    if (!first) throw CommonProblem.notFound()
    tx.about('pos_quick_board', boards[0]!, place)
    tx.changed({ table: 'pos_quick_board', record: boards[0]!, before: null, after: { boards } })
    tx.emit(quickChanged, { board: boards[0]!, place })
    return { boards }
  },
})
