import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/api.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { Panel, Problem } from '#kit/web/parts.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { TrailLine } from '#modules/access/trail/TrailLine.tsx'
import type { trailRoutes } from '#modules/access/trail/trail.routes.ts'
import classes from './home.module.css'

/** What was done here last. */
export function LatestTrail() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery({
    ...api<typeof trailRoutes>()('GET /audit', { limit: 8 }),
    refetchInterval: 30_000,
  })
  return (
    <Panel
      flush
      title={t('page.audit')}
      actions={
        <LinkButton to="/audit" variant="subtle" size="compact-sm">
          <T k="home.all" />
        </LinkButton>
      }
    >
      {isPending ? (
        <Skeleton h={200} m={18} w="auto" />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : (
        <ol className={classes.trail}>
          {data.rows.map((row) => (
            <TrailLine key={row.id} row={row} refs={data.refs} />
          ))}
        </ol>
      )}
    </Panel>
  )
}
