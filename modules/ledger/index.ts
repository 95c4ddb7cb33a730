export { hasEntries, partyBalance, post, type Posting } from './entry/entry.store.ts'
export { accountFor, addDrawer, startChart } from './account/account.store.ts'
