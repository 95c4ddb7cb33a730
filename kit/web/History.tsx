import { Skeleton } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Entity, Field } from '../entity.ts'
import { fieldLabel, historyQuery, type Life, type Refs } from './entity.ts'
import { EmptyState, Problem } from './parts.tsx'
import { Instant, Value } from './values.tsx'
import { T, useT } from './words.tsx'
import classes from './history.module.css'

/** A record's life in words, newest first: who did what when, and which fields it changed. */
export function History({ entity, id }: { entity: Entity; id: string }) {
  const { data, error, refetch, isPending } = useQuery(historyQuery(entity, id))
  const t = useT()
  if (isPending) return <Skeleton h={120} />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  if (data.rows.length === 0) return <EmptyState icon={IconHistory} title={t('history.empty')} />
  return (
    <ol className={classes.lives}>
      {data.rows.map((life) => (
        <LifeLine key={life.id} entity={entity} life={life} refs={data.refs ?? {}} />
      ))}
    </ol>
  )
}

function LifeLine({ entity, life, refs }: { entity: Entity; life: Life; refs: Refs }) {
  const t = useT()
  const isNew = life.changes.every((change) => change.before === null) && life.command.endsWith('create')
  return (
    <li className={classes.life}>
      <p className={classes.said}>
        <bdi className={classes.who}>{life.by}</bdi> <span>{t.of('command', life.command)}</span>
        <span className={classes.when}>
          <Instant of={life.at} ago />
        </span>
      </p>
      {life.reason && (
        <p className={classes.reason}>
          <T k="history.reason" /> <bdi>{life.reason}</bdi>
        </p>
      )}
      {!isNew && life.changes.length > 0 && (
        <ul className={classes.changes}>
          {life.changes.map((change) => (
            <li key={change.field}>
              <span className={classes.field}>{fieldLabel(t, entity, change.field)}</span>{' '}
              <Side entity={entity} name={change.field} value={change.before} refs={refs} />{' '}
              <span className={classes.arrow} role="img" aria-label={t('history.became')} />{' '}
              <Side entity={entity} name={change.field} value={change.after} refs={refs} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

const ARCHIVED: Field = { kind: 'instant' } as Field

function Side({ entity, name, value, refs }: { entity: Entity; name: string; value: unknown; refs: Refs }) {
  const field = entity.fields[name] ?? (name === 'archivedAt' ? ARCHIVED : undefined)
  if (value === null || value === undefined || value === '') {
    return (
      <span className={classes.nothing}>
        <T k="history.nothing" />
      </span>
    )
  }
  return field ? (
    <Value entity={entity} name={name} field={field} value={value} refs={refs} link={false} plain={false} />
  ) : (
    <bdi>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</bdi>
  )
}
