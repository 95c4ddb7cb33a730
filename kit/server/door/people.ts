import type { Actor } from '../../access.ts'
import { whole, type Part } from '../../part.ts'
import type { Database, Db } from '../data/db.ts'

/** What the kit has to know of people; the module that keeps them says it. */
export interface People {
  /** Who they are and what they may do now; those who may not sign in are left out. */
  actors(database: Database, ids: readonly string[]): Promise<readonly Actor[]>
  /** Those who may sign in and whose name, or a word of it, begins so. */
  named(database: Database, beginning: string, most: number): Promise<readonly Actor[]>
  /** Those who may sign in and hold a right somewhere; through the caller's transaction. */
  holders(database: Database, permission: string, db: Db): Promise<readonly Actor[]>
  /** Where mail reaches them. */
  addresses(db: Db, ids: readonly string[]): Promise<readonly { id: string; name: string; email: string; locale: string }[]>
}

const provided = whole<People>()
export const providePeople = (known: People): Part => provided.part(known)

/** @throws Error when no module knows people */
export function people(): People {
  const [known] = provided.all()
  if (!known) throw new Error('no module knows people')
  return known
}
