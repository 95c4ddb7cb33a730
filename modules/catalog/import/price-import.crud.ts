import { readDayIn, type Cells, type Pass } from '#kit/import.ts'
import { readCounted, readPriced, readSaid, saidIn } from '#kit/measure-said.ts'
import type { EntityImportHooks, Meant } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { ARTICLES, PRICE_UNITS, UNITS } from './columns.rules.ts'
import { articlesOf, countedUnder, holdsOf } from './counted.store.ts'
import { amountFor, inUnitsOf, isMeantFor, isSameShare, readFine, shareOf, tooFineFor, type Share } from './price-unit.rules.ts'
import { judgeList } from '../price/price.scope.store.ts'

/** Prices of lists come from a file for what it says that they are for, and are kept for what their article is priced for. */
export const priceImport: EntityImportHooks = {
  // Most programs write a file for each list, and its name outside of it.
  forAll: ['priceList'],
  byCode: ['variant'],
  more: [
    // The unit of a price is what it is for.
    { name: 'priceUnit', aliases: [...PRICE_UNITS, ...UNITS] },
    {
      name: 'validFrom',
      isDay: true,
      aliases: [
        'Valid from',
        'From date',
        'Start date',
        'Starts',
        'Effective from',
        'Effective date',
        'ساري من',
        'صالح من',
        'تاريخ البداية',
        'Действует с',
        'Дата начала',
        'Kuanzia tarehe',
      ],
    },
    {
      name: 'validTo',
      isDay: true,
      aliases: [
        'Valid upto',
        'Valid up to',
        'Valid to',
        'Valid until',
        'Valid till',
        'To date',
        'End date',
        'Ends',
        'Expires',
        'Expiry date',
        'ساري حتى',
        'صالح حتى',
        'تاريخ النهاية',
        'Действует до',
        'Дата окончания',
        'Hadi tarehe',
      ],
    },
  ],
  aliases: {
    priceList: ['Price list name', 'Pricelist', 'List', 'قائمة الأسعار', 'Прайс-лист', 'Вид цены', 'Orodha ya bei'],
    variant: ARTICLES,
    minQuantity: [
      'Min qty',
      'Minimum quantity',
      'Minimum qty',
      'From quantity',
      'Quantity from',
      'الكمية من',
      'أقل كمية',
      'От количества',
    ],
    price: [
      'Rate',
      'Price list rate',
      'Fixed price',
      'Unit price',
      'Wholesale price',
      'Selling price',
      'السعر',
      'سعر البيع',
      'سعر الجملة',
      'Цена',
      'Bei',
    ],
  },
  tidy: (tx, values) => judgeList(tx, values['priceList'] as string),
  taxInside: async (tx) => (await theCompany(tx.db)).pricesIncludeTax,
  finer: ['price'],
  counted: ['minQuantity'],
  async meant(tx, values, { cells, pass }) {
    const { headings } = pass
    const variant = String(values['variant'])
    const article = (await articlesOf(tx, [variant])).get(variant)
    if (!article) return {}
    const { unit, packs, per } = article
    const refused = (field: string, code: string, params: object): Meant => ({
      refusals: [{ field, problem: `catalog.product.${code}`, params: { ...params } }],
    })
    const meant: Record<string, unknown> = {}
    const company = await theCompany(tx.db)
    const { refusals, warnings = [] } = heldOn(tx.now.toZonedDateTimeISO(company.timeZone).toPlainDate().toString(), cells, pass)
    if (refusals) return { refusals }

    if (typeof values['minQuantity'] === 'bigint') {
      const { unit: own } = readCounted(cells['minQuantity'] ?? '')
      const reads = await countedUnder(tx, headings['minQuantity'] ?? '', [variant], own !== undefined)
      const counted = reads(variant, values['minQuantity'], own)
      if (typeof counted === 'object') return refused('minQuantity', 'quantityOfOther', { value: counted.said })
      meant['minQuantity'] = counted
    }

    const { number: price, per: own } = readPriced(cells['price'] ?? '')
    if (!price.trim()) return { values: meant, warnings }
    const { currency } = company
    const fine = readFine(price, { field: 'price', pass, currency })
    if (typeof fine === 'object') return { refusals: [fine] }
    const written = cells['priceUnit']?.trim()
    // Odoo's "Unit(s)".
    const cell = written ? readSaid(written.replace(/\(s\)$/i, '')) : undefined
    if (written && !cell) return refused('priceUnit', 'priceUnitOfOther', { value: written.slice(0, 80) })
    const above = saidIn(headings['price'] ?? '')
    const of: Share[] = []
    for (const [field, said] of [['priceUnit', cell] as const, ['price', above] as const, ['price', own] as const]) {
      const found = said && inUnitsOf(said, unit, holdsOf(unit, packs))
      if (said && !found) return refused(field, 'priceUnitOfOther', { value: said.text })
      if (found) of.push(found)
    }
    const isTwofold = of.some((one) => !isSameShare(one, of[0]!))
    // Unsaid it is for what the article is priced for; one that fits better for a single unit may have been meant so.
    const isUnsaid = of.length === 0 && per !== '1' && !isMeantFor(fine, article.price, per)
    if (isTwofold || isUnsaid) return refused('price', 'whichPriceUnit', { units: Number(per) })
    const share = of[0] ?? shareOf(per)
    const kept = amountFor(fine, share, per)
    return kept === null
      ? { refusals: [tooFineFor(fine, { field: 'price', of: share, per, currency })] }
      : { values: { ...meant, price: kept }, warnings }
  },
}

/** A price has the days of its list: one that is over, or not yet, is none of today. */
function heldOn(today: string, cells: Cells, pass: Pass): Pick<Meant, 'refusals' | 'warnings'> {
  const days: Record<string, string> = {}
  for (const field of ['validFrom', 'validTo']) {
    const cell = cells[field]?.trim()
    const read = cell ? readDayIn(cell, { field, pass }) : undefined
    if (typeof read === 'object') return { refusals: [read] }
    if (read) days[field] = read
  }
  const { validFrom, validTo } = days
  const told = (field: string, problem: string, day: string) => [{ field, problem, params: { day } }]
  if (validTo !== undefined && validTo < today) return { refusals: told('validTo', 'catalog.price.isOver', validTo) }
  if (validFrom !== undefined && validFrom > today) return { refusals: told('validFrom', 'catalog.price.notYet', validFrom) }
  return validTo === undefined ? {} : { warnings: told('validTo', 'catalog.price.endsLater', validTo) }
}
