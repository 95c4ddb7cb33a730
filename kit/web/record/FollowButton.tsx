import { Button } from '@mantine/core'
import { IconBellMinus, IconBellPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Entity } from '../../entity.ts'
import type { recordRoutes } from '../../server/edge/kit.routes.ts'
import { api } from '../base/api.ts'
import { useCommand } from '../base/command.tsx'
import { useT } from '../base/words.tsx'

/** Whether one hears of what happens to a record, and the way to change that. */
export function FollowButton({ entity, id }: { entity: Entity; id: string }) {
  const t = useT()
  const of = { entity: entity.name, id }
  const { data } = useQuery(api<typeof recordRoutes>()('GET /records/:entity/:id/following', of))
  const begin = useCommand<typeof recordRoutes>()('POST /records/:entity/:id/following', { done: 'follow.begun' })
  const end = useCommand<typeof recordRoutes>()('DELETE /records/:entity/:id/following', { done: 'follow.ended' })
  if (!data) return null
  const Icon = data.follows ? IconBellMinus : IconBellPlus
  const label = t(data.follows ? 'follow.end' : 'follow.begin')
  return (
    <Button
      variant="default"
      px={10}
      aria-label={label}
      title={label}
      aria-pressed={data.follows}
      loading={begin.isRunning || end.isRunning}
      onClick={() => void (data.follows ? end : begin).run(of)}
    >
      <Icon size={18} stroke={1.6} />
    </Button>
  )
}
