import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { lockRow } from '#kit/server/list/crud.ts'
import { promotion, PromotionProblem } from '../promotion/promotion.ts'
import { MOST_CODES } from './coupon.rules.ts'
import { addCoupons } from './coupon.store.ts'

/** Codes for a promotion, by the thousand: eight characters of chance, so that nobody finds one by trying. */
export const makeCoupons = command({
  name: 'promotions.coupon.make',
  can: 'promotions.promotion.edit',
  input: z.object({ id: z.uuid(), count: z.number().int().min(1).max(MOST_CODES) }),
  async run(tx, { id, count }) {
    const row = await lockRow(tx, promotion, id)
    if (row.coupons !== 'codes' || row.state === 'ended') throw PromotionProblem.noCodes()
    await addCoupons(tx, id, count)
    tx.about(promotion.table, id, row.place)
    tx.changed({ table: promotion.table, record: id, before: {}, after: { made: count } })
    return { id, count }
  },
})
