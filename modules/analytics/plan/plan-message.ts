import { message } from '#kit/message.ts'

/** The mail that a planned report goes with. */
export const planMessage = message('analytics.reportPlan', {
  person: { sample: 'Amina' },
  name: { sample: 'Sales by day' },
  from: { sample: '1 Nov 2026' },
  to: { sample: '30 Nov 2026' },
})
