import { z } from 'zod'
import { sql } from 'kysely'
import { daySchema, ref } from '#kit/entity.ts'
import { amountText, decimalsOf } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'
import type { Db } from '#kit/server/db.ts'
import type { Reading } from '#kit/server/context.ts'
import { columnFor, exportInput, exportTable, readersOf } from '#kit/server/export.ts'
import { titlesOf } from '#kit/server/list.ts'
import { seedKeyOf, shownName } from '#kit/server/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { allHeld } from './check.store.ts'
import { balancesIn, placesIn } from './balance.store.ts'

/** An entry with its lines, the document it came from, and the entry that it reverses or is reversed by. */
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
      .leftJoin('ledgerEntry as o', 'o.id', 'e.reverses')
      .selectAll('e')
      .select([
        'p.name as placeName',
        'u.name as postedByName',
        'r.id as reversedBy',
        'r.number as reversedByNumber',
        'o.number as reversesNumber',
      ])
      .where('e.id', '=', id)
      .executeTakeFirst()
    if (!entry || !(reach.all || (entry.place && reach.places.includes(entry.place)))) throw CommonProblem.notFound()
    const lines = await db
      .selectFrom('ledgerLine as l')
      .innerJoin('ledgerAccount as a', 'a.id', 'l.account')
      .select(['l.id', 'l.account', 'a.code', 'a.name', 'l.amount', 'l.memo', 'l.party'])
      .where('l.entry', '=', id)
      .orderBy('l.id')
      .execute()
    const named = lines.map((line) => ({ ...line, seed: seedKeyOf('account', line.name) ?? null }))
    return { entry, lines: named, refs: await titlesOf(db, [['party', ref('party')]], lines) }
  },
})

const span = z.object({ from: daySchema, to: daySchema, place: z.uuid().optional() })

async function balances({ db, reach }: Reading, { from, to, place }: z.output<typeof span>) {
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
    from ledger_account a left join ${balancesIn(placesIn(reach, place))} b on b.account = a.id group by a.id order by a.code`.execute(
    db,
  )
  return rows
}

/** Debits, credits and balance of every account between two business days, opening balances included. */
export const trialBalance = query({
  name: 'ledger.trialBalance',
  can: 'ledger.account.read',
  input: span,
  place: (input) => input.place,
  run: async (reading, input) => ({
    rows: (await balances(reading, input)).map((row) => ({ ...row, seed: seedKeyOf('account', row.name) ?? null })),
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
    const found = await balances(reading, wanted)
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
  async run({ db }) {
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
