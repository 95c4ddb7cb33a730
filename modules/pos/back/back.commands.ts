import type { z } from 'zod'
import { sum, type Minor } from '#kit/money.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { takeBackSold, type Taken } from '#modules/returns/index.ts'
import { ReturnProblem } from '#modules/returns/return/return.ts'
import { takeReturnInput, type saleBackInput } from './back.ts'
import { lockSold, openDesk, refuseEmptyDrawer } from './back.store.ts'

/** Takes goods of a sale back at a till: they go where they can be used, and the money goes back the way it came. */
export const takeReturn = command({
  name: 'pos.takeReturn',
  can: 'pos.return.take',
  input: takeReturnInput,
  run: (tx, { till, ...input }) => takeSaleBack(tx, till, input),
})

/**
 * What of a sale comes back at a till, alone or in exchange for what is bought at the same moment. Whatever else this transaction
 * locks comes after it.
 */
export async function takeSaleBack(
  tx: Tx,
  till: string,
  { sale, due, ...input }: z.output<typeof saleBackInput>,
  exchangeFor?: { id: string; total: Minor },
): Promise<Taken> {
  const company = await theCompany(tx.db)
  const desk = await openDesk(tx, till, company)
  const sold = await lockSold(tx, 'pos.return.take', sale)
  const methods = await loadMethods(tx.db)
  const taken = await takeBackSold(tx, sold, input, { desk, methods, ...(exchangeFor && { exchangeFor }) })
  if (taken.total !== due) throw ReturnProblem.changed({ due: taken.total, currency: company.currency })
  const cash = sum(taken.refunds.filter((one) => one.kind === 'cash').map((one) => one.amount))
  await refuseEmptyDrawer(tx, desk.drawer, cash)
  return taken
}
