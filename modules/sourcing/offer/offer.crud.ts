import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { partyFacts } from '#modules/parties/index.ts'
import { offer, OfferProblem } from './offer.ts'

/** Only suppliers sell us something. */
export const offerRoutes = crudRoutes(
  offer,
  crud(offer, {
    async beforeCreate(tx, { supplier }) {
      const { name, roles } = await partyFacts(tx.db, supplier)
      if (!roles.includes('supplier')) throw OfferProblem.noSupplier({ name })
    },
  }),
)
