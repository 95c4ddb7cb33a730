import type { WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { removals } from './removed.ts'

const toSale = (row: WireRow) => (row['sale'] ? `/pos/sales/${String(row['sale'])}` : null)

/** What was taken out of baskets, by whom; each leads to the sale that the basket became. */
export default function RemovalsPage() {
  return <ListPage entity={removals} rowHref={toSale} />
}
