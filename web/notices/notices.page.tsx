import { Button } from '@mantine/core'
import { IconBell, IconSettings } from '@tabler/icons-react'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import type { recordRoutes } from '#kit/server/edge/kit.routes.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { request, toQuery } from '#kit/web/base/request.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import { NoticeList, useReadAll } from './NoticeList.tsx'

const noticesQuery = infiniteQueryOptions({
  queryKey: ['kit', 'notices'],
  queryFn: ({ pageParam, signal }) =>
    request<OutputOf<typeof recordRoutes, 'GET /notices'>>(
      'GET',
      `/notices${toQuery(pageParam ? { cursor: pageParam } : {})}`,
      undefined,
      { signal },
    ),
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
})

/** Everything that one was told of, the newest first. */
export default function NoticesPage() {
  const t = useT()
  const { data, error, refetch, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(noticesQuery)
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const { readAll, isRunning } = useReadAll(rows)
  if (isPending) return <PageSkeleton />
  if (!data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead
        title={t('page.notices')}
        actions={
          <>
            {(data.pages[0]?.unread ?? 0) > 0 && (
              <Button variant="default" loading={isRunning} onClick={readAll}>
                <T k="notices.readAll" />
              </Button>
            )}
            <LinkButton to="/notices/settings" variant="default" leftSection={<IconSettings size={16} />}>
              <T k="notices.settings" />
            </LinkButton>
          </>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon={IconBell} title={t('notices.empty')}>
          {t('notices.emptyHint')}
        </EmptyState>
      ) : (
        <Panel flush>
          <NoticeList rows={rows} />
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
