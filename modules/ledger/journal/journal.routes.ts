import { documentRoutes } from '#kit/server/document/document.ts'
import { routes } from '#kit/server/edge/http.ts'
import { cancelJournal, postJournal, reverseJournal } from './journal.commands.ts'
import { journalHooks } from './journal.store.ts'
import { journal } from './journal.ts'

export const journalRoutes = routes({
  ...documentRoutes(journal, journalHooks),
  'POST /journals/:id/post': postJournal,
  'POST /journals/:id/reverse': reverseJournal,
  'POST /journals/:id/cancel': cancelJournal,
})
