import { groupsOf, type Entity } from '../../entity.ts'
import { verbsFrom } from '../../machine.ts'
import type { HowTaken } from '../../picked.ts'
import { reading } from '../base/api.ts'
import type { WireRow } from '../entity/entity.ts'
import { useSession } from '../session/session.tsx'
import type { Search } from '../base/url.tsx'

/** What somebody may do to the rows of a list, as the server tells it. */
export interface Possible {
  readonly verbs: readonly string[]
  readonly fields: readonly string[]
  readonly steps: Readonly<Record<string, HowTaken>>
}

/** Asked by nobody who looks at a list without picking anything. */
export const possibleQuery = (entity: Entity) => ({
  ...reading<Possible>(`GET ${entity.path}/acts`, {}, 'acts'),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false as const,
})

/** Has its list states that a board can stand by? Two are no board: what is open, and what is over. */
export const hasBoard = (entity: Entity): boolean =>
  entity.life !== undefined &&
  entity.life.states.length > 2 &&
  'state' in entity.fields &&
  (entity.filters as readonly string[] | undefined)?.includes('state') === true

/** The states of a board: all of the life, or those that the list is filtered by. */
export function boardOf(entity: Entity, search: Search): { states: readonly string[]; isGrouped: boolean } {
  const wanted = search['state']?.split(',')
  const states = (entity.life?.states ?? []) as readonly string[]
  const shown = states.filter((state) => !wanted || wanted.includes(state))
  return { states: shown.length > 0 ? shown : states, isGrouped: groupsOf(entity).includes('state') }
}

/** A step of a life that somebody may take with a record now. */
export interface StepOf {
  readonly verb: string
  readonly to: string
  readonly how: HowTaken
}

/** The steps that lead on from the state of a row, of those that its reader may take at its place. */
export function useStepsOf(entity: Entity, possible: Possible | undefined): (row: WireRow) => readonly StepOf[] {
  const { may } = useSession()
  const { life, scope } = entity
  return (row) => {
    if (!life || !possible) return []
    return verbsFrom(life, String(row['state'])).flatMap((verb) => {
      const { can, to, at } = life.steps[verb]!
      const how = possible.steps[verb]
      const placed = at ?? scope?.place
      const isMine = how !== undefined && may(can, placed ? (row[placed] as string | null) : null)
      return isMine ? [{ verb, to, how }] : []
    })
  }
}
