import { access } from '#kit/access.ts'

export const placesAccess = access(
  'places',
  {
    'places.place.read': 'See stores and warehouses',
    'places.place.edit': 'Add and change stores and warehouses',
  },
  {
    manager: ['places.place.read', 'places.place.edit'],
    cashier: ['places.place.read'],
    stockKeeper: ['places.place.read'],
    accountant: ['places.place.read'],
  },
)
