import { crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { createRole, roleVerbs, setLines } from './role.commands.ts'
import { listRoles, showRoleHistory } from './role.queries.ts'
import { role } from './role.ts'

export const roleRoutes = routes({
  ...crudRoutes(role, roleVerbs),
  'GET /roles': listRoles,
  'GET /roles/:id/history': showRoleHistory,
  'POST /roles': createRole,
  'POST /roles/:id/lines': setLines,
})
