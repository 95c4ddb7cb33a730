import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { team } from './team.ts'

export const teamRoutes = routes(crudRoutes(team, crud(team)))
