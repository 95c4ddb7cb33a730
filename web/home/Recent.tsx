import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Entity } from '#kit/entity.ts'
import { entityTitle, type RowsPage } from '#kit/web/entity.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { Panel, Problem } from '#kit/web/parts.tsx'
import { request, toQuery } from '#kit/web/request.ts'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { Value } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import classes from './home.module.css'

/** The latest few of an entity, with the way to all of them. The first column stands below the name, the last at the end. */
export function Recent({ of, columns: [below = '', end = ''] }: { of: Entity; columns: readonly string[] }) {
  const t = useT()
  const { place } = useSession()
  const entity = of
  const filters = place ? { place: place.id } : {}
  const { data, error, refetch, isPending } = useQuery({
    queryKey: [entity.name, 'latest', filters],
    queryFn: ({ signal }) => request<RowsPage>('GET', entity.path + toQuery({ ...filters, limit: 6 }), undefined, { signal }),
  })
  const show = (name: string, value: unknown) => {
    const field = entity.fields[name]
    // What a document was is kept as its plain name.
    if (name === 'documentKind') return t.of('state', String(value))
    return (
      field && (
        <Value entity={entity} name={name} field={field} value={value} refs={data?.refs ?? {}} plain={false} link={false} />
      )
    )
  }
  return (
    <Panel
      flush
      title={t.of('entities', entity.name)}
      actions={
        <LinkButton to={entity.path} variant="subtle" size="compact-sm">
          <T k="home.all" />
        </LinkButton>
      }
    >
      {isPending ? (
        <Skeleton h={180} m={18} w="auto" />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : data.rows.length === 0 ? (
        <p className={classes.blank}>{t('list.empty', { things: t.of('entities', entity.name).toLocaleLowerCase(t.locale) })}</p>
      ) : (
        <ul className={classes.rows}>
          {data.rows.map((row) => (
            <li key={row.id}>
              <span className={classes.main}>
                <Link to={`${entity.path}/${row.id}`} className={classes.link}>
                  <bdi>{entityTitle(entity, row, data.refs)}</bdi>
                </Link>
                <span className={classes.sub}>{show(below, row[below])}</span>
              </span>
              <span className={classes.end}>{show(end, row[end])}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
