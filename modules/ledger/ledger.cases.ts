import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['ledger_entry', 'ledger_line'],
}
