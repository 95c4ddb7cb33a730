import { module } from '#kit/server/module.ts'
import { placeRoutes } from './place/place.crud.ts'
import './places.access.ts'

export default module({ name: 'places', depends: [], routes: [placeRoutes] })
