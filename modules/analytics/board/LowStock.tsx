import { Table } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { Board } from './Figures.tsx'
import classes from './board.module.css'

/** What has fallen to its reorder level, the emptiest shelf first. */
export function LowStock({ rows, showPlace }: { rows: Board['low']; showPlace: boolean }) {
  const t = useT()
  if (rows.length === 0) return <EmptyState icon={IconCircleCheck} title={t('board.nothingLow')} />
  return (
    <Table verticalSpacing={8} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field.product')}</Table.Th>
          {showPlace && <Table.Th>{t('field.place')}</Table.Th>}
          <Table.Th ta="end">{t('board.left')}</Table.Th>
          <Table.Th ta="end">{t('field.level')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.variant} ${row.place}`}>
            <Table.Td>
              <Link to={`/catalog/variants/${row.variant}`} className={classes.link}>
                {row.name}
              </Link>
            </Table.Td>
            {showPlace && <Table.Td>{row.placeName}</Table.Td>}
            <Table.Td ta="end" className={row.available.startsWith('-') || row.available === '0' ? classes.out : undefined}>
              <Quantity of={row.available} />
            </Table.Td>
            <Table.Td ta="end">
              <Quantity of={row.level} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
