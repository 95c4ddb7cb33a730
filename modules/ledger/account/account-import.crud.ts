import type { EntityImportHooks } from '#kit/server/import/entity.ts'
import type { accountKinds } from './account.ts'

type Kind = (typeof accountKinds)[number]

// In turn: "cost of revenue" is a cost, "non-current liability" and "loan receivable" are what their last words say.
const KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    'asset',
    /receivable|\bassets?\b|^(?:bank|cash|bank and cash|stock|inventory|prepayments?|payment clearing)$|أصول|موجودات|^(?:بنك|نقدية)$/,
  ],
  ['liability', /payable|liabilit|^(?:credit card|loan)$|خصوم|مطلوبات|التزامات|обязательств/],
  ['equity', /equity|^capital$|current year earnings|حقوق الملكية|حقوق ملكية|رأس المال|капитал/],
  ['expense', /\bcosts?\b|expenses?|overhead|depreciation|مصروف|مصاريف|تكلفة|تكاليف|расход|затрат/],
  ['income', /income|revenue|^sales$|إيراد|ايراد|доход|выручк/],
]

/** Charts of QuickBooks, Xero, Odoo, ERPNext and Zoho, and lists in Arabic and Russian. */
export const accountImport: EntityImportHooks = {
  aliases: {
    code: [
      'Account #',
      'Account number',
      'Account no',
      'Account code',
      'Number',
      'رقم الحساب',
      'كود الحساب',
      'Номер счёта',
      'Код',
      'Msimbo',
    ],
    name: ['Account name', 'Account', 'Full name', 'اسم الحساب', 'الحساب', 'Наименование', 'Jina la akaunti'],
    // ERPNext has "Bank" and "Tax" for its type, and what we call so for its root.
    kind: ['Root Type', 'Type', 'Account type', 'نوع الحساب', 'النوع', 'Aina'],
  },
  meaning: { kind: (word) => KINDS.find(([, says]) => says.test(word))?.[0] },
}
