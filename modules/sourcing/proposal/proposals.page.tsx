import { IconShoppingCart } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { WireOf } from '#kit/entity.ts'
import { api, reading, type OutputOf } from '#kit/web/base/api.ts'
import { Proposals, ProposalsPage } from '#kit/web/document/Proposals.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Price, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { location } from '#modules/inventory/location/location.ts'
import { purchase } from '../purchase/purchase.ts'
import type { proposalRoutes } from './proposal.routes.ts'

type Row = OutputOf<typeof proposalRoutes, 'GET /sourcing/proposals'>['rows'][number]

/** What runs low, by who sells it, made into one draft for each supplier. */
export default function PurchaseProposalsPage() {
  const t = useT()
  return (
    <ProposalsPage<Row>
      title={t('page.proposals')}
      hint={t('proposals.hint')}
      placeLabel={t('field.place')}
      query={(place) => api<typeof proposalRoutes>()('GET /sourcing/proposals', { place })}
      none={{ icon: IconShoppingCart, title: t('proposals.none'), hint: t('proposals.noneHint') }}
    >
      {(place, rows) => <Orders place={place} rows={rows} />}
    </ProposalsPage>
  )
}

function Orders({ place, rows }: { place: string; rows: readonly Row[] }) {
  const t = useT()
  const { data: storages } = useQuery(
    reading<{ rows: WireOf<typeof location>[] }>('GET /inventory/locations', { kind: 'storage', place, limit: 200 }),
  )
  // The place's own storage is its oldest.
  const storage = storages?.rows
    .filter((one) => one.holds === 'goods')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))[0]?.id
  return (
    <Proposals
      rows={rows}
      keyOf={(row) => row.variant}
      groupOf={(row) => row.supplier}
      group={({ supplierName }) =>
        supplierName ? { title: supplierName } : { title: t('proposals.nobody'), hint: t('proposals.nobodyHint') }
      }
      what={(row) => (
        <>
          <Link to={`/inventory/stock/${row.variant}`}>{row.name}</Link>
          <small>{[row.sku, row.code].filter(Boolean).join(' · ')}</small>
        </>
      )}
      columns={[
        { label: t('field.available'), of: (row) => <Quantity of={row.available} unit={row.unit} /> },
        { label: t('field.level'), of: (row) => <Quantity of={row.level} /> },
        { label: t('proposals.onOrder'), of: (row) => String(row.onOrder) !== '0' && <Quantity of={row.onOrder} /> },
        { label: t('field.price'), of: (row) => <Price of={row.price} per={row.priceUnit} unit={row.unit} plain /> },
      ]}
      words={{
        quantity: t('proposals.order'),
        quantityOf: ({ name }) => t('proposals.orderOf', { name }),
        takeOne: ({ name }) => t('proposals.takeOne', { name }),
        make: (n) => t('proposals.make', { n }),
        made: 'proposals.made',
      }}
      path={purchase.path}
      state="draft"
      touches={['sourcing']}
      write={
        storage === undefined
          ? undefined
          : (supplier, taken) => ({
              supplier,
              location: storage,
              lines: taken.map(({ variant, code, quantity, price, taxRate }) => ({
                variant,
                code,
                quantity,
                price: price ?? '0',
                taxRate: String(taxRate),
              })),
            })
      }
    />
  )
}
