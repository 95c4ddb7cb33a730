import { routes } from '#kit/server/edge/http.ts'
import { viewRoutes } from '#kit/server/list/crud.ts'
import { noteRemovals } from './removed.commands.ts'
import { removals } from './removed.ts'

export const removedRoutes = routes({
  ...viewRoutes(removals),
  'POST /pos/removals': noteRemovals,
})
