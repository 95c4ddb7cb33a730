import type { ReactNode } from 'react'
import type { Entity, Field } from '../../entity.ts'
import { fieldLabel, type Life, type Refs } from './entity.ts'
import { Value } from './values.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './history.module.css'

/** How a page shows values of a trail that its entity does not declare, or declares for another eye, by their names. */
export type Shows = Readonly<Record<string, (value: unknown, refs: Refs) => ReactNode>>

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Why it was done, and which fields it changed. */
export function LifeFacts({
  entity,
  life,
  refs,
  shows = {},
}: {
  entity: Entity
  life: Pick<Life, 'changes' | 'command' | 'reason'>
  refs: Refs
  shows?: Shows
}) {
  const t = useT()
  const side = (name: string, value: unknown) => {
    const own = isNothing(value) ? undefined : shows[name]
    return own ? own(value, refs) : <Side entity={entity} name={name} value={value} refs={refs} />
  }
  const isNew = life.changes.every((change) => change.before === null) && life.command.endsWith('create')
  return (
    <>
      {life.reason && (
        <p className={classes.reason}>
          <T k="history.reason" /> <bdi>{life.reason}</bdi>
        </p>
      )}
      {!isNew && life.changes.length > 0 && (
        <ul className={classes.changes}>
          {life.changes.map((change) => (
            <li key={change.field}>
              <span className={classes.field}>{fieldLabel(t, entity, change.field)}</span> {side(change.field, change.before)}{' '}
              <span className={classes.arrow} role="img" aria-label={t('history.became')} /> {side(change.field, change.after)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const ARCHIVED: Field = { kind: 'instant' } as Field

function Side({ entity, name, value, refs }: { entity: Entity; name: string; value: unknown; refs: Refs }) {
  const field = entity.fields[name] ?? (name === 'archivedAt' ? ARCHIVED : undefined)
  if (isNothing(value)) {
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
