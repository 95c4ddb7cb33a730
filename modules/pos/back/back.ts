import { z } from 'zod'
import { approvalKind } from '#kit/approval.ts'
import { amountSchema, quantitySchema } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'
import { backInput, dispositions, reasons } from '#modules/returns/return/return.ts'

/** What comes back at a till: of which sale, and what was shown to be given for it. */
export const saleBackInput = backInput.extend({ sale: z.uuid(), due: amountSchema(0n) })
export const takeReturnInput = saleBackInput.extend({ till: z.uuid() })

/** What comes back without a receipt: for the store credit of a customer. */
export const withoutReceiptInput = z.object({
  /** The id of the return. */
  id: z.uuid(),
  till: z.uuid(),
  customer: z.uuid(),
  lines: z
    .array(
      z.object({
        variant: z.uuid(),
        quantity: quantitySchema(1n, 1_000_000_000_000n),
        disposition: z.enum(dispositions).default('shelf'),
      }),
    )
    .min(1)
    .max(100),
  reason: z.enum(reasons),
  note: z.string().trim().max(500).nullish(),
  /** What the customer was told. */
  due: amountSchema(0n),
})

export const voidInput = z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) })

export const BackProblem = problems('pos.back', {
  voided: { status: 409, say: 'This sale was voided: its goods and its money went back then.' },
  notOpen: { status: 409, say: 'The shift of this sale is over, so it stays as it is. Take its goods back as a return instead.' },
  cameBack: { status: 409, say: 'Goods of this sale have come back already. Take the rest back as a return as well.' },
  notBought: {
    status: 409,
    say: 'Nobody has bought {names} here in the last 30 days, so there is no price to give for it.',
  },
  drawerShort: { status: 409, say: 'There is not that much cash in the drawer. Put some in first, or give it back another way.' },
})

/** A sale is struck out with all that it did. */
export const voiding = approvalKind('pos.void', { permission: 'pos.sale.void', when: 'always' })
