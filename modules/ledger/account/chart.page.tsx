import { ActionIcon, Switch, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hasWords } from '#kit/fold.ts'
import { sum } from '#kit/money.ts'
import { api, type Reading } from '#kit/web/base/api.ts'
import { inSentence } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { PlaceChoice } from '#kit/web/list/Span.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { Amount, StateBadge } from '#kit/web/entity/values.tsx'
import { seededName } from '#kit/words.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import { Files } from '../Files.tsx'
import { accountKinds } from './account.ts'
import { readBalance } from './account.rules.ts'
import type { chartRoutes } from './account.routes.ts'
import classes from '../books.module.css'

type Chart = Awaited<ReturnType<ReturnType<typeof chart>['queryFn']>>
type ChartRow = Chart['rows'][number]
const chart = (asked: { place?: string; archived: 'with' | 'without' }) =>
  api<typeof chartRoutes>('ledger')('GET /accounts/chart', asked) satisfies Reading<unknown>

/** The chart of accounts by class, each account with what it holds now. */
export default function ChartPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const [text, setText] = useState('')
  const asked = { ...(search['place'] && { place: search['place'] }), archived: search['archived'] ? 'with' : 'without' } as const
  const { data, error, refetch, isPending } = useQuery({ ...chart(asked), placeholderData: (before) => before })
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const rows = data.rows.filter((row) => hasWords(`${row.code} ${seededName(t, row)}`, text))
  return (
    <PageBody>
      <PageHead title={t('account.chart')} hint={t('account.chartHint')} actions={<NewAccount />} />
      <div className={classes.bar} role="search">
        <TextInput
          className={classes.search ?? ''}
          type="search"
          leftSection={<IconSearch size={16} />}
          placeholder={t('account.search')}
          aria-label={t('account.search')}
          data-shortcut="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <PlaceChoice />
        <Switch
          label={t('filter.showArchived')}
          checked={search['archived'] !== undefined}
          onChange={(event) => setSearch({ archived: event.currentTarget.checked ? 'with' : undefined })}
        />
        <span className={classes.spring} />
        <Can do="ledger.account.edit">
          <Tooltip label={t('list.import')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('list.import')}
              className={classes.onDesk ?? ''}
              renderRoot={(props) => <Link {...props} to="/import/ledger.account" />}
            >
              <IconUpload size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Can>
        <Files from="/accounts/export" asked={{ archived: asked.archived }} />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('list.nothingMatches')}>
          <T k="list.nothingMatchesHint" />
        </EmptyState>
      ) : (
        <Panel flush>
          <div className={classes.scroller}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col" className={classes.onDesk}>
                    {t('field.code')}
                  </th>
                  <th scope="col">{t('field.name')}</th>
                  <th scope="col" className={classes.onDesk}>
                    {t('field.place')}
                  </th>
                  <th scope="col" className={classes.figure}>
                    {t('account.balance')}
                  </th>
                </tr>
              </thead>
              {accountKinds.map((kind) => (
                <Group key={kind} kind={kind} rows={rows.filter((row) => row.kind === kind)} />
              ))}
            </table>
          </div>
        </Panel>
      )}
    </PageBody>
  )
}

function Group({ kind, rows }: { kind: string; rows: readonly ChartRow[] }) {
  const t = useT()
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr>
        <td className={`${classes.edge} ${classes.onDesk}`} />
        <th scope="rowgroup" className={classes.edge}>
          {t(`account.class.${kind}`)}
        </th>
        <td className={`${classes.edge} ${classes.onDesk}`} />
        <td className={`${classes.edge} ${classes.figure}`}>
          <Amount of={readBalance(kind, sum(rows.map((row) => BigInt(row.balance))))} plain />
        </td>
      </tr>
      {rows.map((row) => (
        <Account key={row.id} row={row} />
      ))}
    </tbody>
  )
}

function Account({ row }: { row: ChartRow }) {
  const t = useT()
  const [{ place }] = useSearch()
  const balance = readBalance(row.kind, BigInt(row.balance))
  return (
    <tr>
      <td className={`${classes.code} ${classes.onDesk}`}>
        <bdi>{row.code}</bdi>
      </td>
      <td>
        <Link
          to={`/accounts/${row.id}`}
          {...(place && { search: { place } })}
          className={row.archivedAt ? classes.archived : classes.name}
        >
          <bdi>{seededName(t, row)}</bdi>
        </Link>{' '}
        {row.archivedAt && <StateBadge state="archived" />}
        <span className={`${classes.sub} ${classes.onPhone}`}>
          <bdi>{row.code}</bdi>
          {row.placeName && ` · ${row.placeName}`}
        </span>
      </td>
      <td className={`${classes.sub} ${classes.onDesk}`}>{row.placeName && <bdi>{row.placeName}</bdi>}</td>
      <td className={`${classes.figure} ${balance === 0n ? classes.quiet : ''}`}>
        <Amount of={balance} plain />
      </td>
    </tr>
  )
}

function NewAccount() {
  const t = useT()
  const { may } = useSession()
  if (!may('ledger.account.edit')) return null
  return (
    <LinkButton to="/accounts/new" leftSection={<IconPlus size={16} />} data-shortcut="new">
      {t('list.new', { thing: inSentence(t, t.of('entity', 'ledger.account')) })}
    </LinkButton>
  )
}
