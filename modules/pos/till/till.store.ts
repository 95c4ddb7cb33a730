import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { translate } from '#kit/words.ts'
import { addDrawer } from '#modules/ledger/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { till } from './till.ts'

export interface TillFacts {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly place: string
  readonly location: string
  readonly drawer: string
  readonly timeZone: string
  readonly cutOffHour: number
}

/** What the drawer's account is called, in the language of the company. */
export const drawerName = async (tx: Tx, till: string): Promise<string> =>
  translate(serverWords(), (await theCompany(tx.db)).locale)('seed.account.drawer', { till })

/** A till with its drawer, for the set-up and new stores. */
export async function addTill(tx: Tx, facts: { name: string; code: string; place: string; location: string }): Promise<string> {
  const id = newId()
  await insertRow(tx, till, {
    id,
    ...facts,
    drawer: await addDrawer(tx, await drawerName(tx, facts.name), facts.place),
  })
  return id
}

/** A till in use, with the clock of its place; neither is put aside before this transaction has ended. @throws `kit.notFound` also when the actor may not use it */
export const loadTill = (tx: Tx, permission: string, id: string): Promise<TillFacts> => tillOf(tx, permission, id, false)

/** The same for what must come to its end: a till that was put aside is still counted. */
export const loadAnyTill = (tx: Tx, permission: string, id: string): Promise<TillFacts> => tillOf(tx, permission, id, true)

async function tillOf(tx: Tx, permission: string, id: string, evenArchived: boolean): Promise<TillFacts> {
  const row = await tx.db
    .selectFrom('posTill as t')
    .innerJoin('placeFact as p', 'p.id', 't.place')
    .select(['t.id', 't.code', 't.name', 't.place', 't.location', 't.drawer', 'p.timeZone', 'p.cutOffHour'])
    .where('t.id', '=', id)
    .$if(!evenArchived, (found) => found.where('t.archivedAt', 'is', null).where('p.archivedAt', 'is', null).forKeyShare())
    .executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  tx.mayAt(permission, row.place)
  return row
}
