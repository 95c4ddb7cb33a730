import { message } from '#kit/message.ts'

/** An order, to its supplier, as a PDF. */
export const purchaseMessage = message('sourcing.purchase', {
  number: { sample: 'PO-2026-00042' },
  expected: { sample: '3 Dec 2026' },
})
