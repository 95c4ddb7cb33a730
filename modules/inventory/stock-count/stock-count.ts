import { z } from 'zod'
import { document } from '#kit/document.ts'
import {
  day,
  instant,
  instantSchema,
  integer,
  longText,
  money,
  oneOf,
  optional,
  quantity,
  quantitySchema,
  readonly,
  ref,
  seenBy,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** Opened for a shelf, counted blind by several people, looked at, some of it counted again, and posted with its differences. */
export const stockCountLife = machine('open', {
  start: { from: ['open'], to: 'counting', can: 'inventory.stock.adjust' },
  review: { from: ['counting'], to: 'reviewed', can: 'inventory.stock.adjust' },
  recount: { from: ['reviewed'], to: 'counting', can: 'inventory.stock.adjust', decides: true },
  post: { from: ['reviewed'], to: 'posted', can: 'inventory.stock.adjust', decides: true },
  cancel: { from: ['open', 'counting', 'reviewed'], to: 'cancelled', can: 'inventory.stock.adjust' },
})

export const coverings = ['everything', 'category', 'chosen'] as const
/** A count holds no more lines. */
export const MOST_LINES = 5000

export const stockCount = document('inventory_stock_count', {
  name: 'inventory.stockCount',
  path: '/inventory/stock-counts',
  numbers: 'SC-{YYYY}-{NNNNN}',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    state: readonly(oneOf(stockCountLife.states)),
    location: ref('inventory_location', { kind: 'storage' }),
    place: readonly(ref('place')),
    covers: { ...oneOf(coverings), initial: 'everything' },
    category: optional(ref('catalog_category')),
    note: optional(longText({ max: 2000 })),
    businessDay: readonly(day()),
    round: readonly({ ...integer({ min: 1 }), initial: 1 }),
    value: readonly(seenBy('catalog.cost.read', optional(money({ min: -1_000_000_000_000_000n })))),
    paper: readonly(optional(ref('inventory_document'))),
    createdBy: readonly(ref('access_user')),
    createdAt: readonly(instant()),
    startedAt: readonly(optional(instant())),
    reviewedBy: readonly(optional(ref('access_user'))),
    reviewedAt: readonly(optional(instant())),
    postedBy: readonly(optional(ref('access_user'))),
    postedAt: readonly(optional(instant())),
    reason: readonly(optional(text({ max: 300 }))),
  },
  lines: {
    table: 'inventory_stock_count_line',
    most: MOST_LINES,
    fields: {
      variant: ref('catalog_variant'),
      lot: readonly(optional(ref('inventory_lot'))),
      name: readonly(text({ max: 300 })),
      round: readonly({ ...integer({ min: 1 }), initial: 1 }),
      nothingAt: readonly(optional(instant())),
      counted: readonly(optional(quantity())),
      expected: readonly(optional(quantity())),
    },
  },
  can: { read: 'inventory.stock.read', write: 'inventory.stock.adjust', export: 'inventory.stock.export' },
  list: ['number', 'location', 'covers', 'state', 'value', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state', 'place', 'covers', 'createdAt', 'createdBy'],
  search: ['number'],
  headline: 'value',
  title: 'number',
  scope: { place: 'place' },
  life: stockCountLife,
  changeableIn: ['open'],
  custom: true,
})

/** Somebody counted: screens tick the lines off. It tells no figure. */
export const lineCounted = event(
  'inventory.stockCount.counted',
  'inventory.stock.read',
  z.object({ id: z.uuid(), place: z.uuid() }),
)

/** What a device kept until it could send it. Repeated, each is the same fact. */
export const talliesInput = z.object({
  id: z.uuid(),
  /** In which round it was counted. */
  round: z.int().min(1),
  tallies: z
    .array(z.object({ id: z.uuid(), line: z.uuid(), quantity: quantitySchema(0n).nullable(), countedAt: instantSchema }))
    .min(1)
    .max(500),
})

export const StockCountProblem = problems('inventory.stockCount', {
  nothingThere: { status: 422, say: 'Nothing to be counted. Choose another category, or put an article on it.' },
  chooseCategory: { status: 422, say: 'Choose the category that is counted.' },
  notCounted: { status: 422, say: '{name} lies on no shelf: it is a service, or was put aside.' },
  tooMany: { status: 422, say: 'A count holds {most} lines. Count by category.' },
  alsoCounted: { status: 409, say: '{name} is being counted already, in {number}. Post or cancel that count first.' },

  otherRound: { status: 409, say: 'Some lines are being counted again. Open the count anew and count them once more.' },
  notAsked: { status: 409, say: '{name} is not to be counted again. Ask whoever reviews the count to choose it.' },
  notOfIt: { status: 422, say: 'A line is not on this count. Open it anew.' },
  nothingCounted: { status: 422, say: 'Nothing of it is counted yet.' },
  isCounted: { status: 409, say: '{name} was counted. Only what nobody counted can be said to be gone.' },
})
