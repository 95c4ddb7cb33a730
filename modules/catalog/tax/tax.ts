import { day, entity, rateField, readonly, ref, text, uid } from '#kit/entity.ts'

/** What kind of goods it is for the tax office; the rate is looked up by day. */
export const taxClass = entity('catalog_tax_class', {
  name: 'catalog.taxClass',
  path: '/catalog/tax-classes',
  fields: { id: readonly(uid()), code: text({ max: 20 }), name: text({ max: 80 }) },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.tax.edit',
    import: 'catalog.tax.edit',
    export: 'catalog.product.export',
  },
  list: ['code', 'name'],
  sort: ['code', 'name'],
  search: ['code', 'name'],
  title: 'name',
  seeded: 'tax',
  naturalKey: ['code'],
  archive: true,
})

/** A rate from a day on, until the next one begins. */
export const taxRate = entity('catalog_tax_rate', {
  name: 'catalog.taxRate',
  path: '/catalog/tax-rates',
  fields: { id: readonly(uid()), taxClass: ref('catalog_tax_class'), rate: rateField(), validFrom: day() },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.tax.edit',
    import: 'catalog.tax.edit',
    export: 'catalog.product.export',
  },
  list: ['taxClass', 'rate', 'validFrom'],
  sort: ['-validFrom'],
  filters: ['taxClass', 'validFrom'],
  // A day alone says nothing: it is the rate of its class.
  title: 'taxClass',
  naturalKey: ['taxClass', 'validFrom'],
})
