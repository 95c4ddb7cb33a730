import { z } from 'zod'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

export const StockProblem = problems('inventory.stock', {
  short: { status: 409, say: 'There is not enough {name}: {available} left, {wanted} wanted.' },
  expired: {
    status: 409,
    say: 'There is not enough {name} that may still be sold: {available} left, {wanted} wanted; {expired} have expired.',
  },
  belowZero: { status: 409, say: 'That would take stock below zero. Count the shelf, or allow negative stock for the location.' },
  tooLarge: { status: 422, say: 'That is more than can lie on a shelf or be worth. Look at the quantities and costs again.' },
})

/** Why stock is corrected, and why goods move where the paper alone does not say it. */
export const adjustReasons = ['damaged', 'expired', 'stolen', 'found', 'ownUse', 'sample', 'correction'] as const
export const moveReasons = ['supplier', 'opening', 'count', ...adjustReasons, 'reversal', 'transfer', 'belowZero'] as const

/** Goods that expire within so many days are to be sold first. */
export const EXPIRING_DAYS = 30

export const stockLow = event(
  'inventory.stock.low',
  'inventory.stock.read',
  z.object({ variant: z.uuid(), name: z.string(), place: z.uuid(), available: z.string(), level: z.string() }),
)
export const stockMoved = event(
  'inventory.stock.moved',
  'inventory.stock.read',
  z.object({ place: z.uuid().nullable(), variants: z.array(z.uuid()), documentKind: z.string() }),
)
