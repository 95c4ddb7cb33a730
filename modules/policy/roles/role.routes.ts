import { crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { createRole, roleVerbs, setLines } from './role.commands.ts'
import { showRoleHistory } from './role.queries.ts'
import { role } from '#modules/access/role/role.ts'

// All of them stand where people are, who need them to be called by their names.
const { 'GET /roles': _, ...verbs } = crudRoutes(role, roleVerbs)

export const roleRoutes = routes({
  ...verbs,
  'GET /roles/:id/history': showRoleHistory,
  'POST /roles': createRole,
  'POST /roles/:id/lines': setLines,
})
