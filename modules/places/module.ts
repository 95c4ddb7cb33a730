import { module } from '#kit/server/edge/module.ts'
import { placeRoutes } from './place/place.crud.ts'
import { companyClock } from './company.store.ts'
import { listHead } from './letterhead.store.ts'
import { placesAccess } from './places.access.ts'

export default module({ name: 'places', depends: [], parts: [placesAccess, companyClock, listHead], routes: [placeRoutes] })
