import { newId } from '#kit/id.ts'
import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['promotion_use'],
  async placed({ world, run }) {
    const tenth = { name: 'A tenth off', kind: 'percentage', rate: '100000', lines: [] }
    const { id } = (await run('promotions.promotion.create', world.ctx(), { ...tenth, place: world.place })) as { id: string }
    return [
      ['promotions.promotion.create', (place) => ({ ...tenth, place })],
      ['promotions.promotion.change', (place) => ({ id, changes: { place } })],
    ]
  },
  beside: { 'promotions.promotion.try': { basket: `${newId()}*1` } },
  pages: ['/promotions/new?kind=buyGet', '/promotions/new?kind=spend'],
}
