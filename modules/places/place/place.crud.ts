import { crud, crudRoutes } from '#kit/server/crud.ts'
import { onConstraint } from '#kit/server/command.ts'
import { routes } from '#kit/server/http.ts'
import { isTimeZone } from '#kit/time.ts'
import { place, PlaceProblem } from './place.ts'

onConstraint('place_code_check', () => PlaceProblem.badCode())

const refuseBadZone = (zone: string | undefined) => {
  if (zone !== undefined && !isTimeZone(zone)) throw PlaceProblem.badTimeZone({ zone })
}

export const placeVerbs = crud(place, {
  beforeCreate: (_, input) => refuseBadZone(input.timeZone),
  beforeChange: (_, __, changes) => refuseBadZone(changes.timeZone),
})
export const placeRoutes = routes(crudRoutes(place, placeVerbs))
