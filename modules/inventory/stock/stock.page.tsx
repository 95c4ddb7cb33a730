import { Button, Checkbox } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type OutputOf } from '#kit/web/api.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, Wide } from '#kit/web/parts.tsx'
import { Can, useSession } from '#kit/web/session.tsx'
import { Link, useSearch } from '#kit/web/url.tsx'
import { Amount, Quantity, StateBadge } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { Finder } from './Finder.tsx'
import type { stockRoutes } from './stock.routes.ts'
import classes from './stock.module.css'

type StockRow = OutputOf<typeof stockRoutes, 'GET /inventory/stock'>['rows'][number]
const page = (asked: Readonly<Record<string, string>>) => api<typeof stockRoutes>('inventory')('GET /inventory/stock', asked)

/** What lies where: on hand, promised, free, worth. Each line leads to its moves. */
export default function StockPage() {
  const t = useT()
  const { place, may } = useSession()
  const [search, setSearch] = useSearch()
  const asked = {
    ...(place && { place: place.id }),
    ...(search['q'] && { q: search['q'] }),
    ...(search['low'] && { low: 'true' }),
  }
  const query = useInfiniteQuery({
    queryKey: ['inventory', 'stock', asked],
    queryFn: ({ pageParam, signal }) => page({ ...asked, ...(pageParam && { cursor: pageParam }) }).queryFn({ signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = query.data?.pages.flatMap((one) => one.rows) ?? []
  return (
    <PageBody>
      <PageHead title={t('page.stock')} hint={place?.name ?? t('shell.allPlaces')} actions={<Papers />} />
      <div className={classes.bar}>
        <Finder value={search['q'] ?? ''} onChange={(q) => setSearch({ q: q || undefined })} />
        <Checkbox
          label={t('stock.onlyLow')}
          checked={search['low'] !== undefined}
          onChange={(event) => setSearch({ low: event.currentTarget.checked ? 'yes' : undefined })}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Problem of={query.error} retry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconStack2} title={t(search['q'] || search['low'] ? 'list.nothingFound' : 'stock.empty')}>
          {!search['q'] && !search['low'] && t('stock.emptyHint')}
        </EmptyState>
      ) : (
        <Panel flush>
          <StockTable rows={rows} showsPlace={!place} showsValue={may('catalog.cost.read')} />
          {query.hasNextPage && (
            <div className={classes.more}>
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                <T k="common.more" />
              </Button>
            </div>
          )}
        </Panel>
      )}
    </PageBody>
  )
}

/** The papers that change stock. */
function Papers() {
  const t = useT()
  return (
    <>
      <Can do="inventory.stock.adjust">
        <LinkButton to="/inventory/count" variant="default">
          {t('goods.count')}
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

function StockTable({ rows, showsPlace, showsValue }: { rows: readonly StockRow[]; showsPlace: boolean; showsValue: boolean }) {
  const t = useT()
  return (
    <Wide label={t('page.stock')} of={560} stacks>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('field.name')}</th>
            {showsPlace && <th>{t('field.place')}</th>}
            <th className={classes.figure}>{t('field.onHand')}</th>
            <th className={classes.figure}>{t('field.reserved')}</th>
            <th className={classes.figure}>{t('field.available')}</th>
            {showsValue && <th className={classes.figure}>{t('field.value')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const available = BigInt(row.onHand) - BigInt(row.reserved)
            return (
              <tr key={`${row.id} ${row.place}`}>
                <td>
                  <Link to={`/inventory/stock/${row.id}`} className={classes.name}>
                    {row.name}
                  </Link>
                  <small>{row.sku}</small>
                </td>
                {showsPlace && <td data-label={t('field.place')}>{row.placeName}</td>}
                <td className={classes.figure} data-label={t('field.onHand')}>
                  <Quantity of={row.onHand} />
                </td>
                <td className={classes.figure} data-label={t('field.reserved')}>
                  {row.reserved !== '0' && <Quantity of={row.reserved} />}
                </td>
                <td className={classes.figure} data-label={t('field.available')}>
                  {row.level !== null && available <= BigInt(row.level) && (
                    <>
                      <StateBadge state="low" tone="warning" />{' '}
                    </>
                  )}
                  <Quantity of={available} />
                </td>
                {showsValue && (
                  <td className={classes.figure} data-label={t('field.value')}>
                    <Amount of={row.value} plain />
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Wide>
  )
}
