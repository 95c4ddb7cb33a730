import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, Wide } from '#kit/web/look/parts.tsx'
import { Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './secret.module.css'
import { Keys } from './Keys.tsx'
import type { secretRoutes } from './secret.routes.ts'

// Where none is given, the program brings its own.
const BUILT_IN = new Set(['DATABASE_URL', 'DATABASE_APP_URL', 'DUKA_MASTER_KEY'])

/** Which secrets this installation knows, and from where; never what they are. */
export default function SecretsPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof secretRoutes>('access')('GET /secrets', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.secrets')} hint={t('secrets.hint')} />
      <Panel flush>
        <Wide label={t('page.secrets')} of={480} stacks>
          <table className={classes.lives}>
            <thead>
              <tr>
                <th scope="col">{t('field.name')}</th>
                <th scope="col">{t('secrets.source')}</th>
                <th scope="col">{t('secrets.confirmed')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">
                    <code dir="ltr">{row.name}</code>
                  </th>
                  <td data-label={t('secrets.source')}>
                    {row.source ? (
                      t(`secrets.source.${row.source}`)
                    ) : (
                      <T k={BUILT_IN.has(row.name) ? 'secrets.builtIn' : 'secrets.none'} />
                    )}{' '}
                    {row.isStale && <StateBadge state="stale" tone="bad" />}
                  </td>
                  <td data-label={t('secrets.confirmed')}>{row.confirmedAt && <Instant of={row.confirmedAt} ago />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </Panel>
      <Keys />
    </PageBody>
  )
}
