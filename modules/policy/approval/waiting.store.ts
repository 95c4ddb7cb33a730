import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#kit/access.ts'
import { waiting } from '#kit/server/list/waiting.ts'

/**
 * The same as `mayApprove`, said to the database: what others have to decide, however much of it there is, crowds nothing out of
 * anybody's inbox.
 */
export function theirsToDecide({ grants, isOwner = false }: Actor): RawBuilder<boolean> {
  const held = [...grants]
  const everywhere = held.flatMap(([name, reach]) => (reach.all ? [name] : []))
  const placed = held.flatMap(([name, { places }]) => places.map((place) => [name, place] as const))
  return sql<boolean>`(not a.by_owner or ${isOwner}) and not exists (
    select from unnest(a.permissions) as p(name) where not (
      p.name = any(${['signedIn', ...everywhere]}::text[])
      or (a.place is null and p.name = any(${held.map(([name]) => name)}::text[]))
      or exists (select from unnest(${placed.map(([name]) => name)}::text[], ${placed.map(([, place]) => place)}::uuid[]) as h(name, place)
        where h.name = p.name and h.place = a.place)))`
}

/** What others asked for and whoever looks may decide. */
export const approvalsWait = waiting({
  name: 'approvals',
  can: 'signedIn',
  rows: ({ actor, now }, { place }) => sql`
    select 1 from access_approval a where a.state = 'asked' and a.expires_at > ${now.toString()}::timestamptz
      and a.asked_by <> ${actor.id} and ${theirsToDecide(actor)} ${place ? sql`and (a.place is null or a.place = ${place})` : sql``}`,
  leadsTo: () => ({ path: '/approvals', search: {} }),
})
