import { z } from 'zod'
import type { Db } from '#kit/server/data/db.ts'
import { provideClock } from '#kit/server/door/scheduled.ts'
import { readSetting, settingIn, settingRead } from '#kit/server/door/setting.ts'
import { companySchema, type Company } from './company.ts'

/** The company's facts, or null before the first-run set-up. */
export const readCompany = (db: Db): Promise<Company | null> =>
  readSetting(db, 'company', z.union([companySchema, z.undefined().transform(() => null)]))

/** The company as a part of what is read together: its name there is `setting_company`. */
export const companyRead = settingRead('company')
export const companyIn = (rows: readonly { value: unknown }[]): Company => settingIn(rows, companySchema)

/** @throws Error before the set-up, when nothing that needs a company can be reached */
export async function theCompany(db: Db): Promise<Company> {
  const company = await readCompany(db)
  if (!company) throw new Error('the company has not been set up')
  return company
}

/** Work by the clock goes by the clock of the company. */
export const companyClock = provideClock(readCompany)
