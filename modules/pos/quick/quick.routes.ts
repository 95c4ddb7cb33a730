import { routes } from '#kit/server/edge/http.ts'
import { listBoards, orderBoards, removeBoard, saveBoard } from './quick.commands.ts'

export const quickRoutes = routes({
  'GET /pos/quick-boards': listBoards,
  'POST /pos/quick-boards': saveBoard,
  'POST /pos/quick-boards/order': orderBoards,
  'DELETE /pos/quick-boards/:id': removeBoard,
})
