import { module } from '#kit/server/module.ts'
import type { Tx } from '#kit/server/context.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import './catalog.access.ts'
import { category } from './category/category.ts'
import './import/picture.import.store.ts'
import './import/product.import.store.ts'
import { price, priceList } from './price/price.ts'
import { taxClass, taxRate } from './tax/tax.ts'
import { conversion, unit } from './unit/unit.ts'
import { categoryRoutes } from './category/category.crud.ts'
import { priceListRoutes, priceRoutes } from './price/price.crud.ts'
import { judgeList } from './price/price.scope.store.ts'
import { productRoutes } from './product/product.routes.ts'
import { taxClassRoutes, taxRateRoutes } from './tax/tax.crud.ts'
import { conversionRoutes, unitRoutes } from './unit/unit.crud.ts'

const currencyOf = async (tx: Tx) => (await theCompany(tx.db)).currency
for (const entity of [category, unit, conversion, taxClass, taxRate, priceList]) importEntity(entity, currencyOf)
importEntity(price, currencyOf, { tidy: (tx, values) => judgeList(tx, values['priceList'] as string) })

export default module({
  name: 'catalog',
  depends: ['places'],
  routes: [
    productRoutes,
    categoryRoutes,
    unitRoutes,
    conversionRoutes,
    taxClassRoutes,
    taxRateRoutes,
    priceListRoutes,
    priceRoutes,
  ],
})
