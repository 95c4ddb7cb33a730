import { Button, Table } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { EditActions } from '#kit/web/record/DetailPage.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { PageBody, PageHead, Panel, Stat, Stats, Wide } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { Amount, Instant, Rate, StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { shiftRoutes } from './shift.routes.ts'
import { shift } from './shift.ts'

/** A shift with its report: so far while it is open, as it was when it was closed. */
export default function ShiftPage() {
  const t = useT()
  const session = useSession()
  const { number } = useFormat()
  const id = usePathParam('id')
  const { data } = useSuspenseQuery(api<typeof shiftRoutes>()('GET /pos/shifts/:id', { id }))
  const { row, report, refs } = data
  useCrumb(row.number)
  const isOpen = row.state === 'open'
  return (
    <PageBody>
      <PageHead
        title={row.number}
        badge={<StateBadge state={row.state} entity={shift} />}
        hint={
          <>
            {data.refs[row.till]} · <T k="shift.inCare" name={data.heldByName} /> · <Instant of={row.openedAt} />
            {row.closedAt && (
              <>
                {' – '}
                <Instant of={row.closedAt} />
              </>
            )}
          </>
        }
        actions={
          <>
            {report && (
              <Button component="a" variant="default" href={`/api/pos/shifts/${id}/report.pdf`} target="_blank" rel="noreferrer">
                {t('paper.report')}
              </Button>
            )}
            <EditActions entity={shift} row={row} />
            {isOpen && session.may('pos.shift.open', row.place) && (
              <LinkButton to={`/pos/shifts/${id}/close`}>{t('till.close')}</LinkButton>
            )}
          </>
        }
      />
      {report ? (
        <>
          <Stats>
            <Stat label={t('shift.sales')} value={number(report.sales)} />
            <Stat label={t('field.total')} value={<Amount of={report.total} />} />
            <Stat label={t('field.tax')} value={<Amount of={report.tax} />} />
            <Stat label={t('field.discount')} value={<Amount of={report.discount} />} />
            {report.returns && report.returns.count > 0 && (
              <Stat label={t('shift.returns', { n: report.returns.count })} value={<Amount of={`-${report.returns.total}`} />} />
            )}
            {report.voids && report.voids.count > 0 && (
              <Stat label={t('shift.voids', { n: report.voids.count })} value={<Amount of={report.voids.total} />} />
            )}
            {!isOpen && (
              <Stat
                label={t('field.variance')}
                value={<Amount of={row.variance} />}
                {...(row.variance !== '0' && { tone: 'bad' as const })}
              />
            )}
          </Stats>
          <Panel title={t('shift.drawer')} flush>
            <Rows
              rows={[
                [t('field.float'), row.float],
                [t('shift.cashSales'), report.cashSales],
                ...(report.cashRefunds && report.cashRefunds !== '0'
                  ? ([[t('shift.cashRefunds'), `-${report.cashRefunds}`]] as [string, string][])
                  : []),
                [t('till.cash.in'), report.cashIn],
                [t('till.cash.out'), `-${report.cashOut}`],
                [t('till.cash.drop'), `-${report.drops}`],
                [t('field.expected'), report.expected],
                ...(row.counted === null
                  ? []
                  : ([
                      [t('field.counted'), row.counted],
                      [t('field.variance'), row.variance ?? '0'],
                    ] as [string, string][])),
              ]}
            />
          </Panel>
          <Panel title={t('shift.methods')} flush>
            <Rows
              rows={report.methods.flatMap((one): [string, string][] => {
                const name = refs[one.method] ?? one.name
                return [
                  ...(one.count > 0
                    ? ([[`${name} · ${t('shift.inSales', { n: one.count })}`, one.amount]] as [string, string][])
                    : []),
                  ...(one.refunded && one.refunded !== '0'
                    ? ([[`${name} · ${t('shift.refunded')}`, `-${one.refunded}`]] as [string, string][])
                    : []),
                ]
              })}
            />
          </Panel>
          {row.counts && row.counts.length > 0 && (
            <Panel title={t('shift.otherMoney')} flush>
              <Wide label={t('shift.otherMoney')} of={420} stacks>
                <Table horizontalSpacing="md">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('till.method')}</Table.Th>
                      <Table.Th ta="end">{t('field.expected')}</Table.Th>
                      <Table.Th ta="end">{t('field.counted')}</Table.Th>
                      <Table.Th ta="end">{t('field.variance')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {row.counts.map((one) => (
                      <Table.Tr key={one.method}>
                        <Table.Td>{refs[one.method] ?? one.name}</Table.Td>
                        {(['expected', 'counted', 'variance'] as const).map((name) => (
                          <Table.Td key={name} ta="end" data-label={t(`field.${name}`)}>
                            <Amount of={one[name]} plain />
                          </Table.Td>
                        ))}
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Wide>
            </Panel>
          )}
          <Panel title={t('shift.taxes')} flush>
            <Table horizontalSpacing="md">
              <Table.Tbody>
                {report.taxes.map((one) => (
                  <Table.Tr key={`${one.taxCode}${one.taxRate}`}>
                    <Table.Td>
                      <Rate of={one.taxRate} />
                    </Table.Td>
                    <Table.Td ta="end">
                      <Amount of={one.net} plain />
                    </Table.Td>
                    <Table.Td ta="end">
                      <Amount of={one.tax} plain />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Panel>
        </>
      ) : (
        <Panel>
          <T k="shift.blind" />
        </Panel>
      )}
      {data.noSales.length > 0 && (
        <Panel title={t('shift.noSales', { n: data.noSales.length })} flush>
          <Table horizontalSpacing="md">
            <Table.Tbody>
              {data.noSales.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Instant of={one.at} style="time" />
                  </Table.Td>
                  <Table.Td>{one.reason}</Table.Td>
                  <Table.Td>{one.by}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
      {data.moves.length > 0 && (
        <Panel title={t('till.cash')} flush>
          <Table horizontalSpacing="md">
            <Table.Tbody>
              {data.moves.map((move) => (
                <Table.Tr key={move.id}>
                  <Table.Td>
                    <Instant of={move.at} style="time" />
                  </Table.Td>
                  <Table.Td>{t(`till.cash.${move.kind}`)}</Table.Td>
                  <Table.Td>{move.reason}</Table.Td>
                  <Table.Td>{move.movedByName}</Table.Td>
                  <Table.Td ta="end">
                    <Amount of={move.amount} plain />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
    </PageBody>
  )
}

const Rows = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <Table horizontalSpacing="md">
    <Table.Tbody>
      {rows.map(([label, amount]) => (
        <Table.Tr key={label}>
          <Table.Td>{label}</Table.Td>
          <Table.Td ta="end">
            <Amount of={amount === '-0' ? '0' : amount} plain />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)
