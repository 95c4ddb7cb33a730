import type { EntityImportHooks } from '#kit/server/import/entity.ts'
import { ARTICLES } from '#modules/catalog/index.ts'
import { refuseOthers } from './offer.crud.ts'

/** A supplier's price list: of one supplier as a rule, by the codes of either side, and without tax in any company. */
export const offerImport: EntityImportHooks = {
  forAll: ['supplier'],
  byCode: ['variant'],
  aliases: {
    supplier: ['Supplier name', 'Vendor', 'Vendor name', 'Distributor', 'المورد', 'اسم المورد', 'Поставщик', 'Msambazaji'],
    variant: ARTICLES,
    code: [
      'Supplier code',
      'Supplier SKU',
      'Supplier item code',
      'Vendor code',
      'Vendor SKU',
      'Vendor item no',
      'Supplier product code',
      'رمز المورد',
      'Артикул поставщика',
      'Код поставщика',
      'Msimbo wa msambazaji',
    ],
    price: [
      'Cost',
      'Unit cost',
      'Cost price',
      'Purchase price',
      'Buying price',
      'Supplier price',
      'Unit price',
      'Wholesale price',
      'Trade price',
      'سعر الشراء',
      'سعر التكلفة',
      'السعر',
      'Закупочная цена',
      'Цена закупки',
      'Цена',
      'Bei ya kununua',
      'Gharama',
      'Bei',
    ],
    pack: ['Pack size', 'Case size', 'Units per case', 'Carton qty', 'حجم العبوة', 'В упаковке', 'Ukubwa wa pakiti'],
    least: ['MOQ', 'Minimum order', 'Min order', 'Minimum order quantity', 'الحد الأدنى للطلب', 'Минимальный заказ'],
    leadDays: ['Lead time', 'Lead time (days)', 'Delivery days', 'مدة التوريد', 'Срок поставки', 'Siku za kuleta'],
  },
  taxInside: async () => false,
  tidy: (tx, values) => refuseOthers(tx, values['supplier'] as string),
}
