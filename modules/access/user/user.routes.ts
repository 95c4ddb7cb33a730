import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { disableUser, enableUser, setRoles } from './user.commands.ts'
import { askForPasswordChange, endSessionOfUser, endSessionsOfUser } from './ways-in.commands.ts'
import { showWaysIn } from './ways-in.queries.ts'
import { listApprovers, listRoles, listUsers, showUser, showUserHistory } from './user.queries.ts'
import { membershipsOf, refuseBeyond } from './user.store.ts'
import { user } from './user.ts'

const verbs = crud(
  user,
  // Who may not give a person's roles does not change the person either.
  { beforeChange: async (tx, row) => refuseBeyond(tx.actor, await membershipsOf(tx.db, row.id)) },
  // People are invited, not created.
  { creatable: false },
)

export const userRoutes = routes({
  ...crudRoutes(user, verbs),
  'GET /users': listUsers,
  'GET /users/:id': showUser,
  'GET /users/:id/history': showUserHistory,
  'GET /users/:id/ways-in': showWaysIn,
  'DELETE /users/:id/sessions': endSessionsOfUser,
  'DELETE /users/:id/sessions/:session': endSessionOfUser,
  'POST /users/:id/password-change': askForPasswordChange,
  'GET /roles': listRoles,
  'GET /approvers': listApprovers,
  'POST /users/:id/roles': setRoles,
  'POST /users/:id/disable': disableUser,
  'POST /users/:id/enable': enableUser,
})
