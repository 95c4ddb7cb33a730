import { z } from 'zod'
import { secret } from '#kit/mark.ts'
import { problems } from '#kit/problem.ts'

export const ConnectionProblem = problems('access.connection', {
  ownersOnly: {
    status: 403,
    say: 'Codes and links that let people in pass through here, so only an owner may connect it. Ask one of them.',
  },
  tooMany: { status: 429, say: 'You have tried {most} times within an hour. Wait a little, then try again.' },
})

const name = z.string().max(40)
const field = z.string().max(40)

export const connectionKey = z.object({ name })
export const connectionInput = z.strictObject({
  name,
  values: z.record(field, z.union([z.string().max(2000), z.number()])),
  /** Only those that are others now. */
  secrets: secret(z.record(field, secret(z.string().max(2000)))),
})
export const connectionTrial = z.strictObject({ name, to: z.string().max(254).default('') })
