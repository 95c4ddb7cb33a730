import { Button } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { declaredEntities } from '#kit/entity.ts'
import type { recordRoutes } from '#kit/server/edge/kit.routes.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { request, toQuery } from '#kit/web/base/request.ts'
import { Link } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import card from '#kit/web/home/card.module.css'

type Page = OutputOf<typeof recordRoutes, 'GET /assignments'>

const assignmentsQuery = infiniteQueryOptions({
  queryKey: ['assignments'],
  queryFn: ({ pageParam, signal }) =>
    request<Page>('GET', `/assignments${toQuery(pageParam ? { cursor: pageParam } : {})}`, undefined, { signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
})

/** Everything that is given to whoever is here, the newest first, each to be opened or done with. */
export default function AssignmentsPage() {
  const t = useT()
  const { data, error, refetch, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...assignmentsQuery,
    staleTime: 0,
  })
  if (isPending) return <PageSkeleton />
  if (!data) return <Problem of={error} retry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.rows)
  return (
    <PageBody narrow>
      <PageHead title={t('page.assignments')} hint={t('assignments.hint')} />
      {rows.length === 0 ? (
        <EmptyState icon={IconUserCheck} title={t('assignments.empty')}>
          {t('assignments.emptyHint')}
        </EmptyState>
      ) : (
        <Panel flush>
          <ul className={card.rows}>
            {rows.map((one) => (
              <Assignment key={one.id} of={one} />
            ))}
          </ul>
        </Panel>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <T k="timeline.older" />
        </Button>
      )}
    </PageBody>
  )
}

function Assignment({ of: { entity: name, record, title, by, isOwn, since } }: { of: Page['rows'][number] }) {
  const t = useT()
  const entity = [...declaredEntities.values()].find((one) => one.name === name)
  const { run, isRunning } = useCommand<typeof recordRoutes>()('DELETE /records/:entity/:id/assignment', {
    done: 'assign.ended',
    touches: ['assignments', 'home'],
  })
  return (
    <li>
      <span className={card.main}>
        <Link to={`${entity?.path}/${record}`} className={card.link ?? ''}>
          <bdi>{title}</bdi>
        </Link>
        <span className={card.sub}>
          {t.of('entity', name)} · {isOwn ? t('assign.byYou') : <T k="assign.by" name={by} />} · <Instant of={since} ago />
        </span>
      </span>
      <Button
        variant="default"
        aria-label={t('assign.doneNamed', { name: title })}
        loading={isRunning}
        onClick={() => void run({ entity: name, id: record })}
      >
        <T k="assign.done" />
      </Button>
    </li>
  )
}
