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
  noLocation: { status: 404, say: 'There is no such stock location, or you may not use it.' },
})

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
