import { z } from 'zod'
import { command, query } from '#kit/server/command.ts'
import { securityInput } from './security.ts'
import { decideSecurity, securityOf } from './security.store.ts'

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
    await decideSecurity(tx, input)
    return { changed: true }
  },
})
