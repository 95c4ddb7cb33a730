import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { sum } from '#kit/money.ts'
import { api } from '#kit/web/base/api.ts'
import { SpanBar, useSpan, useSpanSearch, type Span } from '#kit/web/list/Span.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { Amount, Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { seededName } from '#kit/words.ts'
import { Files } from '../Files.tsx'
import type { entryRoutes } from './entry.routes.ts'
import classes from '../books.module.css'

const trial = (span: Span) => api<typeof entryRoutes>('ledger')('GET /trial-balance', span)
type Row = Awaited<ReturnType<ReturnType<typeof trial>['queryFn']>>['rows'][number]

/** Every account's opening balance, movement and closing balance, on the side where it stands; each leads to its statement. */
export default function TrialBalancePage() {
  const t = useT()
  const span = useSpan()
  const [search, setSearch] = useSearch()
  const { data, error, refetch, isPending } = useQuery({ ...trial(span), placeholderData: (before) => before })
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const moved = data.rows.filter((row) => [row.opening, row.debit, row.credit].some((value) => value !== '0'))
  const rows = search['all'] ? data.rows : moved
  return (
    <PageBody>
      <PageHead
        title={t('page.trialBalance')}
        hint={
          <>
            <Day of={span.from} /> – <Day of={span.to} />
          </>
        }
      />
      <SpanBar>
        <Switch
          label={t('trial.all')}
          checked={search['all'] !== undefined}
          onChange={(event) => setSearch({ all: event.currentTarget.checked ? 'yes' : undefined })}
        />
        <Files from="/trial-balance/export" asked={span} print />
      </SpanBar>
      {rows.length === 0 ? (
        <EmptyState title={t('trial.empty')}>
          <T k="trial.emptyHint" />
        </EmptyState>
      ) : (
        <Table rows={rows} />
      )}
    </PageBody>
  )
}

const debitOf = (value: string) => (BigInt(value) > 0n ? BigInt(value) : 0n)
const creditOf = (value: string) => (BigInt(value) < 0n ? -BigInt(value) : 0n)
/** The six figures of a row, in the order of the columns. */
const figuresOf = (row: Row) => [
  debitOf(row.opening),
  creditOf(row.opening),
  BigInt(row.debit),
  BigInt(row.credit),
  debitOf(row.closing),
  creditOf(row.closing),
]
const groups = ['account.opening', 'trial.movement', 'account.closing']
// A phone has room for what it comes to.
const classOf = (column: number) => `${classes.figure} ${column < 4 ? classes.onDesk : ''}`

function Table({ rows }: { rows: readonly Row[] }) {
  const t = useT()
  const search = useSpanSearch()
  const figures = rows.map(figuresOf)
  const totals = groups.flatMap((_, group) => [0, 1].map((side) => sum(figures.map((row) => row[group * 2 + side]!))))
  const balances = totals[4] === totals[5] && totals[2] === totals[3]
  return (
    <Panel flush>
      <div className={classes.scroller}>
        <table className={`${classes.table} ${classes.tight}`}>
          <thead>
            <tr>
              <th rowSpan={2} scope="col" className={classes.onDesk}>
                {t('field.code')}
              </th>
              <th rowSpan={2} scope="col">
                {t('field.account')}
              </th>
              {groups.map((group, index) => (
                <th key={group} colSpan={2} scope="colgroup" className={`${classes.group} ${index < 2 ? classes.onDesk : ''}`}>
                  {t(group)}
                </th>
              ))}
            </tr>
            <tr>
              {totals.map((_, column) => (
                <th key={column} scope="col" className={classOf(column)}>
                  {t(column % 2 === 0 ? 'books.debit' : 'books.credit')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id}>
                <td className={`${classes.code} ${classes.onDesk}`}>
                  <bdi>{row.code}</bdi>
                </td>
                <td>
                  <Link to={`/accounts/${row.id}`} search={search} className={classes.name}>
                    <bdi>{seededName(t, row)}</bdi>
                  </Link>
                  <span className={`${classes.sub} ${classes.onPhone}`}>
                    <bdi>{row.code}</bdi>
                  </span>
                </td>
                {figures[index]!.map((value, column) => (
                  <td key={column} className={classOf(column)}>
                    {value !== 0n && <Amount of={value} plain />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td className={`${classes.edge} ${classes.onDesk}`} />
              <th scope="row" className={classes.edge}>
                {t('field.total')}{' '}
                <span className={balances ? classes.balanced : classes.odd}>
                  {t(balances ? 'entry.balances' : 'trial.doesNotBalance')}
                </span>
              </th>
              {totals.map((total, column) => (
                <td key={column} className={`${classes.edge} ${classOf(column)}`}>
                  <Amount of={total} plain />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  )
}
