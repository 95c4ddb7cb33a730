import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/api.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { usePages } from '#kit/web/page.ts'
import { Panel, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { stockRoutes } from '#modules/inventory/stock/stock.routes.ts'
import classes from './home.module.css'

/** What has fallen to its reorder level, so that somebody orders it in time. */
export function LowShelves() {
  const t = useT()
  const { place } = useSession()
  const pages = usePages()
  const { data, error, refetch, isPending } = useQuery(
    api<typeof stockRoutes>()('GET /inventory/stock', { low: 'true', limit: 8, ...(place && { place: place.id }) }),
  )
  const rows = data?.rows ?? []
  const more = pages.find((page) => page.path === '/inventory/stock')?.path ?? '/inventory/reorder-levels'
  return (
    <Panel
      flush
      title={t('board.low')}
      actions={
        <LinkButton
          to={more}
          {...(more === '/inventory/stock' && { search: { low: 'true' } })}
          variant="subtle"
          size="compact-sm"
        >
          <T k="home.all" />
        </LinkButton>
      }
    >
      {isPending ? (
        <Skeleton h={120} m={18} w="auto" />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.blank}>
          <T k="board.nothingLow" />
        </p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => {
            const left = BigInt(row.onHand) - BigInt(row.reserved)
            return (
              <li key={`${row.id} ${row.place}`}>
                <span className={classes.main}>
                  <Link to={`/catalog/variants/${row.id}`} className={classes.link}>
                    <bdi>{row.name}</bdi>
                  </Link>
                  {!place && (
                    <span className={classes.sub}>
                      <bdi>{row.placeName}</bdi>
                    </span>
                  )}
                </span>
                <span className={classes.end}>
                  <span className={left <= 0n ? classes.out : undefined}>
                    <T k="board.left" /> <Quantity of={left} />
                  </span>
                  <span className={classes.sub}>
                    <T k="field.level" /> <Quantity of={row.level} />
                  </span>
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
