import { approvalKind } from '#kit/approval.ts'

/** What may be given only when somebody who may agrees. */
export const otherPrice = approvalKind('pos.price', { permission: 'pos.sale.price', when: 'always' })
export const bigDiscount = approvalKind('pos.discount', { permission: 'pos.sale.discount', when: 'always' })
