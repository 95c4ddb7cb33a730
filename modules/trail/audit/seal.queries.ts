import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { exportTrail } from '#kit/server/edge/audit-export.ts'
import { latestCheckpoint, signerKey } from '#kit/server/door/audit-seal.ts'
import { query } from '#kit/server/door/command.ts'
import { Download } from '#kit/server/list/export.ts'

/** How far the trail is sealed, with the signed checkpoint that says so and the key that verifies it. */
export const showSeal = query({
  name: 'access.showSeal',
  can: 'access.audit.read',
  input: z.object({}),
  run: async ({ ctx }) => ({ checkpoint: (await latestCheckpoint(ctx.database)) ?? null, key: signerKey() }),
})

/** The whole trail with its seals, as `bin/verify-audit` reads it; for people who may read all of it. */
export const saveSealedTrail = query({
  name: 'access.saveSealedTrail',
  can: 'access.audit.export',
  within: 'access.audit.read',
  input: z.object({}),
  async run({ ctx, reach, now }) {
    if (!reach.all) throw CommonProblem.forbidden()
    note(ctx, 'access.sealedTrailSaved')
    const out = new PassThrough()
    exportTrail(ctx.database, out).then(
      () => out.end(),
      (error: unknown) => out.destroy(error as Error),
    )
    return new Download(out, `audit-${now.toString().slice(0, 10)}.trail`, 'text/plain; charset=utf-8')
  },
})
