import { Button } from '@mantine/core'
import { IconHandStop, IconPackage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sum } from '#kit/money.ts'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, Stat, Stats, Wide } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link, usePathParam } from '#kit/web/base/url.tsx'
import { Amount, Day, Instant, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Freshness } from './Freshness.tsx'
import { Moves } from './Moves.tsx'
import { PutAside } from './PutAside.tsx'
import type { stockRoutes } from './stock.routes.ts'
import classes from './stock.module.css'

type Shown = OutputOf<typeof stockRoutes, 'GET /inventory/stock/:variant'>
type LocationRow = Shown['locations'][number]

/** One article: where it lies, to whom it is promised, and how it came and went. */
export default function StockOfPage() {
  const t = useT()
  const { may } = useSession()
  const variant = usePathParam('variant')
  const { data, error, refetch, isPending } = useQuery(
    api<typeof stockRoutes>('inventory')('GET /inventory/stock/:variant', { variant }),
  )
  const [isPuttingAside, setIsPuttingAside] = useState(false)
  useCrumb(data?.goods.name)
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { locations, reservations } = data
  const total = (pick: (row: LocationRow) => string | null) => sum(locations.map((row) => BigInt(pick(row) ?? '0')))
  const free = freeShelves(locations)
  const seesCost = may('catalog.cost.read')
  const hasLots = locations.some((row) => row.lotId)
  return (
    <PageBody>
      <PageHead
        title={data.goods.name}
        hint={data.goods.sku}
        actions={
          <>
            {may('inventory.stock.reserve') && free.length > 0 && (
              <Button variant="default" leftSection={<IconHandStop size={16} />} onClick={() => setIsPuttingAside(true)}>
                {t('stock.putAside')}
              </Button>
            )}
            <LinkButton to={`/catalog/products/${data.goods.product}`} variant="default" leftSection={<IconPackage size={16} />}>
              {t('entity.catalog.product')}
            </LinkButton>
          </>
        }
      />
      {isPuttingAside && <PutAside variant={variant} shelves={free} onClose={() => setIsPuttingAside(false)} />}
      <Stats>
        <Stat label={t('field.onHand')} value={<Quantity of={total((row) => row.onHand)} />} />
        <Stat label={t('field.reserved')} value={<Quantity of={total((row) => row.reserved)} />} />
        <Stat label={t('field.available')} value={<Quantity of={total((row) => row.onHand) - total((row) => row.reserved)} />} />
        {seesCost && <Stat label={t('field.value')} value={<Amount of={total((row) => row.value)} />} />}
      </Stats>
      {locations.length > 0 && (
        <Panel title={t('stock.where')} flush>
          <Wide label={t('stock.where')} of={460} stacks>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t('field.location')}</th>
                  <th>{hasLots && t('entity.inventory.lot')}</th>
                  <th>{hasLots && t('field.expiresOn')}</th>
                  <th className={classes.figure}>{t('field.onHand')}</th>
                  {seesCost && <th className={classes.figure}>{t('field.value')}</th>}
                </tr>
              </thead>
              <tbody>
                {locations.map((row) => (
                  <tr key={`${row.id} ${row.lot} ${row.ownerName}`}>
                    <td>
                      {row.name}
                      <small>{[row.placeName !== row.name && row.placeName, row.ownerName].filter(Boolean).join(' · ')}</small>
                    </td>
                    <td>
                      {row.lotId && <Link to={`/inventory/lots/${row.lotId}`}>{t('lot.named', { lot: row.lot ?? '' })}</Link>}
                    </td>
                    <td>
                      {row.expiresOn && (
                        <>
                          <Day of={row.expiresOn} /> <Freshness until={row.expiresOn} />
                        </>
                      )}
                    </td>
                    <td className={classes.figure} data-label={t('field.onHand')}>
                      <Quantity of={row.onHand} />
                    </td>
                    {seesCost && (
                      <td className={classes.figure} data-label={t('field.value')}>
                        <Amount of={row.value} plain />
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        </Panel>
      )}
      {reservations.length > 0 && (
        <Panel title={t('stock.promised')} flush>
          <Wide label={t('stock.promised')} of={460} stacks>
            <table className={classes.table}>
              <tbody>
                {reservations.map((row) => (
                  <Promised key={row.id} row={row} />
                ))}
              </tbody>
            </table>
          </Wide>
        </Panel>
      )}
      <Moves of="variant" id={variant} />
    </PageBody>
  )
}

/** What is kept for somebody. What was put aside by hand is released by hand; a document releases its own. */
function Promised({ row }: { row: Shown['reservations'][number] }) {
  const t = useT()
  const release = useCommand<typeof stockRoutes>()('POST /inventory/reservations/:id/release', {
    done: 'stock.released',
    touches: ['catalog'],
  })
  return (
    <tr>
      <td>
        {row.customerName ?? t.of('state', row.documentKind)}
        <small>{[row.note, row.locationName, row.lot].filter(Boolean).join(' · ')}</small>
      </td>
      <td>
        {row.expiresAt && (
          <>
            {t('stock.until')} <Instant of={row.expiresAt} style="short" />
          </>
        )}
      </td>
      <td className={classes.figure}>
        <Quantity of={row.quantity} />
      </td>
      <td className={classes.figure}>
        {row.documentKind === 'inventory.reservation' && (
          <Can do="inventory.stock.reserve">
            <Button
              size="compact-sm"
              variant="subtle"
              loading={release.isRunning}
              onClick={() => void release.run({ id: row.id })}
            >
              {t('stock.release')}
            </Button>
          </Can>
        )}
      </td>
    </tr>
  )
}

/** Our own goods that can still be promised, by location. */
function freeShelves(rows: readonly LocationRow[]) {
  const shelves = new Map<string, { location: string; name: string; free: bigint }>()
  for (const row of rows) {
    if (row.ownerName) continue
    const free = (shelves.get(row.id)?.free ?? 0n) + BigInt(row.onHand) - BigInt(row.reserved)
    shelves.set(row.id, { location: row.id, name: row.name, free })
  }
  return [...shelves.values()].filter((one) => one.free > 0n)
}
