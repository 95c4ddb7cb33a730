import type { Tx } from '#kit/server/door/context.ts'
import { price } from './price.ts'

/** A price belongs where its list does. @throws `kit.notFound` for whoever sets no prices there */
export async function judgeList(tx: Tx, list: string): Promise<void> {
  const found = await tx.db.selectFrom('catalogPriceList').select('place').where('id', '=', list).executeTakeFirst()
  // A list that is not there is refused by its reference.
  if (found) tx.mayAt(price.can.write!, found.place)
}
