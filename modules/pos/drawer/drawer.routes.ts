import { routes } from '#kit/server/edge/http.ts'
import { openWithoutSale } from './drawer.commands.ts'
import { drawerEscpos } from './drawer.queries.ts'

export const drawerRoutes = routes({
  'POST /pos/shifts/:id/no-sale': openWithoutSale,
  'GET /pos/shifts/:id/drawer.bin': drawerEscpos,
})
