import { Checkbox } from '@mantine/core'
import { IconCalendarDue } from '@tabler/icons-react'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { StateBadge } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { atPlace } from '../stock/at-place.ts'
import { lotList } from './lot-list.ts'

const SOON = 'expired,expiring'
const cells = {
  code: (row: WireRow) => (
    <Link to={`/inventory/lots/${String(row['lot'])}`}>
      <bdi>{String(row['code'])}</bdi>
    </Link>
  ),
  freshness: (row: WireRow) =>
    row['freshness'] === 'expired' || row['freshness'] === 'expiring' ? (
      <StateBadge state={row['freshness']} tone={row['freshness'] === 'expired' ? 'bad' : 'warning'} />
    ) : null,
}
const toArticle = (row: WireRow) => `/inventory/stock/${String(row['variant'])}`

/** Lots on the shelves; those that expire first stand on top. */
export default function LotsPage() {
  const t = useT()
  const { place } = useSession()
  const [search, setSearch] = useSearch()
  return (
    <ListPage
      {...atPlace(lotList, place?.id)}
      title={t('entities.inventory.lot')}
      hint={place?.name ?? t('shell.allPlaces')}
      cells={cells}
      rowHref={toArticle}
      empty={
        <EmptyState icon={IconCalendarDue} title={t('lot.empty')}>
          {t('lot.emptyHint')}
        </EmptyState>
      }
    >
      <Checkbox
        mb="sm"
        label={t('lot.onlyExpiring')}
        checked={search['freshness'] === SOON}
        onChange={(event) => setSearch({ freshness: event.currentTarget.checked ? SOON : undefined })}
      />
    </ListPage>
  )
}
