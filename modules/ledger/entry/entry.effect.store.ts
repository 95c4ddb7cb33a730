import { sql } from 'kysely'
import { holdsAt } from '#kit/access.ts'
import type { EffectKind } from '#kit/server/door/effect.ts'
import { shownName, wordsFor } from '#kit/server/host/words.ts'
import type { Posting } from './entry.store.ts'

/** What is booked, as a review tells it: by account, debit beside credit. */
export const booked: EffectKind<Posting> = {
  can: 'ledger.account.read',
  async tell(tx, postings) {
    const sums = new Map<string, bigint>()
    // Who reads the books of one place is not told by a review what another one books.
    const told = postings.filter(({ place }) => holdsAt(tx.actor, 'ledger.account.read', place))
    for (const { account, amount } of told.flatMap(({ lines }) => lines)) sums.set(account, (sums.get(account) ?? 0n) + amount)
    const accounts = await tx.db
      .selectFrom('ledgerAccount')
      .select(['id', 'code', 'name'])
      .where(sql<boolean>`id = any(${[...sums.keys()]}::uuid[])`)
      .orderBy('code')
      .execute()
    const t = wordsFor(tx.actor.locale)
    const rows = accounts.flatMap(({ id, code, name }) => {
      const amount = sums.get(id)!
      const said = `${code} ${shownName(t, 'account', name)}`
      return amount === 0n ? [] : [amount > 0n ? [said, amount, null] : [said, null, -amount]]
    })
    const total = (index: number) => rows.reduce((all, row) => all + ((row[index] as bigint | null) ?? 0n), 0n)
    return {
      title: 'review.books',
      columns: [
        { label: 'field.account', kind: 'text' },
        { label: 'books.debit', kind: 'money' },
        { label: 'books.credit', kind: 'money' },
      ],
      rows,
      sums: [null, total(1), total(2)],
    }
  },
}
