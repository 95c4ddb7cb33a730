import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import type { tillRoutes } from '../till/till.crud.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import { keptTill } from '../till/kept.ts'

/** The till of this device, with its shift: money goes back from its drawer. Nothing while it is asked for, or where none was chosen. */
export function useOpenTill(): { readonly facts: TillFacts | undefined } {
  const { data } = useQuery({ ...api<typeof tillRoutes>()('GET /pos/tills', { limit: 100 }), staleTime: 60_000 })
  const tills = data?.rows ?? []
  const till = tills.find((one) => one.id === keptTill()) ?? (tills.length === 1 ? tills[0] : undefined)
  const start = useQuery({
    ...api<typeof shiftRoutes>()('GET /pos/tills/:id/start', { id: till?.id ?? '' }),
    enabled: till !== undefined,
    staleTime: 30_000,
  })
  const none = data && !till ? ({ shift: null } as TillFacts) : undefined
  return { facts: (start.data as unknown as TillFacts | undefined) ?? none }
}
