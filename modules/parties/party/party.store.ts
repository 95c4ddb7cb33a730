import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import { insertRow } from '#kit/server/crud.ts'
import type { Db } from '#kit/server/db.ts'
import type { Read } from '#kit/server/read.ts'
import { party } from './party.ts'

/** A customer with their price group, as a part of what is read together; no row where there is none. */
export const customerRead = (id: string | null): Read<{ id: string; group: string | null }> => ({
  name: 'customer',
  text: 'select id, customer_group as "group" from party where id = $1::uuid',
  values: [id],
})

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

/** A seller who was let in. @returns their id */
export async function addSeller(
  tx: Tx,
  seller: { name: string; emails: string[]; phones: string[]; country: string | null; bankAccount: string | null },
): Promise<string> {
  const id = newId()
  const facts = { kind: 'organization' as const, roles: ['seller'], taxNumber: null, address: null }
  await insertRow(tx, party, { id, ...facts, ...seller })
  return id
}
