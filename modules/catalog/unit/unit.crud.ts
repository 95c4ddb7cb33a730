import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { tellsTills } from '../changed/changed.store.ts'
import { conversion, unit } from './unit.ts'

export const unitRoutes = routes(crudRoutes(unit, crud(unit, tellsTills)))
export const conversionRoutes = routes(crudRoutes(conversion, crud(conversion)))
