import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { pageOfDocument } from '#kit/document-kind.ts'
import { declaredEntities } from '#kit/entity.ts'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { titlesSeen } from '#kit/server/record/record.ts'
import { seedKeyOf } from '#kit/server/host/words.ts'
import { returnNote } from './return.ts'

/** A return with what came back and how it was paid back: the page of a return, and its paper. */
export const showReturn = query({
  name: 'returns.showReturn',
  can: 'returns.return.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, returnNote, id)
    // What its lines cost is for those to whom the return tells what it cost.
    const seesCost = found.row.cost !== null && found.row.cost !== undefined
    const [{ letterhead, buyer, ...of }, lines, refunds] = await Promise.all([
      reading.db
        .selectFrom('returnNote as n')
        .leftJoin('accessUserName as u', 'u.id', 'n.agreedBy')
        .select(['n.soldKind', 'n.sold', 'n.exchange', 'n.discount', 'n.letterhead', 'n.buyer', 'u.name as agreedByName'])
        .where('n.id', '=', id)
        .executeTakeFirstOrThrow(),
      reading.db
        .selectFrom('returnLine')
        .select(['id', 'variant', 'name', 'sku', 'quantity', 'unit', 'disposition', 'taxCode', 'taxRate', 'net', 'tax'])
        .$if(seesCost, (select) => select.select('cost'))
        .where('return', '=', id)
        .orderBy('position')
        .execute(),
      reading.db
        .selectFrom('returnRefund')
        .select(['id', 'method', 'kind', 'name', 'amount', 'reference', 'tender'])
        .where('return', '=', id)
        .orderBy('id')
        .execute(),
    ])
    const table = [...declaredEntities.values()].find((one) => one.name === of.soldKind)?.table
    const titles = await titlesSeen(reading.db, reading.actor, table && of.exchange ? [{ table, id: of.exchange }] : [])
    const page = of.soldKind && of.sold ? pageOfDocument(of.soldKind, of.sold) : undefined
    const exchange = of.soldKind && of.exchange ? pageOfDocument(of.soldKind, of.exchange) : undefined
    const sees = (to: typeof page) => (to && reachOf(reading.actor, to.can) ? to.to : null)
    return {
      ...found,
      issued: { letterhead, buyer },
      lines,
      refunds: refunds.map((one) => ({ ...one, seed: seedKeyOf('method', one.name) ?? null })),
      soldAt: sees(page),
      exchangeAt: sees(exchange),
      exchangeNumber: of.exchange ? (titles.get(of.exchange) ?? null) : null,
      agreedByName: of.agreedByName,
    }
  },
})
