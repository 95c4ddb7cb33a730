import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import { z } from 'zod'

export const PHOTO_MEGABYTES = 5
export const PHOTOS_HOURLY = 30
/** How long a code for a new address or number works, and how many tries it has. */
export const CONTACT = { minutes: 15, tries: 3, hourly: 6 } as const

export const contactKinds = ['email', 'phone'] as const
export type ContactKind = (typeof contactKinds)[number]

/** A point of a picture, in per cent from the left and from the top. */
export const focusInput = z.object({ x: z.number().int().min(0).max(100), y: z.number().int().min(0).max(100) })

export const ProfileProblem = problems('access.profile', {
  noPhoto: { status: 404, say: 'There is no picture yet. Choose one first.' },
  wrongCode: { status: 422, say: 'This code is not right, or it has run out. Ask for a new one.' },
  notYours: { status: 422, say: 'Add this number to your telephones first, and save.' },
})

/** The code that shows that a new address or number is somebody's own. */
export const contactCodeMessage = message(
  'access.contactCode',
  { name: { sample: 'Amina' }, code: { secret: true, sample: '482913' }, minutes: { sample: '15' } },
  ['mail', 'sms'],
)

/** To the address that somebody had before. */
export const emailChangedMessage = message('access.emailChanged', {
  name: { sample: 'Amina' },
  to: { sample: 'a•••@example.com' },
  device: { sample: 'Chrome · Android' },
  when: { sample: '21 Nov 2026, 10:15' },
})
