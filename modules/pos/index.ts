export { addTill } from './till/till.store.ts'
export { firstOpenDay, posSettings } from './shift/shift.store.ts'
export { cashInDrawers } from './shift/cash.store.ts'
