import { crud } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { entry } from './entry.ts'
import { postJournal, reverseEntry } from './entry.commands.ts'
import { checkLedger, exportTrialBalance, showEntry, trialBalance } from './entry.queries.ts'

const { list, exported } = crud(entry, {}, { creatable: false })

export const entryRoutes = routes({
  'GET /entries': list,
  'GET /entries/export': exported,
  'GET /entries/:id': showEntry,
  'POST /entries': postJournal,
  'POST /entries/:id/reversal': reverseEntry,
  'GET /trial-balance': trialBalance,
  'GET /trial-balance/export': exportTrialBalance,
  'GET /ledger-check': checkLedger,
})
