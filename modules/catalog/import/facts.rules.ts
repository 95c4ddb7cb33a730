import { lineOfHtml, textOfHtml } from '#kit/html.ts'
import { meantBy, readNumber, type Pass } from '#kit/import.ts'
import { decimalsOf, minor, type Minor } from '#kit/money.ts'
import { readSaid, saidIn } from '#kit/measure-said.ts'
import type { ImportedProduct } from './imported.ts'
import { isOpenPrice, within } from './price-unit.rules.ts'
import { lower, text, type Row } from './row.rules.ts'
import { isYes, NOT } from '#kit/yes.ts'
import { isOffered } from './status.rules.ts'
import { rateOf } from './tax.rules.ts'

const KINDS = ['kind.stocked', 'kind.service']
const LEVELS = 20
const TAGS = 50

type Facts = Partial<
  Pick<
    ImportedProduct,
    | 'description'
    | 'vendor'
    | 'category'
    | 'tags'
    | 'taxable'
    | 'taxClass'
    | 'unit'
    | 'pricesAre'
    | 'kind'
    | 'asksPrice'
    | 'leastPrice'
    | 'mostPrice'
    | 'isKindGuessed'
    | 'active'
    | 'soldByWeight'
  >
>

export function factsOf(
  first: Row,
  pass: Pass,
  currency: string,
  say: (row: Row, field: string | null, problem: string, params?: Record<string, unknown>) => void,
): Facts {
  // What nobody knows is asked back: an article that is put away must not come on sale by a word.
  const told = (field: string, read: (word: string) => boolean | undefined): boolean | undefined => {
    const word = lower(first, field)
    const is = word === '' ? undefined : read(word)
    if (word !== '' && is === undefined) say(first, field, 'import.unknownWord', { value: word.slice(0, 80) })
    return is
  }
  const isAway = (field: string) => {
    const is = told(field, isYes)
    return is === undefined ? undefined : !is
  }
  const offers = [...OFFERING.map((field) => told(field, isOffered)), isAway('disabled'), isAway('deleted')]
  const isSaid = offers.some((one) => one !== undefined)
  const description = textOfHtml(text(first, 'description') ?? '').slice(0, 20_000)
  const isKind = saysKind(first, pass.headings)
  const own = isKind ? null : text(first, 'category')
  const category = categoryOf(own ?? text(first, 'productCategory'), pass.headings[own ? 'category' : 'productCategory'])
  if (category.length > LEVELS)
    say(first, own ? 'category' : 'productCategory', 'catalog.productFile.tooDeep', { value: category[0], most: LEVELS })
  const tags = (text(first, 'tags') ?? '')
    .split(/[,|]/, 20 * TAGS)
    .map((tag) => lineOfHtml(tag).slice(0, 100))
    .filter(Boolean)
  const known = kindOf(first, isKind)
  const chosen = known === null ? meantBy(text(first, 'kind') ?? '', KINDS, { field: 'kind', pass }) : null
  const kind = known ?? (chosen === undefined ? null : chosen === 'kind.service' ? 'service' : chosen ? 'stocked' : undefined)
  if (kind === null) say(first, 'kind', 'import.unreadable', { value: (text(first, 'kind') ?? '').slice(0, 80) })
  const are = pricesAre(first, pass)
  if (are === null) say(first, 'priceUnit', 'import.unreadable', { value: (text(first, 'priceUnit') ?? '').slice(0, 80) })
  const { taxable, taxClass } = taxSaid(first, pass.headings, told, (field) => say(first, field, 'import.contradicts'))
  const asksPrice =
    told('asksPrice', (word) =>
      isOpenPrice(word) ? true : /^(?:fixed|per[ _]unit|standard|regular)$/.test(word) ? false : isYes(word),
    ) ??
    (isOpenPrice(text(first, 'price')) || undefined)
  const bound = (field: 'leastPrice' | 'mostPrice'): Minor | undefined => {
    const cell = text(first, field)
    const read = cell === null ? undefined : readNumber(cell, { field, scale: decimalsOf(currency), pass, currency })
    const kept = typeof read === 'bigint' ? within(read, field, cell!) : read
    if (typeof kept === 'object') say(first, field, kept.problem, kept.params)
    return typeof kept === 'bigint' && kept > 0n ? minor(kept) : undefined
  }
  const [leastPrice, mostPrice] = [bound('leastPrice'), bound('mostPrice')]
  const vendor = text(first, 'vendor')
  // Square has ".01 kg" for what is sold to the hundredth of one.
  const unit = text(first, 'unit')?.replace(/^(?:0?\.0*1|1)\s+(\p{L})/u, '$1')
  return {
    ...(description && { description }),
    ...(vendor && { vendor: lineOfHtml(vendor).slice(0, 120) }),
    ...(category.length > 0 && { category }),
    ...(tags.length > 0 && { tags: [...new Set(tags)].slice(0, TAGS) }),
    ...(taxable !== undefined && { taxable }),
    ...(taxClass && { taxClass }),
    ...(unit && { unit }),
    ...(are && { pricesAre: are }),
    ...(kind && { kind }),
    ...(lower(first, 'maintainStock') && { isKindGuessed: true }),
    ...(told('soldByWeight', (word) => ({ weight: true, unit: false })[word] ?? isYes(word)) && { soldByWeight: true }),
    ...(asksPrice !== undefined && { asksPrice }),
    ...(leastPrice && { leastPrice }),
    ...(mostPrice && { mostPrice }),
    ...(isSaid && { active: !offers.includes(false) }),
  }
}

/** The columns that say whether an article is for sale. */
export const OFFERING = ['published', 'atTill', 'status'] as const

/** Words of WooCommerce, and of QuickBooks. */
const TAXABLE: Readonly<Record<string, boolean>> = { taxable: true, shipping: false, tax: true, non: false }

/** Magento calls so whatever is taxed. */
const TAXED = /^(?:taxable(?: goods)?|vatable)$/i

type Told = (field: string, read: (word: string) => boolean | undefined) => boolean | undefined

/**
 * Whether an article is taxed, and in what class: by the name of that, by a yes or no, or by a yes below the heading of a rate:
 * "Tax - VAT (8%)".
 */
function taxSaid(first: Row, headings: Pass['headings'], told: Told, contradicts: (field: string) => void) {
  const written = text(first, 'taxClass')
  const isTaxed = TAXED.test(written ?? '')
  // Nought and "none" are rates.
  const answer = isTaxed || (written === null || rateOf(written) ? undefined : isYes(written.toLowerCase()))
  const named = answer === undefined ? written : null
  // WooCommerce: of "shipping", only the way is taxed.
  const said = told('taxable', (word) => TAXABLE[word] ?? isYes(word))
  const exempt = told('taxExempt', isYes)
  // Square has a column for each tax: a no to one of them says nothing of the others.
  const yes = answer ? rateAbove(headings['taxClass']) : undefined
  // Clover: "no" to the usual rates, beside those that it has.
  const isOwn = named !== null && /^default/i.test(headings['taxable'] ?? '')
  const taxable = isTaxed || isOwn || yes ? true : (said ?? answer)
  if (exempt !== undefined && taxable !== undefined && exempt === taxable) contradicts('taxExempt')
  if (yes && said && rateAbove(headings['taxable']) !== yes) contradicts('taxClass')
  const whole = taxable ?? (exempt === undefined ? undefined : !exempt)
  const taxClass = named ?? yes ?? (whole && rateAbove(headings['taxable']))
  return { taxable: whole, taxClass: taxClass || null }
}

const rateAbove = (heading = ''): string | undefined => /\(([\d.,]+ ?%)\)$/.exec(heading.trim())?.[1]

/**
 * "Clothing > Hoodies" → Clothing, and Hoodies inside it. A column of "Categories" has several paths, of which the first counts, or
 * a longer one that goes on from it; the others are for web shops. There a comma of a name is written "\\,".
 */
function categoryOf(written: string | null, heading = ''): string[] {
  // What an export wrote as "&amp;" has a sign that parts nothing.
  const plain = lineOfHtml(written ?? '')
  const listed = SEVERAL_PATHS.test(heading) ? plain.split(/(?<!\\)[,;|]/, TAGS) : [plain]
  const paths = listed.map((path) =>
    path
      .replaceAll('\\,', ',')
      .split(/^\s*default category\//i.test(path) ? '/' : path.includes('>') ? '>' : ' / ', 2 * LEVELS)
      .map((part) => part.trim().slice(0, 80))
      .filter((part) => part !== '' && !/^(all|uncategorized|default category)$/i.test(part)),
  )
  return paths.reduce((first, path) => (first.every((part, at) => part === path[at]) ? path : first))
}
const SEVERAL_PATHS = /categories|^collection$|категории|فئات|تصنيفات|أقسام/i

/** What Odoo, Zoho and QuickBooks call the type of a product is no category: that stands in a column of its own. */
const saysKind = (first: Row, headings: Pass['headings']): boolean =>
  /^(?:(?:non-)?inventory part|inventory assembly|other charge)$/.test(lower(first, 'category')) ||
  ((text(first, 'productCategory') !== null ||
    /^product[ _]type$/i.test(headings['category'] ?? '') ||
    /^product\/service/i.test(headings['name'] ?? '') ||
    /^active status$/i.test(headings['status'] ?? '')) &&
    /^(?:goods|services?|storable(?: product)?|consumable|combo|inventory|non-inventory|physical|digital|simple|configurable|grouped|bundle|virtual|downloadable)$/.test(
      lower(first, 'category'),
    ))

/** Goods lie on a shelf, services don't; null when the file says something else. */
function kindOf(first: Row, isKind: boolean): 'stocked' | 'service' | null | undefined {
  if (/\bvirtual\b/.test(lower(first, 'rowType'))) return 'service'
  const tracked = lower(first, 'maintainStock')
  if (tracked) return NOT.has(tracked) ? 'service' : 'stocked'
  const kind = isKind ? lower(first, 'category') : lower(first, 'kind')
  // Zoho's way of saying whether it is bought, sold, or both; Magento's of how it is made up.
  if (/^(?:|sales|purchases|sales and purchases|simple|configurable|grouped|bundle|menu item|item)$/.test(kind)) return undefined
  if (/service|digital|virtual|download|gift card|event|other charge|huduma|خدمة|услуга/.test(kind)) return 'service'
  return /stock|stor(?:able|ed)|goods|product|physical|consu|combo|inventory|bidhaa|ghalani|مخز|بضاعة|regular|food|товар/.test(
    kind,
  )
    ? 'stocked'
    : null
}

/** What prices are for, by a cell and by the headings above them; null when the cell says no such thing. */
function pricesAre(first: Row, { headings }: Pass): ImportedProduct['pricesAre'] | null {
  const written = text(first, 'priceUnit')
  const cell = written ? readSaid(written) : undefined
  if (written && !cell) return null
  const above = (...fields: string[]) => fields.map((field) => saidIn(headings[field] ?? '')).find(Boolean)
  const [price, compare, cost] = [above('price', 'salePrice'), above('comparePrice'), above('cost')]
  return {
    ...(cell && { priceUnit: cell }),
    ...(price && { price }),
    // Without a column of its own it is the regular price beside a reduced one.
    ...((compare ?? price) && { comparePrice: (compare ?? price)! }),
    ...(cost && { cost }),
  }
}
