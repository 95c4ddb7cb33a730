import { z } from 'zod'
import {
  emailText,
  entity,
  findable,
  instant,
  localeSchema,
  oneOf,
  optional,
  personal,
  phone,
  readonly,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import { passwordInput } from '../session/session.ts'
import { membershipsInput } from '../role/role.ts'

/** Begun until the code of the mail was typed; then it waits for somebody who decides. */
export const registrationLife = machine('begun', {
  verify: { from: ['begun'], to: 'pending', can: 'public' },
  approve: { from: ['pending'], to: 'approved', can: 'access.user.edit' },
  reject: { from: ['pending'], to: 'rejected', can: 'access.user.edit' },
})

export const registration = entity('access_registration', {
  name: 'access.registration',
  path: '/registrations',
  fields: {
    id: readonly(uid()),
    name: readonly(text({ max: 120 })),
    email: readonly(findable(personal('access.user.edit', emailText()))),
    phone: readonly(optional(personal('access.user.edit', phone()))),
    state: readonly(oneOf(registrationLife.states)),
    reason: readonly(optional(text({ max: 300 }))),
    createdAt: readonly(instant()),
    decidedAt: readonly(optional(instant())),
  },
  can: { read: 'access.user.edit' },
  list: ['name', 'email', 'phone', 'state', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state'],
  search: ['name', 'email'],
  title: 'name',
  life: registrationLife,
})

export const CODE_MINUTES = 15
export const CODE_TRIES = 3

export const RegistrationProblem = problems('access.registration', {
  closed: { status: 404, say: 'This company lets people in by invitation only. Ask somebody who works here for one.' },
  wrongCode: { status: 422, say: 'This code is not right, or it has run out. Register again to get a new one.' },
  waiting: { status: 403, say: 'Your registration waits for approval. You get an e-mail as soon as somebody has decided.' },
  robot: { status: 422, say: 'We could not tell that you are a person. Try once more.' },
  robotCheckDown: { status: 503, say: 'The check for robots does not answer at the moment. Try again in a few minutes.' },
  known: { status: 409, say: 'Somebody with this e-mail works here already. Reject this registration.' },
})

export const registrationChanged = event('access.registration.changed', 'access.user.edit', z.object({ registration: z.uuid() }))

export const registerInput = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254).toLowerCase(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .nullable()
    .default(null),
  password: passwordInput,
  locale: localeSchema.default('en'),
  captcha: z.string().max(4096).default(''),
})
export const verifyInput = z.object({ email: z.email().max(254).toLowerCase(), code: z.string().trim().max(20) })
export const approveInput = z.object({ id: z.uuid(), roles: membershipsInput })
export const rejectInput = z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) })

const name = { sample: 'Amina' }
export const registerCodeMessage = message('access.registerCode', { name, code: { secret: true, sample: '482913' } })
export const registerKnownMessage = message('access.registerKnown', { name, link: { sample: 'https://shop.example.com/reset' } })
export const approvedMessage = message('access.approved', { name, link: { sample: 'https://shop.example.com/' } })
export const rejectedMessage = message('access.rejected', { name, reason: { sample: 'We do not know you yet; call us.' } })
