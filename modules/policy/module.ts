import { module } from '#kit/server/edge/module.ts'
import { approvalRoutes } from './approval/approval.routes.ts'
import { approvals } from './approval/approval.store.ts'
import { approvalsKept } from './approval/kept.store.ts'
import { approvalsWait } from './approval/waiting.store.ts'
import { tidyApprovals } from './approval/approval.jobs.ts'
import { roleRoutes } from './roles/role.routes.ts'
import { whyRoutes } from './why/why.routes.ts'

export default module({
  name: 'policy',
  depends: ['places', 'parties', 'access'],
  parts: [approvals, approvalsWait, approvalsKept, tidyApprovals],
  routes: [roleRoutes, approvalRoutes, whyRoutes],
})
