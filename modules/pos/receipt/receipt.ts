import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'

/** The receipt of a sale: by mail with the receipt itself as a PDF, by SMS with its number and total. */
export const receiptMessage = message('pos.receipt', { number: { sample: 'S1T1-26-00042' }, total: { sample: 'KES 1,250.00' } }, [
  'mail',
  'sms',
])

export const ReceiptProblem = problems('pos.receipt', {
  noTaxNumber: {
    status: 409,
    say: 'Your tax number is missing, and a sale with tax needs it on its invoice. Enter it under Company, or for this store under Places.',
  },
  notIssued: { status: 409, say: 'This sale has no invoice yet. Whoever may issue invoices does so on the page of the sale.' },
  tooMany: { status: 429, say: 'You have sent {most} receipts within an hour. Print this one, or send it later.' },
  noSms: {
    status: 409,
    say: 'SMS is not set up, so no receipt can leave. An owner can set it up in the settings under “Connections”.',
  },
  noMail: {
    status: 409,
    say: 'Mail is not set up, so no receipt can leave. An owner can set it up in the settings under “Connections”.',
  },
})
