import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['place_letterhead'],
}
