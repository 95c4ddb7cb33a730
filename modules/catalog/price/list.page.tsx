import { useQuery } from '@tanstack/react-query'
import { reading } from '#kit/web/base/api.ts'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { Members } from '#kit/web/list/Members.tsx'
import { LabelsButton } from '../label/LabelsButton.tsx'
import { price, priceList } from './price.ts'

/** A price list with its prices, and labels for what it has a price of. */
export default function PriceListPage() {
  return (
    <DetailPage entity={priceList} actions={({ row }) => !row.archivedAt && <Labels list={row.id} />}>
      {({ row }) => <Members of={price} by="priceList" id={row.id} />}
    </DetailPage>
  )
}

/** So many labels are named by one address; whoever has more prices picks articles on the page of labels. */
const MOST = 200

function Labels({ list }: { list: string }) {
  const { data } = useQuery(
    reading<{ rows: { variant: string }[] }>('GET /catalog/prices', { priceList: list, limit: MOST }, 'catalog'),
  )
  return (
    <LabelsButton of={[...new Set((data?.rows ?? []).map((one) => one.variant))].map((variant) => ({ variant, count: 1 }))} />
  )
}
