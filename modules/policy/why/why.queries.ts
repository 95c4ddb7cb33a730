import { sql } from 'kysely'
import { z } from 'zod'
import { declaredAccess, reaches, reachOf, type Actor } from '#kit/access.ts'
import { declaredApprovals } from '#kit/approval.ts'
import { declaredEntities, type Entity } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { all, columnOf, heldOf, scopeOf } from '#kit/server/door/scope.ts'
import { grantsOf, isAtPlace } from '#modules/access/role/role.rules.ts'
import { membershipsOf, personOf, policyOf, teamOf } from '#modules/access/index.ts'
import { reasonsFor } from './why.rules.ts'

/** Why, in a word: the page says it in a sentence. */
export type Verdict =
  | 'allowed'
  | 'disabled'
  | 'noRole'
  | 'notInRoles'
  | 'forbidden'
  | 'otherPlace'
  | 'notTheirs'
  | 'ended'
  | 'companyWide'

const permissionsKnown = () => new Set(declaredAccess().flatMap((one) => Object.keys(one.permissions)))

/**
 * Why somebody can or can't do something: at all, at a place, or with a record. Answered by the rules and the conditions
 * that decide it, not by a description of them. People may ask about themselves; about others it takes the right to see them.
 */
export const explainWhy = query({
  name: 'access.explainWhy',
  can: 'signedIn',
  input: z.object({
    person: z.uuid(),
    permission: z.string().max(80),
    place: z.uuid().optional(),
    /** A record: the name of its entity and its id. */
    entity: z.string().max(80).optional(),
    record: z.uuid().optional(),
  }),
  async run(reading, { person: id, permission, place, entity: name, record }) {
    const { db, actor, now } = reading
    const mayAsk = id === actor.id || reachOf(actor, 'access.user.read') !== undefined
    if (!mayAsk) throw CommonProblem.forbidden()
    if (!permissionsKnown().has(permission))
      throw CommonProblem.invalid({}, [{ path: 'permission', code: 'invalid', message: permission }])
    const person = await personOf(db, id)
    if (!person) throw CommonProblem.notFound()
    const [held, team, { policy, places }] = await Promise.all([
      membershipsOf(db, id),
      teamOf(db, id),
      policyOf(reading.ctx.database),
    ])
    const holder = { id, team }
    const live = held.filter((one) => !one.until || Temporal.Instant.compare(Temporal.Instant.from(one.until), now) > 0)
    const them: Actor = { kind: 'user', id, name: person.name, locale: 'en', grants: grantsOf(live, policy, holder, places) }
    const entity = name === undefined ? undefined : [...declaredEntities.values()].find((one) => one.name === name)
    const about = entity && record ? await recordFacts(reading, entity, record, them, permission) : null
    const reasons = reasonsFor(permission, held, policy, holder, now)
    return {
      person: { id, name: person.name },
      verdict: verdictOf({ isDisabled: person.state !== 'active', reasons, them, permission, place, about }),
      reasons,
      reach: them.grants.get(permission) ?? null,
      atPlace: isAtPlace(permission),
      about,
      /** It can be done all the same with a second person who agrees. */
      withSecondPerson: [...declaredApprovals.values()].some((one) => one.permission === permission && one.when === 'always'),
      refs: await namesOf(reading, held, about),
    }
  },
})

interface About {
  readonly title: string
  readonly place: string | null
  readonly owner: string | null
  readonly seller: string | null
  /** Do the conditions of their reach leave this record? */
  readonly isInReach: boolean
  /** Fields of it that they don't get to see, with the permission that is missing. */
  readonly hidden: readonly { field: string; permission: string }[]
}

async function recordFacts(reading: Reading, entity: Entity, id: string, them: Actor, permission: string): Promise<About> {
  const reach = reachOf(reading.actor, entity.can.read)
  if (!reach) throw CommonProblem.notFound()
  // Whoever asks sees the record themselves.
  const { row } = await getRow({ ...reading, reach }, entity, id)
  const { place, own, seller } = entity.scope ?? {}
  const column = (of: string | undefined) => (of ? sql`${columnOf(of)}::text` : sql`null`)
  const theirs = them.grants.get(permission)
  const { rows } = await sql<{ place: string | null; owner: string | null; seller: string | null; isInReach: boolean }>`
    select ${column(place)} as place, ${column(own)} as owner, ${column(seller)} as seller,
      ${theirs ? all(scopeOf(entity, theirs, them.id)) : sql`false`} as is_in_reach
    from ${sql.table(entity.table)} t where t.id = ${id}`.execute(reading.db)
  const rights = Object.values(entity.fields).map((field) => field.seenBy)
  const holds = await heldOf(reading.db, entity, id, them, rights)
  const hidden = Object.entries(entity.fields).flatMap(([field, { seenBy }]) =>
    seenBy && !holds(seenBy) ? [{ field: `${entity.name}.${field}`, permission: seenBy }] : [],
  )
  return { title: String(row[entity.title] ?? id), ...rows[0]!, hidden }
}

function verdictOf(of: {
  isDisabled: boolean
  reasons: ReturnType<typeof reasonsFor>
  them: Actor
  permission: string
  place: string | undefined
  about: About | null
}): Verdict {
  const { isDisabled, reasons, them, permission, place, about } = of
  const reach = them.grants.get(permission)
  const has = (rule: string) => reasons.some((one) => one.rule === rule)
  if (isDisabled) return 'disabled'
  if (!reach) {
    if (has('forbids') && has('allows')) return 'forbidden'
    if (has('companyWide')) return 'companyWide'
    if (has('ended') && reasons.every((one) => one.rule === 'ended')) return 'ended'
    return reasons.length === 0 ? 'noRole' : 'notInRoles'
  }
  if (about && !about.isInReach) return about.place !== null && reach.places.length > 0 ? 'otherPlace' : 'notTheirs'
  if (place && isAtPlace(permission) && !reaches(reach, place))
    return has('forbids') ? 'forbidden' : reach.places.length > 0 ? 'otherPlace' : 'notTheirs'
  return 'allowed'
}

async function namesOf(
  { db }: Reading,
  held: readonly { place: string | null; seller?: string | null }[],
  about: About | null,
): Promise<Record<string, string>> {
  const ids = [...held.flatMap((one) => [one.place, one.seller]), about?.place, about?.owner, about?.seller].filter(
    (one): one is string => typeof one === 'string',
  )
  if (ids.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from place_fact where id = any(${ids}::uuid[]) union all select id, name from party_fact where id = any(${ids}::uuid[])
    union all select id, name from access_user_name where id = any(${ids}::uuid[])`.execute(db)
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
