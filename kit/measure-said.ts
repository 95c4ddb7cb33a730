import { readDecimal } from './decimal.ts'
import { withoutCurrency } from './heading.ts'
import { measureOf } from './measure-names.ts'
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

/** @returns nothing where it says no such thing, or more than one */
export function readSaid(text: string): Said | undefined {
  // "Vipimo 100" and "وحدة واحدة (1)" have the number behind the unit.
  const turned = text
    .trim()
    .replace(PER, '')
    .replace(/^([^\p{Nd}.,]+?)\s*\(?([\p{Nd}][\p{Nd}.,٬٫]*)\)?$/u, '$2 $1')
  const [, digits = '', unit = ''] = /^([\p{Nd}.,٬٫'’\s]*)(.*)$/u.exec(turned) ?? []
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

const IN_HEADING = /\s*(?:[([]([^()[\]]{1,30})[)\]]|(?:\bper\b|\/|لكل)\s*([^()[\]/]{1,30}))\s*$/iu

function lastOf(heading: string): { said: Said; rest: string } | undefined {
  const plain = withoutCurrency(heading)
  const found = IN_HEADING.exec(plain)
  const said = found && readSaid(found[1] ?? found[2]!)
  if (!said || !found) return undefined
  const isNumber = /\p{Nd}/u.test(said.text)
  // "Price (L)" is that of the large one, and a number in brackets may be a year.
  const isMeant = said.unit
    ? measureOf(said.unit) && (isNumber || !/^[A-Z]$/.test(said.unit))
    : isNumber && found[2] !== undefined
  return isMeant ? { said, rest: plain.slice(0, found.index) } : undefined
}

/** What a heading says that its amounts are for: "Price (100 g)", "Price per kg", "Cost/kg". */
export const saidIn = (heading: string): Said | undefined => lastOf(heading)?.said
export const withoutMeasure = (heading: string): string => lastOf(heading)?.rest ?? heading
