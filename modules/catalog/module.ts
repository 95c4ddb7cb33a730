import { module } from '#kit/server/module.ts'
import './catalog.access.ts'
import { categoryRoutes } from './category/category.crud.ts'
import { priceListRoutes, priceRoutes } from './price/price.crud.ts'
import { productRoutes } from './product/product.routes.ts'
import { taxClassRoutes, taxRateRoutes } from './tax/tax.crud.ts'
import { conversionRoutes, unitRoutes } from './unit/unit.crud.ts'

export default module({
  name: 'catalog',
  depends: ['places'],
  routes: [productRoutes, categoryRoutes, unitRoutes, conversionRoutes, taxClassRoutes, taxRateRoutes, priceListRoutes, priceRoutes],
})
