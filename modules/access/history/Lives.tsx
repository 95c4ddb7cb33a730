import { Skeleton } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Entity } from '#kit/entity.ts'
import { historyQuery } from '#kit/web/entity/entity.ts'
import { EmptyState, Problem } from '#kit/web/look/parts.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Changes, type FieldChange } from './Changes.tsx'
import classes from './history.module.css'

/** What happened to a record, newest first, with what no field of it declares: roles given and lost, what a role may do. */
export function Lives({ entity, id, at, guestIs }: { entity: Entity; id: string; at?: string; guestIs?: string }) {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(historyQuery(entity, id, at))
  // What a new record is given by the program says nothing to a person.
  const told = (changes: readonly FieldChange[]) =>
    changes.filter(({ field, before }) => before !== null || field === 'state' || !entity.fields[field]?.readonly)
  if (isPending) return <Skeleton h={140} />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (data.rows.length === 0) return <EmptyState icon={IconHistory} title={t('history.empty')} />
  return (
    <ol className={classes.lives}>
      {data.rows.map((life) => (
        <li key={life.id}>
          <p className={classes.said}>
            {/* Before somebody has an account, it is they who open the link. */}
            <bdi className={classes.who}>{life.by === 'guest' && guestIs ? guestIs : life.by}</bdi>{' '}
            <span>{t.of('command', life.command)}</span>
            <span className={classes.when}>
              <Instant of={life.at} ago />
            </span>
          </p>
          {life.reason && (
            <p className={classes.reason}>
              <T k="history.reason" /> <bdi>{life.reason}</bdi>
            </p>
          )}
          {told(life.changes).length > 0 && (
            <Changes
              entity={entity}
              changes={told(life.changes)}
              refs={data.refs ?? {}}
              isNew={life.changes.every((one) => one.before === null)}
            />
          )}
        </li>
      ))}
    </ol>
  )
}
