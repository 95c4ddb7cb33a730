import { routes } from '#kit/server/http.ts'
import { acceptInvitation, invite, withdrawInvitation } from './invitation.commands.ts'
import { listInvitations, showInvitation } from './invitation.queries.ts'

export const invitationRoutes = routes({
  'GET /invitations': listInvitations,
  'POST /invitations': invite,
  'GET /invitations/by-token/:token': showInvitation,
  'POST /invitations/acceptance': acceptInvitation,
  'DELETE /invitations/:id': withdrawInvitation,
})
