import { blindIndex, blindIndexes } from '#kit/server/data/blind.ts'
import { keysOf, type Db } from '#kit/server/data/db.ts'

/** An e-mail address as a person’s row, an invitation or a registration keeps it: sealed, and found by its blind index. */
export const emailColumns = (db: Db, id: string, email: string) => ({
  email: keysOf(db).sealed(id, email),
  emailIndex: blindIndex(db, email),
})

/** How a new person is reached. */
export const contactColumns = (db: Db, id: string, email: string, phones: readonly string[] = []) => ({
  ...emailColumns(db, id, email),
  ...phoneColumns(db, id, phones),
})

export const phoneColumns = (db: Db, id: string, phones: readonly string[]) => ({
  phones: keysOf(db).sealed(id, phones),
  phonesIndex: blindIndexes(db, phones),
})
