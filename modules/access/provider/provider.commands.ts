import { z } from 'zod'
import { secret } from '#kit/mark.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { securityOf } from '../security/security.store.ts'
import { begin, candidateOf, missed, proceed, underWay, withCookies } from '../sign-in/sign-in.store.ts'
import { SignInProblem } from '../sign-in/sign-in.ts'
import { groupsIn, ProviderProblem } from './provider.ts'
import { rolesOfGroups } from '../security/group-role.ts'
import { followGroups, holderOf, identityOf, question, type Wait } from './provider.store.ts'

const sealedAbout = 'access_sign_in provider'

/** Sends somebody to the provider; what their answer must match waits here for ten minutes. */
export const askProvider = command({
  name: 'access.askProvider',
  can: 'public',
  untrailed: true,
  input: z.strictObject({}),
  before: () => question(),
  async run(tx, _, { url, wait }) {
    const challenge = keysOf(tx.db).seal(JSON.stringify(wait), sealedAbout)
    return withCookies({ url }, [await begin(tx, { challenge, proofs: ['provider'] })])
  },
})

/** The provider's answer, as it stands in the address that it sent somebody back to. */
export const proveProvider = command({
  name: 'access.proveProvider',
  can: 'public',
  input: z.object({ search: secret(z.string().startsWith('?').max(4000)) }),
  async before(ctx: Ctx, { search }) {
    const under = await underWay(ctx, ctx.database.db, false)
    if (under.state !== 'begun' || under.proofs[0] !== 'provider' || !under.challenge) throw SignInProblem.over()
    const wait = JSON.parse(ctx.database.keys.open(under.challenge, sealedAbout)) as Wait
    const [security, identity] = await Promise.all([securityOf(ctx.database.db), identityOf(search, wait)])
    return { security, identity }
  },
  async run(tx, _, { security, identity }) {
    const under = await underWay(tx.ctx, tx.db, true)
    if (under.state !== 'begun' || !under.challenge) throw SignInProblem.over()
    const roles = rolesOfGroups(groupsIn(identity.groups), security.groupRoles)
    const holder = await holderOf(tx, identity, roles, tx.actor.locale)
    await followGroups(tx, holder, roles)
    const who = await candidateOf(tx.ctx, { id: holder }, tx.db)
    if (who?.state !== 'active') {
      await missed(tx, under)
      note(tx.ctx, 'access.signInFailed', { about: { table: 'access_user', id: holder } })
      return new Refused(ProviderProblem.refused())
    }
    tx.about('access_user', holder)
    return proceed(tx, security, who, { proofs: ['provider'], under })
  },
})
