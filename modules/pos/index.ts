export { addTill } from './till/till.store.ts'
