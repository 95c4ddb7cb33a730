import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { tidyPhones } from '#modules/parties/index.ts'
import { disableUser, enableUser, eraseUser, setRoles } from './user.commands.ts'
import { forgetSessions } from '../session/session.store.ts'
import { askForPasswordChange, endSessionOfUser, endSessionsOfUser } from '../ways-in/ways-in.commands.ts'
import { showWaysIn } from '../ways-in/ways-in.queries.ts'
import { listUsers, showUser } from '../user/user.queries.ts'
import { membershipsOf, refuseBeyond, refuseTeamBeyond } from '../user/user.store.ts'
import { user, userChanged, UserProblem } from '../user/user.ts'

const verbs = crud(
  user,
  {
    async beforeChange(tx, row, changes) {
      // Who may not give a person's roles does not change the person either; nobody chooses whose things they see.
      if (row.erasedAt) throw UserProblem.erased()
      await refuseBeyond(tx, await membershipsOf(tx.db, row.id))
      const phones = changes.phones && (await tidyPhones(tx.db, changes.phones))
      if (changes.team !== undefined && row.id === tx.actor.id) throw UserProblem.notYourself()
      if (changes.team) await refuseTeamBeyond(tx, row.id, changes.team)
      return phones && { phones }
    },
    async afterChange(tx, row, changes) {
      if (changes.team === undefined) return
      tx.emit(userChanged, { user: row.id })
      tx.afterCommit(forgetSessions)
    },
  },
  // People are invited, not created.
  { creatable: false },
)

export const userRoutes = routes({
  ...crudRoutes(user, verbs),
  'GET /users': listUsers,
  'GET /users/:id': showUser,
  'GET /users/:id/ways-in': showWaysIn,
  'DELETE /users/:id/sessions': endSessionsOfUser,
  'DELETE /users/:id/sessions/:session': endSessionOfUser,
  'POST /users/:id/password-change': askForPasswordChange,
  'POST /users/:id/roles': setRoles,
  'POST /users/:id/disable': disableUser,
  'POST /users/:id/enable': enableUser,
  'POST /users/:id/erasure': eraseUser,
})
