import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { accessAccess, noteAccess } from './access.access.ts'
import { registrationsForget } from './people/erase.store.ts'
import { invitationsKept } from './invitation/kept.store.ts'
import { registrationsKept } from './registration/kept.store.ts'
import { signInsKept } from './sign-in/kept.store.ts'
import { roleListRoutes } from './role/role.routes.ts'
import { captchaAdapter } from './registration/captcha.adapter.ts'
import { providerAdapter } from './provider/provider.adapter.ts'
import { visitors } from './machine/visitor.store.ts'
import { registerJob } from './registration/registration.commands.ts'
import { mailResetJob } from './reset/reset.commands.ts'
import { secretsGuard } from './people/secrets.store.ts'
import { factorRoutes } from './ways-in/factor.routes.ts'
import { invitationRoutes } from './invitation/invitation.routes.ts'
import { machineRoutes } from './machine/machine.routes.ts'
import { peopleKnown } from './user/known.store.ts'
import { registrationRoutes } from './registration/registration.routes.ts'
import { profileRoutes } from './profile/profile.routes.ts'
import { resetRoutes } from './reset/reset.routes.ts'
import { securityRoutes } from './security-settings/security.routes.ts'
import { sessionRoutes } from './device/session.routes.ts'
import { tidySessions } from './session/session.jobs.ts'
import { signInRoutes } from './front-door/sign-in.routes.ts'
import { teamRoutes } from './team/team.crud.ts'
import { viewRoutes } from './view/view.routes.ts'
import { userRoutes } from './people/user.routes.ts'
import { user } from './user/user.ts'

export default module({
  name: 'access',
  depends: ['places', 'parties'],
  parts: [
    accessAccess,
    noteAccess,
    peopleKnown,
    findable(user),
    secretsGuard,
    visitors,
    captchaAdapter,
    providerAdapter,
    registerJob,
    mailResetJob,
    tidySessions,
    signInsKept,
    registrationsKept,
    invitationsKept,
    registrationsForget,
  ],
  routes: [
    signInRoutes,
    sessionRoutes,
    factorRoutes,
    profileRoutes,
    resetRoutes,
    userRoutes,
    roleListRoutes,
    viewRoutes,
    teamRoutes,
    invitationRoutes,
    registrationRoutes,
    machineRoutes,
    securityRoutes,
  ],
})
