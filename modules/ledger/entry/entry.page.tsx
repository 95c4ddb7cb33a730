import { pageOfDocument } from '#kit/document-kind.ts'
import { Alert } from '@mantine/core'
import { IconArrowBackUp, IconExternalLink, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { sum } from '#kit/money.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { OneRow, WireRow } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { seededName } from '#kit/words.ts'
import { entry as entity } from './entry.ts'
import type { entryRoutes } from './entry.routes.ts'
import { memoText } from '../memo.rules.ts'
import classes from '../books.module.css'

type Shown = OneRow & {
  readonly lines: OutputOf<typeof entryRoutes, 'GET /entries/:id'>['lines']
  readonly reversal: { readonly id: string; readonly number: string | null } | null
  readonly postedBy: string | null
}

/** An entry: its lines, the document it was posted for, and what is written around it. */
export default function EntryPage() {
  const t = useT()
  const kindOf = ({ row }: Shown) => t.of('state', String(row['documentKind']))
  return (
    <DetailPage<Shown>
      entity={entity}
      title={(data) => String(data.row['number'] ?? kindOf(data))}
      hint={(data) => {
        const by = data.postedBy ?? t('entry.system')
        return (
          <>
            <bdi>{memoText(t, data.row as never) ?? kindOf(data)}</bdi> · <bdi>{by}</bdi>
          </>
        )
      }}
      actions={({ row }) => <Source row={row} />}
      without={['memo', 'document', 'headline', 'amount', 'reverses']}
      values={{
        place: (row) => (row['place'] ? undefined : t('books.wholeCompany')),
      }}
      top={(data) => <Relations of={data} />}
    >
      {(data) => <Lines data={data} />}
    </DetailPage>
  )
}

function Source({ row }: { row: WireRow }) {
  const { may } = useSession()
  const source = pageOfDocument(String(row['documentKind']), String(row['document']))
  return source && may(source.can, row['place'] as string | null) ? (
    <LinkButton to={source.to} variant="default" leftSection={<IconExternalLink size={16} />}>
      <T k="entry.openDocument" />
    </LinkButton>
  ) : null
}

function Relations({ of: { row, refs, reversal } }: { of: Shown }) {
  const link = (id: string, number: string | null | undefined): ReactNode => (
    <Link to={`/entries/${id}`}>
      <bdi>{number ?? id.slice(0, 8)}</bdi>
    </Link>
  )
  const reverses = row['reverses'] as string | null
  return (
    <>
      {reversal && (
        <Alert role="note" variant="light" mb="md" icon={<IconArrowBackUp size={18} />}>
          <T k="entry.reversedBy" /> {link(reversal.id, reversal.number)}
        </Alert>
      )}
      {reverses && (
        <Alert role="note" variant="light" mb="md" icon={<IconArrowBackUp size={18} />}>
          <T k="entry.reverses" /> {link(reverses, refs[reverses])}
        </Alert>
      )}
      <Alert role="note" variant="light" color="gray" mb="md" icon={<IconInfoCircle size={18} />}>
        <T k="entry.ofDocument" />
      </Alert>
    </>
  )
}

function Lines({ data: { lines, refs } }: { data: Shown }) {
  const t = useT()
  const amounts = lines.map((line) => BigInt(line.amount))
  return (
    <Panel flush>
      <div className={classes.scroller}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('field.account')}</th>
              <th scope="col" className={`${classes.text} ${classes.onDesk}`}>
                {t('field.memo')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('books.debit')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('books.credit')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const amount = BigInt(line.amount)
              const text = [line.memo, line.party && refs[line.party]].filter(Boolean).join(' · ')
              return (
                <tr key={line.id}>
                  <td>
                    <Link to={`/accounts/${line.account}`} className={classes.name}>
                      <bdi>{seededName(t, line)}</bdi>
                    </Link>{' '}
                    <bdi className={classes.quiet}>{line.code}</bdi>
                    {text && <span className={`${classes.sub} ${classes.onPhone}`}>{text}</span>}
                  </td>
                  <td className={`${classes.sub} ${classes.onDesk}`}>
                    <bdi>{text}</bdi>
                  </td>
                  <td className={classes.figure}>{amount > 0n && <Amount of={amount} plain />}</td>
                  <td className={classes.figure}>{amount < 0n && <Amount of={-amount} plain />}</td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className={classes.edge}>
                {t('field.total')}
              </th>
              <td className={`${classes.edge} ${classes.onDesk}`} />
              <td className={`${classes.edge} ${classes.figure}`}>
                <Amount of={sum(amounts.filter((amount) => amount > 0n))} plain />
              </td>
              <td className={`${classes.edge} ${classes.figure}`}>
                <Amount of={-sum(amounts.filter((amount) => amount < 0n))} plain />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  )
}
