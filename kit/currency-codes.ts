import { isCurrencyName, plainName } from './currency-names.ts'

/**
 * Which currencies the signs and names that shops write stand for. One that several currencies share could be any of those that
 * it lists, and no other.
 */
const written: Readonly<Record<string, string>> = {
  $: 'USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU XCD ZWG ZWL',
  us$: 'USD',
  a$: 'AUD',
  au$: 'AUD',
  c$: 'CAD NIO',
  ca$: 'CAD',
  hk$: 'HKD',
  mx$: 'MXN',
  n$: 'NAD',
  nt$: 'TWD',
  nz$: 'NZD',
  r$: 'BRL',
  s$: 'SGD',
  dollar: 'USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD ZWG ZWL',
  dollars: 'USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD ZWG ZWL',
  dola: 'USD',
  دولار: 'USD',
  доллар: 'USD',
  '£': 'GBP EGP FKP GIP LBP SDG SHP SSP SYP',
  '₤': 'GBP EGP ITL LBP SYP TRY',
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  يورو: 'EUR',
  евро: 'EUR',
  '¥': 'JPY CNY',
  '￥': 'JPY CNY',
  yen: 'JPY',
  yuan: 'CNY',
  rmb: 'CNY',
  '₽': 'RUB',
  руб: 'RUB BYN',
  р: 'RUB BYN',
  рублей: 'RUB BYN',
  '₴': 'UAH',
  грн: 'UAH',
  '₸': 'KZT',
  тг: 'KZT',
  тенге: 'KZT',
  сум: 'UZS',
  "so'm": 'UZS',
  soʻm: 'UZS',
  '₹': 'INR',
  '₨': 'INR LKR MUR NPR PKR SCR',
  rs: 'INR LKR MUR NPR PKR SCR',
  rupee: 'INR LKR MUR NPR PKR SCR',
  rupees: 'INR LKR MUR NPR PKR SCR',
  '₦': 'NGN',
  naira: 'NGN',
  '₵': 'GHS',
  '﷼': 'IRR OMR QAR SAR YER',
  '₺': 'TRY',
  '₩': 'KRW KPW',
  '₫': 'VND',
  '₪': 'ILS',
  '₱': 'PHP CUP',
  '฿': 'THB',
  '৳': 'BDT',
  '₡': 'CRC SVC',
  '₲': 'PYG',
  '₭': 'LAK',
  '₮': 'MNT',
  '₾': 'GEL',
  '₼': 'AZN',
  '֏': 'AMD',
  '؋': 'AFN',
  '៛': 'KHR',
  ksh: 'KES',
  kshs: 'KES',
  sh: 'KES SOS TZS UGX',
  shs: 'KES SOS TZS UGX',
  shilling: 'KES SOS TZS UGX',
  shillings: 'KES SOS TZS UGX',
  shilingi: 'KES SOS TZS UGX',
  شلن: 'KES SOS TZS UGX',
  tsh: 'TZS',
  tshs: 'TZS',
  ush: 'UGX',
  ushs: 'UGX',
  frw: 'RWF',
  rf: 'RWF',
  br: 'ETB BYN',
  birr: 'ETB',
  ብር: 'ETB',
  dh: 'AED MAD',
  dhs: 'AED MAD',
  dirham: 'AED MAD',
  dirhams: 'AED MAD',
  درهم: 'AED MAD',
  دإ: 'AED',
  '⃃': 'AED',
  sr: 'SAR SCR',
  '⃁': 'SAR',
  riyal: 'OMR QAR SAR YER',
  riyals: 'OMR QAR SAR YER',
  ريال: 'IRR OMR QAR SAR YER',
  رس: 'SAR',
  رق: 'QAR',
  رع: 'OMR',
  le: 'EGP SLE SLL',
  جم: 'EGP',
  جنيه: 'EGP GBP SDG SSP',
  dinar: 'BHD DZD IQD JOD KWD LYD RSD TND',
  dinars: 'BHD DZD IQD JOD KWD LYD RSD TND',
  دينار: 'BHD DZD IQD JOD KWD LYD TND',
  دك: 'KWD',
  kd: 'KWD',
  دب: 'BHD',
  bd: 'BHD',
  fr: 'CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF',
  francs: 'CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF',
  kr: 'SEK DKK ISK NOK',
  zł: 'PLN',
}

const codes: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Intl.supportedValuesOf('currency').map((code) => [code.toLowerCase(), [code]] as const),
  ...Object.entries(written).map(([name, those]) => [name, those.split(' ')] as const),
])

const NONE: readonly string[] = []

/** Which currencies a text could mean: none for a sign that nobody here knows, `undefined` where it names no currency. */
export const currenciesOf = (text: string): readonly string[] | undefined =>
  codes.get(plainName(text)) ?? (isCurrencyName(text) ? NONE : undefined)

/** Could what a text names be this currency? The sign ¤ stands for any. */
export const couldBe = (named: string, currency: string): boolean =>
  named === '¤' || currenciesOf(named)?.includes(currency) === true

/** How a currency is called that was named by a code, a name or a sign: by its code, but for a sign that several share. */
export function shownCurrency(named: string): string {
  const could = currenciesOf(named)
  return could?.length === 1 ? could[0]! : named
}

const IN_FULL = ['en', 'ar', 'ru', 'sw'].map((language) => new Intl.DisplayNames(language, { type: 'currency' }))
/** "Kenyan Shilling", in any language that we have. */
export const isCalledInFull = (named: string, currency: string): boolean =>
  IN_FULL.some((names) => names.of(currency)?.toLowerCase() === named.toLowerCase())
