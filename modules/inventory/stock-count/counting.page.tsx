import { Alert, Button, Progress, SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { OutputOf } from '#kit/web/base/api.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { Finder } from '#kit/web/document/Finder.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { problemText } from '#kit/web/base/problem.ts'
import { isOffline } from '#kit/web/base/request.ts'
import { usePathParam } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { AddFound } from './AddFound.tsx'
import { CountList } from './CountList.tsx'
import { CountOne } from './CountOne.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'
import { stockCount } from './stock-count.ts'
import { useCounting, useShownCount, type Counting, type ShownCount } from './useCounting.tsx'
import classes from './stock-count.module.css'

type Found = OutputOf<typeof stockCountRoutes, 'GET /inventory/stock-counts/:id/goods'>['rows'][number]

/** Where a shelf is counted: by scanner, by figures, on a phone between the shelves or at a desk. */
export default function CountingPage() {
  const t = useT()
  const id = usePathParam('id')
  const { data, error, isPending, refetch } = useShownCount(id)
  useCrumb(data && String(data.row.number))
  if (isPending) return <PageSkeleton />
  // What stands here stays while the network is away.
  if (!data || (error && !isOffline(error))) return <Problem of={error} retry={() => void refetch()} />
  if (data.row.state !== 'counting')
    return (
      <PageBody>
        <PageHead title={data.row.number} />
        <EmptyState
          title={t('stockCount.notNow')}
          action={<LinkButton to={`${stockCount.path}/${id}`}>{t('stockCount.look')}</LinkButton>}
        />
      </PageBody>
    )
  return <CountingIt key={data.row.round} shown={data} />
}

type Mode = 'one' | 'list'

function CountingIt({ shown }: { shown: ShownCount }) {
  const t = useT()
  const { row, refs } = shown
  const counting = useCounting(shown)
  const [mode, setMode] = useState<Mode>(() => (matchMedia('(max-width: 48em)').matches ? 'one' : 'list'))
  const [at, setAt] = useState<number | null>(null)
  const find = useFound(counting, setAt)
  return (
    <PageBody narrow>
      <PageHead
        title={t('stockCount.counting', { number: row.number })}
        hint={[refs[row.location], row.round > 1 && t('stockCount.again')].filter(Boolean).join(' · ')}
        actions={
          <LinkButton to={`${stockCount.path}/${row.id}`} variant="default">
            {t('stockCount.done')}
          </LinkButton>
        }
      />
      <Panel>
        <div className={classes.finder}>
          <Finder<Found>
            route="GET /inventory/stock-counts/:id/goods"
            input={{ id: row.id }}
            onFound={find.found}
            hint={(one) => one.sku}
          />
        </div>
        <div className={classes.bar}>
          <span className={classes.progress}>
            <span>{t('stockCount.progress', { n: counting.counted, of: counting.lines.length })}</span>
            <Progress
              value={counting.lines.length === 0 ? 0 : (100 * counting.counted) / counting.lines.length}
              aria-label={t('stockCount.progress', { n: counting.counted, of: counting.lines.length })}
            />
          </span>
          <SegmentedControl
            aria-label={t('stockCount.how')}
            value={mode}
            onChange={(next) => setMode(next as Mode)}
            data={(['one', 'list'] as const).map((value) => ({ value, label: t(`stockCount.how.${value}`) }))}
          />
        </div>
        <Waiting counting={counting} />
        {find.said && (
          <p className={classes.said} role="status">
            {find.said}
          </p>
        )}
        {counting.lines.length === 0 ? (
          <EmptyState title={t('stockCount.empty')}>{t('stockCount.emptyHint')}</EmptyState>
        ) : mode === 'one' ? (
          <CountOne counting={counting} at={Math.min(at ?? 0, counting.lines.length - 1)} onGo={setAt} />
        ) : (
          <CountList counting={counting} at={at} />
        )}
      </Panel>
      {find.missing && <AddFound count={row.id} found={find.missing.found} onAdded={find.added} onClose={find.close} />}
    </PageBody>
  )
}

/** What is not sent yet: waiting for the network, or refused, with what to do about it. */
function Waiting({ counting: { tallies } }: { counting: Counting }) {
  const t = useT()
  const { waiting, problem } = tallies
  if (waiting === 0 || problem === null) return null
  if (isOffline(problem))
    return (
      <p className={classes.said} role="status">
        {t('stockCount.waiting', { n: waiting })}
      </p>
    )
  return (
    <Alert color="red" role="alert" mb="sm">
      <p className={classes.refused}>{problemText(t, problem)}</p>
      <Button variant="default" mr="xs" onClick={tallies.retry}>
        {t('common.tryAgain')}
      </Button>
      <Button variant="subtle" color="red" onClick={tallies.discard}>
        {t('stockCount.discard', { n: waiting })}
      </Button>
    </Alert>
  )
}

/** Leads from what was scanned or found by name to its line; a scan counts one more. */
function useFound(counting: Counting, go: (index: number) => void) {
  const t = useT()
  const [missing, setMissing] = useState<{ found: Found; isScan: boolean } | null>(null)
  const [wanted, setWanted] = useState<{ line: string; more: bigint } | null>(null)
  const [said, say] = useState<string | null>(null)
  const { lines, all, scan } = counting
  useEffect(() => {
    const index = wanted ? lines.findIndex((line) => line.id === wanted.line) : -1
    if (!wanted || index < 0) return
    setWanted(null)
    if (wanted.more > 0n) scan(lines[index]!, wanted.more)
    go(index)
  }, [wanted, lines, scan, go])
  return {
    missing,
    said,
    found: (found: Found, isScan: boolean) => {
      say(null)
      const own = lines.filter((line) => line.variant === found.id)
      // Of an article in several lots the scan does not tell which one it is.
      const more = isScan && own.length === 1 ? BigInt(found.scanned) : 0n
      if (own[0]) setWanted({ line: own[0].id, more })
      else if (all.some((line) => line.variant === found.id)) say(t('stockCount.notAgain', { name: found.name }))
      else setMissing({ found, isScan })
    },
    added: (line: string) => {
      setWanted({ line, more: missing?.isScan ? BigInt(missing.found.scanned) : 0n })
      setMissing(null)
    },
    close: () => setMissing(null),
  }
}
