import { isGtin } from '#kit/barcode.ts'

/** A code as a file gives it: what it is, nothing, or the problem for which it is none any more. */
export type ReadCode = { readonly code: string | null } | { readonly problem: string; readonly value: string }

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
/** What spreadsheets show for "3-1" and "MAR1" once they have taken them for days. */
const DAY = new RegExp(String.raw`^(?:\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|\d{1,2}-${MONTH}(?:-\d\d(?:\d\d)?)?|${MONTH}-\d\d)$`)
const NONE = /^(?:n\/?a|null|nil|none|[-–—]+)$/i
const MOST_LETTERS = 80

/** What a spreadsheet did to a code is taken off where that is sure, and refused where a digit may be lost. */
export function readCode(cell: string | undefined, field: 'sku' | 'barcode'): ReadCode {
  const value = unwrapped(cell ?? '')
  const spoilt = (problem: string): ReadCode => ({ problem, value })
  if (value === '' || NONE.test(value) || (field === 'barcode' && /^0+$/.test(value))) return { code: null }
  if (/[\r\n]/.test(value)) return spoilt('import.lineBreak')
  if (value.length > MOST_LETTERS) return spoilt('too_big')
  if (/^\d+(?:[.,]\d*)?e\+\d+$/i.test(value) || /^\d+[.,]\d+e\d+$/i.test(value)) return spoilt('import.rounded')
  if (value.startsWith('=') || DAY.test(value)) return spoilt('import.spoiltCode')
  const digits = digitsOf(value)
  if (digits === null || digits === value) return { code: value }
  if (isGtin(digits)) return { code: digits }
  // Decimals have cost a number the noughts in front of it. Spaces and dots part the SKUs of many shops.
  const isSpoilt = field === 'sku' ? /[.,]0+$|,/.test(value) : digits.length >= 8 || /[.,]/.test(value)
  return isSpoilt ? spoilt('import.spoiltCode') : { code: value }
}

/** Without the apostrophe and the formula that keep a number a text: '007 and ="007". */
const unwrapped = (cell: string): string => {
  const value = cell.trim().replace(/^'+/, '').trim()
  const quoted = /^=\s*"(.*)"$/s.exec(value)?.[1]
  return quoted === undefined ? value : quoted.replaceAll('""', '"').trim()
}

/** "6291041500213.00", "629 104 150 0213", "978-3-16-148410-0", "6,291,041,500,213": the digits of a number; null for other codes. */
function digitsOf(value: string): string | null {
  const whole = value.replace(/^(\d+)[.,]0+$/, '$1')
  if (/^\d+$/.test(whole)) return whole
  return /^\d+(?:[\s-]\d+)+$/.test(value) || /^\d{1,3}(?:[.,]\d{3})+$/.test(value) ? value.replace(/\D/g, '') : null
}
