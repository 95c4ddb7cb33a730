import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Card } from '#kit/web/home/Card.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Shares } from '../board/Shares.tsx'
import type { dayRoutes } from './day.routes.ts'
import { useHomePeriod } from './useHomePeriod.tsx'
import classes from './day.module.css'

/** What sells most and what lies on the shelf, side by side. */
export function Movers() {
  const t = useT()
  const { place } = useSession()
  const { period, span } = useHomePeriod()
  const movers = useQuery({
    ...api<typeof dayRoutes>('pos')('GET /reports/movers', span),
    placeholderData: (before) => before,
  })
  return (
    <Card
      title={t('home.movers')}
      actions={
        <LinkButton
          to="/reports/salesByArticle"
          search={{ span: period, ...(place && { place: place.id }) }}
          variant="subtle"
          size="compact-sm"
        >
          <T k="home.all" />
        </LinkButton>
      }
      of={movers}
      height={220}
      blank={({ top, slow }) => top.length + slow.length === 0 && t('board.nothingSold')}
    >
      {({ top, slow }) => (
        <div className={classes.movers}>
          {top.length > 0 && (
            <section>
              <h3>{t('home.top')}</h3>
              <Shares
                rows={top.map(({ variant, name, net, quantity, unit }) => ({
                  key: variant,
                  name,
                  amount: net,
                  note: <Quantity of={quantity} unit={unit} />,
                  to: `/catalog/variants/${variant}`,
                }))}
                empty="board.nothingSold"
              />
            </section>
          )}
          {slow.length > 0 && (
            <section>
              <h3>{t('home.slow')}</h3>
              <ul className={classes.slow}>
                {slow.map(({ variant, name, sold, left, unit }) => (
                  <li key={variant}>
                    <Link to={`/catalog/variants/${variant}`}>
                      <bdi>{name}</bdi>
                    </Link>
                    <span>
                      <Quantity of={left} unit={unit} /> <T k="home.lie" /> · <Quantity of={sold} /> <T k="home.sold" />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </Card>
  )
}
