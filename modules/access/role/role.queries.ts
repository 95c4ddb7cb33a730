import { z } from 'zod'
import { declaredAccess, isCompanyWide } from '#kit/access.ts'
import { query } from '#kit/server/door/command.ts'
import type { Db } from '#kit/server/data/db.ts'
import { isAtPlace, linesOf, offeredScopes, suggested } from './role.rules.ts'
import { rolesWithLines } from './role.store.ts'

/** How many people hold each role now. */
async function holdersByRole(db: Db, now: Temporal.Instant): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('accessMember as m')
    .innerJoin('accessUser as u', 'u.id', 'm.holder')
    .select(['m.role', (eb) => eb.fn.count<number>('m.holder').distinct().as('n')])
    .where('u.state', '=', 'active')
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>', now)]))
    .groupBy('m.role')
    .execute()
  return new Map(rows.map(({ role, n }) => [role, Number(n)]))
}

/** Every permission in the sentence that its module declares, and every role with what it says of each. */
export const listRoles = query({
  name: 'access.listRoles',
  can: 'access.user.read',
  input: z.object({}),
  async run({ db, now }) {
    const [roles, holders] = await Promise.all([rolesWithLines(db), holdersByRole(db, now)])
    return {
      permissions: declaredAccess().flatMap((area) =>
        Object.entries(area.permissions).map(([name, sentence]) => ({
          area: area.area,
          name,
          sentence,
          atPlace: isAtPlace(name),
          companyWide: isCompanyWide(name),
          scopes: offeredScopes(name),
        })),
      ),
      roles: roles.map(({ settings, base, ...one }) => ({
        ...one,
        base,
        lines: Object.fromEntries(linesOf(base, settings)),
        suggested: Object.fromEntries(suggested(base)),
        /** What this company says otherwise than the program suggests. */
        changed: [...settings.keys()],
        holders: holders.get(one.key) ?? 0,
      })),
    }
  },
})
