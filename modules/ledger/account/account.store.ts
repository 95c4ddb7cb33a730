import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import type { Minor } from '#kit/money.ts'
import type { Translate } from '#kit/words.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Database, Db } from '#kit/server/data/db.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import { theCompany } from '#modules/places/index.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { account, AccountProblem } from './account.ts'
import { chart, type ChartAccount } from './chart.ts'

const entityOf = account
// A part keeps its account for good, so what was read once stays right; each database has its own chart.
const known = new WeakMap<Database, Map<string, string>>()

/** The account that plays a part. @throws `ledger.account.missingPart` */
export async function accountFor(tx: Tx, of: ChartAccount): Promise<string> {
  const { part } = of
  const { database } = tx.ctx
  const found = known.get(database)?.get(part)
  if (found) return found
  const rows = await tx.db.selectFrom('ledgerAccount').select(['id', 'part']).where('part', 'is not', null).execute()
  const parts = new Map(rows.map((row) => [row.part!, row.id]))
  const id = parts.get(part)
  if (!id) return addPart(tx, of)
  // Rows of this very transaction may still be rolled back; only a chart that stood before is remembered.
  tx.afterCommit(() => known.set(database, parts))
  return id
}

/** An account that has come into the program since the company began, when something is booked to it for the first time. */
async function addPart(tx: Tx, { part, code }: ChartAccount): Promise<string> {
  const declared = chart.all().find((one) => one.part === part)
  if (!declared) throw AccountProblem.missingPart({ part })
  // Two who need it at the same moment get one.
  await tx.client.query(`select pg_advisory_xact_lock(hashtext('ledger.part'))`)
  const taken = await tx.db.selectFrom('ledgerAccount').select(['id', 'code', 'part']).where('code', 'like', `${code}%`).execute()
  const made = taken.find((one) => one.part === part)
  if (made) return made.id
  const id = newId()
  const codes = new Set(taken.map((one) => one.code))
  const free = [code, ...Array.from({ length: codes.size }, (_, index) => `${code}.${index + 1}`)].find((one) => !codes.has(one))!
  const t = wordsFor((await theCompany(tx.db)).locale)
  await insertRow(tx, entityOf, {
    id,
    part,
    code: free,
    kind: declared.kind,
    ...(declared.holds && { holds: declared.holds }),
    name: t(`seed.account.${part}`),
  })
  return id
}

/** Gives a new company its chart of accounts, in its language and with the names of its country. */
export async function startChart(tx: Tx, template: 'KE' | 'AE' | 'generic', t: Translate): Promise<void> {
  for (const one of chart.all().toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    const special = `seed.account.${one.part}.${template}`
    await insertRow(tx, entityOf, { id: newId(), ...one, name: t(t.has(special) ? special : `seed.account.${one.part}`) })
  }
}

/** A drawer of its own for a till, numbered after the others. */
export async function addDrawer(tx: Tx, name: string, place: string): Promise<string> {
  const id = newId()
  // Two new tills wait for each other, and get numbers of their own.
  await tx.client.query(`select pg_advisory_xact_lock(hashtext('ledger.drawer'))`)
  const { count } = await tx.db
    .selectFrom('ledgerAccount')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('holds', '=', 'drawer')
    .executeTakeFirstOrThrow()
  await insertRow(tx, entityOf, { id, code: `1020.${count + 1n}`, name, kind: 'asset', holds: 'drawer', place })
  return id
}

/** What an account is and what it may hold; for who chooses one to book to. */
export const accountFacts = (db: Db, id: string) =>
  db.selectFrom('ledgerAccount').select(['kind', 'part', 'holds']).where('id', '=', id).executeTakeFirst()

/**
 * What a money account holds, while nobody else takes out of it until this transaction ends: two who ask at once wait for
 * each other, so it never goes below zero.
 */
export async function lockMoney(tx: Tx, account: string): Promise<Minor> {
  await tx.client.query(`select pg_advisory_xact_lock(hashtext('ledger.money:' || $1))`, [account])
  const { rows } = await tx.client.query<{ balance: Minor }>(
    'select coalesce(sum(debit - credit), 0)::bigint as balance from ledger_balance where account = $1',
    [account],
  )
  return rows[0]!.balance
}

/** Is there any money in the safe? Whoever opens a till is asked accordingly where the float comes from. */
export async function safeHasMoney(db: Db): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select coalesce(sum(b.debit - b.credit), 0) > 0 as has from ledger_balance b join ledger_account a on a.id = b.account
    where a.part = 'safe'`.execute(db)
  return rows[0]!.has
}
