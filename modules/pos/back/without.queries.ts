import { z } from 'zod'
import { may } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import { findVariants } from '#modules/catalog/index.ts'
import { lowestPrices } from './without.store.ts'

/** Articles by scan or by name, with the least that somebody paid for them at this till's store: what is given without a receipt. */
export const findBought = query({
  name: 'pos.findBought',
  can: 'pos.return.take',
  input: z.object({ till: z.uuid(), q: z.string().trim().max(80).default('') }),
  async run({ db, actor, ctx }, { till, q }) {
    const at = await db.selectFrom('posTill').select('place').where('id', '=', till).executeTakeFirst()
    if (!at || !may(actor, 'pos.return.take', at.place)) throw CommonProblem.notFound()
    const found = await findVariants(db, q, { limit: 12 })
    const prices = await lowestPrices(
      db,
      at.place,
      found.map((one) => one.id),
      ctx.now,
    )
    return {
      rows: found.map(({ id, name, sku, unit, decimals, exact, scanned }) => {
        const price = prices.get(id)
        const paid = price ? { quantity: price.quantity, net: price.net, tax: price.tax } : null
        return { id, name, sku, unit, decimals, exact, scanned, paid }
      }),
    }
  },
})
