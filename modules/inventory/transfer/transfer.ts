import { z } from 'zod'
import { document } from '#kit/document.ts'
import {
  day,
  instant,
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
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/**
 * Goods that go from one store to another. Who needs them asks, who has them approves and sends; on the way they are in transit,
 * and each of them arrives, is damaged, or is missing with somebody's name beside it.
 */
export const transferLife = machine('requested', {
  approve: { from: ['requested'], to: 'approved', can: 'inventory.transfer.approve', at: 'fromPlace', decides: true },
  reject: { from: ['requested'], to: 'rejected', can: 'inventory.transfer.approve', at: 'fromPlace', decides: true },
  dispatch: { from: ['approved'], to: 'dispatched', can: 'inventory.stock.adjust', at: 'fromPlace' },
  receivePart: { from: ['dispatched', 'partlyReceived'], to: 'partlyReceived', can: 'inventory.stock.receive' },
  receive: { from: ['dispatched', 'partlyReceived'], to: 'received', can: 'inventory.stock.receive' },
  cancel: { from: ['requested', 'approved'], to: 'cancelled', can: 'inventory.transfer.request' },
  recall: { from: ['dispatched', 'partlyReceived'], to: 'cancelled', can: 'inventory.stock.adjust', at: 'fromPlace' },
})

export const transfer = document('inventory_transfer', {
  name: 'inventory.transferOrder',
  path: '/inventory/transfers',
  numbers: 'TO-{YYYY}-{NNNNN}',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    state: readonly(oneOf(transferLife.states)),
    location: ref('inventory_location', { kind: 'storage' }),
    toLocation: ref('inventory_location', { kind: 'storage' }),
    fromPlace: readonly(ref('place')),
    place: readonly(ref('place')),
    neededOn: optional(day()),
    note: optional(longText({ max: 2000 })),
    businessDay: readonly(day()),
    value: readonly(seenBy('catalog.cost.read', money())),
    createdBy: readonly(ref('access_user')),
    createdAt: readonly(instant()),
    decidedBy: readonly(optional(ref('access_user'))),
    decidedAt: readonly(optional(instant())),
    dispatchedBy: readonly(optional(ref('access_user'))),
    dispatchedAt: readonly(optional(instant())),
    reason: readonly(optional(text({ max: 300 }))),
  },
  lines: {
    table: 'inventory_transfer_line',
    most: 1000,
    fields: {
      variant: ref('catalog_variant'),
      name: readonly(text({ max: 300 })),
      sku: readonly(optional(text({ max: 80 }))),
      quantity: quantity({ min: 1n }),
      received: readonly({ ...quantity(), initial: '0' }),
      damaged: readonly({ ...quantity(), initial: '0' }),
      missing: readonly({ ...quantity(), initial: '0' }),
    },
  },
  can: { read: 'inventory.stock.read', write: 'inventory.transfer.request', export: 'inventory.stock.export' },
  list: ['number', 'location', 'toLocation', 'neededOn', 'state', 'value', 'createdAt'],
  sort: ['-createdAt', 'neededOn'],
  sums: ['value'],
  filters: ['state', 'place', 'fromPlace', 'neededOn', 'createdAt', 'createdBy'],
  search: ['number'],
  headline: 'value',
  title: 'number',
  scope: { place: 'place', alsoPlace: 'fromPlace' },
  life: transferLife,
  changeableIn: ['requested'],
  custom: true,
})

/** What came of some lines, whole, damaged, or not at all; what is missing is explained. */
export const arrivalInput = {
  receipt: z.uuid(),
  reason: z.string().trim().min(3).max(300).optional(),
  lines: z
    .array(
      z.object({
        line: z.uuid(),
        quantity: quantitySchema(0n),
        damaged: quantitySchema(0n).optional(),
        missing: quantitySchema(0n).optional(),
      }),
    )
    .min(1)
    .max(2000),
}

export const TransferProblem = problems('inventory.transfer', {
  noLines: { status: 422, say: 'Put an article on it first.' },
  sameLocation: { status: 422, say: 'Goods go from one location to another. Choose two.' },
  service: { status: 422, say: '{name} is a service or was put aside; it lies on no shelf.' },
  twice: { status: 422, say: '{name} stands on two lines. Put it on one.' },
  ownRequest: { status: 403, say: 'Somebody else has to approve what you asked for.' },
  nothing: { status: 422, say: 'Say how much came, of one article at least.' },
  tooMuch: { status: 422, say: 'Of {name} {most} are still on the way.' },
  notOfIt: { status: 422, say: 'A line is not on this transfer. Open it anew.' },
  sayWhy: { status: 422, say: 'Say why something is missing.' },
})
