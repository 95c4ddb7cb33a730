import type { EntityImportHooks } from '#kit/server/import/entity.ts'
import { ARTICLES } from './columns.rules.ts'

/** Pack sizes: of which article, in what, and how many it holds. */
export const conversionImport: EntityImportHooks = {
  byCode: ['product'],
  aliases: {
    product: ARTICLES,
    unit: ['UOM', 'UOM (UOMs)', 'Pack', 'Packaging', 'Packing', 'العبوة', 'Упаковка', 'Pakiti'],
    factor: [
      'Conversion factor',
      'Conversion factor (UOMs)',
      'Conversion rate',
      'Pack size',
      'Pieces per pack',
      'Quantity per pack',
      'Quantity',
      'Qty',
      'معامل التحويل',
      'الكمية',
      'Коэффициент',
      'Количество',
      'Idadi',
    ],
  },
}
