import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { routes } from '#kit/server/edge/http.ts'
import { isTimeZone } from '#kit/time.ts'
import { readCompany } from '../company.store.ts'
import { refuseTaxNumber } from '../country.ts'
import { placeOpened, type OpenedPlace } from './opened.store.ts'
import { place, PlaceProblem } from './place.ts'

onConstraint('place_code_check', () => PlaceProblem.badCode())

/** What stands already stays: only what is given anew is looked at. */
async function judge(tx: Tx, { timeZone, taxNumber }: { timeZone?: string; taxNumber?: string | null }): Promise<void> {
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw PlaceProblem.badTimeZone({ zone: timeZone })
  const company = taxNumber ? await readCompany(tx.db) : null
  if (company) refuseTaxNumber(company.country, taxNumber)
}

export const placeVerbs = crud(place, {
  beforeCreate: judge,
  async afterCreate(tx, row) {
    await placeOpened(tx, row as { id: string } as OpenedPlace)
    // Whatever it was given, the trail tells of the place.
    tx.about(place.table, row.id)
  },
  beforeChange: (tx, _, changes) => judge(tx, changes),
})
export const placeRoutes = routes(crudRoutes(place, placeVerbs))
