import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Problem } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Figures } from './Figures.tsx'
import type { boardRoutes } from './board.routes.ts'

/** The figures of the day so far; sales refresh them as they happen. */
export function TodayInShort() {
  const { place } = useSession()
  const { data, error, refetch, isPending } = useQuery({
    ...api<typeof boardRoutes>('pos')('GET /board', place ? { place: place.id } : {}),
    refetchInterval: 60_000,
  })
  if (isPending) return <Skeleton h={104} mb={16} radius={10} />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return <Figures data={data} />
}
