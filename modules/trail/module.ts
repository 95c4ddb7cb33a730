import { module } from '#kit/server/edge/module.ts'
import { activityRoutes } from './activity/activity.routes.ts'
import { mailCheckpoints } from './audit/checkpoint.jobs.ts'
import { trailRoutes } from './audit/trail.routes.ts'
import { keepingRoutes } from './keeping/keeping.routes.ts'
import { secretRoutes } from './secret/secret.routes.ts'
import { standardRoutes } from './standard/standard.routes.ts'
import { trailAccess } from './trail.access.ts'

export default module({
  name: 'trail',
  depends: ['places', 'access'],
  parts: [trailAccess, mailCheckpoints],
  routes: [trailRoutes, activityRoutes, keepingRoutes, secretRoutes, standardRoutes],
})
