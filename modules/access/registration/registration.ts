import { z } from 'zod'
import {
  emailText,
  entity,
  findable,
  instant,
  integer,
  localeSchema,
  nameSchema,
  oneOf,
  optional,
  personal,
  phone,
  readonly,
  ref,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { aboutPerson, secret } from '#kit/mark.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import { tokenInput } from '../invitation/invitation.ts'
import { passwordInput } from '../session/session.ts'
import { membershipsInput } from '../role/role.ts'
import { codeInput } from '../sign-in/sign-in.ts'

/**
 * Begun until the code of the mail was typed; then it waits for somebody who decides. A seller's is verified first, and waits
 * once the pictures of their ID are there.
 */
export const registrationLife = machine('begun', {
  verify: { from: ['begun'], to: 'pending', can: 'public' },
  confirm: { from: ['begun'], to: 'verified', can: 'public' },
  submit: { from: ['verified'], to: 'pending', can: 'public' },
  approve: { from: ['pending'], to: 'approved', can: 'access.registration.decide' },
  reject: { from: ['pending'], to: 'rejected', can: 'access.registration.decide' },
})

export const registration = entity('access_registration', {
  name: 'access.registration',
  path: '/registrations',
  fields: {
    id: readonly(uid()),
    name: readonly(text({ max: 120 })),
    kind: readonly(oneOf(['person', 'seller'])),
    email: readonly(findable(personal('access.registration.decide', emailText()))),
    phone: readonly(optional(personal('access.registration.decide', phone()))),
    company: readonly(optional(text({ max: 160 }))),
    country: readonly(optional(text({ max: 2 }))),
    expectedDailyOrders: readonly(optional(integer())),
    storeName: readonly(optional(text({ max: 120 }))),
    storeLink: readonly(optional(text({ max: 300 }))),
    bankAccount: readonly(optional(personal('access.registration.decide', text({ max: 40 })))),
    idFront: readonly(optional(ref('file'))),
    idBack: readonly(optional(ref('file'))),
    seller: readonly(optional(ref('party'))),
    state: readonly(oneOf(registrationLife.states)),
    reason: readonly(optional(text({ max: 300 }))),
    createdAt: readonly(instant()),
    decidedAt: readonly(optional(instant())),
  },
  can: { read: 'access.registration.decide' },
  list: ['name', 'kind', 'email', 'phone', 'state', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state', 'kind'],
  search: ['name', 'email'],
  title: 'name',
  life: registrationLife,
})

/** The browser that registered is the one that brings the code. */
export const REGISTERING = { cookie: '__Host-duka-register', minutes: 60 } as const
export const CODE_MINUTES = 15
export const CODE_TRIES = 3

export const RegistrationProblem = problems('access.registration', {
  closed: { status: 404, say: 'This company lets people in by invitation only. Ask somebody who works here for one.' },
  wrongCode: { status: 422, say: 'This code is not right, or it has run out. Register again to get a new one.' },
  waiting: { status: 403, say: 'Your registration waits for approval. You get an e-mail as soon as somebody has decided.' },
  robot: { status: 422, say: 'We could not tell that you are a person. Try once more.' },
  robotCheckDown: { status: 503, say: 'The check for robots does not answer at the moment. Try again in a few minutes.' },
  bankTwice: { status: 422, say: 'The bank account was not written the same twice. Look at both once more.' },
  badBank: { status: 422, say: 'This is no bank account. Look at the digits once more: an IBAN has its own check digits.' },
  noRoles: { status: 422, say: 'Choose at least one role.' },
  noUpload: { status: 410, say: 'The pictures can’t be sent any more. Register again.' },
  closedToSellers: { status: 404, say: 'This company takes no registrations of sellers. Ask somebody who works here.' },
  known: { status: 409, say: 'Somebody with this e-mail works here already. Reject this registration.' },
})

export const registrationChanged = event(
  'access.registration.changed',
  'access.registration.decide',
  z.object({ registration: z.uuid() }),
)

export const idSides = ['front', 'back'] as const

/** What somebody who sells through this company says about the business. */
const sellerInput = z.object({
  company: z.string().trim().min(2).max(160),
  country: z.string().regex(/^[A-Z]{2}$/),
  expectedDailyOrders: z.number().int().min(0).max(1_000_000),
  storeName: z.string().trim().min(1).max(120),
  storeLink: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .default(null),
  bankAccount: aboutPerson(z.string().trim().min(6).max(40)),
  bankAccountAgain: aboutPerson(z.string().trim().min(6).max(40)),
})

export const registerInput = z.object({
  name: nameSchema.max(120),
  email: z.email().max(254).toLowerCase(),
  /** As people write it: with its country, or as in the country of the company or of the seller. */
  phone: z.string().trim().max(24).nullable().default(null),
  password: passwordInput,
  locale: localeSchema.default('en'),
  captcha: secret(z.string().max(4096)).default(''),
  seller: sellerInput.nullable().default(null),
})
export const verifyInput = z.object({ email: z.email().max(254).toLowerCase(), code: codeInput })
export const identityInput = z.object({ token: tokenInput, side: z.enum(idSides) })
/** A seller becomes one without further roles. */
export const approveInput = z.object({ id: z.uuid(), roles: z.union([membershipsInput, z.array(z.never()).max(0)]).default([]) })
export const rejectInput = z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) })

const name = { sample: 'Amina' }
export const registerCodeMessage = message('access.registerCode', { name, code: { secret: true, sample: '482913' } })
/** To those who decide: somebody waits. */
export const registrationWaitsMessage = message('access.registrationWaits', {
  name,
  who: { sample: 'Njeri Kamau' },
  link: { sample: 'https://shop.example.com/registrations' },
})
export const registerKnownMessage = message('access.registerKnown', { name, link: { sample: 'https://shop.example.com/reset' } })
export const approvedMessage = message('access.approved', { name, link: { sample: 'https://shop.example.com/' } })
export const rejectedMessage = message('access.rejected', { name, reason: { sample: 'We do not know you yet; call us.' } })
