import { module } from '#kit/server/module.ts'
import './access.access.ts'
import { invitationRoutes } from './invitation/invitation.routes.ts'
import { sessionRoutes } from './session/session.routes.ts'
import { trailRoutes } from './trail/trail.routes.ts'
import { userRoutes } from './user/user.routes.ts'

export default module({ name: 'access', depends: ['places'], routes: [sessionRoutes, userRoutes, invitationRoutes, trailRoutes] })
