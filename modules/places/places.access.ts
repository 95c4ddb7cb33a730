import { access } from '#kit/access.ts'

export const placesAccess = access(
  'places',
  {
    'places.place.read': 'See stores and warehouses',
    'places.place.export': 'Export stores and warehouses to a file',
    'places.place.edit': 'Add and change stores and warehouses',
  },
  {
    manager: ['places.place.read', 'places.place.edit', 'places.place.export'],
    cashier: ['places.place.read'],
    stockKeeper: ['places.place.read'],
    accountant: ['places.place.read', 'places.place.export'],
    callAgent: ['places.place.read'],
    callManager: ['places.place.read'],
    packer: ['places.place.read'],
    deliveryManager: ['places.place.read'],
    rider: ['places.place.read'],
    buyer: ['places.place.read'],
    seller: ['places.place.read'],
    salesRep: ['places.place.read'],
    marketer: ['places.place.read'],
    productionManager: ['places.place.read'],
    dispatcher: ['places.place.read'],
    vanSalesman: ['places.place.read'],
    guard: ['places.place.read'],
    viewer: ['places.place.read'],
  },
)
