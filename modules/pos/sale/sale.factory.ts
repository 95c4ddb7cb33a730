import { newId } from '#kit/id.ts'
import { RATE_ONE } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { createProduct } from '#modules/catalog/product/product.commands.ts'
import { receiveNew } from '#modules/inventory/document/draft.commands.ts'
import { openShift } from '../shift/shift.commands.ts'
import type { World } from '#test/harness.ts'

export interface AProduct {
  readonly product: string
  readonly variant: string
  readonly price: string
}

/** A product with one variant; taxed with the standard class unless told otherwise. `per`: price and cost are for so many `unit`s. */
export async function aProduct(
  world: World,
  name: string,
  price: bigint,
  stock = 0,
  cost = 0n,
  more: { kind?: 'stocked' | 'service'; taxed?: boolean; unit?: string; per?: PriceUnit } = {},
): Promise<AProduct> {
  const taxClass = await world.database.db
    .selectFrom('catalogTaxClass')
    .select('id')
    .where('code', '=', 'standard')
    .executeTakeFirstOrThrow()
  const unit = more.unit
    ? await world.database.db.selectFrom('catalogUnit').select('id').where('code', '=', more.unit).executeTakeFirstOrThrow()
    : null
  const id = newId()
  const { variants } = await createProduct(world.ctx(), {
    id,
    name,
    kind: more.kind ?? 'stocked',
    taxClass: more.taxed === false ? null : taxClass.id,
    unit: unit?.id ?? null,
    ...(more.per && { priceUnit: more.per }),
    variants: [{ price: String(price) as never }],
  })
  const variant = variants[0]!
  if (stock > 0) {
    await receiveNew(world.ctx(), {
      kind: 'receipt',
      id: newId(),
      location: world.location,
      reason: 'opening',
      lines: [{ variant, quantity: String(BigInt(stock) * RATE_ONE) as never, unitCost: String(cost) as never }],
    })
  }
  return { product: id, variant, price: String(price) }
}

export async function anOpenTill(world: World, float = 100_000n): Promise<string> {
  const id = newId()
  await openShift(world.ctx(), { id, till: world.till, float: String(float) as never })
  return id
}
