import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { approveRegistration, register, rejectRegistration, sendIdentity, verifyRegistration } from './registration.commands.ts'
import { showRegister } from './registration.queries.ts'
import { registration } from './registration.ts'

export const registrationRoutes = routes({
  ...crudRoutes(registration, crud(registration)),
  'GET /register': showRegister,
  'POST /register': register,
  'POST /register/verification': verifyRegistration,
  'POST /register/identity': sendIdentity,
  'POST /registrations/:id/approve': approveRegistration,
  'POST /registrations/:id/reject': rejectRegistration,
})
