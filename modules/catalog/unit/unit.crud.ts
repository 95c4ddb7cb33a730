import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { tellsTills } from '../product/product.store.ts'
import { conversion, unit } from './unit.ts'

export const unitRoutes = routes(crudRoutes(unit, crud(unit, tellsTills)))
export const conversionRoutes = routes(crudRoutes(conversion, crud(conversion)))
