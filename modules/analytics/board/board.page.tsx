import { ActionIcon, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { sum } from '#kit/money.ts'
import { api } from '#kit/web/base/api.ts'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { Amount, Day, Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Figures, PlaceFigures, type Board } from './Figures.tsx'
import { Hours } from './Hours.tsx'
import { LowStock } from './LowStock.tsx'
import { Shares } from './Shares.tsx'
import type { boardRoutes } from './board.routes.ts'
import classes from './board.module.css'

// Sales refresh it as they happen. Who may not hear of sales sees them a minute later.
const board = (input: { place?: string; day?: string }) => ({
  ...api<typeof boardRoutes>('pos')('GET /board', input),
  refetchInterval: 60_000,
})

/** The day at a glance: what was sold where and when, how it was paid, what sells, what runs out. */
export default function BoardPage() {
  const { place } = useSession()
  const [{ day }] = useSearch()
  const { data, error, refetch, isPending } = useQuery({
    ...board({ ...(place && { place: place.id }), ...(day && { day }) }),
    placeholderData: (before) => before,
  })
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody>
      <Head data={data} />
      <Figures data={data} />
      {data.places.length > 1 && <PlaceFigures data={data} />}
      <div className={classes.parts}>
        <Panel title={<T k="board.byHour" />}>
          <Hours rows={data.byHour} />
        </Panel>
        <Panel title={<T k="board.byMethod" />}>
          <Shares
            rows={data.byMethod.map((row) => ({ key: `${row.kind} ${row.name}`, name: row.name, amount: row.amount }))}
            empty="board.nothingSold"
          />
        </Panel>
        <Panel title={<T k="board.top" />}>
          <Shares
            rows={data.top.map((row) => ({
              key: row.variant,
              name: row.name,
              amount: row.total,
              note: <Quantity of={row.quantity} />,
              to: `/catalog/variants/${row.variant}`,
            }))}
            empty="board.nothingSold"
          />
        </Panel>
        <Panel
          title={<T k="board.low" />}
          flush
          actions={
            <Can do="inventory.stock.read">
              <LinkButton to="/inventory/reorder-levels" variant="subtle" size="compact-sm">
                <T k="board.levels" />
              </LinkButton>
            </Can>
          }
        >
          <LowStock rows={data.low} showPlace={data.places.length > 1} />
        </Panel>
      </div>
    </PageBody>
  )
}

function Head({ data }: { data: Board }) {
  const t = useT()
  const { place } = useSession()
  const [search, setSearch] = useSearch()
  const shown = search['day'] ?? data.places[0]?.day ?? ''
  const total = sum(data.places.map((one) => BigInt(one.figures?.total ?? 0)))
  // `Temporal` is not in every browser yet; a day in UTC has 24 hours.
  const step = (days: number) => setSearch({ day: new Date(Date.parse(shown) + days * 86_400_000).toISOString().slice(0, 10) })
  return (
    <PageHead
      title={search['day'] ? <Day of={search['day']} style="long" /> : t('board.today')}
      hint={
        <>
          {place ? <bdi>{place.name}</bdi> : t('shell.allPlaces')}
          {' · '}
          <Amount of={total} />
        </>
      }
      actions={
        <Group gap={6} wrap="nowrap">
          <ActionIcon variant="default" size="lg" aria-label={t('board.dayBefore')} onClick={() => step(-1)}>
            <IconChevronLeft size={18} className={classes.turn ?? ''} />
          </ActionIcon>
          <DayInput
            onlyDays
            aria-label={t('field.businessDay')}
            value={shown}
            onChange={(day) => setSearch({ day: day ?? undefined })}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('board.dayAfter')}
            onClick={() => step(1)}
            disabled={!search['day']}
          >
            <IconChevronRight size={18} className={classes.turn ?? ''} />
          </ActionIcon>
          {search['day'] && (
            <LinkButton to="/board" variant="default">
              <T k="board.today" />
            </LinkButton>
          )}
        </Group>
      }
    />
  )
}
