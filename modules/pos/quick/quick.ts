import { z } from 'zod'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

export const quickColours = ['plain', 'teal', 'green', 'amber', 'red'] as const
export type QuickColour = (typeof quickColours)[number]
/** So many tabs and keys can still be found by a finger. */
export const MOST_BOARDS = 12
export const MOST_KEYS = 60

const key = z.strictObject({
  variant: z.uuid(),
  label: z.string().trim().min(1).max(30).nullish(),
  colour: z.enum(quickColours).default('plain'),
})

/** A board as it shall be, with all its keys in their order; `version` is that which was looked at, nought for a new one. */
export const boardInput = z.object({
  id: z.uuid(),
  place: z.uuid(),
  name: z.string().trim().min(1).max(40),
  version: z.number().int().min(0),
  keys: z
    .array(key)
    .max(MOST_KEYS)
    .refine((keys) => new Set(keys.map(({ variant }) => variant)).size === keys.length, { error: 'twice' }),
})

export interface QuickKey {
  readonly variant: string
  readonly label: string | null
  readonly colour: QuickColour
}
export interface QuickBoard {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly keys: readonly QuickKey[]
}

export const QuickProblem = problems('pos.quick', {
  nameTaken: { status: 409, say: 'This store has a board with that name already. Choose another one.' },
  changed: { status: 409, say: 'Somebody else changed this board meanwhile. Look at it again, then change it.' },
  tooMany: { status: 422, say: 'A store has up to {most} boards. Put the keys on one that is there.' },
})

export const quickChanged = event('pos.quick.changed', 'pos.sale.complete', z.object({ board: z.uuid(), place: z.uuid() }))
