import { whole, type Part } from '#kit/part.ts'
import type { Db } from '#kit/server/data/db.ts'

/** What an account should hold, by those who know what is there: goods on shelves, cash in drawers. In minor units. */
export interface Held {
  /** The account, or the part that it plays for the company. */
  readonly account?: string
  readonly part?: string
  readonly kept: bigint
}

const checks = whole<(db: Db) => Promise<readonly Held[]>>()
/** A module says what its control accounts should hold; the check of the books compares. */
export const booksHold = (check: (db: Db) => Promise<readonly Held[]>): Part => checks.part(check)

export const allHeld = async (db: Db): Promise<readonly Held[]> =>
  (await Promise.all(checks.all().map((check) => check(db)))).flat()
