export { booksHold } from './entry/check.store.ts'
export { hasEntries, partyBalance, post, takeBack, type Posting } from './entry/entry.store.ts'
export { accountFacts, accountFor, addDrawer, lockMoney, safeHasMoney, startChart } from './account/account.store.ts'
export { accountSums, partBalances } from './account/balance.store.ts'
