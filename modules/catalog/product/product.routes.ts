import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { addVariant, attachBarcode, createProduct, detachBarcode } from './product.commands.ts'
import { removeProductImage, setProductImage } from './image.commands.ts'
import { refuseOtherUnit } from './counted.store.ts'
import { findGoods, showProduct } from './product.queries.ts'
import { lockCodes, refusePriceOfAll, refuseTakenSku } from './product.store.ts'
import { product, variant } from './product.ts'
import { catalogChanged } from '../changed/changed.ts'

const productVerbs = crud(
  product,
  {
    async beforeChange(tx, row, changes) {
      const isAsked = (['asksPrice', 'leastPrice', 'mostPrice'] as const).some(
        (name) => changes[name] !== undefined && changes[name] !== row[name],
      )
      if (isAsked) await refusePriceOfAll(tx)
      if (changes.unit !== undefined && changes.unit !== row.unit) await refuseOtherUnit(tx, row.id, [row.unit, changes.unit])
    },
    // The variants carry the product's name; the database sees to it, whoever renames it.
    afterChange: async (tx, row) => tx.emit(catalogChanged, { product: row.id }),
    beforeArchive: (tx, row) => tx.emit(catalogChanged, { product: row.id }),
    afterRestore: (tx, row) => tx.emit(catalogChanged, { product: row.id }),
  },
  { creatable: false },
)
const variantVerbs = crud(
  variant,
  {
    beforeLock: (tx, { sku }) => lockCodes(tx, sku ? [sku] : []),
    async beforeChange(tx, row, { sku, price, comparePrice }) {
      const isPriced =
        (price !== undefined && price !== row.price) || (comparePrice !== undefined && comparePrice !== row.comparePrice)
      if (isPriced) await refusePriceOfAll(tx)
      if (sku !== undefined && sku !== row.sku) await refuseTakenSku(tx, row.id, sku)
    },
    afterChange: async (tx, row) => tx.emit(catalogChanged, { product: row.product }),
    beforeArchive: (tx, row) => tx.emit(catalogChanged, { product: row.product }),
    afterRestore: (tx, row) => tx.emit(catalogChanged, { product: row.product }),
  },
  { creatable: false },
)

export const productRoutes = routes({
  ...crudRoutes(product, productVerbs),
  'GET /catalog/goods': findGoods,
  'POST /catalog/products': createProduct,
  'GET /catalog/products/:id': showProduct,
  'POST /catalog/products/:id/image': setProductImage,
  'DELETE /catalog/products/:id/image': removeProductImage,
  'POST /catalog/products/:id/variants': addVariant,
  ...crudRoutes(variant, variantVerbs),
  'POST /catalog/variants/:id/barcodes': attachBarcode,
  'DELETE /catalog/variants/:id/barcodes/:code': detachBarcode,
})
