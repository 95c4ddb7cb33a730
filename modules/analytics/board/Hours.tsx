import { Table, Tooltip } from '@mantine/core'
import { useFormat } from '#kit/web/session/format.ts'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Board } from './Figures.tsx'
import classes from './board.module.css'

/** Sales by the hour of the place's clock: bars for the eye, a table for everybody else. */
export function Hours({ rows }: { rows: Board['byHour'] }) {
  const t = useT()
  const format = useFormat()
  if (rows.length === 0) return <EmptyState title={t('board.nothingSold')} />
  const known = new Map(rows.map((row) => [row.hour, row]))
  const [first, last] = [Math.min(8, ...known.keys()), Math.max(19, ...known.keys())]
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const clock = (hour: number) => `${format.hour(hour)}–${format.hour((hour + 1) % 24)}`
  const most = rows.reduce((size, row) => (BigInt(row.total) > size ? BigInt(row.total) : size), 1n)
  return (
    <figure className={classes.figure}>
      <div className={classes.bars} aria-hidden>
        {hours.map((hour) => {
          const total = BigInt(known.get(hour)?.total ?? 0)
          return (
            <Tooltip key={hour} label={`${clock(hour)} · ${format.money(total)}`} openDelay={80}>
              <span className={classes.slot}>
                <span className={classes.bar} style={{ height: `${total > 0n ? Number((total * 1000n) / most) / 10 : 0}%` }} />
                <span className={classes.hour}>{hour % 2 === first % 2 ? format.number(hour) : ''}</span>
              </span>
            </Tooltip>
          )
        })}
      </div>
      <details className={classes.asTable}>
        <summary>
          <T k="board.asTable" />
        </summary>
        <Table verticalSpacing={4} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('board.hour')}</Table.Th>
              <Table.Th ta="end">{t('board.baskets')}</Table.Th>
              <Table.Th ta="end">{t('board.sales')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.hour}>
                <Table.Td>
                  <bdi dir="ltr">{clock(row.hour)}</bdi>
                </Table.Td>
                <Table.Td ta="end">{format.number(row.baskets)}</Table.Td>
                <Table.Td ta="end">
                  <Amount of={row.total} plain />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </figure>
  )
}
