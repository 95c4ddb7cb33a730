import { routes } from '#kit/server/edge/http.ts'
import {
  approveByPin,
  askForApproval,
  changeApprovalSettings,
  completeApproved,
  decideApproval,
  withdrawApproval,
} from './approval.commands.ts'
import { countApprovals, listApprovals, listApprovers, showApproval, showApprovalSettings } from './approval.queries.ts'

export const approvalRoutes = routes({
  'GET /approvals': listApprovals,
  'GET /approvals/count': countApprovals,
  'GET /approvals/settings': showApprovalSettings,
  'POST /approvals/settings': changeApprovalSettings,
  'GET /approvals/:id': showApproval,
  'GET /approvals/:id/approvers': listApprovers,
  'POST /approvals/:id/asking': askForApproval,
  'POST /approvals/:id/pin': approveByPin,
  'POST /approvals/:id/decision': decideApproval,
  'POST /approvals/:id/withdrawal': withdrawApproval,
  'POST /approvals/:id/completion': completeApproved,
})
