import { routes } from '#kit/server/edge/http.ts'
import { proposeTransfers } from './transfer-proposal.queries.ts'

export const transferProposalRoutes = routes({ 'GET /inventory/transfer-proposals': proposeTransfers })
