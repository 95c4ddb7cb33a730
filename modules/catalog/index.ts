export { pricesFor, type PricedVariant } from './price/price.store.ts'
export { startTaxes } from './tax/tax.crud.ts'
export { addProduct } from './product/product.store.ts'
export { startUnits } from './unit/unit.store.ts'
