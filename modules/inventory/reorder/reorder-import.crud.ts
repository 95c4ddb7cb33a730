import { readCounted } from '#kit/measure-said.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Qty } from '#kit/quantity.ts'
import { refusePlace } from '#kit/server/list/crud.ts'
import type { EntityImportHooks, Meant } from '#kit/server/import/entity.ts'
import { ARTICLES, countedUnder } from '#modules/catalog/index.ts'
import { judge } from './reorder.crud.ts'
import { reorder } from './reorder.ts'

/** Levels count in the unit that their heading names, and are judged like those of the form beside what is there already. */
export const reorderImport: EntityImportHooks = {
  forAll: ['place'],
  byCode: ['variant'],
  aliases: {
    variant: ARTICLES,
    place: [
      'Location',
      'Store',
      'Shop',
      'Branch',
      'Warehouse',
      'المتجر',
      'الفرع',
      'المستودع',
      'Магазин',
      'Склад',
      'Duka',
      'Ghala',
    ],
    level: [
      'Min',
      'Minimum',
      'Min stock',
      'Reorder point',
      'Low stock',
      'Safety stock',
      'الحد الأدنى',
      'Минимум',
      'Kiwango cha chini',
    ],
    target: [
      'Max',
      'Maximum',
      'Max stock',
      'Par level',
      'Fill up to',
      'Desired stock',
      'الحد الأقصى',
      'Максимум',
      'Kiwango cha juu',
    ],
  },
  counted: ['level', 'target'],
  async meant(tx, values, { cells, pass: { headings } }): Promise<Meant> {
    const meant: Record<string, unknown> = {}
    for (const field of ['level', 'target'] as const) {
      const [variant, quantity] = [values['variant'], values[field]]
      if (typeof variant !== 'string' || typeof quantity !== 'bigint') continue
      const { unit } = readCounted(cells[field] ?? '')
      const counted = (await countedUnder(tx, headings[field] ?? '', [variant], unit !== undefined))(variant, quantity, unit)
      if (typeof counted === 'object')
        return { refusals: [{ field, problem: 'catalog.product.quantityOfOther', params: { value: counted.said } }] }
      meant[field] = counted
    }
    return { values: meant }
  },
  async tidy(tx, values) {
    const { variant, place } = values as Record<string, string | undefined>
    if (!variant || !place) throw CommonProblem.invalid()
    // What is there is told to nobody who may not change it.
    refusePlace(tx, reorder, 'inventory.reorder.edit', values)
    const now = await tx.db
      .selectFrom('inventoryReorder')
      .select(['level', 'target'])
      .where('variant', '=', variant)
      .where('place', '=', place)
      .executeTakeFirst()
    const said = (field: 'level' | 'target') => (field in values ? values[field] : now?.[field]) as Qty | null | undefined
    const level = said('level')
    if (level !== null && level !== undefined) judge(level, said('target'))
  },
}
