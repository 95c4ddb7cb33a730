/**
 * Money is a whole number of minor units (cents, fils, piastres) in a `bigint`; it travels in JSON as a decimal string
 * of that integer. A document has one currency; amounts never carry one of their own.
 */
export type Minor = bigint & { readonly __minor: unique symbol }

/** A factor in millionths: 16 % is 160000n. Tax rates, discounts in percent, exchange factors. */
export type Rate = bigint & { readonly __rate: unique symbol }

export const RATE_ONE = 1_000_000n

export const minor = (value: bigint | number | string): Minor => BigInt(value) as Minor
export const rate = (millionths: bigint | number | string): Rate => BigInt(millionths) as Rate
export const zero = minor(0n)

export const sum = (amounts: Iterable<bigint>): Minor => {
  let total = 0n
  for (const amount of amounts) total += amount
  return total as Minor
}

export const least = (a: Minor, b: Minor): Minor => (a < b ? a : b)
export const most = (a: Minor, b: Minor): Minor => (a > b ? a : b)
export const magnitude = (value: Minor): Minor => (value < 0n ? minor(-value) : value)

/**
 * Divides and rounds half away from zero ("half up" as shops and tax offices mean it, the same for returns).
 * @throws RangeError when `by` is not positive
 */
export function divideHalfUp(value: bigint, by: bigint): bigint {
  if (by <= 0n) throw new RangeError('divideHalfUp needs a positive divisor')
  const doubled = (value < 0n ? -value : value) * 2n + by
  const quotient = doubled / (by * 2n)
  return value < 0n ? -quotient : quotient
}

/** The share of an amount, rounded half up: `shareOf(1000, 16 %) = 160`. */
export const shareOf = (amount: Minor, share: Rate): Minor => divideHalfUp(amount * share, RATE_ONE) as Minor

/** The tax that stands inside an amount which already includes it: gross × r ÷ (1 + r), rounded half up. */
export const taxInside = (gross: Minor, tax: Rate): Minor => divideHalfUp(gross * tax, RATE_ONE + tax) as Minor

/**
 * Splits an amount over weights so that the parts add up to it exactly (largest remainder; ties go to the first).
 * All weights zero: everything goes to the first part.
 */
export function spread(amount: Minor, weights: readonly bigint[]): Minor[] {
  if (weights.length === 0) return []
  const total = weights.reduce((a, b) => a + b, 0n)
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amount : zero))
  const sign = amount < 0n ? -1n : 1n
  const size = amount * sign
  const parts = weights.map((weight) => (size * weight) / total)
  let rest = size - parts.reduce((a, b) => a + b, 0n)
  const order = weights.map((weight, index) => ({ index, remainder: (size * weight) % total }))
  order.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of order) {
    if (rest === 0n) break
    parts[index] = parts[index]! + 1n
    rest -= 1n
  }
  return parts.map((part) => minor(part * sign))
}

/** Rounds to the smallest coin in use (Swiss 5, Swedish 100…); half goes up, away from zero. */
export const roundToStep = (amount: Minor, step: bigint): Minor =>
  step <= 1n ? amount : minor(divideHalfUp(amount, step) * step)

/** What the currencies of our markets need: ISO 4217 exponent, and the smallest step in which cash changes hands. */
export const currencies = {
  KES: { decimals: 2, cashStep: 100n, denominations: [100000, 50000, 20000, 10000, 5000, 4000, 2000, 1000, 500, 100] },
  AED: { decimals: 2, cashStep: 25n, denominations: [100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 100, 50, 25] },
  SAR: { decimals: 2, cashStep: 5n, denominations: [50000, 10000, 5000, 1000, 500, 200, 100, 50, 25, 10, 5] },
  EGP: { decimals: 2, cashStep: 25n, denominations: [20000, 10000, 5000, 2000, 1000, 500, 100, 50, 25] },
  KWD: { decimals: 3, cashStep: 5n, denominations: [20000, 10000, 5000, 1000, 500, 250, 100, 50, 20, 10, 5] },
  BHD: { decimals: 3, cashStep: 5n, denominations: [20000, 10000, 5000, 1000, 500, 100, 50, 25, 10, 5] },
  OMR: { decimals: 3, cashStep: 5n, denominations: [50000, 20000, 10000, 5000, 1000, 500, 100, 50, 25, 10, 5] },
  QAR: { decimals: 2, cashStep: 25n, denominations: [50000, 20000, 10000, 5000, 1000, 500, 100, 50, 25] },
  TZS: { decimals: 2, cashStep: 5000n, denominations: [1000000, 500000, 200000, 100000, 50000, 20000, 10000, 5000] },
  UGX: { decimals: 0, cashStep: 50n, denominations: [50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50] },
  RWF: { decimals: 0, cashStep: 10n, denominations: [5000, 2000, 1000, 500, 100, 50, 20, 10] },
  ETB: { decimals: 2, cashStep: 5n, denominations: [20000, 10000, 5000, 1000, 500, 100, 50, 25, 10, 5] },
  USD: { decimals: 2, cashStep: 1n, denominations: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1] },
  EUR: { decimals: 2, cashStep: 1n, denominations: [50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1] },
  GBP: { decimals: 2, cashStep: 1n, denominations: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1] },
  RUB: { decimals: 2, cashStep: 100n, denominations: [500000, 200000, 100000, 50000, 20000, 10000, 5000, 1000, 500, 200, 100] },
  UAH: { decimals: 2, cashStep: 50n, denominations: [100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50] },
  KZT: {
    decimals: 2,
    cashStep: 100n,
    denominations: [2000000, 1000000, 500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 100],
  },
  UZS: { decimals: 2, cashStep: 100n, denominations: [20000000, 10000000, 5000000, 2000000, 1000000, 500000, 200000, 100000] },
} as const satisfies Record<string, { decimals: number; cashStep: bigint; denominations: readonly number[] }>

export type Currency = keyof typeof currencies
export const currencyCodes = Object.keys(currencies) as [Currency, ...Currency[]]
export const decimalsOf = (currency: string): number => currencies[currency as Currency]?.decimals ?? 2

/** Reads what a person typed ("1,234.5", "١٢٫٥") into minor units; `null` when it is not an amount of that precision. */
export function parseAmount(text: string, decimals: number): Minor | null {
  const latin = text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf)).replaceAll('٫', '.')
  const match = /^(-?)(\d[\d,٬  ]*)?(?:\.(\d*))?$/.exec(latin.trim())
  if (!match) return null
  const [, sign, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  if (fraction.length > decimals && /[1-9]/.test(fraction.slice(decimals))) return null
  const digits = whole.replace(/\D/g, '') + fraction.slice(0, decimals).padEnd(decimals, '0')
  return minor(BigInt(digits || '0') * (sign ? -1n : 1n))
}

/** Plain decimal text of an amount ("12.50"), for files and inputs; people see `formatMoney` of `words.ts`. */
export const amountText = (amount: bigint | string, decimals: number): string => decimalText(BigInt(amount), decimals, decimals)

/** An integer scaled by 10^scale as decimal text with at least `keep` fraction digits and no other trailing zeros. */
export function decimalText(value: bigint, scale: number, keep = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  let fraction = digits.slice(digits.length - scale)
  while (fraction.length > keep && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}
