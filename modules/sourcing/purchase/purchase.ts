import { z } from 'zod'
import { approvalKind } from '#kit/approval.ts'
import { document } from '#kit/document.ts'
import {
  amountSchema,
  day,
  daySchema,
  fixedIn,
  instant,
  longText,
  money,
  oneOf,
  optional,
  quantity,
  quantitySchema,
  rateField,
  readonly,
  ref,
  seenBy,
  text,
  uid,
} from '#kit/entity.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'
import { priceUnits } from '#kit/quantity.ts'

/** Goods that are ordered for more than the company lets whoever wrote the order approve. */
export const largePurchase = approvalKind('sourcing.purchase', {
  permission: 'sourcing.purchase.approve',
  when: 'aboveLimit',
  seenBy: { value: 'catalog.cost.read' },
})

/** From the first draft until nothing more comes. Goods come in parts, and the last part is told by what is missing. */
export const purchaseLife = machine('draft', {
  submit: { from: ['draft'], to: 'submitted', can: 'sourcing.purchase.edit' },
  approve: { from: ['submitted'], to: 'approved', can: 'sourcing.purchase.approve', decides: true },
  sendBack: { from: ['submitted'], to: 'draft', can: 'sourcing.purchase.approve', decides: true },
  receivePart: { from: ['approved', 'partlyReceived'], to: 'partlyReceived', can: 'inventory.stock.receive' },
  receive: { from: ['approved', 'partlyReceived'], to: 'received', can: 'inventory.stock.receive' },
  close: { from: ['partlyReceived', 'received'], to: 'closed', can: 'sourcing.purchase.edit' },
  cancel: { from: ['draft', 'submitted', 'approved'], to: 'cancelled', can: 'sourcing.purchase.edit' },
})

const cost = 'catalog.cost.read'
/** The supplier has it: when it comes and what they call it is still learnt, what was agreed stays. */
const ordered = ['approved', 'partlyReceived']

/** An order to a supplier. Prices are without tax, and for as many units as the article's cost is. */
export const purchase = document('sourcing_purchase', {
  name: 'sourcing.purchase',
  path: '/sourcing/purchases',
  numbers: 'PO-{YYYY}-{NNNNN}',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    state: readonly(oneOf(purchaseLife.states)),
    supplier: fixedIn(ordered, ref('party', { roles: 'supplier' })),
    location: fixedIn(ordered, ref('inventory_location', { kind: 'storage' })),
    place: readonly(ref('place')),
    expectedOn: optional(day()),
    reference: optional(text({ max: 60 })),
    /** How much more than was ordered may come, as a share. */
    tolerance: fixedIn(ordered, { ...rateField(), initial: '50000' }),
    note: fixedIn(ordered, optional(longText({ max: 2000 }))),
    businessDay: readonly(day()),
    net: readonly(seenBy(cost, money())),
    tax: readonly(seenBy(cost, money())),
    total: readonly(seenBy(cost, money())),
    createdBy: readonly(ref('access_user')),
    createdAt: readonly(instant()),
    decidedBy: readonly(optional(ref('access_user'))),
    decidedAt: readonly(optional(instant())),
    reason: readonly(optional(text({ max: 300 }))),
  },
  lines: {
    table: 'sourcing_purchase_line',
    fixedIn: ordered,
    most: 1000,
    fields: {
      variant: ref('catalog_variant'),
      name: readonly(text({ max: 300 })),
      code: optional(text({ max: 60 })),
      quantity: quantity({ min: 1n }),
      price: seenBy(cost, money({ per: 'priceUnit' })),
      priceUnit: readonly(oneOf(priceUnits)),
      taxRate: { ...rateField(), initial: '0' },
      net: readonly(seenBy(cost, money())),
      tax: readonly(seenBy(cost, money())),
      received: readonly({ ...quantity(), initial: '0' }),
      damaged: readonly({ ...quantity(), initial: '0' }),
    },
  },
  can: { read: 'sourcing.purchase.read', write: 'sourcing.purchase.edit', export: 'sourcing.purchase.export' },
  list: ['number', 'supplier', 'place', 'expectedOn', 'state', 'total', 'createdAt'],
  sort: ['-createdAt', 'expectedOn'],
  sums: ['net', 'tax', 'total'],
  filters: ['state', 'supplier', 'place', 'expectedOn', 'createdAt', 'createdBy'],
  search: ['number', 'reference'],
  headline: 'total',
  title: 'number',
  scope: { place: 'place' },
  life: purchaseLife,
  changeableIn: ['draft', ...ordered],
  custom: true,
})

/** What came of some lines; damaged goods are beside the good ones and lie apart. */
export const arrivalInput = {
  deliveryNote: z.string().trim().max(60).optional(),
  lines: z
    .array(
      z.object({
        line: z.uuid(),
        quantity: quantitySchema(0n),
        damaged: quantitySchema(0n).optional(),
        lot: z.string().trim().min(1).max(60).optional(),
        expiresOn: daySchema.optional(),
      }),
    )
    .min(1)
    .max(2000),
}

/** An invoice of the supplier for what came. */
export const billInput = z.object({
  id: z.uuid(),
  bill: z.uuid(),
  number: z.string().trim().min(1).max(60),
  dated: daySchema,
  dueOn: daySchema.nullish(),
  net: amountSchema(0n),
  tax: amountSchema(0n),
})

/** Takes an invoice back that was entered by mistake. */
export const billReversalInput = z.object({ id: z.uuid(), bill: z.uuid(), reason: z.string().trim().min(3).max(300) })

export const PurchaseProblem = problems('sourcing.purchase', {
  noLines: { status: 422, say: 'Put an article on the order first.' },
  noSupplier: { status: 422, say: '{name} is no supplier yet. Open their page and add the role “supplier”.' },
  service: { status: 422, say: '{name} is a service or was put aside; it lies on no shelf.' },
  nothing: { status: 422, say: 'Say how much came, of one article at least.' },
  tooMuch: { status: 422, say: 'Of {name} at most {most} can still be received. More than that needs an order of its own.' },
  notOfIt: { status: 422, say: 'A line is not on this order. Open the order anew.' },
  receivedAlready: { status: 409, say: 'This delivery was taken in already. Open the order anew.' },
  billDays: { status: 422, say: 'An invoice is dated today or before, and due on its day or later.' },
  billTwice: { status: 409, say: 'The invoice {number} of this supplier is in the books already.' },
  billReversed: { status: 409, say: 'The invoice {number} was taken back already.' },
  billEmpty: { status: 422, say: 'An invoice needs an amount.' },
  noMail: {
    status: 409,
    say: 'Mail is not set up, so nothing can leave. Print the order, or ask an owner to set it up in the settings under “Connections”.',
  },
  tooManyMails: { status: 429, say: 'More than {most} orders an hour are not mailed. Try again later.' },
})
