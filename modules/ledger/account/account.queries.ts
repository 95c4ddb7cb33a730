import { sql } from 'kysely'
import { z } from 'zod'
import { daySchema, ref } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { columnFor, exportInput, exportTable, readersOf } from '#kit/server/list/export.ts'
import { seedKeyOf } from '#kit/server/host/words.ts'
import { titlesOf } from '#kit/server/list/list.ts'
import { amountText, decimalsOf } from '#kit/money.ts'
import { theCompany } from '#modules/places/index.ts'
import { balancesIn, balancesWith, placesIn } from './balance.store.ts'
import { memoText } from '../memo.rules.ts'
import { readBalance } from './account.rules.ts'

/** All accounts with what they hold now, by code. A chart has some hundred accounts at most, so it has no pages. */
export const showChart = query({
  name: 'ledger.showChart',
  can: 'ledger.account.read',
  input: z.object({ place: z.uuid().optional(), archived: z.enum(['without', 'with']).default('without') }),
  place: (input) => input.place,
  async run({ db, reach }, { place, archived }) {
    const { rows } = await sql<{
      id: string
      code: string
      name: string
      kind: string
      part: string | null
      holds: string | null
      placeName: string | null
      archivedAt: Temporal.Instant | null
      balance: bigint
    }>`
      select a.id, a.code, a.name, a.kind, a.part, a.holds, p.name as place_name, a.archived_at, coalesce(b.balance, 0)::bigint as balance
      from ledger_account a left join place_fact p on p.id = a.place
      left join (select account, sum(debit - credit) as balance from ${balancesIn(placesIn(reach, place))} s group by account) b on b.account = a.id
      where ${archived === 'with'} or a.archived_at is null or coalesce(b.balance, 0) <> 0 order by a.code`.execute(db)
    return { rows: rows.map((row) => ({ ...row, seed: seedKeyOf('account', row.name) ?? null })) }
  },
})

const span = z.object({
  id: z.uuid(),
  from: daySchema,
  to: daySchema,
  place: z.uuid().optional(),
  /** With whom: the account of a customer or a supplier. */
  party: z.uuid().optional(),
})
const PAGE = 500

interface StatementLine {
  id: string
  entry: string
  businessDay: string
  amount: bigint
  memo: string | null
  documentKind: string
  document: string
  number: string | null
  party: string | null
}

async function linesOf({ db, reach }: Reading, { id, from, to, place, party }: z.output<typeof span>, after: string | undefined) {
  const [day, line] = after?.split('_') ?? []
  if (after && !(daySchema.safeParse(day).success && z.uuid().safeParse(line).success)) throw CommonProblem.badCursor()
  const places = placesIn(reach, place)
  const { rows } = await sql<StatementLine>`
    select l.id, l.entry, l.business_day, l.amount, coalesce(l.memo, e.memo) as memo, e.document_kind, e.document, e.number, l.party
    from ledger_line l join ledger_entry e on e.id = l.entry
    where l.account = ${id} and l.business_day between ${from} and ${to}
      ${places ? sql`and e.place = any(${places}::uuid[])` : sql``} ${party ? sql`and l.party = ${party}` : sql``}
      ${day ? sql`and (l.business_day, l.id) > (${day}, ${line}::uuid)` : sql``}
    order by l.business_day, l.id limit ${PAGE + 1}`.execute(db)
  const more = rows.length > PAGE
  if (more) rows.pop()
  const last = rows.at(-1)
  return { rows, next: more && last ? `${last.businessDay}_${last.id}` : null }
}

const partiesOf = ({ db }: Reading, lines: readonly { readonly party: string | null }[]) =>
  titlesOf(
    db,
    [['party', ref('party')]],
    lines.map(({ party }) => ({ party })),
  )

async function figuresOf({ db, reach }: Reading, { id, from, to, place, party }: z.output<typeof span>) {
  const places = placesIn(reach, place)
  const { rows } = await sql<{ opening: bigint; debit: bigint; credit: bigint }>`
    select coalesce(sum(b.debit - b.credit) filter (where b.business_day < ${from}), 0)::bigint as opening,
      coalesce(sum(b.debit) filter (where b.business_day >= ${from}), 0)::bigint as debit,
      coalesce(sum(b.credit) filter (where b.business_day >= ${from}), 0)::bigint as credit
    from ${party ? balancesWith(party, places) : balancesIn(places)} b where b.account = ${id} and b.business_day <= ${to}`.execute(
    db,
  )
  const { opening, debit, credit } = rows[0]!
  return { opening, debit, credit, closing: opening + debit - credit }
}

async function accountOf({ db }: Reading, id: string) {
  const account = await db
    .selectFrom('ledgerAccount')
    .select(['id', 'code', 'name', 'kind', 'part'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!account) throw CommonProblem.notFound()
  return account
}

/**
 * The lines of one account between two days, with the balance before them, their debits and credits, and the balance
 * after them; newest last, 500 at a time.
 */
export const accountStatement = query({
  name: 'ledger.accountStatement',
  can: 'ledger.account.read',
  input: span.extend({ after: z.string().max(80).optional() }),
  place: (input) => input.place,
  async run(reading, { after, ...wanted }) {
    const account = await accountOf(reading, wanted.id)
    const [figures, lines] = await Promise.all([figuresOf(reading, wanted), linesOf(reading, wanted, after)])
    const refs = await partiesOf(reading, [...lines.rows, { party: wanted.party ?? null }])
    return { account, ...figures, ...lines, refs }
  },
})

/** The same as a file, however many lines there are, with the balance after each of them. */
export const exportStatement = query({
  name: 'ledger.exportStatement',
  can: 'ledger.account.export',
  within: 'ledger.account.read',
  input: span.extend(exportInput.shape),
  place: (input) => input.place,
  async run(reading, { format, for: whom, ...wanted }) {
    const readers = await readersOf(reading, { for: whom })
    const kindOf = (kind: string) => (readers ? readers.t.of('document', kind) : kind)
    const account = await accountOf(reading, wanted.id)
    const { opening } = await figuresOf(reading, wanted)
    const decimals = decimalsOf((await theCompany(reading.db)).currency)
    const amount = (value: bigint) => amountText(value, decimals)
    async function* rows() {
      let balance = opening
      yield [wanted.from, '', '', '', '', '', '', amount(readBalance(account.kind, balance))]
      for (let after: string | undefined; ;) {
        const page = await linesOf(reading, wanted, after)
        const titles = await partiesOf(reading, page.rows)
        for (const line of page.rows) {
          balance += line.amount
          const [debit, credit] = line.amount > 0n ? [amount(line.amount), ''] : ['', amount(-line.amount)]
          const who = line.party ? (titles[line.party] ?? '') : ''
          const shown = amount(readBalance(account.kind, balance))
          yield [
            line.businessDay,
            kindOf(line.documentKind),
            line.number ?? '',
            (readers ? memoText(readers.t, line) : line.memo) ?? '',
            who,
            debit,
            credit,
            shown,
          ]
        }
        if (!page.next) return
        after = page.next
      }
    }
    const texts = ['documentKind', 'number', 'memo', 'party'].map((name) => ({ name, type: 'text' as const }))
    const figures = ['debit', 'credit', 'balance'].map((name) => ({ name, type: 'money' as const, decimals }))
    return exportTable(
      reading.ctx,
      {
        entity: 'ledger.statement',
        name: `${account.code}-${wanted.from}-${wanted.to}`,
        format,
        filters: wanted,
        columns: [{ name: 'businessDay', type: 'date' } as const, ...texts, ...figures].map((one) => columnFor(readers, one)),
        readers,
      },
      rows(),
    )
  },
})

/** What stands open with one party, by account, as people read it: store credit, what it owes us. */
export const partyBalances = query({
  name: 'ledger.partyBalances',
  can: 'ledger.account.read',
  input: z.object({ party: z.uuid() }),
  async run({ db, reach }, { party }) {
    const places = placesIn(reach, undefined)
    const { rows } = await sql<{
      account: string
      code: string
      name: string
      kind: string
      part: string | null
      balance: bigint
    }>`
      select a.id as account, a.code, a.name, a.kind, a.part, sum(l.amount)::bigint as balance
      from ledger_line l join ledger_account a on a.id = l.account join ledger_entry e on e.id = l.entry
      where l.party = ${party} ${places ? sql`and e.place = any(${places}::uuid[])` : sql``}
      group by a.id having sum(l.amount) <> 0 order by a.code`.execute(db)
    return { rows: rows.map((row) => ({ ...row, balance: readBalance(row.kind, row.balance) })) }
  },
})
