import type { Db } from '#kit/server/db.ts'
import { readSetting } from '#kit/server/setting.ts'
import { securitySchema, type Security } from './security.ts'

/** What the company has decided about how people get in. */
export const securityOf = (db: Db): Promise<Security> => readSetting(db, 'access.security', securitySchema)
