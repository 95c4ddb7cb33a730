import { z } from 'zod'
import { latestCheckpoint } from '#kit/server/door/audit-seal.ts'
import { command } from '#kit/server/door/command.ts'
import { scheduled } from '#kit/server/door/scheduled.ts'
import { message } from '#kit/message.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { readCompany } from '#modules/places/index.ts'
import { securityOf } from '#modules/access/index.ts'

export const checkpointMessage = message('access.checkpoint', {
  company: { sample: 'Baraka Stores' },
  seq: { sample: '4711' },
  hash: { sample: '9f2c…' },
  at: { sample: '2026-11-21T06:00:00Z' },
  signature: { sample: 'qJ3…' },
})

/** Puts the newest seal, signed, where whoever owns the database can't rewrite it: into mailboxes elsewhere. */
export const mailCheckpoint = command({
  name: 'access.mailCheckpoint',
  can: 'access.security.edit',
  internal: true,
  untrailed: true,
  input: z.object({}),
  async run(tx) {
    const [{ checkpointMails }, company, checkpoint] = await Promise.all([
      securityOf(tx.db),
      readCompany(tx.db),
      latestCheckpoint(tx.ctx.database),
    ])
    if (!checkpoint) return { mailed: 0 }
    const { seq, hash, at, signature } = checkpoint
    for (const to of checkpointMails)
      await postMessage(tx, checkpointMessage, {
        to,
        locale: company?.locale ?? 'en',
        facts: { company: company?.name ?? 'Duka', seq, hash, at, signature },
      })
    return { mailed: checkpointMails.length }
  },
})

export const mailCheckpoints = scheduled('access.mailCheckpoints', {
  every: { daily: '06:07' },
  run: (ctx) => mailCheckpoint(ctx, {}),
})
