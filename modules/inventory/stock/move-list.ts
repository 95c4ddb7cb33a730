import { declaredDocumentKinds } from '#kit/document-kind.ts'
import { among, day, instant, money, oneOf, optional, quantity, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { view } from '#kit/view.ts'
import { moveReasons } from './stock.ts'

const LEAST = -1_000_000_000_000_000n

/** The goods ledger: what went from where to where, when and why. */
export const moveList = view('inventory_move_list', {
  name: 'inventory.move',
  path: '/inventory/moves',
  fields: {
    id: readonly(uid()),
    at: readonly(instant()),
    businessDay: readonly(day()),
    name: readonly(text({ max: 300 })),
    sku: readonly(text({ max: 80 })),
    variant: readonly(ref('catalog_variant')),
    lot: readonly(optional(ref('inventory_lot'))),
    fromLocation: readonly(ref('inventory_location')),
    toLocation: readonly(ref('inventory_location')),
    fromPlace: readonly(optional(ref('place'))),
    toPlace: readonly(optional(ref('place'))),
    /** What left our shelves has its sign. */
    quantity: readonly(quantity({ min: LEAST })),
    came: readonly(quantity()),
    went: readonly(quantity()),
    cost: readonly(seenBy('catalog.cost.read', money())),
    /** What it makes the stock worth more, or less. */
    value: readonly(seenBy('catalog.cost.read', money({ min: LEAST }))),
    documentKind: readonly(among(() => movers())),
    document: readonly(uid()),
    reason: readonly(optional(oneOf(moveReasons))),
    owner: readonly(optional(ref('party'))),
    movedBy: readonly(optional(ref('access_user'))),
  },
  can: { read: 'inventory.stock.read', export: 'inventory.stock.export' },
  list: ['at', 'name', 'quantity', 'fromLocation', 'toLocation', 'documentKind', 'reason', 'lot', 'value', 'movedBy'],
  sort: ['-at'],
  filters: ['businessDay', 'variant', 'documentKind', 'reason', 'lot', 'owner', 'movedBy'],
  beyond: {
    place: { field: ref('place'), column: ['from_place', 'to_place'] },
    location: { field: ref('inventory_location'), column: ['from_location', 'to_location'] },
  },
  headline: 'quantity',
  sums: ['came', 'went', 'value'],
  title: 'name',
  scope: { place: 'fromPlace', alsoPlace: 'toPlace', seller: 'owner' },
})

/** Papers of the books move no goods. */
const movers = () => [...declaredDocumentKinds.keys()].filter((kind) => !BOOKS.has(kind))
const BOOKS = new Set(['ledger.journal', 'pos.shift', 'pos.cash'])
