import { z } from 'zod'
import { reachOf, type Actor } from '../../access.ts'
import { declaredEntities } from '../../entity.ts'
import { newId } from '../../id.ts'
import { CommonProblem, problems } from '../../problem.ts'
import { command, query } from '../door/command.ts'
import { inTurn } from '../door/in-turn.ts'
import { keysOf } from '../data/db.ts'

export const ViewProblem = problems('kit.view', {
  tooMany: { status: 409, say: 'You have {most} views of this list already. Delete one of them first.' },
})

const list = z.string().max(80)
/** More than anybody reads as tabs. */
const MOST = 50
/** More than any list has filters. */
const MEMBERS = 60

/** What somebody looked for, and its name, may tell of what is in the list: they are for those who read it. */
function refuseForeign(actor: Actor, name: string): void {
  const entity = [...declaredEntities.values()].find((one) => one.name === name)
  if (!entity || !reachOf(actor, entity.can.read)) throw CommonProblem.notFound()
}

/** Saved views of lists: one's own, and those that others share; people from outside see their own. */
export const listViews = query({
  name: 'kit.listViews',
  can: 'signedIn',
  input: z.object({ list }),
  async run({ db, actor }, { list }) {
    refuseForeign(actor, list)
    const rows = await db
      .selectFrom('savedView')
      .select(['id', 'list', 'name', 'search', 'shared', (eb) => eb('owner', '=', actor.id!).as('mine')])
      .where('list', '=', list)
      .where((eb) => eb.or([eb('owner', '=', actor.id!), ...(actor.sellers ? [] : [eb('shared', '=', true)])]))
      // One's own first: however much others share, it hides none of them.
      .orderBy('mine', 'desc')
      .orderBy('name')
      .limit(2 * MOST)
      .execute()
    return { rows }
  },
})

export const saveView = command({
  name: 'kit.saveView',
  can: 'signedIn',
  untrailed: true,
  input: z.object({
    list,
    name: z.string().trim().min(1).max(80),
    search: z
      .record(z.string().max(60), z.string().max(500))
      .refine((search) => Object.keys(search).length <= MEMBERS, { error: 'tooLong' }),
    shared: z.boolean().default(false),
  }),
  async run(tx, input) {
    refuseForeign(tx.actor, input.list)
    await inTurn(tx, `kit.view:${tx.actor.id}:${input.list}`)
    const { own } = await tx.db
      .selectFrom('savedView')
      .select(({ fn }) => fn.countAll<bigint>().as('own'))
      .where('list', '=', input.list)
      .where('owner', '=', tx.actor.id!)
      .executeTakeFirstOrThrow()
    if (own >= MOST) throw ViewProblem.tooMany({ most: MOST })
    const id = newId()
    const shared = input.shared && !tx.actor.sellers
    await tx.db
      .insertInto('savedView')
      .values({ ...input, shared, id, owner: tx.actor.id!, search: keysOf(tx.db).sealed(id, input.search) })
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
