import { z } from 'zod'
import { sql } from 'kysely'
import { daySchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'

/** An entry with its lines. */
export const showEntry = query({
  name: 'ledger.showEntry',
  can: 'ledger.account.read',
  input: z.object({ id: z.uuid() }),
  async run({ db, reach }, { id }) {
    const entry = await db
      .selectFrom('ledgerEntry as e')
      .leftJoin('placeFact as p', 'p.id', 'e.place')
      .leftJoin('accessUserName as u', 'u.id', 'e.postedBy')
      .leftJoin('ledgerEntry as r', 'r.reverses', 'e.id')
      .selectAll('e')
      .select(['p.name as placeName', 'u.name as postedByName', 'r.id as reversedBy'])
      .where('e.id', '=', id)
      .executeTakeFirst()
    if (!entry || !(reach.all || (entry.place && reach.places.includes(entry.place)))) throw CommonProblem.notFound()
    const lines = await db
      .selectFrom('ledgerLine as l')
      .innerJoin('ledgerAccount as a', 'a.id', 'l.account')
      .select(['l.id', 'l.account', 'a.code', 'a.name', 'l.amount', 'l.memo'])
      .where('l.entry', '=', id)
      .orderBy('l.id')
      .execute()
    return { entry, lines }
  },
})

/** Debits, credits and balance of every account between two business days, opening balances included. */
export const trialBalance = query({
  name: 'ledger.trialBalance',
  can: 'ledger.account.read',
  input: z.object({ from: daySchema, to: daySchema }),
  async run({ db }, { from, to }) {
    const { rows } = await sql<{
      id: string
      code: string
      name: string
      kind: string
      opening: bigint
      debit: bigint
      credit: bigint
      closing: bigint
    }>`
      select a.id, a.code, a.name, a.kind,
        coalesce(sum(b.debit - b.credit) filter (where b.business_day < ${from}), 0)::bigint as opening,
        coalesce(sum(b.debit) filter (where b.business_day between ${from} and ${to}), 0)::bigint as debit,
        coalesce(sum(b.credit) filter (where b.business_day between ${from} and ${to}), 0)::bigint as credit,
        coalesce(sum(b.debit - b.credit) filter (where b.business_day <= ${to}), 0)::bigint as closing
      from ledger_account a left join ledger_balance b on b.account = a.id group by a.id order by a.code`.execute(db)
    return { rows }
  },
})

/** The lines of one account between two days, with the balance before them; newest last, 500 at a time. */
export const accountStatement = query({
  name: 'ledger.accountStatement',
  can: 'ledger.account.read',
  input: z.object({ id: z.uuid(), from: daySchema, to: daySchema, after: z.string().max(80).optional() }),
  async run({ db }, { id, from, to, after }) {
    const account = await db
      .selectFrom('ledgerAccount')
      .select(['id', 'code', 'name', 'kind'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!account) throw CommonProblem.notFound()
    const { rows: before } = await sql<{ opening: bigint }>`
      select coalesce(sum(debit - credit), 0)::bigint as opening from ledger_balance where account = ${id} and business_day < ${from}`.execute(
      db,
    )
    const [day, line] = after?.split('_') ?? []
    if (after && !(daySchema.safeParse(day).success && z.uuid().safeParse(line).success)) throw CommonProblem.badCursor()
    const { rows } = await sql<{
      id: string
      entry: string
      businessDay: string
      amount: bigint
      memo: string | null
      documentKind: string
      document: string
      number: string | null
    }>`
      select l.id, l.entry, l.business_day, l.amount, coalesce(l.memo, e.memo) as memo, e.document_kind, e.document, e.number
      from ledger_line l join ledger_entry e on e.id = l.entry
      where l.account = ${id} and l.business_day between ${from} and ${to} ${day ? sql`and (l.business_day, l.id) > (${day}, ${line}::uuid)` : sql``}
      order by l.business_day, l.id limit 501`.execute(db)
    const more = rows.length > 500
    if (more) rows.pop()
    const last = rows.at(-1)
    return { account, opening: before[0]?.opening ?? 0n, rows, next: more && last ? `${last.businessDay}_${last.id}` : null }
  },
})

/** Compares the sums kept beside the ledger with the ledger itself; no rows means that all is well. */
export const checkLedger = query({
  name: 'ledger.check',
  can: 'ledger.account.read',
  input: z.object({}),
  async run({ db }) {
    const { rows } = await sql<{ account: string; kept: bigint; booked: bigint }>`
      select coalesce(k.account, l.account) as account, coalesce(k.kept, 0)::bigint as kept, coalesce(l.booked, 0)::bigint as booked
      from (select account, sum(debit - credit) as kept from ledger_balance group by 1) k
      full join (select account, sum(amount) as booked from ledger_line group by 1) l on l.account = k.account
      where coalesce(k.kept, 0) <> coalesce(l.booked, 0)`.execute(db)
    return { differences: rows }
  },
})
