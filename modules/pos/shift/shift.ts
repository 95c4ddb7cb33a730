import { z } from 'zod'
import {
  amountSchema,
  day,
  entity,
  instant,
  json,
  longText,
  money,
  oneOf,
  optional,
  readonly,
  ref,
  text,
  uid,
  integer,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** A shift is a till's day in one person's care: it opens with a float and closes with a count. */
export const shiftLife = machine('open', {
  close: { from: ['open'], to: 'closed', can: 'pos.shift.open' },
})

export const shift = entity('pos_shift', {
  name: 'pos.shift',
  path: '/pos/shifts',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    till: readonly(ref('pos_till')),
    place: readonly(ref('place')),
    businessDay: readonly(day()),
    state: readonly(oneOf(shiftLife.states)),
    openedAt: readonly(instant()),
    openedBy: readonly(ref('access_user')),
    float: readonly(money()),
    closedAt: readonly(optional(instant())),
    expected: readonly(optional(money())),
    counted: readonly(optional(money())),
    variance: readonly(optional(money({ min: -1_000_000_000_000n }))),
    denominations: readonly(optional(json(z.record(z.string(), z.number())))),
    report: readonly(optional(json(z.unknown()))),
    note: readonly(optional(longText({ max: 500 }))),
  },
  can: { read: 'pos.shift.read', export: 'pos.sale.export' },
  list: ['number', 'till', 'state', 'openedAt', 'openedBy', 'float', 'counted', 'variance'],
  sort: ['-openedAt'],
  filters: ['state', 'till', 'place', 'businessDay'],
  search: ['number'],
  headline: 'counted',
  title: 'number',
  scope: { place: 'place', own: 'openedBy' },
  life: shiftLife,
})

export const ShiftProblem = problems('pos.shift', {
  alreadyOpen: { status: 409, say: 'This till is open already.' },
  notOpen: { status: 409, say: 'This till is not open.' },
  openThen: { status: 409, say: 'A till is still open on a day of that month. Count and close it first.' },
  tooMuch: { status: 422, say: 'There is not that much cash in the drawer.' },
  countDiffers: { status: 422, say: 'The notes and coins add up to another amount than the one given.' },
})

export const cashMoveKinds = ['in', 'out', 'drop'] as const
export const cashReasons = ['change', 'supplier', 'expense', 'safe', 'correction', 'other'] as const

/** Denomination in minor units → how many. */
export const denominations = z.record(z.string().regex(/^\d{1,9}$/), z.number().int().min(0).max(100_000))

export const openInput = z.object({
  id: z.uuid(),
  till: z.uuid(),
  float: amountSchema(0n),
  denominations: denominations.optional(),
})
export const cashMoveInput = z.object({
  id: z.uuid(),
  move: z.uuid(),
  kind: z.enum(cashMoveKinds),
  amount: amountSchema(1n),
  reason: z.string().trim().min(2).max(200),
})
export const closeInput = z.object({
  id: z.uuid(),
  counted: amountSchema(0n),
  denominations: denominations.optional(),
  note: z.string().trim().max(500).optional(),
})

export const shiftOpened = event(
  'pos.shift.opened',
  'pos.shift.read',
  z.object({ shift: z.uuid(), till: z.uuid(), place: z.uuid() }),
)
export const shiftClosed = event(
  'pos.shift.closed',
  'pos.shift.read',
  z.object({ shift: z.uuid(), till: z.uuid(), place: z.uuid() }),
)

/** What the company lets cashiers do alone: the discount limit is a share in millionths. */
export const posSettingsSchema = z
  .object({ discountLimit: integer({ min: 0, max: 1_000_000 }).schema.default(50_000) })
  .default({ discountLimit: 50_000 })
