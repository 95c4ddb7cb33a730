import { randomInt } from 'node:crypto'
import type { Database } from '#kit/server/db.ts'
import { readCompany } from '#modules/places/index.ts'

/** The one-time code that the terminal prints: who reads it owns the machine. Eight digits, new at every start. */
export const newSetupCode = (): string => String(randomInt(10_000_000, 99_999_999)).replace(/(\d{4})(\d{4})/, '$1-$2')

const codes = new WeakMap<Database, string>()
export const expectSetupCode = (database: Database, code: string): void => {
  codes.set(database, code)
}
export const setupCodeOf = (database: Database): string | undefined => codes.get(database)

export const isSetUp = async (database: Database): Promise<boolean> => (await readCompany(database.db)) !== null
