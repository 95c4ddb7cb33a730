import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['sourcing_bill', 'sourcing_bill_reversal', 'sourcing_receipt'],
}
