import { sum } from '#kit/money.ts'
import { DocumentPage, type DocumentRow } from '#kit/web/document/DocumentPage.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { seededName } from '#kit/words.ts'
import { journal } from './journal.ts'
import { Reversal } from './Reversal.tsx'
import books from '../books.module.css'

/** A manual entry: what it books, what became of it, and its way back. */
export default function JournalPage() {
  const t = useT()
  const { may } = useSession()
  const sumOf = (lines: DocumentRow['lines'], side: string) => (
    <Amount of={sum(lines.map((line) => BigInt(String(line[side] ?? 0))))} plain />
  )
  return (
    <DocumentPage
      of={journal}
      reviewed={['post']}
      withoutVerbs={['reverse']}
      touches={['accounts', 'entries']}
      without={['memo']}
      values={{ place: (row) => (row['place'] ? undefined : t('books.wholeCompany')) }}
      actions={({ row }) =>
        row['state'] === 'posted' &&
        may('ledger.entry.post', row['place'] as string | null) && (
          <Reversal id={row.id} title={String(row['number'])} businessDay={String(row['businessDay'])} />
        )
      }
      lines={{
        what: t('field.account'),
        columns: ['party', 'debit', 'credit'],
        name: (line) =>
          line['account'] ? (
            <Link to={`/accounts/${String(line['account'])}`}>
              <bdi>{seededName(t, { name: String(line['name']), seed: line['seed'] as string | null })}</bdi>{' '}
              <bdi className={books.quiet}>{String(line['code'])}</bdi>
            </Link>
          ) : (
            <span className={books.quiet}>{t('entry.missing.account')}</span>
          ),
        hint: (line) => line['memo'] as string | null,
      }}
      sums={({ lines }) => ({ debit: sumOf(lines, 'debit'), credit: sumOf(lines, 'credit') })}
    />
  )
}
