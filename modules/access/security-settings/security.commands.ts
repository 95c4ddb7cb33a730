import { z } from 'zod'
import { command, query } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { rolesOfGroups, type GroupRole } from '../security/group-role.ts'
import { difference } from '../role/role.ts'
import { agreeTo, judgeRoles, refuseBeyond } from '../user/user.store.ts'
import { securityInput } from '../security/security.ts'
import { decideSecurity, securityOf } from '../security/security.store.ts'

export const showSecurity = query({
  name: 'access.showSecurity',
  can: 'access.security.edit',
  input: z.object({}),
  run: async ({ db }) => ({ security: await securityOf(db) }),
})

/** Changes how people get in. What is left out stays as it is; sessions that are open live on as they began. */
export const changeSecurity = command({
  name: 'access.changeSecurity',
  can: 'access.security.edit',
  stepUp: true,
  input: securityInput,
  async run(tx, input) {
    if (input.groupRoles) await judgeGroups(tx, (await securityOf(tx.db)).groupRoles, input.groupRoles)
    await decideSecurity(tx, input)
    return { changed: true }
  },
})

/** What a group of the provider brings is given as any role is: nobody gives or takes more than they hold. */
async function judgeGroups(tx: Tx, before: readonly GroupRole[], after: readonly GroupRole[]): Promise<void> {
  const groups = new Set([...before, ...after].map((one) => one.group))
  const of = (mapping: readonly GroupRole[], group: string) => rolesOfGroups([group], mapping)
  for (const group of groups) {
    const sides = { before: of(before, group), after: of(after, group) }
    const changed = difference(sides.before, sides.after)
    if (changed.length === 0) continue
    await refuseBeyond(tx, changed)
    const given = difference(sides.before, [...sides.before, ...sides.after])
    if (given.length > 0) await judgeRoles(tx, given)
    await agreeTo(tx, { person: group, ...sides })
  }
}
