export { putBack, type BackGoods } from './return/goods.store.ts'
export { givenOf, goneOf, takeBackSold, tookOf, type BackInput, type SoldDocument } from './return/return.store.ts'
export { takeBackWithout, type WithoutReceipt } from './return/without.store.ts'
export type { Desk, Taken } from './return/written.store.ts'
