import { newId } from '#kit/id.ts'
import type { Translate } from '#kit/words.ts'
import type { Rate } from '#kit/money.ts'
import { crud, crudRoutes, insertRow } from '#kit/server/list/crud.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { routes } from '#kit/server/edge/http.ts'
import { taxName } from '#modules/places/country.ts'
import { tellsTills } from '../changed/changed.store.ts'
import { taxClass, taxRate } from './tax.ts'

export const taxClassRoutes = routes(crudRoutes(taxClass, crud(taxClass, tellsTills)))
export const taxRateRoutes = routes(crudRoutes(taxRate, crud(taxRate, tellsTills)))

/** Gives a new company the tax classes of its country, valid from long ago. */
export async function startTaxes(
  tx: Tx,
  taxes: readonly { code: string; name: string; rate: Rate }[],
  t: Translate,
): Promise<void> {
  for (const tax of taxes) {
    const id = newId()
    const { code, rate } = tax
    const name = taxName(t, tax)
    await insertRow(tx, taxClass, { id, code, name })
    await insertRow(tx, taxRate, { id: newId(), taxClass: id, rate, validFrom: '2000-01-01' })
  }
}
