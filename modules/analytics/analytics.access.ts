import { access } from '#kit/access.ts'

export const analyticsAccess = access(
  'analytics',
  { 'analytics.board.read': 'See the day’s figures' },
  { manager: ['analytics.board.read'], accountant: ['analytics.board.read'] },
)
