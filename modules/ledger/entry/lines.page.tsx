import type { WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { memoText } from '../memo.rules.ts'
import { ledgerLines } from './line-list.ts'

const toEntry = (row: WireRow) => `/entries/${String(row['entry'])}`

/** What moved on accounts, whichever; each line leads to its entry. */
export default function LedgerLinesPage() {
  const t = useT()
  return (
    <ListPage
      entity={ledgerLines}
      rowHref={toEntry}
      cells={{ memo: (row) => memoText(t, row as unknown as Parameters<typeof memoText>[1]) }}
    />
  )
}
