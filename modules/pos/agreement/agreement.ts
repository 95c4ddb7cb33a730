import { basketInput } from '../sale/sale.ts'

/** What somebody else agrees to while the basket is still open: its prices and discounts, as they stand in it now. */
export const agreementInput = basketInput
