import { entity, fixed, instant, optional, quantity, readonly, ref, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** When stock of a variant at a place falls to the level, somebody is told; the target is how much to fill up to. */
export const reorder = entity('inventory_reorder', {
  name: 'inventory.reorder',
  path: '/inventory/reorder-levels',
  fields: {
    id: readonly(uid()),
    variant: fixed(ref('catalog_variant')),
    place: fixed(ref('place')),
    level: quantity(),
    target: optional(quantity()),
    lowSince: readonly(optional(instant())),
  },
  can: {
    read: 'inventory.stock.read',
    write: 'inventory.reorder.edit',
    import: 'inventory.reorder.edit',
    export: 'inventory.stock.export',
  },
  list: ['variant', 'place', 'level', 'target', 'lowSince'],
  sort: ['-id', 'level'],
  filters: ['place', 'variant'],
  title: 'variant',
  naturalKey: ['variant', 'place'],
  scope: { place: 'place' },
})

export const ReorderProblem = problems('inventory.reorder', {
  targetBelow: { status: 422, say: 'Fill up to at least {level}: below that more is wanted at once.' },
})
