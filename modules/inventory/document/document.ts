import { z } from 'zod'
import { approvalKind } from '#kit/approval.ts'
import { document } from '#kit/document.ts'
import { documentKind } from '#kit/document-kind.ts'
import {
  day,
  fixed,
  instant,
  instantSchema,
  longText,
  money,
  oneOf,
  optional,
  quantity,
  quantitySchema,
  readonly,
  ref,
  seenBy,
  toldTo,
  text,
  uid,
} from '#kit/entity.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'
import { adjustReasons } from '../stock/stock.ts'

/** Goods that are written off for more than the company lets one person write off. */
export const wastage = approvalKind('inventory.wastage', {
  permission: 'inventory.stock.adjust',
  when: 'aboveLimit',
  seenBy: { value: 'catalog.cost.read' },
})

export const documentKinds = ['receipt', 'adjustment', 'count', 'transfer'] as const
/** As the ledgers name them: `inventory.receipt`. */
export const inLedgers = Object.fromEntries(
  documentKinds.map((kind) => [
    kind,
    documentKind(`inventory.${kind}`, {
      path: '/inventory/documents',
      can: 'inventory.stock.read',
      reasons: 'state.inventory.document.reason',
    }).name,
  ]),
) as Readonly<Record<(typeof documentKinds)[number], string>>

/**
 * A paper is a draft until it is posted, whole; what was wrong with it then is put right by another paper. Goods are taken in by
 * those who may take goods in, whatever else a paper does is posted by those who may correct stock.
 */
export const documentLife = machine('draft', {
  receive: { from: ['draft'], to: 'posted', can: 'inventory.stock.receive' },
  post: { from: ['draft'], to: 'posted', can: 'inventory.stock.adjust' },
  void: { from: ['draft'], to: 'voided', can: 'inventory.document.write' },
})

/** A paper holds no more lines. */
export const mostLines = { receipt: 1000, adjustment: 1000, count: 2000, transfer: 1000 } as const
/** Nor a draft, of which those that say no quantity are left out when it is posted. */
const MOST_WRITTEN = 2000
const LEAST = -1_000_000_000_000_000n

/**
 * The papers that move goods. Each is posted whole, in one transaction with its moves and its entry in the books, and gets its
 * number then.
 */
export const stockDocument = document('inventory_document', {
  name: 'inventory.document',
  path: '/inventory/documents',
  fields: {
    id: readonly(uid()),
    number: readonly(optional(text({ max: 40 }))),
    kind: fixed(oneOf(documentKinds)),
    state: readonly(oneOf(documentLife.states)),
    place: readonly(ref('place')),
    location: ref('inventory_location', { kind: 'storage' }),
    toLocation: optional(ref('inventory_location', { kind: 'storage' })),
    supplier: optional(ref('party')),
    reason: optional(oneOf(['supplier', 'opening', 'count', ...adjustReasons, 'reversal'])),
    reverses: readonly(optional(ref('inventory_document'))),
    note: optional(longText({ max: 2000 })),
    businessDay: readonly(day()),
    value: readonly(seenBy('catalog.cost.read', money({ min: LEAST }))),
    createdBy: readonly(optional(ref('access_user'))),
    createdAt: readonly(instant()),
  },
  lines: {
    table: 'inventory_document_line',
    most: MOST_WRITTEN,
    fields: {
      variant: ref('catalog_variant'),
      quantity: optional(quantity({ min: LEAST })),
      unitCost: optional(toldTo('catalog.cost.read', money())),
      lotCode: optional(text({ max: 60 })),
      expiresOn: optional(day()),
      lot: readonly(optional(ref('inventory_lot'))),
      expected: readonly(optional(quantity({ min: LEAST }))),
    },
  },
  can: { read: 'inventory.stock.read', write: 'inventory.document.write', export: 'inventory.stock.export' },
  list: ['number', 'kind', 'state', 'place', 'reason', 'value', 'createdAt'],
  sort: ['-createdAt'],
  sums: ['value'],
  filters: ['kind', 'state', 'reason', 'place', 'supplier', 'createdBy', 'businessDay'],
  search: ['number'],
  title: 'number',
  scope: { place: 'place' },
  life: documentLife,
  changeableIn: ['draft'],
  custom: true,
})

const line = { variant: z.uuid(), lot: z.string().trim().min(1).max(60).optional() }
const head = { id: z.uuid(), location: z.uuid(), note: z.string().trim().max(2000).optional() }

/** How many of a thing a line of each paper may say. Of an adjustment what is below zero is taken off, what is above is found. */
export const quantityOf = {
  receipt: quantitySchema(1n),
  adjustment: quantitySchema().refine((value) => value !== 0n, { error: 'required' }),
  count: quantitySchema(0n),
  transfer: quantitySchema(1n),
} as const

/** What was counted, and when: what moved after that moment is no difference. Without a moment it was counted just now. */
const counts = z
  .array(z.object({ ...line, counted: quantityOf.count, countedAt: instantSchema.optional() }))
  .min(1)
  .max(mostLines.count)
  .refine((lines) => new Set(lines.map((one) => `${one.variant}|${one.lot ?? ''}`)).size === lines.length, { error: 'twice' })
export const countInput = z.object({ ...head, lines: counts })
/** The same before it is posted: what would come of it. */
export const comparisonInput = z.object({ location: z.uuid(), lines: counts })
/** What a paper would take from a location. */
export const shortageInput = z.object({
  location: z.uuid(),
  lines: z
    .array(z.object({ ...line, quantity: quantityOf.transfer }))
    .min(1)
    .max(mostLines.transfer),
})

export const CountProblem = problems('inventory.count', {
  badMoment: { status: 422, say: 'A count holds for seven days, and is not made ahead. Count {name} again.' },
  soldMore: { status: 409, say: 'More of {name} has left since it was counted than was counted. Count it again.' },
})
