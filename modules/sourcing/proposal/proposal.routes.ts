import { routes } from '#kit/server/edge/http.ts'
import { proposePurchases } from './proposal.queries.ts'

export const proposalRoutes = routes({ 'GET /sourcing/proposals': proposePurchases })
