import { z } from 'zod'
import type { Actor } from '#kit/access.ts'
import { may } from '#kit/access.ts'
import type { ApprovalNeed } from '#kit/approval.ts'
import { event } from '#kit/event.ts'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { message } from '#kit/message.ts'
import { noticeKind } from '#kit/notice.ts'
import { problems } from '#kit/problem.ts'

/** From the refusal for want of a second person until what was asked for is done. */
export const approvalLife = life(
  'access.approval',
  'access_approval',
  machine('needed', {
    ask: { from: ['needed'], to: 'asked', can: 'signedIn' },
    approve: { from: ['needed', 'asked'], to: 'approved', can: 'signedIn' },
    reject: { from: ['asked'], to: 'rejected', can: 'signedIn' },
    withdraw: { from: ['asked', 'approved'], to: 'withdrawn', can: 'signedIn' },
    use: { from: ['approved'], to: 'used', can: PROGRAM },
  }),
)

/** How long something waits: for somebody to be asked, for their answer, and for being done after it (minutes). */
export const APPROVAL = { needed: 60, asked: 3 * 24 * 60, byPin: 15, approved: 24 * 60 } as const

/** Who may agree: somebody else, who holds all that it takes where it takes it. */
export const mayApprove = (actor: Actor, need: Omit<ApprovalNeed, 'kinds' | 'facts'> & { askedBy: string }): boolean =>
  actor.id !== null &&
  actor.id !== need.askedBy &&
  !actor.isProgram &&
  (!need.byOwner || actor.isOwner === true) &&
  need.permissions.every((permission) => may(actor, permission, need.place))

export const approvalChanged = event('access.approval.changed', 'signedIn', z.object({ approval: z.uuid() }))

/** Something waits for one's yes. */
export const approvalWaiting = noticeKind('access.approval', { path: '/approvals' })

export const approvalAskedMessage = message('access.approvalAsked', {
  name: { sample: 'Amina' },
  by: { sample: 'Omar Cashier' },
  what: { sample: 'Sell at another price' },
  note: { sample: 'The customer has seen it cheaper' },
  link: { sample: 'https://shop.example.com/approvals' },
})
export const approvalDecidedMessage = message('access.approvalDecided', {
  name: { sample: 'Omar' },
  by: { sample: 'Amina Owner' },
  what: { sample: 'Sell at another price' },
  decision: { sample: 'Approved' },
  note: { sample: 'This once' },
  link: { sample: 'https://shop.example.com/approvals' },
})

export const ApprovalProblem = problems('access.approval', {
  gone: { status: 410, say: 'This is not waiting any more. Ask again if it is still wanted.' },
  notYours: { status: 403, say: 'Somebody else has to agree to this: not whoever asks, and only who may do it.' },
  other: { status: 409, say: 'What was agreed to was something else. Ask again for what you want now.' },
  noFile: { status: 409, say: 'This came with a file, which is not kept. Do it again from where you began.' },
})
