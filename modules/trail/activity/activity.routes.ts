import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { activity } from './activity.ts'

export const activityRoutes = routes({ ...crudRoutes(activity, crud(activity)) })
