import { Table } from '@mantine/core'
import { RATE_ONE, divideHalfUp, sum } from '#kit/money.ts'
import type { Wire } from '#kit/web/base/api.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Panel, Stat, Stats, Wide } from '#kit/web/look/parts.tsx'
import { Amount, Rate } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { boardRoutes } from './board.routes.ts'

export type Board = Wire<NonNullable<(typeof boardRoutes)['GET /board']['__output']>>
type PlaceDay = Board['places'][number]

interface Sums {
  readonly total: bigint
  readonly baskets: bigint
  readonly average: bigint | null
  readonly margin: bigint | null
  readonly marginRate: bigint | null
}

function sumsOf(figures: readonly PlaceDay['figures'][]): Sums {
  const known = figures.filter((one) => one !== null)
  const of = (read: (one: (typeof known)[number]) => string | number | null) => sum(known.map((one) => BigInt(read(one) ?? 0)))
  const [total, net, baskets] = [of((one) => one.total), of((one) => one.net), of((one) => one.baskets)]
  const margin = known.length > 0 && known.every((one) => one.margin !== null) ? of((one) => one.margin) : null
  return {
    total,
    baskets,
    margin,
    average: baskets > 0n ? divideHalfUp(total, baskets) : null,
    marginRate: margin !== null && net > 0n ? divideHalfUp(margin * 1000n, net) * (RATE_ONE / 1000n) : null,
  }
}

/** The figures of the day over all places shown, each against the same weekday a week before. */
export function Figures({ data }: { data: Board }) {
  const t = useT()
  const { number } = useFormat()
  const [now, before] = [sumsOf(data.places.map((one) => one.figures)), sumsOf(data.places.map((one) => one.weekBefore))]
  const average = useChange(now.average, before.average)
  return (
    <Stats>
      <Stat label={t('board.sales')} value={<Amount of={now.total} />} {...useChange(now.total, before.total)} />
      <Stat label={t('board.baskets')} value={number(now.baskets)} {...useChange(now.baskets, before.baskets)} />
      {now.average !== null && <Stat label={t('board.average')} value={<Amount of={now.average} />} {...average} />}
      {now.margin !== null && (
        <Stat label={t('board.margin')} value={<Amount of={now.margin} />} change={<MarginRate of={now.marginRate} />} />
      )}
    </Stats>
  )
}

const MarginRate = ({ of }: { of: bigint | null }) => (
  <>
    <Rate of={of} /> <T k="board.ofNet" />
  </>
)

/** What stands below a figure: by how much it rose or fell. */
function useChange(now: bigint | null, before: bigint | null) {
  const t = useT()
  const format = useFormat()
  if (now === null || before === null || before <= 0n) return { change: t('board.noWeekBefore') }
  const percent = divideHalfUp((now - before) * 100n, before)
  const shown = format.change((percent * RATE_ONE) / 100n)
  return {
    change: (
      <>
        <bdi>{shown}</bdi> <T k="board.thanWeekBefore" />
      </>
    ),
    ...(percent !== 0n && { tone: percent > 0n ? ('good' as const) : ('bad' as const) }),
  }
}

/** The same figures place by place. */
export function PlaceFigures({ data }: { data: Board }) {
  const t = useT()
  return (
    <Panel title={t('board.byPlace')} flush>
      <Wide label={t('board.byPlace')} of={560} stacks>
        <Table verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field.place')}</Table.Th>
              <Table.Th ta="end">{t('board.sales')}</Table.Th>
              <Table.Th ta="end">{t('board.weekBefore')}</Table.Th>
              <Table.Th ta="end">{t('board.baskets')}</Table.Th>
              <Table.Th ta="end">{t('board.average')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.places.map((place) => (
              <PlaceRow key={place.id} place={place} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Panel>
  )
}

function PlaceRow({ place }: { place: PlaceDay }) {
  const t = useT()
  const { number } = useFormat()
  const now = sumsOf([place.figures])
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{place.name}</bdi>
      </Table.Td>
      <Table.Td ta="end" data-label={t('board.sales')}>
        <Amount of={now.total} plain />
      </Table.Td>
      <Table.Td ta="end" data-label={t('board.weekBefore')}>
        <Amount of={place.weekBefore?.total} plain />
      </Table.Td>
      <Table.Td ta="end" data-label={t('board.baskets')}>
        {number(now.baskets)}
      </Table.Td>
      <Table.Td ta="end" data-label={t('board.average')}>
        <Amount of={now.average} plain />
      </Table.Td>
    </Table.Tr>
  )
}
