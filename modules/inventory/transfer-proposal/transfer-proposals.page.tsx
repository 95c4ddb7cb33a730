import { IconTransfer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { Proposals, ProposalsPage } from '#kit/web/document/Proposals.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { transferRoutes } from '../transfer/transfer.routes.ts'
import { transfer } from '../transfer/transfer.ts'
import type { transferProposalRoutes } from './transfer-proposal.routes.ts'

type Offered = OutputOf<typeof transferProposalRoutes, 'GET /inventory/transfer-proposals'>['rows'][number]

/** What runs low here and lies elsewhere, asked for with one transfer a shelf. */
export default function TransferProposalsPage() {
  const t = useT()
  return (
    <ProposalsPage<Offered>
      title={t('page.transferProposals')}
      hint={t('transferProposals.hint')}
      placeLabel={t('field.inventory.transferOrder.place')}
      query={(place) => api<typeof transferProposalRoutes>()('GET /inventory/transfer-proposals', { place })}
      none={{ icon: IconTransfer, title: t('transferProposals.none'), hint: t('transferProposals.noneHint') }}
    >
      {(place, rows) => <Requests place={place} rows={rows} />}
    </ProposalsPage>
  )
}

function Requests({ place, rows }: { place: string; rows: readonly Offered[] }) {
  const t = useT()
  const { data: ends } = useQuery(api<typeof transferRoutes>()('GET /inventory/transfer-ends'))
  // The place's own storage is its oldest.
  const to = ends?.rows.find((one) => one.isOurs && one.place === place)?.id
  return (
    <Proposals
      rows={rows}
      keyOf={(row) => `${row.location} ${row.variant}`}
      groupOf={(row) => row.location}
      group={({ giverName, locationName }) => ({
        title: giverName === locationName ? giverName : `${giverName} · ${locationName}`,
      })}
      what={(row) => (
        <>
          <Link to={`/inventory/stock/${row.variant}`}>{row.name}</Link>
          <small>{row.sku}</small>
        </>
      )}
      columns={[
        { label: t('transferProposals.here'), of: (row) => <Quantity of={row.available} unit={row.unit} /> },
        { label: t('field.level'), of: (row) => <Quantity of={row.level} /> },
        { label: t('transferProposals.coming'), of: (row) => String(row.coming) !== '0' && <Quantity of={row.coming} /> },
        { label: t('transfer.there'), of: (row) => <Quantity of={row.there} /> },
      ]}
      words={{
        quantity: t('transferProposals.ask'),
        quantityOf: ({ name }) => t('transferProposals.askOf', { name }),
        takeOne: ({ name }) => t('transferProposals.takeOne', { name }),
        make: (n) => t('transferProposals.make', { n }),
        made: 'transferProposals.made',
      }}
      path={transfer.path}
      state="requested"
      touches={['inventory']}
      write={
        to === undefined
          ? undefined
          : (location, taken) => ({
              location,
              toLocation: to,
              lines: taken.map(({ variant, quantity }) => ({ variant, quantity })),
            })
      }
    />
  )
}
