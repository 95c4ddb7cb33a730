import { ListPage } from '#kit/web/ListPage.tsx'
import { useSession } from '#kit/web/session.tsx'
import { entry } from './entry.ts'

/** The journal: every entry, whatever it was posted for. */
export default function EntriesPage() {
  const { may } = useSession()
  return <ListPage entity={entry} newHref={may('ledger.entry.post') ? '/entries/new' : null} />
}
