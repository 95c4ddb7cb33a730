import { z } from 'zod'
import { event } from '#kit/event.ts'
import { message } from '#kit/message.ts'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { secret } from '#kit/mark.ts'
import { problems } from '#kit/problem.ts'
import { membershipsInput } from '../role/role.ts'

export const INVITATION_DAYS = 7

/** An open invitation also ends when its address is invited again, and when whoever invited may not any more. */
export const invitationLife = life(
  'access.invitation',
  'access_invitation',
  machine('sent', {
    accept: { from: ['sent'], to: 'accepted', can: 'public' },
    withdraw: { from: ['sent'], to: 'withdrawn', can: 'access.user.edit' },
    end: { from: ['sent'], to: 'withdrawn', can: PROGRAM },
  }),
)

export const InvitationProblem = problems('access.invitation', {
  gone: { status: 410, say: 'This invitation is no longer valid. Ask for a new one.' },
  known: { status: 409, say: 'Somebody with this e-mail works here already.' },
})

export const invitationChanged = event('access.invitation.changed', 'access.user.read', z.object({ invitation: z.uuid() }))

export const invitationMessage = message('access.invitation', {
  name: { sample: 'Amina' },
  by: { sample: 'Omar Owner' },
  link: { secret: true, sample: 'https://shop.example.com/invitation/…' },
  days: { sample: '7' },
})

/** 32 random bytes in base64url. */
export const tokenInput = secret(z.string().regex(/^[\w-]{43}$/))

/**
 * Who is invited, to what. The secret of the link is made by whoever invites and only its hash is kept, so that it
 * stands neither in the database nor in the answers that are kept for repetitions.
 */
export const inviteInput = z.object({
  token: tokenInput,
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(120),
  roles: membershipsInput,
})
