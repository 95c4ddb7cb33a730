export { priceLines, pricesNeeded } from './basket/basket.store.ts'
export { agreeAhead, agreeTo } from './agreement/agreement.store.ts'
export { revenueLines } from './revenue/revenue.store.ts'
