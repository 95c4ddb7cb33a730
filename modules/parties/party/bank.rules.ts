import { countrySpecs, electronicFormatIBAN, isValidIBAN } from 'ibantools'

/**
 * A bank account as it is kept: an IBAN without spaces, its check digits right (ISO 13616); in countries that have none, the
 * number of the account, with the bank before it where somebody wrote it. @returns nothing when it is neither
 */
export function bankAccount(typed: string, country?: string | null): string | undefined {
  const iban = electronicFormatIBAN(typed)
  if (iban && isValidIBAN(iban)) return iban
  const specs = countrySpecs as Readonly<Record<string, { IBANRegistry?: boolean } | undefined>>
  const looksLikeIban = /^[A-Z]{2}\d{2}[A-Z0-9]{8,}$/.test(iban ?? '')
  if (looksLikeIban || (country && specs[country]?.IBANRegistry)) return undefined
  const plain = typed.trim().replace(/\s+/g, ' ')
  return /^[\p{L}\p{N} .,/&-]{6,40}$/u.test(plain) && /\d{5}/.test(plain.replaceAll(/[ -]/g, '')) ? plain : undefined
}
