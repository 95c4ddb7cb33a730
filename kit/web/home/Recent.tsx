import { useQuery } from '@tanstack/react-query'
import type { Entity } from '../../entity.ts'
import { entityTitle, type Refs, type RowsPage } from '../entity/entity.ts'
import { LinkButton } from '../look/LinkButton.tsx'
import { request, toQuery } from '../base/request.ts'
import { useSession } from '../session/session.tsx'
import { Link } from '../base/url.tsx'
import { Value } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import { Card } from './Card.tsx'
import classes from './card.module.css'

/** The latest few of an entity, with the way to all of them. The first column stands below the name, the last at the end. */
export function Recent({ of, columns: [below = '', end = ''] }: { of: Entity; columns: readonly string[] }) {
  const t = useT()
  const { place } = useSession()
  const entity = of
  const filters = place && entity.fields['place'] ? { place: place.id } : {}
  const sort = entity.sort?.find((one) => one.startsWith('-'))
  const latest = useQuery({
    queryKey: [entity.name, 'latest', filters],
    queryFn: ({ signal }) =>
      request<RowsPage>('GET', entity.path + toQuery({ ...filters, ...(sort && { sort }), limit: 6 }), undefined, { signal }),
  })
  const show = (name: string, { value, refs }: { value: unknown; refs: Refs }) => {
    const field = entity.fields[name]
    return field && <Value entity={entity} name={name} field={field} value={value} refs={refs} plain={false} link={false} />
  }
  return (
    <Card
      title={t.of('entities', entity.name)}
      actions={
        <LinkButton to={entity.path} variant="subtle" size="compact-sm">
          <T k="home.all" />
        </LinkButton>
      }
      of={latest}
      height={180}
      blank={({ rows }) =>
        rows.length === 0 && t('list.empty', { things: t.of('entities', entity.name).toLocaleLowerCase(t.locale) })
      }
    >
      {({ rows, refs }) => (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <span className={classes.main}>
                <Link to={`${entity.path}/${row.id}`} className={classes.link}>
                  <bdi>{entityTitle(entity, row, refs)}</bdi>
                </Link>
                <span className={classes.sub}>{show(below, { value: row[below], refs })}</span>
              </span>
              <span className={classes.end}>{show(end, { value: row[end], refs })}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
