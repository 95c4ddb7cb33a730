import { isGtin } from '#kit/barcode.ts'
import { formatMoney, formatPer, formatRate } from '#kit/words.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { inTurns } from '#kit/server/host/turns.ts'
import { barsOf } from '#kit/server/paper/print.ts'
import { writingOf, type Writing } from '#modules/places/index.ts'
import { type Labelled } from '../label/label.rules.ts'
import { labelPapers, perSheet, type LabelPaper } from './labels.ts'
import { articlesAt, type LabelledArticle } from './article.store.ts'
import type { LabelsInput } from './labels.ts'

/** A label as it is set. */
export interface SetLabel {
  readonly name: string
  readonly sku: string
  readonly price: string
  /** What the price is for, and that tax comes on top. */
  readonly per: string
  readonly old: string | null
  /** How wide each bar is and the gap after it, in widths of the narrowest. */
  readonly bars: readonly number[] | null
  /** How many of the narrowest bars wide it is. */
  readonly modules: number
  readonly code: string | null
  readonly count: number
}
export interface SetLabels {
  readonly lang: string
  readonly rtl: boolean
  readonly title: string
  readonly company: string
  readonly kind: LabelsInput['kind']
  readonly paper: LabelPaper
  readonly first: number
  readonly labels: readonly SetLabel[]
}

/** Labels as they are set, in the language of the company unless another is asked for. */
export async function setLabels(reading: Reading, { place, kind, paper, first, locale, items }: LabelsInput): Promise<SetLabels> {
  const ids = items.map(({ variant }) => variant)
  // First: it refuses a place that there is not.
  const articles = await articlesAt(reading, place, ids)
  const writing = await writingOf(reading.db, place, locale)
  const known = new Map(articles.map((one) => [one.id, one]))
  const { lang, rtl, company } = writing.letterhead
  return {
    lang,
    rtl,
    company,
    title: writing.t('page.labels'),
    kind,
    paper: labelPapers[paper],
    first,
    labels: await inTurns(items, ({ variant, count }) => ({ ...labelOf(known.get(variant)!, writing), count })),
  }
}

/** So many of them as the first sheet has room for: nobody looks at the others before they are printed. */
export function firstSheet({ items, paper, first }: LabelsInput): Labelled[] {
  let left = perSheet(labelPapers[paper]) - first + 1
  return items.flatMap(({ variant, count }) => {
    const taken = Math.min(left, count)
    left -= taken
    return taken > 0 ? [{ variant, count: taken }] : []
  })
}

function labelOf(article: LabelledArticle, { t, language, company }: Writing): Omit<SetLabel, 'count'> {
  const { name, sku, price, oldPrice, priceUnit, unit, taxRate, code } = article
  const money = (minor: bigint) => formatMoney(minor, company.currency, language, 'latn')
  const per = priceUnit === '1' ? (unit ? `/\u00a0${unit}` : '') : formatPer(priceUnit, unit, language)
  const onTop =
    company.pricesIncludeTax || taxRate === 0n ? '' : t('label.plusTax', { rate: formatRate(taxRate, language, 'latn') })
  return {
    name,
    sku,
    price: money(price),
    per: [per, onTop].filter(Boolean).join(' '),
    old: oldPrice === null ? null : money(oldPrice),
    ...codeOf(code ?? sku),
  }
}

/** EAN-13 for trade barcodes (a UPC is one with a zero before it), Code 128 for all that it can say, else no bars. */
function codeOf(code: string): Pick<SetLabel, 'bars' | 'modules' | 'code'> {
  const ean = isGtin(code) && (code.length === 12 || code.length === 13) ? code.padStart(13, '0') : null
  if (!ean && !/^[\x20-\x7e]{1,40}$/.test(code)) return { bars: null, modules: 0, code: null }
  const bars = ean ? barsOf('ean13', ean) : barsOf('code128', code)
  return { bars, modules: bars.reduce((all, one) => all + one, 0), code: ean ?? code }
}
