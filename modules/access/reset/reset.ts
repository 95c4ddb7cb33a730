import { z } from 'zod'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import { tokenInput } from '../invitation/invitation.ts'
import { codeInput } from '../sign-in/sign-in.ts'

export const RESET = { linkMinutes: 60, tries: 3, hourly: 3, mailsHourly: 10 } as const

export const ResetProblem = problems('access.reset', {
  gone: { status: 410, say: 'This link or code is no longer valid. Ask for a new one.' },
})

export const resetMessage = message('access.reset', {
  name: { sample: 'Amina' },
  link: { secret: true, sample: 'https://shop.example.com/reset/…' },
  code: { secret: true, sample: '482913' },
})

/** The secret of a link, or the address with the code that was mailed to it. */
export const resetKey = z.union([
  z.object({ token: tokenInput }),
  z.object({ email: z.string().trim().toLowerCase().max(254), code: codeInput }),
])
export type ResetKey = z.output<typeof resetKey>
