import { blindIndex } from '#kit/server/blind.ts'
import { keysOf, type Db } from '#kit/server/db.ts'

/** An e-mail address as a person’s row, an invitation or a registration keeps it: sealed, and found by its blind index. */
export const emailColumns = (db: Db, id: string, email: string) => ({
  email: keysOf(db).sealed(id, email),
  emailIndex: blindIndex(db, email),
})
