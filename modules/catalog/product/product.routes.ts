import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { addVariant, attachBarcode, createProduct, detachBarcode } from './product.commands.ts'
import { removeProductImage, setProductImage } from './image.commands.ts'
import { listSellables, showProduct } from './product.queries.ts'
import { catalogChanged, product, variant, variantName } from './product.ts'

const productVerbs = crud(
  product,
  {
    async afterChange(tx, row, changes) {
      // Variants carry the product's name, so that tills and lists need no join.
      if (changes.name !== undefined) {
        const variants = await tx.db
          .selectFrom('catalogVariant')
          .select(['id', 'optionValues'])
          .where('product', '=', row.id)
          .execute()
        for (const one of variants) {
          await tx.db
            .updateTable('catalogVariant')
            .set({ name: variantName(changes.name, one.optionValues) })
            .where('id', '=', one.id)
            .execute()
        }
      }
      tx.emit(catalogChanged, { product: row.id })
    },
  },
  { creatable: false },
)
const variantVerbs = crud(
  variant,
  { afterChange: async (tx, row) => tx.emit(catalogChanged, { product: row.product }) },
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
