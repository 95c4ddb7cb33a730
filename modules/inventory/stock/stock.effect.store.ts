import { holdsAt } from '#kit/access.ts'
import type { EffectKind } from '#kit/server/door/effect.ts'
import { shownName, wordsFor } from '#kit/server/host/words.ts'
import type { MovedGoods } from './stock.store.ts'

/** Goods that move, as a review tells them: from where to where, how many, and what they are worth to who may see costs. */
export const goodsMoved: EffectKind<{ from: string; to: string; lines: readonly MovedGoods[] }> = {
  can: 'inventory.stock.read',
  async tell(tx, items) {
    const lines = items.flatMap(({ from, to, lines }) => lines.map((line) => ({ ...line, from, to })))
    const { rows: named } = await tx.client.query<{ id: string; name: string; place: string | null }>(
      `select id, name, null::uuid as place from catalog_variant_fact where id = any($1::uuid[])
       union all select id, name, place from inventory_location where id = any($2::uuid[])`,
      [lines.map((line) => line.variant), lines.flatMap((line) => [line.from, line.to])],
    )
    // As it lies there once all of it is done: where the goods go, or where they came from when they leave.
    const { rows: lying } = await tx.client.query<{ variant: string; location: string; onHand: bigint }>(
      `select variant, location, sum(on_hand::bigint)::bigint as "onHand" from inventory_balance
       where variant = any($1::uuid[]) and location = any($2::uuid[]) group by 1, 2`,
      [lines.map((line) => line.variant), lines.flatMap((line) => [line.from, line.to])],
    )
    const then = new Map(lying.map((one) => [`${one.variant} ${one.location}`, one.onHand]))
    const t = wordsFor(tx.actor.locale)
    const names = new Map(named.map(({ id, name }) => [id, shownName(t, 'location', name)]))
    // At one end is enough: there the goods stand in the books with what they cost.
    const costly = new Set(named.filter((one) => holdsAt(tx.actor, 'catalog.cost.read', one.place)).map((one) => one.id))
    const isTold = (line: { from: string; to: string }) => costly.has(line.from) || costly.has(line.to)
    const seesCost = lines.some(isTold)
    return {
      title: 'review.goods',
      columns: [
        { label: 'field.article', kind: 'text' },
        { label: 'goods.from', kind: 'text' },
        { label: 'goods.to', kind: 'text' },
        { label: 'field.quantity', kind: 'quantity' },
        { label: 'review.then', kind: 'quantity' },
        ...(seesCost ? [{ label: 'field.value', kind: 'money' } as const] : []),
      ],
      rows: lines.map(({ variant, from, to, quantity, cost }) => [
        names.get(variant),
        names.get(from),
        names.get(to),
        quantity,
        then.get(`${variant} ${to}`) ?? then.get(`${variant} ${from}`) ?? null,
        ...(seesCost ? [isTold({ from, to }) ? cost : null] : []),
      ]),
    }
  },
}
