import { Button, Chip, Group, Skeleton } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Entity } from '../../entity.ts'
import { NOTE } from '../../notice.ts'
import { useLive, type LiveEvent } from '../base/live.ts'
import { EmptyState, Panel, Problem } from '../look/parts.tsx'
import { queryClient } from '../base/query.ts'
import { useSession } from '../session/session.tsx'
import { T, useT } from '../base/words.tsx'
import { Composer } from './Composer.tsx'
import { TimelineLine, type TimelineLook } from './TimelineLine.tsx'
import { timelineQuery, type Refs } from './timeline.ts'
import history from '../entity/history.module.css'
import classes from './record.module.css'

/** Everything around a record in one stream, the newest first, with room to write on top. */
export function Timeline({ entity, id, look }: { entity: Entity; id: string; look?: TimelineLook | undefined }) {
  const t = useT()
  const { may } = useSession()
  const [show, setShow] = useState<string>()
  const query = useInfiniteQuery({ ...timelineQuery(entity, id, show), placeholderData: (before) => before })
  useNews(entity, id)
  const { data, error, refetch, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const refs: Refs = Object.assign({}, ...(data?.pages ?? []).map((page) => page.refs))
  const kinds = data?.pages[0]?.kinds ?? []
  const isShort = show === undefined && rows.length < 5 && !hasNextPage
  return (
    <Panel>
      {may(NOTE) && <Composer entity={entity} id={id} />}
      {!isShort && (
        <Group gap={6} mb="md" role="group" aria-label={t('timeline.show')}>
          {[undefined, ...kinds].map((kind) => (
            <Chip
              key={kind ?? ''}
              size="xs"
              variant="light"
              classNames={{ label: classes.chip ?? '' }}
              checked={show === kind}
              onChange={() => setShow(kind)}
            >
              {kind === undefined ? t('timeline.all') : t(`timeline.kind.${kind}`)}
            </Chip>
          ))}
        </Group>
      )}
      {isPending ? (
        <Skeleton h={120} />
      ) : error && !data ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconHistory} title={t(show ? 'timeline.none' : 'history.empty')}>
          {!show && may(NOTE) && t('timeline.emptyHint')}
        </EmptyState>
      ) : (
        <ol className={history.lives}>
          {rows.map((row) => (
            <TimelineLine key={`${row.kind} ${row.id}`} entity={entity} id={id} row={row} refs={refs} look={look} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <T k="timeline.older" />
        </Button>
      )}
    </Panel>
  )
}

/** Somebody wrote here: it is read again. */
function useNews(entity: Entity, id: string) {
  const heard = useCallback(
    ({ data }: LiveEvent) => {
      if (data['record'] === id) void queryClient.invalidateQueries({ queryKey: [entity.name, 'timeline', id] })
    },
    [entity, id],
  )
  useLive('kit.record.noted', heard)
}
