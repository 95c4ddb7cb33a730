import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['return_note', 'return_line', 'return_refund'],
}
