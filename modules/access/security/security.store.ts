import { z } from 'zod'
import { personalNames } from '#kit/entity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { keysOf, type Db } from '#kit/server/data/db.ts'
import { readSetting, writeSetting } from '#kit/server/door/setting.ts'
import { securitySchema, type Security } from './security.ts'

personalNames.add('checkpointMails')
const SETTING = 'access.security'
const sealedAbout = 'access.security checkpointMails'
// As it is kept: somebody's addresses are sealed.
const kept = z.looseObject({ checkpointMails: z.string().optional() }).default({})

/** What the company has decided about how people get in. */
export async function securityOf(db: Db): Promise<Security> {
  const { checkpointMails, ...rest } = await readSetting(db, SETTING, kept)
  return securitySchema.parse({
    ...rest,
    ...(checkpointMails && { checkpointMails: JSON.parse(keysOf(db).open(checkpointMails, sealedAbout)) }),
  })
}

/** Decides some of it anew; the rest stays as it is. */
export async function decideSecurity(tx: Tx, { checkpointMails, ...changes }: Partial<Security>): Promise<void> {
  const before = await readSetting(tx.db, SETTING, kept)
  const { checkpointMails: _, ...open } = await securityOf(tx.db)
  const sealed = checkpointMails ? keysOf(tx.db).seal(JSON.stringify(checkpointMails), sealedAbout) : before.checkpointMails
  await writeSetting(tx, SETTING, { ...open, ...changes, ...(sealed && { checkpointMails: sealed }) })
}
