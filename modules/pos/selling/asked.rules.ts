import type { AskedPrice } from '#modules/catalog/price/price.rules.ts'

/** How the bounds of an asked price are told, and in which sentence; nothing where it has none. */
export function boundsOf({ least, most }: AskedPrice): { key: string; least: string; most: string } | null {
  if (least !== null && most !== null) return { key: 'till.askedBetween', least, most }
  if (least !== null) return { key: 'till.askedLeast', least, most: '0' }
  return most !== null ? { key: 'till.askedMost', least: '0', most } : null
}
