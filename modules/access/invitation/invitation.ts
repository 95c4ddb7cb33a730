import { z } from 'zod'
import { roleNames } from '#kit/access.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

export const INVITATION_DAYS = 7

export const invitationLife = machine('sent', {
  accept: { from: ['sent'], to: 'accepted', can: 'public' },
  withdraw: { from: ['sent'], to: 'withdrawn', can: 'access.user.edit' },
})

export const InvitationProblem = problems('access.invitation', {
  gone: { status: 410, say: 'This invitation is no longer valid. Ask for a new one.' },
  known: { status: 409, say: 'Somebody with this e-mail works here already.' },
})

export const inviteInput = z.object({
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(120),
  role: z.enum(roleNames),
  place: z.uuid().nullable().default(null),
})
