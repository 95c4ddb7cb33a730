import {
  entity,
  findable,
  instant,
  integer,
  locale,
  longText,
  oneOf,
  optional,
  personal,
  readonly,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine, PROGRAM } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'
import { z } from 'zod'

/**
 * A message waits until a server has taken it. Three attempts fail for good; without a server it is kept to be read on
 * its page. Both can be sent again.
 */
export const messageLife = machine('queued', {
  deliver: { from: ['queued'], to: 'sent', can: PROGRAM },
  keep: { from: ['queued'], to: 'kept', can: PROGRAM },
  fail: { from: ['queued'], to: 'failed', can: PROGRAM },
  resend: { from: ['failed', 'kept'], to: 'queued', can: 'comms.message.resend' },
})

export const outgoing = entity('comms_message', {
  name: 'comms.message',
  path: '/messages',
  fields: {
    id: readonly(uid()),
    template: readonly(text({ max: 80 })),
    channel: readonly(oneOf(['mail', 'sms'])),
    recipient: readonly(findable(personal('comms.message.read', text({ max: 254 })))),
    subject: readonly(text({ max: 300 })),
    body: readonly(longText()),
    locale: readonly(locale()),
    state: readonly(oneOf(messageLife.states)),
    attempts: readonly(integer()),
    error: readonly(optional(text({ max: 500 }))),
    createdAt: readonly(instant()),
    settledAt: readonly(optional(instant())),
  },
  can: { read: 'comms.message.read', export: 'comms.message.export' },
  list: ['subject', 'recipient', 'channel', 'state', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state', 'channel', 'template', 'createdAt'],
  search: ['recipient', 'subject'],
  title: 'subject',
  life: messageLife,
})

const facts = z.object({ message: z.uuid() })
export const messageQueued = event('comms.message.queued', 'comms.message.read', facts)
export const messageSettled = event('comms.message.settled', 'comms.message.read', facts)

/** Stands in a message where a secret will be written. */
export const SECRET = '••••••'

export const MessageProblem = problems('comms.message', {
  gone: { status: 410, say: 'The code or link in this message has been used up or is too old. Let a new one be made.' },
  nothing: { status: 404, say: 'This message holds no code and no link.' },
})
