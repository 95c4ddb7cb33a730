import { z } from 'zod'
import { approvalKind } from '#kit/approval.ts'
import { documentKind } from '#kit/document-kind.ts'
import {
  day,
  entity,
  instant,
  longText,
  money,
  oneOf,
  optional,
  quantitySchema,
  readonly,
  ref,
  seenBy,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

/** Goods that came back, and what was given for them. */
export const returned = documentKind('returns.return', { path: '/returns', can: 'returns.return.read' })

export const reasons = ['defective', 'damaged', 'wrong', 'size', 'unwanted', 'expired', 'other'] as const
/** Where a unit goes that came back. */
export const dispositions = ['shelf', 'quarantine', 'repair', 'scrap'] as const

/** A return: it happened as it stands here, and is never changed afterwards. */
export const returnNote = entity('return_note', {
  name: 'returns.return',
  path: '/returns',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    takenAt: readonly(instant()),
    soldNumber: readonly(optional(text({ max: 40 }))),
    place: readonly(ref('place')),
    takenByName: readonly(text({ max: 120 })),
    customer: readonly(optional(ref('party'))),
    reason: readonly(oneOf(reasons)),
    businessDay: readonly(day()),
    net: readonly(money()),
    tax: readonly(money()),
    rounding: readonly(money({ min: -1_000_000n })),
    total: readonly(money()),
    exchanged: readonly(money()),
    refunded: readonly(money()),
    cost: readonly(seenBy('catalog.cost.read', money())),
    note: readonly(optional(longText({ max: 500 }))),
  },
  can: { read: 'returns.return.read', export: 'returns.return.export' },
  list: ['number', 'takenAt', 'soldNumber', 'total', 'refunded', 'reason', 'takenByName', 'customer', 'place'],
  sort: ['-takenAt', 'total'],
  filters: ['businessDay', 'takenAt', 'place', 'reason', 'customer', 'total'],
  beyond: {
    variant: { field: ref('catalog_variant'), through: { table: 'return_line', of: 'return' }, column: 'variant' },
    method: { field: ref('payment_method'), through: { table: 'return_refund', of: 'return' }, column: 'method' },
    disposition: { field: oneOf(dispositions), through: { table: 'return_line', of: 'return' }, column: 'disposition' },
  },
  sums: ['total', 'refunded'],
  search: ['number', 'soldNumber'],
  headline: 'total',
  title: 'number',
  scope: { place: 'place', own: 'takenBy' },
})

/** What comes back of what was sold. */
export const backInput = z.object({
  /** The id of the return. */
  id: z.uuid(),
  lines: z
    .array(
      z.object({
        line: z.uuid(),
        quantity: quantitySchema(1n, 1_000_000_000_000n),
        disposition: z.enum(dispositions).default('shelf'),
      }),
    )
    .min(1)
    .max(500),
  reason: z.enum(reasons),
  note: z.string().trim().max(500).nullish(),
  /** Another way to pay it back than it came. */
  method: z.uuid().nullish(),
})

export const ReturnProblem = problems('returns.return', {
  unknownLine: { status: 404, say: 'This does not stand on that receipt. Open the receipt again.' },
  tooMuch: { status: 409, say: 'Of {name} {left} of {sold} can still come back. Change the quantity.' },
  tooFine: { status: 422, say: '{name} does not come back in parts that small. Change the quantity.' },
  twice: { status: 422, say: 'The same line stands here twice. Put its quantities together.' },
  changed: { status: 409, say: 'What is given back is {due:money} now. Look at it again first.' },
  noWay: { status: 422, say: 'The payments of this receipt can’t take back {rest:money}. Choose another way to give it back.' },
  tooOften: {
    status: 409,
    say: '{name} has brought goods back three times in 90 days without a receipt. Ask for the receipt.',
  },
  needsCustomer: { status: 422, say: 'Store credit is somebody’s: choose the customer first.' },
})

/** After the days in which goods are taken back, or of goods that never are. */
export const lateReturn = approvalKind('returns.late', { permission: 'returns.return.approve', when: 'always' })
/** Money that goes back another way than it came. */
export const otherWay = approvalKind('returns.otherWay', { permission: 'returns.return.approve', when: 'always' })
/** Goods that nobody can show a receipt of. */
export const noReceipt = approvalKind('returns.noReceipt', { permission: 'returns.return.approve', when: 'always' })
export const largeRefund = approvalKind('returns.large', {
  permission: 'returns.return.approve',
  when: 'aboveLimit',
  limit: '500000',
})

export const returnTaken = event(
  'returns.return.taken',
  'returns.return.read',
  z.object({ return: z.uuid(), number: z.string(), place: z.uuid(), total: z.string() }),
)
