import type { WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { saleLines } from './line-list.ts'

const toSale = (row: WireRow) => `/pos/sales/${String(row['sale'])}`

/** What was sold, line by line; each leads to its sale. */
export default function SaleLinesPage() {
  return <ListPage entity={saleLines} rowHref={toSale} />
}
