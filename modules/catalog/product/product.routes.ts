import './export.store.ts'
import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { addVariant, attachBarcode, createProduct, detachBarcode } from './product.commands.ts'
import { removeProductImage, setProductImage } from './image.commands.ts'
import { listSellables, showProduct } from './product.queries.ts'
import { catalogChanged, product, variant } from './product.ts'

const productVerbs = crud(
  product,
  {
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
    afterChange: async (tx, row) => tx.emit(catalogChanged, { product: row.product }),
    beforeArchive: (tx, row) => tx.emit(catalogChanged, { product: row.product }),
    afterRestore: (tx, row) => tx.emit(catalogChanged, { product: row.product }),
  },
  { creatable: false },
)

export const productRoutes = routes({
  ...crudRoutes(product, productVerbs),
  'POST /catalog/products': createProduct,
  'GET /catalog/products/:id': showProduct,
  'POST /catalog/products/:id/image': setProductImage,
  'DELETE /catalog/products/:id/image': removeProductImage,
  'POST /catalog/products/:id/variants': addVariant,
  ...crudRoutes(variant, variantVerbs),
  'POST /catalog/variants/:id/barcodes': attachBarcode,
  'DELETE /catalog/variants/:id/barcodes/:code': detachBarcode,
  'GET /catalog/sellables': listSellables,
})
