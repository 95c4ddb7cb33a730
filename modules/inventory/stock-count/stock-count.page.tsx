import { useState } from 'react'
import { ActReview } from '#kit/web/review/ActReview.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { CountLines } from './CountLines.tsx'
import { Differences } from './Differences.tsx'
import { stockCount } from './stock-count.ts'
import type { ShownCount } from './useCounting.tsx'

const AFTER = ['catalog', 'accounts', 'ledger', 'board']

/** A count from its opening to its paper. */
export default function StockCountPage() {
  const t = useT()
  const { may } = useSession()
  const [posting, setPosting] = useState<WireRow | null>(null)
  const label = t.of('verb', `${stockCount.name}.post`)
  return (
    <>
      <DetailPage<ShownCount>
        entity={stockCount}
        without={['place', 'round', 'businessDay']}
        withoutVerbs={['recount']}
        verbs={{ cancel: { needsReason: true }, review: { confirm: true }, post: { run: (row) => setPosting(row) } }}
        values={{
          paper: (row) =>
            row['paper'] ? (
              <Link to={`/inventory/documents/${String(row['paper'])}`}>
                <T k="stockCount.openPaper" />
              </Link>
            ) : null,
        }}
        // Whoever reviews it came for the differences.
        top={(shown) => shown.row.state === 'reviewed' && <Differences shown={shown} />}
        actions={({ row }) =>
          row.state === 'counting' &&
          may('inventory.stock.adjust', row.place) && (
            <LinkButton to={`${stockCount.path}/${row.id}/count`}>{t('stockCount.count')}</LinkButton>
          )
        }
      >
        {(shown) => shown.row.state !== 'reviewed' && <CountLines shown={shown} />}
      </DetailPage>
      {posting && (
        <ActReview
          route={`POST ${stockCount.path}/:id/post`}
          // What is agreed to is what was looked at.
          input={{ id: posting.id, ifMatch: posting['version'] }}
          title={`${label} · ${String(posting['number'])}`}
          action={label}
          touches={['inventory', ...AFTER]}
          onDone={() => setPosting(null)}
          onClose={() => setPosting(null)}
        />
      )}
    </>
  )
}
