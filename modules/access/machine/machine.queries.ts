import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/door/command.ts'
import { publicKeys } from './token.store.ts'

/** One's own keys; with `all`, everybody's, for those who may edit people. */
export const listApiKeys = query({
  name: 'access.listApiKeys',
  can: 'access.apiKey.use',
  input: z.object({ all: z.stringbool().default(false) }),
  async run({ db, actor }, { all }) {
    const mayAll = all && reachOf(actor, 'access.user.edit')?.all === true
    const rows = await db
      .selectFrom('accessApiKey as k')
      .innerJoin('accessUser as u', 'u.id', 'k.holder')
      .select(['k.id', 'k.name', 'k.prefix', 'k.permissions', 'k.addresses', 'k.rate', 'k.state', 'k.expiresAt', 'k.usedAt'])
      .select(['k.usedFrom', 'k.createdAt', 'k.holder', 'u.name as holderName'])
      .where((eb) => (mayAll ? eb.val(true) : eb('k.holder', '=', actor.id!)))
      .where('k.state', '=', 'active')
      .orderBy('k.createdAt', 'desc')
      .limit(200)
      .execute()
    return { rows, mine: [...actor.grants.keys()] }
  },
})

export const showKeys = query({
  name: 'access.showKeys',
  can: 'public',
  input: z.object({}),
  run: async ({ ctx }) => ({ keys: await publicKeys(ctx.database) }),
})
