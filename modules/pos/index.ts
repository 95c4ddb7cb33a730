export { addTill } from './till/till.store.ts'
export { posSettings } from './shift/shift.store.ts'
