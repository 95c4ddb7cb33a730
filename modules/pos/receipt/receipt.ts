import { message } from '#kit/message.ts'

/** The receipt of a sale, with the receipt itself as a PDF. */
export const receiptMessage = message('pos.receipt', { number: { sample: 'S1T1-26-00042' }, total: { sample: 'KES 1,250.00' } })
