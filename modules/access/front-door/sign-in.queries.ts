import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { providerName } from '../provider/provider.store.ts'
import { securityOf } from '../security/security.store.ts'
import { candidateOf, secondWays, underWay } from '../sign-in/sign-in.store.ts'

/** What the first page offers, and, for a sign-in under way, what is asked next. */
export const showSignIn = query({
  name: 'access.showSignIn',
  can: 'public',
  input: z.object({}),
  async run({ db, ctx }) {
    const security = await securityOf(db)
    const offers = {
      emailCode: security.emailCode === 'instead',
      registration: security.registration || security.sellerRegistration,
      provider: providerName(),
      trustDays: security.trustDays,
    }
    const under = await underWay(ctx, db, false).catch(() => undefined)
    const who = under?.holder && under.state !== 'begun' ? await candidateOf(ctx, { id: under.holder }) : undefined
    if (!under || !who) return { ...offers, state: null, ways: [] }
    return { ...offers, state: under.state, ways: secondWays(who, security) }
  },
})
