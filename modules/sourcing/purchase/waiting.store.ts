import { waitsIn } from '#kit/server/list/waiting.ts'
import { purchase } from './purchase.ts'

const ordered = { state: 'approved,partlyReceived' }
const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** Orders that wait for a yes, for goods that should have come, and for goods that come today. */
export const purchasesWait = [
  waitsIn(purchase, 'purchasesLate', {
    can: 'sourcing.purchase.edit',
    isLate: true,
    filters: (today) => ({ ...ordered, expectedOn: `..${dayBefore(today)}` }),
  }),
  waitsIn(purchase, 'purchasesToday', {
    can: 'inventory.stock.receive',
    filters: (today) => ({ ...ordered, expectedOn: `${today}..${today}` }),
  }),
  waitsIn(purchase, 'purchasesToApprove', { can: 'sourcing.purchase.approve', filters: () => ({ state: 'submitted' }) }),
]
