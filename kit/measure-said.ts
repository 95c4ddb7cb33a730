import { isCurrencyName } from './currency-names.ts'
import { readDecimal } from './decimal.ts'
import { withoutCurrency } from './heading.ts'
import { measureOf, packOf, piecesIn } from './measure-names.ts'
import { QTY_DECIMALS, QTY_ONE } from './quantity.ts'

/** "100 g", "1,000 units", "kg", "١٠٠": how many of which unit. */
export interface Said {
  readonly text: string
  /** In millionths. */
  readonly count: bigint
  /** As it stands there; nothing where it stands for the article's own. */
  readonly unit: string | null
}

const PER = /^(?:per|for|\/|لكل|kwa(?: kila)?|за)\s*/iu
const OWN = new Set(['unit', 'units', 'وحدة', 'وحدات', 'وحدة واحدة', 'kipimo', 'vipimo', 'ед', 'единица', 'единиц'])

// "Cartons of 12", "box of 24 pcs".
const PACKED = /^(\p{L}{2,20}) (?:of|x|по|من) (\p{Nd}[^]{0,30})$/iu

/** @returns nothing where it says no such thing, or more than one */
export function readSaid(text: string): Said | undefined {
  const packed = PACKED.exec(text.trim().replace(PER, ''))
  if (packed && packOf(packed[1]!)) {
    const inside = readSaid(packed[2]!)
    return inside && { ...inside, text: text.trim().slice(0, 80) }
  }
  const turned = numberFirst(text.trim().replace(PER, ''))
  const [, digits = '', unit = ''] = /^([\p{Nd}.,٬٫'’\s]*)([^]*)$/u.exec(turned) ?? []
  const plain = unit.trim().replace(/\.$/, '')
  const read = digits.trim() === '' ? null : readDecimal(digits, { scale: QTY_DECIMALS })
  if (!read && plain === '') return undefined
  // "1,000" is a thousand; "1.000" may be one as well.
  const count = !read
    ? QTY_ONE
    : read.kind === 'value'
      ? read.value
      : read.kind === 'ambiguous' && read.sign === ','
        ? BigInt(read.readings[0]) * QTY_ONE
        : 0n
  return count > 0n
    ? { text: text.trim().slice(0, 80), count, unit: plain === '' || OWN.has(plain.toLowerCase()) ? null : plain }
    : undefined
}

const IN_BRACKETS = /[([]([^()[\]]{1,30})[)\]]$/u
const BEHIND_PER = /(?:\bper\b|\/|لكل)([^()[\]/]{1,32})$/iu

function lastOf(heading: string): { said: Said; rest: string; isPacked: boolean } | undefined {
  // No heading that says so is longer.
  const plain = withoutCurrency(heading.slice(0, 200)).trim()
  const [bracketed, behind] = [IN_BRACKETS.exec(plain), BEHIND_PER.exec(plain)]
  const found = bracketed ?? behind
  const said = found && readSaid(found[1]!.trim())
  if (!said || !found) return undefined
  const isNumber = /\p{Nd}/u.test(said.text)
  // "Price (L)" is that of the large one, and a number in brackets may be a year.
  // "Category/Item" and "Item (No)" are about something else.
  const pieces = said.unit === null || /^(?:nos?|items?)$/i.test(said.unit) ? undefined : piecesIn(said.unit)
  const isPacked =
    PACKED.test(said.text.replace(PER, '')) ||
    (said.unit !== null && (packOf(said.unit) !== undefined || (pieces !== undefined && pieces !== 1n)))
  const isMeasure = said.unit !== null && measureOf(said.unit) !== undefined && (isNumber || !/^[A-Z]$/.test(said.unit))
  // "Price (gross)" has its tax in it; a gross of them is counted.
  if (bracketed && !isNumber && /^gross$/i.test(said.unit ?? '')) return undefined
  const isMeant = isPacked || (said.unit ? isMeasure || pieces === 1n : isNumber && bracketed === null)
  return isMeant ? { said, rest: plain.slice(0, found.index).trimEnd(), isPacked } : undefined
}

/** What a heading says that its amounts are for: "Price (100 g)", "Price per kg", "Cost/kg", "Price per dozen". */
export const saidIn = (heading: string): Said | undefined => lastOf(heading)?.said
/** "Price per piece" is a price; "Barcode (carton)" is not that of a piece, and "Pieces per carton" no number of them: those stay. */
export const withoutMeasure = (heading: string): string => {
  const last = lastOf(heading)
  return last && !last.isPacked ? last.rest : heading
}

/** "Vipimo 100" and "وحدة واحدة (1)" have the number behind the unit. */
function numberFirst(text: string): string {
  const at = text.search(/\p{Nd}/u)
  const [unit, digits] = [text.slice(0, at), text.slice(at)]
  if (at < 1 || /[.,]/.test(unit) || !/^[\p{Nd}.,٬٫]+\)?$/u.test(digits)) return text
  return `${digits.replace(')', '')} ${unit.replace('(', '').trim()}`
}

const BEHIND_PRICE = /\/|(?<=[\s.=-])(?:per|for|pro|je|por|za|за|لكل|kwa(?: kila)?)(?=[\s\d])/iu
/** "5.00 / kg", "KES 120 per piece", "2,50 €/Stk", "12.00 ea": the amount in a cell, and what it says that it is for. */
export function readPriced(cell: string): { number: string; per?: Said } {
  const text = cell.trim().slice(0, 80)
  const from = text.search(/\p{Nd}/u)
  // "12/=" closes an amount, and "5/6" is none.
  const closed = from < 0 ? -1 : (/\/[=-]/.exec(text)?.index ?? from)
  const found = from < 0 ? null : BEHIND_PRICE.exec(text.slice(closed + 1))
  if (found) {
    const at = closed + 1 + found.index
    const per = readSaid(text.slice(at + found[0].length).trim())
    return per && /\p{L}/u.test(per.text) ? { number: text.slice(0, at).trim(), per } : { number: cell }
  }
  // One letter alone may be thousands or a currency, and "12 kg" a weight in the wrong column.
  const [last = ''] = /\p{L}{2,20}\.?$/u.exec(text) ?? []
  const number = text.slice(0, text.length - last.length).trim()
  const isUnit = (measureOf(last) ?? piecesIn(last) ?? packOf(last)) !== undefined && /[\p{L}\p{Sc}]|\/[=-]/u.test(number)
  const isPrice = from >= 0 && (isUnit || /^(?:ea|each)\.?$/i.test(last)) && !isCurrencyName(last)
  const per = isPrice ? readSaid(last) : undefined
  return per ? { number, per } : { number: cell }
}

/** "10 kg", "12 pcs.": the number in a cell, and the unit that stands behind it. */
export function readCounted(cell: string): { number: string; unit?: Said } {
  const [, number, name = ''] = /^([^]*\p{Nd})\s*(\p{L}+\.?)$/u.exec(cell.trim().slice(0, 80)) ?? []
  const isUnit =
    measureOf(name) !== undefined || piecesIn(name) !== undefined || packOf(name) !== undefined || OWN.has(name.toLowerCase())
  const unit = number !== undefined && isUnit ? readSaid(name) : undefined
  return unit ? { number: number!, unit } : { number: cell }
}
