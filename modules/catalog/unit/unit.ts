import { entity, integer, quantity, readonly, ref, text, uid } from '#kit/entity.ts'

/** A unit of measure: pieces have no decimals, kilograms three. */
export const unit = entity('catalog_unit', {
  name: 'catalog.unit',
  path: '/catalog/units',
  fields: {
    id: readonly(uid()),
    code: text({ max: 12 }),
    name: text({ max: 60 }),
    decimals: { ...integer({ min: 0, max: 6 }), initial: 0 },
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.product.edit',
    import: 'catalog.product.import',
    export: 'catalog.product.export',
  },
  list: ['code', 'name', 'decimals'],
  sort: ['code', 'name'],
  search: ['code', 'name'],
  title: 'name',
  seeded: 'unit',
  naturalKey: ['code'],
  archive: true,
})

/** A bag is 50 kg, a carton 24 pieces: how many of the product's own unit one of another unit holds. */
export const conversion = entity('catalog_conversion', {
  name: 'catalog.conversion',
  path: '/catalog/conversions',
  fields: {
    id: readonly(uid()),
    product: ref('catalog_product'),
    unit: ref('catalog_unit'),
    factor: quantity({ min: 1n }),
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.product.edit',
    import: 'catalog.product.import',
    export: 'catalog.product.export',
  },
  list: ['product', 'unit', 'factor'],
  sort: ['-id'],
  filters: ['product', 'unit'],
  title: 'product',
  naturalKey: ['product', 'unit'],
})
