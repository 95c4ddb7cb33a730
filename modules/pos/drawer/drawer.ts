import { z } from 'zod'
import { problems } from '#kit/problem.ts'

/** The drawer is opened though nobody pays: to change a note, or to look. */
export const noSaleInput = z.object({
  /** The shift. */
  id: z.uuid(),
  opening: z.uuid(),
  reason: z.string().trim().min(3).max(200),
})

/** What a drawer is opened for. */
export const drawerCauses = ['sale', 'return', 'cash', 'noSale'] as const
export type DrawerCause = (typeof drawerCauses)[number]

export const DrawerProblem = problems('pos.drawer', {
  noCash: {
    status: 409,
    say: 'A drawer opens once for a sale or a return in cash, for cash in or out, or with a reason, and in its open shift.',
  },
})
