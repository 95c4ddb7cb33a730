import { z } from 'zod'
import { sql } from 'kysely'
import { daySchema, ref } from '#kit/entity.ts'
import { amountText, decimalsOf } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Db } from '#kit/server/data/db.ts'
import { columnFor, exportInput, exportTable, readersOf } from '#kit/server/list/export.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { titlesOf } from '#kit/server/list/list.ts'
import { seedKeyOf, shownName } from '#kit/server/host/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { entry } from './entry.ts'
import { allHeld } from './check.store.ts'
import { accountSums, placesIn } from '../account/balance.store.ts'

/** An entry with its lines, the document it came from, and the entry that it reverses or is reversed by. */
export const showEntry = query({
  name: 'ledger.showEntry',
  can: 'ledger.account.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const { db } = reading
    const found = await getRow(reading, entry, id)
    const reversal = await db.selectFrom('ledgerEntry').select(['id', 'number']).where('reverses', '=', id).executeTakeFirst()
    const poster = await db
      .selectFrom('ledgerEntry as e')
      .innerJoin('accessUserName as u', 'u.id', 'e.postedBy')
      .select('u.name')
      .where('e.id', '=', id)
      .executeTakeFirst()
    const lines = await db
      .selectFrom('ledgerLine as l')
      .innerJoin('ledgerAccount as a', 'a.id', 'l.account')
      .select(['l.id', 'l.account', 'a.code', 'a.name', 'l.amount', 'l.memo', 'l.party'])
      .where('l.entry', '=', id)
      .orderBy('l.id')
      .execute()
    const named = lines.map((line) => ({ ...line, seed: seedKeyOf('account', line.name) ?? null }))
    const refs = { ...found.refs, ...(await titlesOf(db, [['party', ref('party')]], lines)) }
    return { ...found, refs, lines: named, reversal: reversal ?? null, postedBy: poster?.name ?? null }
  },
})

const span = z.object({ from: daySchema, to: daySchema, place: z.uuid().optional() })

/** Debits, credits and balance of every account between two business days, opening balances included. */
export const trialBalance = query({
  name: 'ledger.trialBalance',
  can: 'ledger.account.read',
  input: span,
  place: (input) => input.place,
  run: async (reading, input) => ({
    rows: (await accountSums(reading.db, input, placesIn(reading.reach, input.place))).map((row) => ({
      ...row,
      seed: seedKeyOf('account', row.name) ?? null,
    })),
  }),
})

/** The same as a file; accounts that never moved are left out. */
export const exportTrialBalance = query({
  name: 'ledger.exportTrialBalance',
  can: 'ledger.account.export',
  within: 'ledger.account.read',
  input: span.extend(exportInput.shape),
  place: (input) => input.place,
  async run(reading, { format, for: whom, ...wanted }) {
    const readers = await readersOf(reading, { for: whom })
    const found = await accountSums(reading.db, wanted, placesIn(reading.reach, wanted.place))
    const decimals = decimalsOf((await theCompany(reading.db)).currency)
    async function* rows() {
      for (const { code, name, kind, ...figures } of found) {
        const { opening, debit, credit, closing } = figures
        if (opening || debit || credit)
          yield [
            code,
            readers ? shownName(readers.t, 'account', name) : name,
            readers ? readers.t.of('state', `ledger.account.kind.${kind}`) : kind,
            ...[opening, debit, credit, closing].map((value) => amountText(value, decimals)),
          ]
      }
    }
    const texts = ['code', 'name', 'kind'].map((name) => ({ name, type: 'text' as const }))
    const figures = ['opening', 'debit', 'credit', 'closing'].map((name) => ({ name, type: 'money' as const, decimals }))
    const name = `trial-balance-${wanted.from}-${wanted.to}`
    return exportTable(
      reading.ctx,
      {
        entity: 'ledger.trialBalance',
        name,
        format,
        filters: wanted,
        columns: [...texts, ...figures].map((one) => columnFor(readers, one)),
        readers,
      },
      rows(),
    )
  },
})

/** A sum that was kept and what its lines add up to, in minor units. */
interface Difference {
  readonly path: string
  readonly name: string
  readonly kept: bigint
  readonly booked: bigint
}

/** Compares the sums kept beside the ledger with the ledger itself; no rows means that all is well. */
export const checkLedger = query({
  name: 'ledger.check',
  can: 'ledger.account.read',
  input: z.object({}),
  async run({ db, reach }) {
    // It compares the whole company.
    if (!reach.all) throw CommonProblem.forbidden()
    const { rows: accounts } = await sql<Difference>`
      select '/accounts/' || a.id as path, a.code || ' ' || a.name as name, coalesce(k.kept, 0)::bigint as kept, coalesce(l.booked, 0)::bigint as booked
      from (select account, sum(debit - credit) as kept from ledger_balance group by 1) k
      full join (select account, sum(amount) as booked from ledger_line group by 1) l on l.account = k.account
      join ledger_account a on a.id = coalesce(k.account, l.account)
      where coalesce(k.kept, 0) <> coalesce(l.booked, 0) order by a.code`.execute(db)
    const { rows: entries } = await sql<Difference>`
      select '/entries/' || e.id as path, coalesce(e.number, e.memo, '—') as name, e.amount::bigint as kept, l.booked::bigint from ledger_entry e
      join (select entry, sum(amount) filter (where amount > 0) as booked from ledger_line group by 1) l on l.entry = e.id
      where e.amount <> l.booked limit 100`.execute(db)
    return { differences: [...accounts, ...entries, ...(await againstWhatIs(db))] }
  },
})

/** Control accounts against what lies there: goods on shelves, cash in drawers. */
async function againstWhatIs(db: Db): Promise<Difference[]> {
  const held = await allHeld(db)
  const { rows } = await sql<Difference>`
    select '/accounts/' || a.id as path, a.code || ' ' || a.name as name, h.kept, coalesce(l.booked, 0)::bigint as booked
    from jsonb_to_recordset(${JSON.stringify(held.map((one) => ({ ...one, kept: String(one.kept) })))}::jsonb) as h(account uuid, part text, kept bigint)
    join ledger_account a on a.id = h.account or a.part = h.part
    left join (select account, sum(amount) as booked from ledger_line group by 1) l on l.account = a.id
    where h.kept <> coalesce(l.booked, 0) order by a.code`.execute(db)
  return rows
}
