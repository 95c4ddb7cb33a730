import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { team } from './team.ts'

export const teamRoutes = routes(crudRoutes(team, crud(team)))
