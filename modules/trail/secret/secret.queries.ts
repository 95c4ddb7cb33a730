import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { secretStatus } from '#kit/server/vault/secret.ts'

/** Which secrets there are, where they come from and how old they are. Their values are nowhere in the program's answers. */
export const listSecrets = query({
  name: 'access.listSecrets',
  can: 'access.security.edit',
  input: z.object({}),
  run: async () => ({ rows: secretStatus() }),
})
