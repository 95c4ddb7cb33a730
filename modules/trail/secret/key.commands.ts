import { z } from 'zod'
import { command, query } from '#kit/server/door/command.ts'
import { enqueue } from '#kit/server/door/job.ts'
import { fieldsKeys, newFieldsKey, resealJob } from '#kit/server/vault/reseal.ts'

/** The keys that personal fields are encrypted with: how old they are, never what they are. */
export const listKeys = query({
  name: 'access.listKeys',
  can: 'access.security.edit',
  input: z.object({}),
  run: async ({ db }) => ({ rows: await fieldsKeys(db) }),
})

/** A new key for all fields from now on; what older ones have sealed is sealed anew in the background. */
export const rotateKeys = command({
  name: 'access.rotateKeys',
  can: 'access.security.edit',
  stepUp: true,
  input: z.strictObject({ generation: z.number().int().min(1) }),
  async run(tx, { generation }) {
    // Asked for twice at once, or from a page that is old: there is a newer one already.
    const made = await newFieldsKey(tx.client, generation)
    if (made !== generation + 1) return { generation: made, changed: false }
    await enqueue(tx.client, resealJob, {}, { key: 'kit.reseal' })
    return { generation: made, changed: true }
  },
})
