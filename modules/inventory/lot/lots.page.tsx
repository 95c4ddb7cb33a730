import { Button, Checkbox } from '@mantine/core'
import { IconCalendarDue } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type OutputOf } from '#kit/web/api.ts'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, Wide } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link, useSearch } from '#kit/web/url.tsx'
import { Day, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { Finder } from '../stock/Finder.tsx'
import classes from '../stock/stock.module.css'
import { Freshness } from './Freshness.tsx'
import type { lotRoutes } from './lot.routes.ts'

type LotOnShelf = OutputOf<typeof lotRoutes, 'GET /inventory/lot-stock'>['rows'][number]
const page = (asked: Readonly<Record<string, string>>) => api<typeof lotRoutes>('inventory')('GET /inventory/lot-stock', asked)

/** Lots on the shelves; those that expire first stand on top. */
export default function LotsPage() {
  const t = useT()
  const { place } = useSession()
  const [search, setSearch] = useSearch()
  const asked = {
    ...(place && { place: place.id }),
    ...(search['q'] && { q: search['q'] }),
    ...(search['expiring'] && { expiring: 'true' }),
  }
  const query = useInfiniteQuery({
    queryKey: ['inventory', 'lots', asked],
    queryFn: ({ pageParam, signal }) => page({ ...asked, ...(pageParam && { cursor: pageParam }) }).queryFn({ signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = (query.data?.pages.flatMap((one) => one.rows) ?? []) as unknown as LotOnShelf[]
  const isNarrowed = Boolean(search['q'] || search['expiring'])
  return (
    <PageBody>
      <PageHead title={t('entities.inventory.lot')} hint={place?.name ?? t('shell.allPlaces')} />
      <div className={classes.bar}>
        <Finder value={search['q'] ?? ''} onChange={(q) => setSearch({ q: q || undefined })} />
        <Checkbox
          label={t('lot.onlyExpiring')}
          checked={search['expiring'] !== undefined}
          onChange={(event) => setSearch({ expiring: event.currentTarget.checked ? 'yes' : undefined })}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Problem of={query.error} retry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconCalendarDue} title={t(isNarrowed ? 'list.nothingFound' : 'lot.empty')}>
          {!isNarrowed && t('lot.emptyHint')}
        </EmptyState>
      ) : (
        <Panel flush>
          <Wide label={t('entities.inventory.lot')} of={560} stacks>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t('field.name')}</th>
                  <th>{t('field.lot')}</th>
                  {!place && <th>{t('field.place')}</th>}
                  <th>{t('field.expiresOn')}</th>
                  <th className={classes.figure}>{t('field.onHand')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.id} ${row.place}`}>
                    <td>
                      <Link to={`/inventory/stock/${row.variant}`} className={classes.name}>
                        {row.name}
                      </Link>
                      <small>{row.sku}</small>
                    </td>
                    <td data-label={t('field.lot')}>
                      <Link to={`/inventory/lots/${row.id}`}>{row.code}</Link>
                    </td>
                    {!place && <td data-label={t('field.place')}>{row.placeName}</td>}
                    <td data-label={t('field.expiresOn')}>
                      {row.expiresOn ? <Day of={row.expiresOn} /> : '—'} <Freshness until={row.expiresOn} />
                    </td>
                    <td className={classes.figure} data-label={t('field.onHand')}>
                      <Quantity of={row.onHand} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
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
