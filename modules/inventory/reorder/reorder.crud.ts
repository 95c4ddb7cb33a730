import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { reorder } from './reorder.ts'

export const reorderRoutes = routes(crudRoutes(reorder, crud(reorder)))
