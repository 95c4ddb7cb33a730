import type { z } from 'zod'
import type { RowsOf } from '#kit/server/data/read.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { priceLines, pricesNeeded } from '#modules/pricing/index.ts'
import { openTillRead } from '../shift/shift.store.ts'
import { TillProblem } from '../till/till.ts'
import type { basketInput } from './basket.ts'

type Input = z.output<typeof basketInput>

/** SQL expressions over the till that is read with the basket. */
export const TILL = {
  place: '(select place from till)',
  location: '(select location from till)',
  day: '(select "businessDay" from till)',
}

/** What a basket is made of: the till with its open shift, and what its prices are made of. */
export const basketReads = (input: Pick<Input, 'till' | 'customer' | 'lines'>) => ({
  till: openTillRead(input.till),
  ...pricesNeeded(input, TILL),
})

/** A basket as it is sold where its till stands, to its customer. @throws when it shows what holds no more */
export async function priceBasket(
  tx: Tx,
  input: Pick<Input, 'lines' | 'discount' | 'customer'>,
  read: RowsOf<ReturnType<typeof basketReads>>,
) {
  const [till] = read.till
  if (!till) throw TillProblem.noShift()
  tx.mayAt('pos.sale.complete', till.place)
  return { till, ...(await priceLines(tx, input, read)) }
}
