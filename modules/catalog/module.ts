import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { catalogAccess } from './catalog.access.ts'
import { category } from './category/category.ts'
import { picturesImport } from './import/picture.import.store.ts'
import { productImport } from './import/product.import.store.ts'
import { price, priceList } from './price/price.ts'
import { taxClass, taxRate } from './tax/tax.ts'
import { labelRoutes } from './labelling/labels.routes.ts'
import { conversion, unit } from './unit/unit.ts'
import { conversionImport } from './import/conversion-import.crud.ts'
import { skuBeside } from './product/sku-beside.store.ts'
import { categoryImport, categoryRoutes } from './category/category.crud.ts'
import { priceListRoutes, priceRoutes } from './price/price.crud.ts'
import { priceImport } from './import/price-import.crud.ts'
import { productsByCode, productsNamedByCode, variantsByCode, variantsNamedByCode } from './product/code.store.ts'
import { productBeside } from './product/export.store.ts'
import { skus } from './product/product.store.ts'
import { product } from './product/product.ts'
import { sellableRoutes } from './sellable/sellable.routes.ts'
import { productPrices } from './product/price-span.store.ts'
import { productRoutes } from './product/product.routes.ts'
import { taxClassRoutes, taxRateRoutes } from './tax/tax.crud.ts'
import { conversionRoutes, unitRoutes } from './unit/unit.crud.ts'

const currencyOf = async (tx: Tx) => (await theCompany(tx.db)).currency
const plainImports = [unit, taxClass, taxRate].map((entity) => importEntity(entity, currencyOf))

export default module({
  name: 'catalog',
  depends: ['places'],
  parts: [
    catalogAccess,
    findable(product),
    skus,
    productPrices,
    productImport,
    picturesImport,
    importEntity(category, currencyOf, categoryImport),
    ...plainImports,
    importEntity(priceList, currencyOf, { hasNoTotals: true }),
    importEntity(price, currencyOf, priceImport),
    importEntity(conversion, currencyOf, conversionImport),
    variantsByCode,
    productsByCode,
    variantsNamedByCode,
    productsNamedByCode,
    productBeside,
    skuBeside(price),
    skuBeside(conversion, 'product'),
  ],
  routes: [
    productRoutes,
    labelRoutes,
    sellableRoutes,
    categoryRoutes,
    unitRoutes,
    conversionRoutes,
    taxClassRoutes,
    taxRateRoutes,
    priceListRoutes,
    priceRoutes,
  ],
})
