import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { extend, units } from '#kit/quantity.ts'
import { query } from '#kit/server/door/command.ts'
import { clockOf } from '#kit/server/door/scheduled.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { articlesOf } from '#modules/catalog/index.ts'
import { loadPlace } from '#modules/places/index.ts'
import { ruleOf } from '../promotion/promotion.store.ts'
import { promotion } from '../promotion/promotion.ts'
import { promote } from '../rule/promote.rules.ts'
import { indexRules, type PromotedLine } from '../rule/rule.rules.ts'

const MOST_LINES = 50
/** "variant*3,variant*1": so many of each. */
const basketSchema = z
  .string()
  .max(MOST_LINES * 45)
  .regex(/^[0-9a-f-]{36}\*\d{1,4}(?:,[0-9a-f-]{36}\*\d{1,4})*$/)
  .transform((text) => text.split(',').map((one) => one.split('*') as [variant: string, count: string]))
  .refine((lines) => lines.every(([variant, count]) => z.uuid().safeParse(variant).success && Number(count) > 0))

/**
 * What a basket would take from a promotion alone, now, by whom it is for and with its coupon: tried before anybody buys. Articles
 * are at their own prices.
 */
export const tryPromotion = query({
  name: 'promotions.promotion.try',
  can: 'promotions.promotion.read',
  input: z.object({ id: z.uuid(), basket: basketSchema }),
  async run(reading, { id, basket }) {
    const { db, now } = reading
    const { row } = await getRow(reading, promotion, id)
    const place = row.place as string | null
    const [rule, articles, clock] = await Promise.all([
      ruleOf(db, id),
      articlesOf(
        db,
        basket.map(([variant]) => variant),
      ),
      place ? loadPlace(db, place) : clockOf(db),
    ])
    const lines = basket.map(([variant, count], index): PromotedLine & { name: string } => {
      const article = articles.get(variant)
      if (!article) throw CommonProblem.notFound()
      const { price, ...rest } = article
      const key = String(index).padStart(3, '0')
      return { ...rest, key, quantity: units(Number(count)), unitPrice: price, isPriceSet: false, addedAt: now }
    })
    const given = promote(lines, indexRules([rule]), {
      timeZone: clock.timeZone,
      cutOffHour: clock.cutOffHour,
      place: place ?? '',
      customerGroup: rule.groups[0] ?? null,
      customer: null,
      coupons: rule.isByCoupon ? [{ code: rule.word ?? '', rule: id, refusal: null }] : [],
    })
    return {
      benefit: given.benefit,
      refusal: given.coupons[0]?.refusal ?? null,
      lines: lines.map(({ name, variant, unitPrice, quantity, priceUnit }, index) => {
        const gross = extend(unitPrice, quantity, priceUnit)
        return { variant, name, gross, benefit: given.lines[index]!.benefit }
      }),
    }
  },
})
