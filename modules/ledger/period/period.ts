import { approvalKind } from '#kit/approval.ts'
import { life, machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** A month of the books. A closed one refuses entries; reopening needs a reason. */
export const periodLife = life(
  'ledger.period',
  'ledger_period',
  machine('open', {
    close: { from: ['open'], to: 'closed', can: 'ledger.period.close' },
    reopen: { from: ['closed'], to: 'open', can: 'ledger.period.close' },
  }),
  { key: 'firstDay' },
)

/** What stands in closed books was told to others already. */
export const reopening = approvalKind('ledger.reopen', { permission: 'ledger.period.close', when: 'whenOn' })

export const PeriodProblem = problems('ledger.period', {
  laterFirst: { status: 409, say: 'A later month is closed. Reopen {month} first, then this one.' },
  future: { status: 422, say: 'A month that is not over yet can’t be closed.' },
})
