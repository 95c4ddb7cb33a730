import { quantityText, type Qty } from '#kit/quantity.ts'
import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { reorder, ReorderProblem } from './reorder.ts'

/** Whoever fills up to less than what calls for more would be told again at once. */
export function judge(level: Qty, target: Qty | null | undefined): void {
  if (target !== null && target !== undefined && target < level) throw ReorderProblem.targetBelow({ level: quantityText(level) })
}

export const reorderRoutes = routes(
  crudRoutes(
    reorder,
    crud(reorder, {
      beforeCreate: (_, { level, target }) => judge(level, target),
      beforeChange: (_, row, { level = row.level, target = row.target }) => judge(level, target),
    }),
  ),
)
