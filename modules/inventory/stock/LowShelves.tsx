import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Card } from '#kit/web/home/Card.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { usePages } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { stockRoutes } from './stock.routes.ts'
import classes from '#kit/web/home/card.module.css'

/** What has fallen to its reorder level, so that somebody orders it in time. */
export function LowShelves() {
  const t = useT()
  const { place } = useSession()
  const pages = usePages()
  const low = useQuery(
    api<typeof stockRoutes>()('GET /inventory/stock', { low: 'true', limit: 8, ...(place && { place: place.id }) }),
  )
  const more = pages.find((page) => page.path === '/inventory/stock')?.path ?? '/inventory/reorder-levels'
  return (
    <Card
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
      of={low}
      height={120}
      blank={({ rows }) => rows.length === 0 && t('board.nothingLow')}
    >
      {({ rows, refs }) => (
        <ul className={classes.rows}>
          {rows.map((row) => {
            const left = BigInt(row.free)
            return (
              <li key={row.id}>
                <span className={classes.main}>
                  <Link to={`/catalog/variants/${row.variant}`} className={classes.link}>
                    <bdi>{row.name}</bdi>
                  </Link>
                  {!place && (
                    <span className={classes.sub}>
                      <bdi>{refs[row.place]}</bdi>
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
    </Card>
  )
}
