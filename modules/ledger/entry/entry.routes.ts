import { crud, viewRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { entry } from './entry.ts'
import { ledgerLines } from './line-list.ts'
import { checkLedger, exportTrialBalance, showEntry, trialBalance } from './entry.queries.ts'

const { list, exported, history } = crud(entry, {}, { creatable: false })

export const entryRoutes = routes({
  'GET /entries': list,
  'GET /entries/export': exported,
  'GET /entries/:id': showEntry,
  'GET /entries/:id/history': history,
  ...viewRoutes(ledgerLines),
  'GET /trial-balance': trialBalance,
  'GET /trial-balance/export': exportTrialBalance,
  'GET /ledger-check': checkLedger,
})
