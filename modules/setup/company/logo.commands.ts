import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { drawUpload, keepImage } from '#kit/server/files/file.ts'
import { writeSetting } from '#kit/server/door/setting.ts'
import { LOGO_MEGABYTES } from '#modules/places/company.ts'
import { readCompany } from '#modules/places/index.ts'

/** What was there before stays in the store: papers that were issued with it show it as they did. */
async function change(tx: Tx, logo: string | undefined): Promise<{ logo: string | null }> {
  const before = await readCompany(tx.db)
  if (!before) throw CommonProblem.notFound()
  await writeSetting(tx, 'company', { ...before, logo })
  return { logo: logo ?? null }
}

/** The picture that stands on the company's papers, in place of the one it had. */
export const setLogo = command({
  name: 'setup.setLogo',
  can: 'setup.company.edit',
  takesFile: true,
  input: z.object({}),
  before: (ctx) => drawUpload(ctx, { megabytes: LOGO_MEGABYTES }),
  run: async (tx, _, drawn) =>
    change(tx, await keepImage(tx, { table: 'setting', record: null, needs: 'setup.company.read' }, drawn)),
})

export const removeLogo = command({
  name: 'setup.removeLogo',
  can: 'setup.company.edit',
  input: z.object({}),
  run: (tx) => change(tx, undefined),
})
