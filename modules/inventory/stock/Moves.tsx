import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '#kit/web/api.ts'
import { EmptyState, PageSkeleton, Panel, Problem, Wide } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { Amount, Instant, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { stockRoutes } from './stock.routes.ts'
import classes from './stock.module.css'

const page = (asked: Readonly<Record<string, string>>) => api<typeof stockRoutes>('inventory')('GET /inventory/moves', asked)

/** Where the paper behind a move is shown. */
const paperOf = (kind: string, id: string): string => (kind === 'pos.sale' ? `/pos/sales/${id}` : `/inventory/documents/${id}`)

/** The goods ledger, newest first: what went from where to where, and why. Of everything, or of one article. */
export function Moves({ of, title }: { of: Readonly<Record<string, string>>; title?: string }) {
  const t = useT()
  const { may } = useSession()
  const query = useInfiniteQuery({
    queryKey: ['inventory', 'moves', of],
    queryFn: ({ pageParam, signal }) => page({ ...of, ...(pageParam && { cursor: pageParam }) }).queryFn({ signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  if (query.isPending) return <PageSkeleton />
  if (query.error) return <Problem of={query.error} retry={() => void query.refetch()} />
  const rows = query.data.pages.flatMap((one) => one.rows)
  if (rows.length === 0) return <EmptyState icon={IconArrowsExchange} title={t('stock.noMoves')} />
  const namesGoods = of['variant'] === undefined && of['lot'] === undefined
  return (
    <Panel {...(title && { title })} flush>
      <Wide label={t('stock.moves')} of={640} stacks>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('field.at')}</th>
              {namesGoods && <th>{t('field.name')}</th>}
              <th>{t('stock.fromTo')}</th>
              <th>{t('stock.why')}</th>
              <th className={classes.figure}>{t('field.quantity')}</th>
              {may('catalog.cost.read') && <th className={classes.figure}>{t('field.cost')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Instant of={row.at} style="short" />
                  <small>{row.movedByName}</small>
                </td>
                {namesGoods && (
                  <td data-label={t('field.name')}>
                    <Link to={`/inventory/stock/${row.variant}`} className={classes.name}>
                      {row.name}
                    </Link>
                    {row.lot && <small>{t('lot.named', { lot: row.lot })}</small>}
                  </td>
                )}
                <td data-label={t('stock.fromTo')}>
                  {row.fromKind === 'storage' ? row.fromName : t.of('state', `inventory.location.kind.${row.fromKind}`)}
                  <span className={classes.arrow} aria-label={t('stock.to')}>
                    →
                  </span>
                  {row.toKind === 'storage' ? row.toName : t.of('state', `inventory.location.kind.${row.toKind}`)}
                </td>
                <td data-label={t('stock.why')}>
                  <Link to={paperOf(row.documentKind, row.document)}>
                    {t.of('state', `ledger.entry.documentKind.${row.documentKind}`)}
                  </Link>
                  {!namesGoods && !of['lot'] && row.lot && <small>{t('lot.named', { lot: row.lot })}</small>}
                  {row.reason && <small>{t.of('state', `inventory.document.reason.${row.reason}`)}</small>}
                </td>
                <td
                  className={classes.figure}
                  data-label={t('field.quantity')}
                  data-out={row.fromKind === 'storage' && row.toKind !== 'storage' ? true : undefined}
                >
                  {row.fromKind === 'storage' && row.toKind !== 'storage' && '−'}
                  <Quantity of={row.quantity} />
                </td>
                {may('catalog.cost.read') && (
                  <td className={classes.figure} data-label={t('field.cost')}>
                    <Amount of={row.cost} plain />
                  </td>
                )}
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
  )
}
