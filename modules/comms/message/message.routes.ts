import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { resendMessage, revealMessage } from './message.commands.ts'
import { showMessage } from './message.queries.ts'
import { outgoing } from './message.ts'

export const messageRoutes = routes({
  ...crudRoutes(outgoing, crud(outgoing)),
  'GET /messages/:id': showMessage,
  'POST /messages/:id/resend': resendMessage,
  'POST /messages/:id/secret': revealMessage,
})
