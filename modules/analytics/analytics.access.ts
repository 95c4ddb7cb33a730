import { access } from '#kit/access.ts'

export const analyticsAccess = access(
  'analytics',
  { 'analytics.board.read': 'See the day’s figures' },
  {
    manager: ['analytics.board.read'],
    accountant: ['analytics.board.read'],
    callManager: ['analytics.board.read'],
    deliveryManager: ['analytics.board.read'],
    viewer: ['analytics.board.read'],
    marketer: ['analytics.board.read'],
    productionManager: ['analytics.board.read'],
  },
)
