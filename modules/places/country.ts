/**
 * What a company gets when it names its country: a starting point that the owner can change, not legal advice.
 * Standard VAT rates: Kenya 16 %, UAE 5 %, Saudi Arabia 15 %, Egypt 14 %, Tanzania 18 %, Uganda 18 %, Oman 5 %, Bahrain 10 %.
 */
import { foldText } from '#kit/fold.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Translate } from '#kit/words.ts'
import { rate, type Currency, type Rate } from '#kit/money.ts'

export interface CountryFacts {
  readonly code: string
  readonly name: string
  readonly currency: Currency
  /** Languages in use, the first is suggested. */
  readonly locales: readonly string[]
  readonly timeZones: readonly string[]
  readonly taxes: readonly { readonly name: string; readonly code: string; readonly rate: Rate }[]
  /** Are shelf prices shown with the tax in them? */
  readonly pricesIncludeTax: boolean
  readonly cutOffHour: number
  readonly chart: 'KE' | 'AE' | 'generic'
}

const vat = (percent: number, ...more: { name: string; code: string; rate: Rate }[]) => [
  { name: 'Standard', code: 'standard', rate: rate(BigInt(Math.round(percent * 100)) * 100n) },
  ...more,
  { name: 'Zero-rated', code: 'zero', rate: rate(0) },
  { name: 'Exempt', code: 'exempt', rate: rate(0) },
]
const country = (
  code: string,
  name: string,
  currency: Currency,
  locales: string[],
  timeZones: string[],
  taxes: CountryFacts['taxes'],
  chart: CountryFacts['chart'] = 'generic',
): CountryFacts => ({
  code,
  name,
  currency,
  locales,
  timeZones,
  taxes,
  pricesIncludeTax: taxes.some((tax) => tax.rate > 0n),
  cutOffHour: 4,
  chart,
})

export const countries: readonly CountryFacts[] = [
  country(
    'KE',
    'Kenya',
    'KES',
    ['en', 'sw'],
    ['Africa/Nairobi'],
    vat(16, { name: 'Fuel', code: 'fuel', rate: rate(80_000) }),
    'KE',
  ),
  country('AE', 'United Arab Emirates', 'AED', ['en', 'ar'], ['Asia/Dubai'], vat(5), 'AE'),
  country('SA', 'Saudi Arabia', 'SAR', ['ar', 'en'], ['Asia/Riyadh'], vat(15)),
  country('EG', 'Egypt', 'EGP', ['ar', 'en'], ['Africa/Cairo'], vat(14)),
  country('KW', 'Kuwait', 'KWD', ['ar', 'en'], ['Asia/Kuwait'], [{ name: 'No tax', code: 'standard', rate: rate(0) }]),
  country('BH', 'Bahrain', 'BHD', ['ar', 'en'], ['Asia/Bahrain'], vat(10)),
  country('OM', 'Oman', 'OMR', ['ar', 'en'], ['Asia/Muscat'], vat(5)),
  country('QA', 'Qatar', 'QAR', ['ar', 'en'], ['Asia/Qatar'], [{ name: 'No tax', code: 'standard', rate: rate(0) }]),
  country('TZ', 'Tanzania', 'TZS', ['sw', 'en'], ['Africa/Dar_es_Salaam'], vat(18)),
  country('UG', 'Uganda', 'UGX', ['en', 'sw'], ['Africa/Kampala'], vat(18)),
  country('RW', 'Rwanda', 'RWF', ['en', 'sw'], ['Africa/Kigali'], vat(18)),
  country('ET', 'Ethiopia', 'ETB', ['en'], ['Africa/Addis_Ababa'], vat(15)),
  country('UA', 'Ukraine', 'UAH', ['en'], ['Europe/Kyiv'], vat(20)),
  country('KZ', 'Kazakhstan', 'KZT', ['en'], ['Asia/Almaty', 'Asia/Qyzylorda'], vat(12)),
  country('UZ', 'Uzbekistan', 'UZS', ['en'], ['Asia/Tashkent'], vat(12)),
  country(
    'RU',
    'Russia',
    'RUB',
    ['en'],
    ['Europe/Moscow', 'Europe/Kaliningrad', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok'],
    vat(20, { name: 'Reduced', code: 'reduced', rate: rate(100_000) }),
  ),
  country(
    'GB',
    'United Kingdom',
    'GBP',
    ['en'],
    ['Europe/London'],
    vat(20, { name: 'Reduced', code: 'reduced', rate: rate(50_000) }),
  ),
  country('DE', 'Germany', 'EUR', ['en'], ['Europe/Berlin'], vat(19, { name: 'Reduced', code: 'reduced', rate: rate(70_000) })),
  country(
    'US',
    'United States',
    'USD',
    ['en'],
    ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
    [{ name: 'No tax', code: 'standard', rate: rate(0) }],
  ),
]

export const countryFacts = (code: string): CountryFacts => countries.find((one) => one.code === code) ?? countries[0]!

/** What a tax class of a country is called in the reader's language. */
export const taxName = (t: Translate, tax: CountryFacts['taxes'][number]): string =>
  tax.code === 'standard' && tax.rate === 0n ? t('tax.none') : t.has(`tax.${tax.code}`) ? t(`tax.${tax.code}`) : tax.name

/** How tax numbers look where we know it (PIN of the KRA, TRN of the FTA, VAT number of the ZATCA, Egypt's registration). */
const taxNumbers: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  KE: { form: /^[AP]\d{9}[A-Z]$/i, example: 'P051234567X' },
  AE: { form: /^\d{15}$/, example: '100123456700003' },
  SA: { form: /^3\d{13}3$/, example: '300123456700003' },
  EG: { form: /^\d{9}$/, example: '123-456-789' },
}

/** @returns what a tax number of the country looks like where this is none; nothing where it may be one, or there is none */
export function likeTaxNumber(country: string, text: string): string | undefined {
  const known = taxNumbers[country]
  const bare = foldText(text).replace(/[\s-]/g, '')
  return bare === '' || !known || known.form.test(bare) ? undefined : known.example
}

/** A number that can be none in its country stands on no paper. @throws `kit.invalid`, with what one looks like */
export function refuseTaxNumber(country: string, taxNumber: string | null | undefined, path = 'taxNumber'): void {
  const like = likeTaxNumber(country, taxNumber ?? '')
  if (like) throw CommonProblem.invalid({}, [{ path, code: 'taxNumber', n: like, message: 'taxNumber' }])
}
