import { declaredEntities, type Entity } from '#kit/entity.ts'
import type { Refs } from '#kit/web/entity/entity.ts'
import { useHasPage } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import classes from './trail.module.css'

/** What kind of record a table keeps, in words. */
export function kindText(t: Translate, table: string): string {
  const entity = declaredEntities.get(table)
  if (entity) return t.of('entity', entity.name)
  const [area = '', ...rest] = table.split('_')
  return t.of(
    'entity',
    [area, rest.join('_').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())].filter(Boolean).join('.'),
  )
}

/** The record that something was done to: its kind and name, leading to its page where there is one. */
export function TheRecord({ table, id, refs, plain = false }: { table: string; id: string; refs: Refs; plain?: boolean }) {
  const t = useT()
  const entity = declaredEntities.get(table)
  const title = refs[id]
  return (
    <span className={classes.record}>
      {!plain && <span className={classes.label}>{kindText(t, table)} </span>}
      {entity && title !== undefined ? <Linked entity={entity} id={id} title={title} /> : title && <bdi>{title}</bdi>}
      {plain && title === undefined && <span>{kindText(t, table)}</span>}
    </span>
  )
}

function Linked({ entity, id, title }: { entity: Entity; id: string; title: string }) {
  const { may } = useSession()
  const hasPage = useHasPage(`${entity.path}/$id`)
  if (!hasPage || !may(entity.can.read)) return <bdi>{title}</bdi>
  return (
    <Link to={`${entity.path}/${id}`} className={classes.recordLink ?? ''}>
      <bdi>{title}</bdi>
    </Link>
  )
}
