import { routes } from '#kit/server/edge/http.ts'
import { acceptInvitation, invite, resendInvitation, withdrawInvitation } from './invitation.commands.ts'
import { listInvitations, showInvitation } from './invitation.queries.ts'

export const invitationRoutes = routes({
  'GET /invitations': listInvitations,
  'POST /invitations': invite,
  'GET /invitations/by-token/:token': showInvitation,
  'POST /invitations/acceptance': acceptInvitation,
  'POST /invitations/:id/mail': resendInvitation,
  'DELETE /invitations/:id': withdrawInvitation,
})
