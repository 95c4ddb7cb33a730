import { access } from '#kit/access.ts'

const READ = 'promotions.promotion.read'
const ALL = [READ, 'promotions.promotion.export', 'promotions.promotion.edit'] as const

export const promotionsAccess = access(
  'promotions',
  {
    'promotions.promotion.read': 'See promotions, their coupons and what they gave',
    'promotions.promotion.export': 'Export promotions and coupons to a file',
    'promotions.promotion.edit': 'Make and change promotions and coupons, start and end them',
  },
  {
    manager: [...ALL],
    marketer: [...ALL],
    cashier: [READ],
    accountant: [READ, 'promotions.promotion.export'],
    viewer: [READ],
  },
)
