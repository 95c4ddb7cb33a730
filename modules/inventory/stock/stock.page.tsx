import { Checkbox } from '@mantine/core'
import { IconStack2, IconTag } from '@tabler/icons-react'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { Quantity, StateBadge } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { labelsOf } from '#modules/catalog/label/label.rules.ts'
import { atPlace } from './at-place.ts'
import { stockList } from './stock-list.ts'

const cells = { free: (row: WireRow) => <Free row={row} /> }
/** Each once, however many places it lies in. */
const articlesOf = (rows: readonly WireRow[]) =>
  [...new Set(rows.map((row) => String(row['variant'])))].map((variant) => ({ variant, count: 1 }))
const toArticle = (row: WireRow) => `/inventory/stock/${String(row['variant'])}`

/** What lies where: on hand, promised, free, worth. Each line leads to where it lies and how it came there. */
export default function StockPage() {
  const t = useT()
  const { place } = useSession()
  const [search, setSearch] = useSearch()
  return (
    <ListPage
      {...atPlace(stockList, place?.id)}
      title={t('page.stock')}
      hint={place?.name ?? t('shell.allPlaces')}
      actions={<Papers />}
      cells={cells}
      rowHref={toArticle}
      bulk={(rows) => (
        <LinkButton {...labelsOf(articlesOf(rows))} variant="default" leftSection={<IconTag size={16} />}>
          {t('label.print')}
        </LinkButton>
      )}
      empty={
        <EmptyState icon={IconStack2} title={t('stock.empty')}>
          {t('stock.emptyHint')}
        </EmptyState>
      }
    >
      <Checkbox
        mb="sm"
        label={t('stock.onlyLow')}
        checked={search['low'] === 'true'}
        onChange={(event) => setSearch({ low: event.currentTarget.checked ? 'true' : undefined })}
      />
    </ListPage>
  )
}

/** What can still be sold; a sign says where that has fallen to its reorder level. */
const Free = ({ row }: { row: WireRow }) => (
  <>
    {row['low'] === true && (
      <>
        <StateBadge state="low" tone="warning" />{' '}
      </>
    )}
    <Quantity of={String(row['free'])} />
  </>
)

/** The papers that change stock. */
function Papers() {
  const t = useT()
  return (
    <>
      <Can do="inventory.stock.adjust">
        <LinkButton to="/inventory/stock-counts/new" variant="default">
          {t('stockCount.count')}
        </LinkButton>
        <LinkButton to="/inventory/adjust" variant="default">
          {t('goods.adjustment')}
        </LinkButton>
        <LinkButton to="/inventory/transfer" variant="default">
          {t('goods.transfer')}
        </LinkButton>
      </Can>
      <Can do="inventory.stock.receive">
        <LinkButton to="/inventory/receive">{t('goods.receipt')}</LinkButton>
      </Can>
    </>
  )
}
