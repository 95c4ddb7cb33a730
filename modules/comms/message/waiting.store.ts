import { waitsIn } from '#kit/server/list/waiting.ts'
import { outgoing } from './message.ts'

/** What did not reach anybody. */
export const messagesWait = waitsIn(outgoing, 'messagesFailed', {
  can: 'comms.message.resend',
  isLate: true,
  filters: () => ({ state: 'failed' }),
})
