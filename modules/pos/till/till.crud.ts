import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import { routes } from '#kit/server/edge/http.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { addDrawer } from '#modules/ledger/index.ts'
import { storageAt } from '#modules/inventory/index.ts'
import { till, TillProblem } from './till.ts'
import { drawerName } from './till.store.ts'

onConstraint('pos_till_code_check', () => TillProblem.badCode())
onConstraint('pos_shift_open_here', () => TillProblem.isOpen())
onConstraint('pos_till_sells', () => TillProblem.sells())

async function refuseElsewhere(tx: Tx, location: string, place: string) {
  if ((await storageAt(tx, 'pos.till.edit', location)).place !== place) throw TillProblem.elsewhere()
}

const verbs = crud(till, {
  async beforeCreate(tx, input) {
    await refuseElsewhere(tx, input.location, input.place)
    return { drawer: await addDrawer(tx, await drawerName(tx, input.name), input.place) }
  },
  async beforeChange(tx, row, changes) {
    await refuseElsewhere(tx, changes.location ?? row.location, row.place)
  },
  async beforeArchive(tx, row) {
    const open = await tx.db
      .selectFrom('posShift')
      .select('id')
      .where('till', '=', row.id)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (open) throw TillProblem.isOpen()
  },
  afterRestore: (tx, row) => refuseElsewhere(tx, row.location, row.place),
})
export const tillRoutes = routes(crudRoutes(till, verbs))
