import { ListPage } from '#kit/web/list/ListPage.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { entry } from './entry.ts'
import { memoText } from '../memo.rules.ts'

/** The journal: every entry, whatever it was posted for. */
export default function EntriesPage() {
  const t = useT()
  const { may } = useSession()
  return (
    <ListPage
      entity={entry}
      newHref={may('ledger.entry.post') ? '/journals/new' : null}
      cells={{ memo: (row) => memoText(t, row as unknown as Parameters<typeof memoText>[1]) }}
    />
  )
}
