import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import type { Refs } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { SpanBar, useSpan, type Span } from '#kit/web/list/Span.tsx'
import { PageSkeleton, Panel, Problem, Stat, Stats } from '#kit/web/look/parts.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { party as partyEntity } from '#modules/parties/party/party.ts'
import { Amount, Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Files } from '../Files.tsx'
import { memoText } from '../memo.rules.ts'
import { isByParty, readBalance, runningBalance } from './account.rules.ts'
import type { chartRoutes } from './account.routes.ts'
import classes from '../books.module.css'

const page = (asked: Span & { id: string; party?: string; after?: string }) =>
  api<typeof chartRoutes>('ledger')('GET /accounts/:id/statement', asked)
type Page = Awaited<ReturnType<ReturnType<typeof page>['queryFn']>>
type Line = Page['rows'][number]

/** The lines of an account between two days with the balance after each; every line leads to its entry. */
export function Statement({ id }: { id: string }) {
  const t = useT()
  const [{ party }, setSearch] = useSearch()
  const days = useSpan()
  const span = { ...days, ...(party && { party }) }
  const query = useInfiniteQuery({
    queryKey: ['ledger', 'statement', id, span],
    queryFn: ({ pageParam, signal }) => page({ id, ...span, ...(pageParam && { after: pageParam }) }).queryFn({ signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  if (query.isPending) return <PageSkeleton />
  const pages = query.data?.pages ?? []
  const first = pages[0]
  if (!first) return <Problem of={query.error} retry={() => void query.refetch()} />
  const { kind } = first.account
  const refs: Refs = Object.assign({}, ...pages.map((one) => one.refs)) as Refs
  return (
    <>
      <SpanBar
        asks={
          (party || isByParty(first.account.part)) && (
            <RefPicker
              to={partyEntity}
              aria-label={t('field.ledger.journal.party')}
              placeholder={t('field.ledger.journal.party')}
              value={party ?? null}
              onChange={(id) => setSearch({ party: id ?? undefined })}
              refs={refs}
            />
          )
        }
      >
        <LinkButton
          to="/ledger-lines"
          search={{
            account: id,
            businessDay: `${days.from}..${days.to}`,
            ...(days.place && { place: days.place }),
            ...(party && { party }),
          }}
          variant="subtle"
          size="compact-sm"
        >
          {t('account.asList')}
        </LinkButton>
        <Files from={`/accounts/${id}/statement/export`} asked={span} print />
      </SpanBar>
      <Stats>
        <Stat label={t('account.opening')} value={<Balance kind={kind} of={BigInt(first.opening)} />} />
        <Stat label={t('account.debits')} value={<Amount of={first.debit} />} />
        <Stat label={t('account.credits')} value={<Amount of={first.credit} />} />
        <Stat label={t('account.closing')} value={<Balance kind={kind} of={BigInt(first.closing)} />} />
      </Stats>
      <Panel flush>
        <div className={classes.scroller}>
          <table className={classes.table} aria-busy={query.isFetching}>
            <Head />
            <tbody>
              <Edge label={t('account.opening')} day={span.from} kind={kind} balance={BigInt(first.opening)} />
              <Lines lines={pages.flatMap((one) => one.rows)} opening={BigInt(first.opening)} kind={kind} refs={refs} />
              {!query.hasNextPage && (
                <Edge label={t('account.closing')} day={span.to} kind={kind} balance={BigInt(first.closing)} />
              )}
            </tbody>
          </table>
        </div>
      </Panel>
      {query.hasNextPage && (
        <Button variant="default" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          <T k="list.more" />
        </Button>
      )}
    </>
  )
}

const Balance = ({ kind, of }: { kind: string; of: bigint }) => <Amount of={readBalance(kind, of)} />

function Head() {
  const t = useT()
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.when}>
          {t('books.day')}
        </th>
        <th scope="col">{t('entity.ledger.entry')}</th>
        <th scope="col" className={`${classes.text} ${classes.onDesk}`}>
          {t('field.memo')}
        </th>
        <th scope="col" className={`${classes.figure} ${classes.onDesk}`}>
          {t('books.debit')}
        </th>
        <th scope="col" className={`${classes.figure} ${classes.onDesk}`}>
          {t('books.credit')}
        </th>
        <th scope="col" className={classes.figure}>
          {t('account.balance')}
        </th>
      </tr>
    </thead>
  )
}

function Edge({ label, day, kind, balance }: { label: string; day: string; kind: string; balance: bigint }) {
  return (
    <tr>
      <td className={`${classes.edge} ${classes.when}`}>
        <Day of={day} style="short" />
      </td>
      <th scope="row" className={classes.edge}>
        {label}
      </th>
      {[0, 1, 2].map((cell) => (
        <td key={cell} className={`${classes.edge} ${classes.onDesk}`} />
      ))}
      <td className={`${classes.edge} ${classes.figure}`}>
        <Amount of={readBalance(kind, balance)} plain />
      </td>
    </tr>
  )
}

interface LinesProps {
  readonly lines: readonly Line[]
  readonly opening: bigint
  readonly kind: string
  readonly refs: Refs
}

function Lines({ lines, opening, kind, refs }: LinesProps) {
  const t = useT()
  return runningBalance(opening, lines).map(({ line, balance }) => {
    const amount = BigInt(line.amount)
    const text = [memoText(t, line), line.party && refs[line.party]].filter(Boolean).join(' · ')
    return (
      <tr key={line.id}>
        <td className={classes.when}>
          <Day of={line.businessDay} style="short" />
        </td>
        <td>
          <Link to={`/entries/${line.entry}`}>
            <bdi className={classes.name}>{line.number ?? t.of('state', line.documentKind)}</bdi>
          </Link>
          <span className={`${classes.sub} ${classes.onDesk}`}> {t.of('state', line.documentKind)}</span>
          <span className={`${classes.sub} ${classes.onPhone}`}>
            <bdi>{text || t.of('state', line.documentKind)}</bdi>
          </span>
        </td>
        <td className={`${classes.sub} ${classes.onDesk}`}>
          <bdi>{text}</bdi>
        </td>
        <td className={`${classes.figure} ${classes.onDesk}`}>{amount > 0n && <Amount of={amount} plain />}</td>
        <td className={`${classes.figure} ${classes.onDesk}`}>{amount < 0n && <Amount of={-amount} plain />}</td>
        <td className={classes.figure}>
          <Amount of={readBalance(kind, balance)} plain />
          <span className={`${classes.sub} ${classes.onPhone}`}>
            {t(amount > 0n ? 'books.debit' : 'books.credit')} <Amount of={amount > 0n ? amount : -amount} plain />
          </span>
        </td>
      </tr>
    )
  })
}
