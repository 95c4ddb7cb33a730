import { IconPackage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { sum } from '#kit/money.ts'
import { api } from '#kit/web/api.ts'
import { useCrumb } from '#kit/web/crumb.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, Stat, Stats, Wide } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { usePathParam } from '#kit/web/url.tsx'
import { Amount, Day, Instant, Quantity } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import { Moves } from './Moves.tsx'
import type { stockRoutes } from './stock.routes.ts'
import classes from './stock.module.css'

interface LocationRow {
  readonly id: string
  readonly name: string
  readonly placeName: string | null
  readonly onHand: string
  readonly reserved: string
  readonly value: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly ownerName: string | null
}
interface ReservationRow {
  readonly id: string
  readonly quantity: string
  readonly documentKind: string
  readonly expiresAt: string | null
  readonly locationName: string
}

/** One article: where it lies, to whom it is promised, and how it came and went. */
export default function StockOfPage() {
  const t = useT()
  const { may } = useSession()
  const variant = usePathParam('variant')
  const { data, error, refetch, isPending } = useQuery(
    api<typeof stockRoutes>('inventory')('GET /inventory/stock/:variant', { variant }),
  )
  useCrumb(data?.goods.name)
  if (isPending) return <PageSkeleton />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  const locations = data.locations as unknown as LocationRow[]
  const reservations = data.reservations as unknown as ReservationRow[]
  const total = (pick: (row: LocationRow) => string | null) => sum(locations.map((row) => BigInt(pick(row) ?? '0')))
  const seesCost = may('catalog.cost.read')
  return (
    <PageBody>
      <PageHead
        title={data.goods.name}
        hint={data.goods.sku}
        actions={
          <LinkButton to={`/catalog/products/${data.goods.product}`} variant="default" leftSection={<IconPackage size={16} />}>
            {t('entity.catalog.product')}
          </LinkButton>
        }
      />
      <Stats>
        <Stat label={t('field.onHand')} value={<Quantity of={total((row) => row.onHand)} />} />
        <Stat label={t('field.reserved')} value={<Quantity of={total((row) => row.reserved)} />} />
        <Stat label={t('field.available')} value={<Quantity of={total((row) => row.onHand) - total((row) => row.reserved)} />} />
        {seesCost && <Stat label={t('field.value')} value={<Amount of={total((row) => row.value)} />} />}
      </Stats>
      {locations.length > 0 && (
        <Panel title={t('stock.where')} flush>
          <Wide label={t('stock.where')} of={460}>
            <table className={classes.table}>
              <tbody>
                {locations.map((row) => (
                  <tr key={`${row.id} ${row.lot} ${row.ownerName}`}>
                    <td>
                      {row.name}
                      <small>{[row.placeName, row.lot, row.ownerName].filter(Boolean).join(' · ')}</small>
                    </td>
                    <td>{row.expiresOn && <Day of={row.expiresOn} />}</td>
                    <td className={classes.figure}>
                      <Quantity of={row.onHand} />
                    </td>
                    {seesCost && (
                      <td className={classes.figure}>
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
          <table className={classes.table}>
            <tbody>
              {reservations.map((row) => (
                <tr key={row.id}>
                  <td>
                    {t.of('state', row.documentKind)}
                    <small>{row.locationName}</small>
                  </td>
                  <td>{row.expiresAt && <Instant of={row.expiresAt} />}</td>
                  <td className={classes.figure}>
                    <Quantity of={row.quantity} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      <Moves of={{ variant }} title={t('stock.moves')} />
    </PageBody>
  )
}
