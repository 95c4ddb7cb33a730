import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { disableUser, enableUser, setRoles } from './user.commands.ts'
import { listApprovers, listMembers, listRoles } from './user.queries.ts'
import { user } from './user.ts'

export const userRoutes = routes({
  // People are invited, not created.
  ...crudRoutes(user, crud(user, {}, { creatable: false })),
  'GET /members': listMembers,
  'GET /roles': listRoles,
  'GET /approvers': listApprovers,
  'POST /users/:id/roles': setRoles,
  'POST /users/:id/disable': disableUser,
  'POST /users/:id/enable': enableUser,
})
