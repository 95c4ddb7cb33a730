import { sql } from 'kysely'
import { sum } from '#kit/money.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { lockParty } from '#modules/parties/index.ts'
import type { MethodFacts } from '#modules/payments/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { noReceipt, ReturnProblem, type reasons } from './return.ts'
import { writeBack, type Desk, type Taken, type WrittenLine } from './written.store.ts'

/** So often within so many days somebody brings something back without a receipt. */
const MOST = 3
const DAYS = 90

/** What comes back without a receipt, and whose store credit pays for it. */
export interface WithoutReceipt {
  readonly id: string
  readonly customer: string
  readonly reason: (typeof reasons)[number]
  readonly note?: string | null | undefined
  readonly lines: readonly WrittenLine[]
}

/**
 * Takes goods back that nobody can show a receipt of: for store credit alone, with a second person, and seldom.
 * Lock order: the customer, then stock and the sums of the books.
 */
export async function takeBackWithout(
  tx: Tx,
  input: WithoutReceipt,
  { desk, methods }: { desk: Desk; methods: readonly MethodFacts[] },
): Promise<Taken> {
  const { customer, lines } = input
  // Two at once for the same customer count each other.
  await lockParty(tx, customer)
  const { rows } = await sql<{ name: string; before: number }>`
    select p.name, (select count(*)::int from return_note n where n.customer = p.id and n.sold is null
        and n.taken_at > ${tx.now}::timestamptz - make_interval(days => ${DAYS})) as before
    from party_fact p where p.id = ${customer}`.execute(tx.db)
  const { name, before } = rows[0]!
  if (before >= MOST) throw ReturnProblem.tooOften({ name })
  const credit = methods.find((one) => one.kind === 'credit')
  if (!credit) throw PaymentProblem.unknownMethod()
  const total = sum(lines.map((one) => one.amounts.total))
  const facts = { customer: name, total, goods: lines.map((one) => one.line.name) }
  const agreedBy = await secondPerson(tx, noReceipt, { place: desk.place, facts })
  return writeBack(tx, input, {
    desk,
    methods,
    sold: null,
    customer,
    exchange: null,
    exchanged: sum([]),
    parts: [{ tender: null, method: credit.id, kind: credit.kind, amount: total }],
    agreedBy,
    lines,
    before: new Map(),
  })
}
