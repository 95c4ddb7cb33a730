import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import type { Db } from '#kit/server/data/db.ts'
import { whenErased } from '#kit/server/list/keeping.ts'
import type { Read } from '#kit/server/data/read.ts'
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

export interface OnPaper {
  readonly name: string
  /** What an invoice says below the name. */
  readonly below: readonly string[]
}

/** Who a paper names as its other party: as they were when it was issued, or as they are now where nobody kept that. */
export async function onPaper(db: Db, issuedTo: string | null, id: string): Promise<OnPaper> {
  const facts = ['name', 'address', 'city', 'taxNumber'] as const
  const row =
    (issuedTo && (await db.selectFrom('partyOnPaper').select(facts).where('id', '=', issuedTo).executeTakeFirst())) ||
    (await db.selectFrom('party').select(facts).where('id', '=', id).executeTakeFirstOrThrow())
  return {
    name: row.name,
    below: [row.address, row.city, row.taxNumber].filter((line): line is string => Boolean(line)),
  }
}

/** The facts of a party as an invoice is issued with them; they outlive the erasing of the person, as the law wants it. */
export async function keepOnPaper(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ kept: string }>`select party_on_paper_now(${id}::uuid, true) as kept`.execute(tx.db)
  return rows[0]!.kept
}

/** What somebody is called, in which roles they stand here and which language they read. @throws `kit.notFound` */
export async function partyFacts(
  db: Db,
  id: string,
): Promise<{ name: string; roles: string[]; language: string | null; email: string | null }> {
  const row = await db.selectFrom('party').select(['name', 'roles', 'language', 'emails']).where('id', '=', id).executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  const { emails, ...facts } = row
  return { ...facts, email: emails[0] ?? null }
}

// What a mere receipt said goes with the person.
export const receiptsForget = whenErased(async (tx, { record }) => {
  await tx.db.deleteFrom('partyOnPaper').where('party', '=', record).where('isKept', '=', false).execute()
})

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
