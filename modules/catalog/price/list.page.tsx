import { DetailPage } from '#kit/web/DetailPage.tsx'
import { Members } from '#kit/web/Members.tsx'
import { price, priceList } from './price.ts'

/** A price list with its prices. */
export default function PriceListPage() {
  return <DetailPage entity={priceList}>{({ row }) => <Members of={price} by="priceList" id={row.id} />}</DetailPage>
}
