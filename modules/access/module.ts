import { module } from '#kit/server/module.ts'
import './access.access.ts'
import { activityRoutes } from './activity/activity.routes.ts'
import { approvalRoutes } from './approval/approval.routes.ts'
import { factorRoutes } from './factor/factor.routes.ts'
import { invitationRoutes } from './invitation/invitation.routes.ts'
import { keepingRoutes } from './keeping/keeping.routes.ts'
import { machineRoutes } from './machine/machine.routes.ts'
import { registrationRoutes } from './registration/registration.routes.ts'
import { profileRoutes } from './profile/profile.routes.ts'
import { resetRoutes } from './reset/reset.routes.ts'
import { roleRoutes } from './role/role.routes.ts'
import { secretRoutes } from './secret/secret.routes.ts'
import { securityRoutes } from './security/security.routes.ts'
import { sessionRoutes } from './session/session.routes.ts'
import './session/session.jobs.ts'
import './trail/checkpoint.jobs.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'
import { standardRoutes } from './standard/standard.routes.ts'
import { teamRoutes } from './team/team.crud.ts'
import { viewRoutes } from './view/view.routes.ts'
import { whyRoutes } from './why/why.routes.ts'
import { trailRoutes } from './trail/trail.routes.ts'
import { userRoutes } from './user/user.routes.ts'

export default module({
  name: 'access',
  depends: ['places', 'parties'],
  routes: [
    signInRoutes,
    sessionRoutes,
    factorRoutes,
    profileRoutes,
    resetRoutes,
    userRoutes,
    roleRoutes,
    approvalRoutes,
    viewRoutes,
    whyRoutes,
    standardRoutes,
    teamRoutes,
    invitationRoutes,
    registrationRoutes,
    machineRoutes,
    keepingRoutes,
    secretRoutes,
    activityRoutes,
    securityRoutes,
    trailRoutes,
  ],
})
