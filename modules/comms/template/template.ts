import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const TemplateProblem = problems('comms.template', {
  unknownFact: { status: 422, say: 'This message does not know {fact}. Use one of the parts that are listed.' },
  missingFact: { status: 422, say: 'Without {fact} the message is of no use: put it into the text.' },
  tooMany: { status: 429, say: 'You have sent {most} test messages within an hour. Wait until the hour is over.' },
  secretSubject: { status: 422, say: 'A code or a link belongs into the text, not into the subject, which others see too.' },
})

export const channels = ['mail', 'sms'] as const
const which = { name: z.string().max(80), channel: z.enum(channels), locale: localeSchema }
export const templateKey = z.object(which)
export const templateInput = z.object({
  ...which,
  subject: z.string().trim().max(200).default(''),
  body: z.string().trim().min(1).max(5000),
})
export const testInput = z.object({ ...which, to: z.string().trim().min(3).max(254) })
