import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Card } from '#kit/web/home/Card.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { TrailLine } from './TrailLine.tsx'
import type { trailRoutes } from './trail.routes.ts'
import classes from '#kit/web/home/card.module.css'

/** What was done here last. */
export function LatestTrail() {
  const t = useT()
  const latest = useQuery({
    ...api<typeof trailRoutes>()('GET /audit', { limit: 8 }),
    refetchInterval: 30_000,
  })
  return (
    <Card
      title={t('page.audit')}
      actions={
        <LinkButton to="/audit" variant="subtle" size="compact-sm">
          <T k="home.all" />
        </LinkButton>
      }
      of={latest}
      height={200}
    >
      {({ rows, refs }) => (
        <ol className={classes.trail}>
          {rows.map((row) => (
            <TrailLine key={row.id} row={row} refs={refs} />
          ))}
        </ol>
      )}
    </Card>
  )
}
