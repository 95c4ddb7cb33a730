import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { activity } from './activity.ts'

export const activityRoutes = routes({ ...crudRoutes(activity, crud(activity)) })
