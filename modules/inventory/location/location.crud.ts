import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import type { Qty } from '#kit/quantity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import { location, LocationProblem } from './location.ts'

onConstraint('inventory_balance_here', () => LocationProblem.holdsStock())

const verbs = crud(location, {
  beforeCreate(tx, input) {
    if (!input.place) throw CommonProblem.invalid({}, [{ path: 'place', code: 'required', message: 'required' }])
    tx.mayAt('inventory.location.edit', input.place)
    return { kind: 'storage' }
  },
  async beforeArchive(tx, row) {
    if (row.kind !== 'storage') throw LocationProblem.ours()
    const held = await tx.db
      .selectFrom('inventoryBalance')
      .select('id')
      .where('location', '=', row.id)
      .where((of) => of.or([of('onHand', '<>', 0n as Qty), of('reserved', '<>', 0n as Qty)]))
      .executeTakeFirst()
    if (held) throw LocationProblem.holdsStock()
  },
  async afterChange(tx, row, changes) {
    if (changes.allowsNegative === undefined) return
    // The floor under a balance is judged by the database; a balance below zero refuses to lose its permission.
    await tx.db
      .updateTable('inventoryBalance')
      .set({ mayGoBelow: changes.allowsNegative })
      .where('location', '=', row.id)
      .execute()
  },
})
export const locationRoutes = routes(crudRoutes(location, verbs))
