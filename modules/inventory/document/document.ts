import { z } from 'zod'
import { approvalKind } from '#kit/approval.ts'
import {
  amountSchema,
  day,
  daySchema,
  entity,
  instant,
  instantSchema,
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
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** Goods that are written off for more than the company lets one person write off. */
export const wastage = approvalKind('inventory.wastage', {
  permission: 'inventory.stock.adjust',
  when: 'aboveLimit',
  seenBy: { value: 'catalog.cost.read' },
})

export const adjustReasons = ['damaged', 'expired', 'stolen', 'found', 'ownUse', 'sample', 'correction'] as const
export const documentKinds = ['receipt', 'adjustment', 'count', 'transfer'] as const

/** A paper is posted when it is written, whole: it has no draft, and what was wrong with it is put right by another paper. */
export const documentLife = machine('posted', {})

/** The papers that move goods. Each is posted whole, in one transaction with its moves and its entry in the books. */
export const stockDocument = entity('inventory_document', {
  name: 'inventory.document',
  path: '/inventory/documents',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    kind: readonly(oneOf(documentKinds)),
    state: readonly(oneOf(documentLife.states)),
    place: readonly(ref('place')),
    location: readonly(ref('inventory_location')),
    toLocation: readonly(optional(ref('inventory_location'))),
    supplier: readonly(optional(ref('party'))),
    reason: readonly(optional(oneOf(['supplier', 'opening', 'count', ...adjustReasons]))),
    note: readonly(optional(longText({ max: 2000 }))),
    businessDay: readonly(day()),
    value: readonly(seenBy('catalog.cost.read', money({ min: -1_000_000_000_000_000n }))),
    createdAt: readonly(instant()),
  },
  can: { read: 'inventory.stock.read', export: 'inventory.stock.export' },
  list: ['number', 'kind', 'place', 'reason', 'value', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['kind', 'reason', 'place', 'supplier', 'businessDay'],
  search: ['number'],
  title: 'number',
  scope: { place: 'place' },
  life: documentLife,
})

const line = { variant: z.uuid(), lot: z.string().trim().min(1).max(60).optional() }
const head = { id: z.uuid(), location: z.uuid(), note: z.string().trim().max(2000).optional() }

/** Goods coming in: from a supplier, or the opening stock of a shop that starts with Duka. Unit costs in minor units. */
export const receiptInput = z.object({
  ...head,
  source: z.enum(['supplier', 'opening']),
  supplier: z.uuid().nullable().optional(),
  lines: z
    .array(z.object({ ...line, quantity: quantitySchema(1n), unitCost: amountSchema(0n), expiresOn: daySchema.optional() }))
    .min(1)
    .max(1000),
})
/** Quantities below zero are taken off the shelf, those above are found. */
export const adjustmentInput = z.object({
  ...head,
  reason: z.enum(adjustReasons),
  lines: z
    .array(z.object({ ...line, quantity: quantitySchema().refine((value) => value !== 0n, { error: 'required' }) }))
    .min(1)
    .max(1000),
})
/** What was counted, and when: what moved after that moment is no difference. Without a moment it was counted just now. */
const counts = z
  .array(z.object({ ...line, counted: quantitySchema(0n), countedAt: instantSchema.optional() }))
  .min(1)
  .max(2000)
  .refine((lines) => new Set(lines.map((one) => `${one.variant}|${one.lot ?? ''}`)).size === lines.length, { error: 'twice' })
export const countInput = z.object({ ...head, lines: counts })
/** The same before it is posted: what would come of it. */
export const comparisonInput = z.object({ location: z.uuid(), lines: counts })

export const CountProblem = problems('inventory.count', {
  badMoment: { status: 422, say: 'A count holds for seven days, and is not made ahead. Count {name} again.' },
  soldMore: { status: 409, say: 'More of {name} has left since it was counted than was counted. Count it again.' },
})
export const transferInput = z.object({
  ...head,
  toLocation: z.uuid(),
  lines: z
    .array(z.object({ ...line, quantity: quantitySchema(1n) }))
    .min(1)
    .max(1000),
})
