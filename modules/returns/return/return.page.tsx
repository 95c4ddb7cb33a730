import { Button, Table } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { Link, usePathParam } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Amount, Instant, Quantity } from '#kit/web/entity/values.tsx'
import { Facts, PageBody, PageHead, Panel, Wide } from '#kit/web/look/parts.tsx'
import { EditActions } from '#kit/web/record/DetailPage.tsx'
import { seededName } from '#kit/words.ts'
import type { returnRoutes } from './return.routes.ts'
import { returnNote } from './return.ts'

/** A return as it was: what came back and where it went, and how it was paid back. */
export default function ReturnPage() {
  const t = useT()
  const id = usePathParam('id')
  const { data } = useSuspenseQuery(api<typeof returnRoutes>()('GET /returns/:id', { id }))
  const { row, refs, lines, refunds } = data
  useCrumb(row.number)
  return (
    <PageBody>
      <PageHead
        title={row.number}
        hint={<Instant of={row.takenAt} style="long" />}
        actions={
          <>
            <Button variant="default" component="a" href={`/api/returns/${id}/note.pdf`} target="_blank" rel="noreferrer">
              {t('return.a4')}
            </Button>
            <Button
              leftSection={<IconPrinter size={17} />}
              component="a"
              href={`/api/returns/${id}/slip.pdf`}
              target="_blank"
              rel="noreferrer"
            >
              {t('return.print')}
            </Button>
            <EditActions entity={returnNote} row={row} />
          </>
        }
      />
      <Panel>
        <Facts
          rows={[
            { label: t('field.place'), value: refs[row.place] },
            ...(row.soldNumber
              ? [
                  {
                    label: t('return.wasSold'),
                    value: data.soldAt ? <Link to={data.soldAt}>{row.soldNumber}</Link> : row.soldNumber,
                  },
                ]
              : []),
            ...(data.exchangeAt
              ? [{ label: t('return.exchangedFor'), value: <Link to={data.exchangeAt}>{data.exchangeNumber ?? '…'}</Link> }]
              : []),
            { label: t('field.reason'), value: t(`state.returns.return.reason.${row.reason}`) },
            { label: t('field.returns.return.takenByName'), value: row.takenByName },
            ...(data.agreedByName ? [{ label: t('return.agreedBy'), value: data.agreedByName }] : []),
            ...(row.customer
              ? [{ label: t('field.customer'), value: <Link to={`/parties/${row.customer}`}>{refs[row.customer]}</Link> }]
              : []),
            ...(row.note ? [{ label: t('field.note'), value: row.note, wide: true }] : []),
          ]}
        />
      </Panel>
      <Panel title={t('return.lines')} flush>
        <Wide label={t('return.lines')} of={520} stacks>
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.name')}</Table.Th>
                <Table.Th ta="end">{t('field.quantity')}</Table.Th>
                <Table.Th>{t('field.returns.return.disposition')}</Table.Th>
                <Table.Th ta="end">{t('field.tax')}</Table.Th>
                <Table.Th ta="end">{t('field.total')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Td>
                    {line.name}
                    <br />
                    <small style={{ color: 'var(--duka-faint)' }}>{line.sku}</small>
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.quantity')}>
                    <Quantity of={line.quantity} unit={line.unit} />
                  </Table.Td>
                  <Table.Td data-label={t('field.returns.return.disposition')}>
                    {t(`state.returns.return.disposition.${line.disposition}`)}
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.tax')}>
                    <Amount of={line.tax} plain />
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.total')}>
                    <Amount of={BigInt(line.net) + BigInt(line.tax)} plain />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      </Panel>
      <Panel title={t('return.money')}>
        <Facts
          rows={[
            { label: t('field.net'), value: <Amount of={row.net} /> },
            { label: t('field.tax'), value: <Amount of={row.tax} /> },
            ...(row.rounding === '0' ? [] : [{ label: t('field.rounding'), value: <Amount of={row.rounding} /> }]),
            {
              label: <T k="field.total" />,
              value: (
                <b>
                  <Amount of={row.total} />
                </b>
              ),
            },
            ...(row.exchanged === '0'
              ? []
              : [{ label: t('field.returns.return.exchanged'), value: <Amount of={row.exchanged} /> }]),
            ...refunds.map((one) => ({ label: seededName(t, one), value: <Amount of={one.amount} /> })),
          ]}
        />
      </Panel>
    </PageBody>
  )
}
