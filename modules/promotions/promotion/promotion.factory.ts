import type { Ctx } from '#kit/server/door/context.ts'
import { schedulePromotion } from './promotion.commands.ts'
import { promotionCrud } from './promotion.routes.ts'

/** "A tenth off everything", as a draft. */
export async function aPromotion(ctx: Ctx, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { id } = await promotionCrud['POST /promotions'](ctx, {
    name: 'A tenth off',
    kind: 'percentage',
    rate: '100000',
    lines: [],
    ...more,
  } as never)
  return id
}

/** One that tills have. */
export async function aRunningPromotion(ctx: Ctx, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = await aPromotion(ctx, more)
  await schedulePromotion(ctx, { id })
  return id
}
