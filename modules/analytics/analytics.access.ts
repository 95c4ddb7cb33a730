import { access } from '#kit/access.ts'

export const analyticsAccess = access(
  'analytics',
  {
    'analytics.board.read': 'See the day’s figures',
    'analytics.report.read': 'See reports of what they may see',
    'analytics.plan.edit': 'Have reports mailed by the clock',
  },
  {
    manager: ['analytics.board.read', 'analytics.report.read', 'analytics.plan.edit'],
    accountant: ['analytics.board.read', 'analytics.report.read', 'analytics.plan.edit'],
    callManager: ['analytics.board.read'],
    deliveryManager: ['analytics.board.read'],
    viewer: ['analytics.board.read'],
    marketer: ['analytics.board.read'],
    productionManager: ['analytics.board.read'],
  },
)
