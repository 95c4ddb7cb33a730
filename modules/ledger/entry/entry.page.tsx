import { Alert } from '@mantine/core'
import { IconArrowBackUp, IconExternalLink, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sum } from '#kit/money.ts'
import { api } from '#kit/web/api.ts'
import { useCrumb } from '#kit/web/crumb.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { Facts, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link, usePathParam } from '#kit/web/url.tsx'
import { Amount, Day, Instant, StateBadge } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { seededName } from '#kit/words.ts'
import { entry as entity } from './entry.ts'
import type { entryRoutes } from './entry.routes.ts'
import { Reversal } from './Reversal.tsx'
import { sourceOf } from './source.rules.ts'
import classes from '../books.module.css'

const shown = (id: string) => api<typeof entryRoutes>('ledger')('GET /entries/:id', { id })
type Shown = Awaited<ReturnType<ReturnType<typeof shown>['queryFn']>>

/** An entry: its lines, the document it was posted for, and its way back. */
export default function EntryPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(shown(usePathParam('id')))
  const kind = data && t.of('state', data.entry.documentKind)
  useCrumb(data ? (data.entry.number ?? kind) : undefined)
  if (isPending) return <PageSkeleton />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  const { entry } = data
  return (
    <PageBody>
      <PageHead
        title={<bdi>{entry.number ?? kind}</bdi>}
        badge={entry.reversedBy && <StateBadge state="reversed" entity={entity} />}
        hint={entry.memo ?? kind}
        actions={<Actions data={data} />}
      />
      <Relations entry={entry} />
      <Panel>
        <Facts
          rows={[
            { label: t('field.businessDay'), value: <Day of={entry.businessDay} /> },
            { label: t('field.documentKind'), value: kind },
            { label: t('field.place'), value: entry.placeName ?? t('books.wholeCompany') },
            {
              label: t('entry.postedBy'),
              value: (
                <>
                  <bdi>{entry.postedByName ?? t('entry.system')}</bdi>
                  {' · '}
                  <bdi>
                    <Instant of={entry.at} style="short" />
                  </bdi>
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Lines data={data} />
    </PageBody>
  )
}

function Actions({ data: { entry } }: { data: Shown }) {
  const { may } = useSession()
  const source = sourceOf(entry.documentKind)
  if (source)
    return may(source.can, entry.place) ? (
      <LinkButton to={`${source.path}/${entry.document}`} variant="default" leftSection={<IconExternalLink size={16} />}>
        <T k="entry.openDocument" />
      </LinkButton>
    ) : null
  const mayReverse = entry.documentKind === 'journal' && !entry.reversedBy && may('ledger.entry.post', entry.place)
  return mayReverse ? <Reversal id={entry.id} title={entry.number ?? ''} businessDay={entry.businessDay} /> : null
}

function Relations({ entry }: { entry: Shown['entry'] }) {
  const link = (id: string, number: string | null): ReactNode => (
    <Link to={`/entries/${id}`}>
      <bdi>{number ?? id.slice(0, 8)}</bdi>
    </Link>
  )
  return (
    <>
      {entry.reversedBy && (
        <Alert role="note" variant="light" mb="md" icon={<IconArrowBackUp size={18} />}>
          <T k="entry.reversedBy" /> {link(entry.reversedBy, entry.reversedByNumber)}
        </Alert>
      )}
      {entry.reverses && (
        <Alert role="note" variant="light" mb="md" icon={<IconArrowBackUp size={18} />}>
          <T k="entry.reverses" /> {link(entry.reverses, entry.reversesNumber)}
        </Alert>
      )}
      {sourceOf(entry.documentKind) && (
        <Alert role="note" variant="light" color="gray" mb="md" icon={<IconInfoCircle size={18} />}>
          <T k="entry.ofDocument" />
        </Alert>
      )}
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
