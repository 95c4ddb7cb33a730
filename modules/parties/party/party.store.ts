import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Db } from '#kit/server/db.ts'

/** The price group of a customer. @throws `kit.notFound` */
export async function customerGroupOf(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('party').select('customerGroup').where('id', '=', id).executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  return row.customerGroup
}

/** Holds a party while what is owed to it is checked and used. */
export async function lockParty(tx: Tx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('party').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
}

/** What an invoice says below the customer's name. */
export async function buyerOf(db: Db, id: string): Promise<string[]> {
  const row = await db.selectFrom('party').select(['address', 'city', 'taxNumber']).where('id', '=', id).executeTakeFirst()
  return [row?.address, row?.city, row?.taxNumber].filter((line): line is string => Boolean(line))
}
