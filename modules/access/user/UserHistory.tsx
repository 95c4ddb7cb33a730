import { Skeleton } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { asEntity, historyQuery } from '#kit/web/entity.ts'
import { EmptyState, Panel, Problem } from '#kit/web/parts.tsx'
import { Instant } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import { Changes } from '../trail/Changes.tsx'
import { user } from './user.ts'
import classes from '../trail/trail.module.css'

/** What happened to a person's account, with the roles that they were given and lost. */
export function UserHistory({ id, name }: { id: string; name: string }) {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(historyQuery(asEntity(user), id))
  if (isPending) return <Skeleton h={140} />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  if (data.rows.length === 0) return <EmptyState icon={IconHistory} title={t('history.empty')} />
  return (
    <Panel>
      <ol className={classes.lives}>
        {data.rows.map((life) => (
          <li key={life.id}>
            <p className={classes.said}>
              {/* Before somebody has an account, it is they who open the link. */}
              <bdi className={classes.who}>{life.by === 'guest' ? name : life.by}</bdi>{' '}
              <span>{t.of('command', life.command)}</span>
              <span className={classes.when}>
                <Instant of={life.at} ago />
              </span>
            </p>
            {life.changes.length > 0 && (
              <Changes
                entity={asEntity(user)}
                changes={life.changes}
                refs={data.refs ?? {}}
                isNew={life.changes.every((one) => one.before === null)}
              />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
