import { entity, integer, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const category = entity('catalog_category', {
  name: 'catalog.category',
  path: '/catalog/categories',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    parent: optional(ref('catalog_category')),
    position: { ...integer(), initial: 0 },
    /** For how many days its goods are taken back; what lies inside it goes by it too. */
    returnDays: optional(integer({ min: 0, max: 3650 })),
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.product.edit',
    import: 'catalog.product.import',
    export: 'catalog.product.export',
  },
  list: ['name', 'parent', 'position'],
  sort: ['name', 'position'],
  filters: ['parent'],
  search: ['name'],
  title: 'name',
  naturalKey: ['name'],
  archive: true,
  custom: true,
})

export const CategoryProblem = problems('catalog.category', {
  several: { status: 409, say: 'There are several categories called {name}. Say in a column “parent” which one is meant.' },
  circle: { status: 422, say: 'A category can’t lie inside itself. Choose another parent.' },
})
