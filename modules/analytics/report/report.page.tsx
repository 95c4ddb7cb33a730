import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type Wire } from '#kit/web/base/api.ts'
import { SpanBar, useSpan, type Span } from '#kit/web/list/Span.tsx'
import { usePage } from '#kit/web/base/page.ts'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, Stat, Stats } from '#kit/web/look/parts.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { comparisons, reportOf, type Comparison, type ReportName } from './report.ts'
import type { reportRoutes } from './report.routes.ts'
import { Change, Figure } from './Figure.tsx'
import { Files } from './Files.tsx'
import { Picture } from './Picture.tsx'
import { ReportTable } from './ReportTable.tsx'

export type Report = Wire<NonNullable<(typeof reportRoutes)['GET /reports/:name']['__output']>>
const reading = (input: Span & { name: ReportName; compare: Comparison }) =>
  api<typeof reportRoutes>('pos')('GET /reports/:name', input)

const isComparison = (text: string | undefined): text is Comparison => comparisons.some((one) => one === text)

/** One report: its days and what they are held against, one picture, one table with sums, and ways to take it along. */
export default function ReportPage() {
  const t = useT()
  const name = usePage().path.split('/').at(-1) as ReportName
  const span = useSpan()
  const [search] = useSearch()
  const compare = isComparison(search['compare']) ? search['compare'] : 'none'
  const asked = { name, ...span, compare }
  const { data, error, refetch, isPending } = useQuery({ ...reading(asked), placeholderData: (before) => before })
  if (isPending) return <PageSkeleton />
  return (
    <PageBody>
      <PageHead title={t(`report.${name}`)} hint={t(`report.about.${name}`)} />
      <SpanBar asks={<Compared by={compare} />}>
        <Files asked={asked} />
      </SpanBar>
      {error ? <Problem of={error} retry={() => void refetch()} /> : data && <Body name={name} span={span} data={data} />}
    </PageBody>
  )
}

const Before = ({ of, isAsOf }: { of: { from: string; to: string }; isAsOf: boolean }) =>
  isAsOf ? (
    <Day of={of.to} />
  ) : (
    <>
      <Day of={of.from} /> – <Day of={of.to} />
    </>
  )

function Compared({ by }: { by: Comparison }) {
  const t = useT()
  const [, setSearch] = useSearch()
  return (
    <Select
      aria-label={t('report.compared')}
      allowDeselect={false}
      w={200}
      value={by}
      onChange={(next) => setSearch({ compare: next === 'none' ? undefined : (next ?? undefined) })}
      data={comparisons.map((one) => ({ value: one, label: t(`report.compare.${one}`) }))}
    />
  )
}

function Body({ name, span, data }: { name: ReportName; span: Span; data: Report }) {
  const t = useT()
  const { main, columns, picture, isAsOf = false } = reportOf(name)
  if (data.rows.length === 0)
    return (
      <EmptyState title={t('report.empty')}>
        <T k="report.emptyHint" />
      </EmptyState>
    )
  const shown = columns.filter((column) => data.columns.includes(column.name))
  const mainColumn = columns.find((column) => column.name === main)!
  // Where no one figure sums all up, those of all columns do.
  const stated = mainColumn.isAside ? shown : [mainColumn]
  return (
    <>
      <Stats>
        {stated.map((column) => (
          <Stat
            key={column.name}
            label={t(`report.column.${column.name}`)}
            value={<Figure of={data.sums[column.name]} column={column} withCurrency />}
            {...(data.before &&
              column.name === main && { change: <Change now={data.sums[main] ?? '0'} before={data.before.sum ?? '0'} /> })}
          />
        ))}
        {data.before && !mainColumn.isAside && (
          <Stat
            label={<Before of={data.before} isAsOf={isAsOf} />}
            value={<Figure of={data.before.sum} column={mainColumn} withCurrency />}
          />
        )}
      </Stats>
      {picture !== 'none' && (
        <Panel>
          <Picture name={name} span={span} data={data} />
        </Panel>
      )}
      <ReportTable name={name} span={span} data={data} columns={shown} />
    </>
  )
}
