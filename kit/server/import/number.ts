import { readDecimal } from '../../decimal.ts'
import type { Pass, Refusal } from './importable.ts'

/** The number in a cell, by what its column says about its signs; or why there is none. */
export function readNumber(
  text: string,
  { field, scale, pass, currency }: { field: string; scale: number; pass: Pass; currency?: string },
): bigint | Omit<Refusal, 'row'> {
  const read = readDecimal(text, { scale, mark: pass.marks[field], currency })
  const value = text.slice(0, 80)
  switch (read.kind) {
    case 'value':
      return read.value
    case 'ambiguous':
      return { field, problem: 'import.ambiguous', params: { value, one: read.readings[0], other: read.readings[1] } }
    case 'tooFine':
      return { field, problem: 'import.tooFine', params: { value, n: scale } }
    case 'rounded':
      return { field, problem: 'import.rounded', params: { value } }
    case 'otherCurrency':
      return { field, problem: 'import.otherCurrency', params: { value, currency: read.currency } }
    case 'none':
      return { field, problem: 'import.unreadable', params: { value } }
  }
}
