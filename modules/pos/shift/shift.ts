import { z } from 'zod'
import {
  amountSchema,
  day,
  entity,
  flag,
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
import { approvalKind } from '#kit/approval.ts'
import { documentKind } from '#kit/document-kind.ts'
import { event } from '#kit/event.ts'
import type { Minor } from '#kit/money.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

const shiftPage = { path: '/pos/shifts', can: 'pos.shift.read' }
/** What was counted when a till closed. */
export const tillClosed = documentKind('pos.shift', shiftPage)
/** Cash that was put into a drawer, or taken out of it, without a sale. */
export const cashMoved = documentKind('pos.cash', { ...shiftPage, reasons: 'state.pos.cash' })

/** A float is taken out of the safe, or the owner brings it. */
export const floatSources = ['safe', 'capital'] as const

export const shiftClosed = event(
  'pos.shift.closed',
  'pos.shift.read',
  z.object({ shift: z.uuid(), till: z.uuid(), place: z.uuid() }),
)

/** A shift is a till's day in one person's care: it opens with a float and closes with a count. */
export const shiftLife = machine('open', {
  close: { from: ['open'], to: 'closed', can: 'pos.shift.open', says: shiftClosed },
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
    /** In whose care it is: who opened it, or took it over. */
    heldBy: readonly(ref('access_user')),
    float: readonly(money()),
    floatFrom: readonly(oneOf(floatSources)),
    closedAt: readonly(optional(instant())),
    expected: readonly(optional(money())),
    counted: readonly(optional(money())),
    variance: readonly(optional(money({ min: -1_000_000_000_000n }))),
    denominations: readonly(optional(json(z.record(z.string(), z.number())))),
    counts: readonly(optional(json(z.array(z.custom<MethodCount>())))),
    report: readonly(optional(json(z.unknown()))),
    note: readonly(optional(longText({ max: 500 }))),
  },
  can: { read: 'pos.shift.read', export: 'pos.sale.export' },
  list: ['number', 'till', 'state', 'openedAt', 'openedBy', 'float', 'counted', 'variance'],
  sort: ['-openedAt'],
  filters: ['state', 'till', 'place', 'businessDay'],
  beyond: { differs: { field: flag(), column: 'differs' } },
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
  safeTooSmall: {
    status: 422,
    say: 'The safe holds {left:money}. Take less out of it, or choose that the owner brings the money.',
  },
  safeShort: {
    status: 422,
    say: 'The safe does not hold that much. Take less out of it, or choose that the owner brings the money.',
  },
  notYours: {
    status: 403,
    say: 'This till is in the care of {name}. Let them count it, or ask somebody who may close for others.',
  },
  leavesParked: {
    status: 409,
    say: 'Baskets are still parked at this till: {names}. Take them up first, or say that they stay for the next shift.',
  },
  askCounter: {
    status: 403,
    say: 'More was asked for than the drawer holds, several times. Ask somebody who may see what it should hold.',
  },
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
  /** Left out, it is the safe as long as that has so much, and the owner's money otherwise. */
  source: z.enum(floatSources).optional(),
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
  /** What the slips of the card machine and the messages of the wallet add up to, by way to pay. */
  counts: z
    .array(z.strictObject({ method: z.uuid(), counted: amountSchema(0n) }))
    .max(50)
    .optional(),
  /** Parked baskets stay for the next shift: whoever closes has seen them. */
  leaveParked: z.boolean().optional(),
  note: z.string().trim().max(500).optional(),
})

export const shiftOpened = event(
  'pos.shift.opened',
  'pos.shift.read',
  z.object({ shift: z.uuid(), till: z.uuid(), place: z.uuid() }),
)
export const shiftTakenOver = event(
  'pos.shift.takenOver',
  'pos.shift.read',
  z.object({ shift: z.uuid(), till: z.uuid(), place: z.uuid() }),
)

/** Taking over a colleague's drawer, for who may not close for others. */
export const takeOver = approvalKind('pos.takeOver', { permission: 'pos.shift.others', when: 'always' })
/** Taking cash out of a drawer that a colleague answers for. */
export const othersCash = approvalKind('pos.othersCash', { permission: 'pos.shift.others', when: 'always' })

/** A way to pay that was counted at closing, beside the cash. */
export interface MethodCount {
  readonly method: string
  readonly name: string
  readonly expected: Minor
  readonly counted: Minor
  readonly variance: Minor
}

/** What the company lets cashiers do alone: the discount limit is a share in millionths. */
export const posSettingsSchema = z
  .object({ discountLimit: integer({ min: 0, max: 1_000_000 }).schema.default(50_000) })
  .default({ discountLimit: 50_000 })
