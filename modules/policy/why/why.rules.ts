import { isCompanyWide, type Reach } from '#kit/access.ts'
import type { Line, Membership } from '#modules/access/role/role.ts'
import { isNowhere, reachOfLine, type Holder, type Policy } from '#modules/access/role/role.rules.ts'

/** What one role of a person says about one permission, and why it counts or does not. */
export interface Reason {
  readonly held: Membership
  readonly line: Line | null
  /** `allows`, `forbids`, or why it says nothing: not in the role, over, held at one place only, for no seller. */
  readonly rule: 'allows' | 'forbids' | 'notInRole' | 'ended' | 'companyWide' | 'noSeller'
  readonly reach: Reach | null
}

/** The same rules as `grantsOf`, one role at a time, with the roles that have ended. */
export function reasonsFor(
  permission: string,
  held: readonly Membership[],
  policy: Policy,
  holder: Holder,
  now: Temporal.Instant,
): Reason[] {
  return held.map((one): Reason => {
    const line = policy.get(one.role)?.get(permission) ?? null
    const say = (rule: Reason['rule'], reach: Reach | null = null) => ({ held: one, line, rule, reach })
    if (one.until && Temporal.Instant.compare(Temporal.Instant.from(one.until), now) <= 0) return say('ended')
    if (line === null) return say('notInRole')
    if (line === 'never') return one.place !== null && isCompanyWide(permission) ? say('companyWide') : say('forbids')
    const reach = reachOfLine(line, permission, one, holder)
    if (!isNowhere(reach)) return say('allows', reach)
    return say(line === 'seller' ? 'noSeller' : 'companyWide')
  })
}
