import type { Tx } from '#kit/server/door/context.ts'
import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { partyFacts } from '#modules/parties/index.ts'
import { offer, OfferProblem } from './offer.ts'

/** Only suppliers sell us something. @throws `sourcing.offer.noSupplier` */
export async function refuseOthers(tx: Tx, supplier: string): Promise<void> {
  const { name, roles } = await partyFacts(tx.db, supplier)
  if (!roles.includes('supplier')) throw OfferProblem.noSupplier({ name })
}

export const offerRoutes = crudRoutes(offer, crud(offer, { beforeCreate: (tx, { supplier }) => refuseOthers(tx, supplier) }))
