import { z } from 'zod'
import { newId } from '../id.ts'
import { CommonProblem } from '../problem.ts'
import { command, query } from './command.ts'
import { keysOf } from './db.ts'

/** Saved views of lists: one's own, and those that others share. */
export const listViews = query({
  name: 'kit.listViews',
  can: 'signedIn',
  input: z.object({ list: z.string().max(80) }),
  run: async ({ db, actor }, { list }) => ({
    rows: await db
      .selectFrom('savedView')
      .select(['id', 'list', 'name', 'search', 'shared', (eb) => eb('owner', '=', actor.id!).as('mine')])
      .where('list', '=', list)
      .where((eb) => eb.or([eb('owner', '=', actor.id!), eb('shared', '=', true)]))
      .orderBy('name')
      .limit(100)
      .execute(),
  }),
})

export const saveView = command({
  name: 'kit.saveView',
  can: 'signedIn',
  untrailed: true,
  input: z.object({
    list: z.string().max(80),
    name: z.string().trim().min(1).max(80),
    search: z.record(z.string().max(60), z.string().max(500)),
    shared: z.boolean().default(false),
  }),
  async run(tx, input) {
    const id = newId()
    await tx.db
      .insertInto('savedView')
      .values({ ...input, id, owner: tx.actor.id!, search: keysOf(tx.db).sealed(id, input.search) })
      .execute()
    return { id }
  },
})

export const deleteView = command({
  name: 'kit.deleteView',
  can: 'signedIn',
  untrailed: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await tx.db
      .deleteFrom('savedView')
      .where('id', '=', id)
      .where('owner', '=', tx.actor.id!)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    return { deleted: true }
  },
})
