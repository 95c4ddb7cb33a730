import { readDecimal, type DecimalMark } from '#kit/decimal.ts'
import { amountSchema } from '#kit/entity.ts'
import { QTY_DECIMALS } from '#kit/quantity.ts'
import { mostLines, quantityOf, type documentKinds } from './document.ts'

/** The papers that are written whole; a count is a document with a life of its own. */
export type PaperKind = Exclude<(typeof documentKinds)[number], 'count'>

/** What is wrong with a figure of a line, by the name of its sentence, and the number in it. */
export interface Fault {
  readonly code: 'number' | 'tooFine' | 'zero' | 'too_small.bigint' | 'outOfRange' | 'required'
  readonly n?: number
}

/** What can't be taken of a quantity as it was typed. An empty one is no fault: its line is left out. */
export function quantityFault(kind: PaperKind, typed: string | null, mark: DecimalMark): Fault | undefined {
  if (typed === null) return undefined
  if (!isScaled(typed)) return unreadable(typed, QTY_DECIMALS, mark)
  const value = BigInt(typed)
  if (value === 0n) return { code: 'zero' }
  if (value < 0n && kind !== 'adjustment') return { code: 'too_small.bigint', n: 0 }
  return quantityOf[kind].safeParse(typed).success ? undefined : { code: 'outOfRange' }
}

/** The same of a unit cost in a currency of so many decimals, on a line that says how many. */
export function costFault(typed: string | null, decimals: number, mark: DecimalMark): Fault | undefined {
  if (typed === null) return { code: 'required' }
  if (!isScaled(typed)) return unreadable(typed, decimals, mark)
  if (BigInt(typed) < 0n) return { code: 'too_small.bigint', n: 0 }
  return amountSchema(0n).safeParse(typed).success ? undefined : { code: 'outOfRange' }
}

const isScaled = (text: string) => /^-?\d+$/.test(text)

const unreadable = (typed: string, scale: number, mark: DecimalMark): Fault =>
  readDecimal(typed, { scale, mark }).kind === 'tooFine' ? { code: 'tooFine', n: scale } : { code: 'number' }

export type Missing = 'location' | 'reason' | 'line' | 'lines' | 'another'

interface Paper {
  readonly location: string | null
  readonly toLocation: string | null
  readonly reason: string | null
  readonly lines: readonly FigureLine[]
}
interface FigureLine {
  readonly quantity: string | null
  readonly unitCost: string | null
  readonly isCostHidden?: boolean
}

/** What a paper still lacks before it can be posted; null when nothing. Lines without a quantity are left out. */
export function missingOf(kind: PaperKind, paper: Paper, decimals: number, mark: DecimalMark): Missing | null {
  const lines = paper.lines.filter((line) => line.quantity !== null)
  const isPlaced = paper.location !== null && (kind !== 'transfer' || ![null, paper.location].includes(paper.toLocation))
  if (!isPlaced) return 'location'
  if (kind === 'adjustment' && paper.reason === null) return 'reason'
  if (lines.length === 0) return 'lines'
  if (lines.length > mostLines[kind]) return 'another'
  return lines.some((line) => faultOf(kind, line, decimals, mark)) ? 'line' : null
}

const faultOf = (kind: PaperKind, line: FigureLine, decimals: number, mark: DecimalMark): Fault | undefined =>
  quantityFault(kind, line.quantity, mark) ?? (kind === 'receipt' ? costFaultOf(line, decimals, mark) : undefined)

/** A cost that somebody isn't told needs none of theirs. */
export const costFaultOf = ({ unitCost, isCostHidden }: FigureLine, decimals: number, mark: DecimalMark): Fault | undefined =>
  isCostHidden && unitCost === null ? undefined : costFault(unitCost, decimals, mark)

/** Can it be kept as it stands? What is missing may come later; a figure that can't be read may not. */
export const isKeepable = (kind: PaperKind, { location, lines }: Paper, decimals: number, mark: DecimalMark): boolean =>
  location !== null &&
  lines.every(
    (line) => !quantityFault(kind, line.quantity, mark) && (line.unitCost === null || !costFault(line.unitCost, decimals, mark)),
  )
