import { readDecimal } from '#kit/decimal.ts'

/** Words that say only that it is a tax, in the languages of our files. */
const TAX = new Set(
  'tax taxes rate rated vat gst iva tva mwst sales purchase output inclusive incl exclusive excl at of kodi ushuru ضريبة الضريبة القيمة المضافة ндс ставка налог'.split(
    ' ',
  ),
)
const NOTHING =
  /^(?:none|nil|no (?:tax|vat)|untaxed|not taxable|non[- ]taxable|tax[- ]free|(?:vat |tax )?exempt(?:ed)?|zero(?:[- ]rated?)?|bila kodi|hakuna|بدون ضريبة|معفى|لا شيء|без ндс|нет)$/iu
const DECIMALS = 4
const HUNDRED = 100n

export interface SaidRate {
  /** In ten-thousandths of a percent; a spreadsheet keeps "16%" as 0.16, so there may be two readings, the likelier first. */
  readonly rates: readonly bigint[]
  /** What stands beside the number. */
  readonly words: string
}

/** "16%", "16", "VAT (16%)", "Reduced 8%", "exempt": the rate that a cell says; nothing where it says none. */
export function rateOf(text: string): SaidRate | undefined {
  if (NOTHING.test(text.trim())) return { rates: [0n], words: '' }
  const numbers = [...text.matchAll(/[\p{Nd}]+(?:[.,٫][\p{Nd}]+)?/gu)]
  if (numbers.length !== 1) return undefined
  const read = readDecimal(numbers[0]![0], { scale: DECIMALS, mark: numbers[0]![0].includes(',') ? ',' : '.' })
  if (read.kind !== 'value') return undefined
  const words = text
    .replace(numbers[0]![0], ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !TAX.has(word.toLowerCase()))
    .join(' ')
  const isShare = read.value > 0n && read.value < 10n ** BigInt(DECIMALS) && !/[%٪]/.test(text)
  return { rates: [read.value, ...(isShare ? [read.value * HUNDRED] : [])], words }
}
