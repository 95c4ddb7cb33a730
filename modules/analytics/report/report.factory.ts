import { newId } from '#kit/id.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { aProduct, type AProduct } from '#modules/pos/sale/sale.factory.ts'
import { openShift } from '#modules/pos/shift/shift.commands.ts'
import type { World } from '#test/harness.ts'

export const run = (name: string, ctx: Ctx, input: object) =>
  (declaredEndpoints.get(name) as unknown as (ctx: Ctx, input: object) => Promise<never>)(ctx, input)
const idOf = async (made: Promise<{ id: string }>) => (await made).id

export interface Trade {
  readonly branch: string
  readonly pot: AProduct
  readonly cup: AProduct
}

/**
 * Two stores, two cashiers, two ways to pay, goods with and without tax, a discount. In March 2026, in minor
 * units:
 *
 * | day    | store       | cashier | sold                    | net    | tax   | paid                  |
 * | 1 Sun  | Main Street | Amina   | 1 cup                   | 3,000  | 0     | cash                  |
 * | 2 Mon  | Main Street | Amina   | 2 pots                  | 20,000 | 3,200 | cash                  |
 * | 2 Mon  | Main Street | Otieno  | 1 cup, a tenth off      | 2,700  | 0     | card                  |
 * | 3 Tue  | Westlands   | Otieno  | 1 pot, 1 cup            | 13,000 | 1,600 | 5,000 cash, the rest card |
 */
export async function aTrade(world: World, cashier: string): Promise<Trade> {
  const owner = world.ctx()
  const branch = await idOf(
    run('places.place.create', owner, {
      name: 'Westlands',
      code: 'WL',
      kind: 'store',
      timeZone: 'Africa/Nairobi',
      cutOffHour: 4,
    }),
  )
  const floors: { rows: { id: string }[] } = await run('inventory.location.list', owner, { place: branch })
  const shelf = floors.rows[0]!.id
  const category = await idOf(run('catalog.category.create', owner, { name: 'Pottery' }))
  const pot = await aProduct(world, 'Clay pot', 11_600n, 50, 4_000n)
  const cup = await aProduct(world, 'Tin cup', 3_000n, 50, 1_000n, { taxed: false })
  await world.database.pool.query('update catalog_product set category = $1 where id = $2', [category, pot.product])
  await run('inventory.document.receiveNew', owner, {
    kind: 'receipt',
    id: newId(),
    location: shelf,
    reason: 'opening',
    lines: [pot, cup].map(({ variant }, index) => ({ variant, quantity: '10000000', unitCost: index === 0 ? '4000' : '1000' })),
  })
  const methods = await world.database.db.selectFrom('paymentMethod').select(['id', 'kind']).execute()
  const by = (kind: string) => methods.find((one) => one.kind === kind)!.id
  const cash = (given: string) => ({ method: by('cash'), given: given as never })
  const card = (given: string) => ({ method: by('card'), given: given as never, reference: newId() })
  const line = (product: AProduct, count = 1, more: object = {}) => ({
    variant: product.variant,
    quantity: String(count * 1_000_000) as never,
    listPrice: product.price as never,
    ...more,
  })
  let tills = 0
  const tillOn = async (day: string, place: string, location: string) => {
    tills += 1
    const till = await idOf(run('pos.till.create', owner, { name: `Till ${day}`, code: `R${tills}`, place, location }))
    await openShift(world.ctx({ now: Temporal.Instant.from(`${day}T06:00:00Z`) }), { id: newId(), till, float: '0' as never })
    return till
  }
  const sell = (till: string, at: string, who: string, total: string, lines: object[], tenders: object[]) =>
    completeSale(world.as('owner', { id: who, more: { now: Temporal.Instant.from(at) } }), {
      id: newId(),
      till,
      total: total as never,
      lines: lines as never,
      tenders: tenders as never,
    })
  const sunday = await tillOn('2026-03-01', world.place, world.location)
  await sell(sunday, '2026-03-01T07:10:00Z', world.owner, '3000', [line(cup)], [cash('3000')])
  const monday = await tillOn('2026-03-02', world.place, world.location)
  await sell(monday, '2026-03-02T07:10:00Z', world.owner, '23200', [line(pot, 2)], [cash('23200')])
  // At one in the night on the clock of the store, so still Monday's.
  await sell(monday, '2026-03-02T22:10:00Z', cashier, '2700', [line(cup, 1, { discount: { rate: '100000' } })], [card('2700')])
  const tuesday = await tillOn('2026-03-03', branch, shelf)
  await sell(tuesday, '2026-03-03T07:40:00Z', cashier, '14600', [line(pot), line(cup)], [cash('5000'), card('9600')])
  return { branch, pot, cup }
}
