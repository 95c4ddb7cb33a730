/**
 * Countries as people write them: by name in the languages of our markets, and by the ISO codes of two and three letters. Names
 * come from the runtime; the codes of three letters it does not know.
 */
const THREE =
  'AE ARE AF AFG AL ALB AM ARM AO AGO AR ARG AT AUT AU AUS AZ AZE BA BIH BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BN BRN BO BOL BR BRA BW BWA BY BLR CA CAN CD COD CF CAF CG COG CH CHE CI CIV CL CHL CM CMR CN CHN CO COL CR CRI CU CUB CV CPV CY CYP CZ CZE DE DEU DJ DJI DK DNK DO DOM DZ DZA EC ECU EE EST EG EGY ER ERI ES ESP ET ETH FI FIN FR FRA GA GAB GB GBR GE GEO GH GHA GM GMB GN GIN GQ GNQ GR GRC GT GTM GW GNB HK HKG HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IN IND IQ IRQ IR IRN IS ISL IT ITA JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KM COM KR KOR KW KWT KZ KAZ LA LAO LB LBN LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MD MDA ME MNE MG MDG MK MKD ML MLI MM MMR MN MNG MR MRT MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NE NER NG NGA NI NIC NL NLD NO NOR NP NPL NZ NZL OM OMN PA PAN PE PER PH PHL PK PAK PL POL PS PSE PT PRT PY PRY QA QAT RO ROU RS SRB RU RUS RW RWA SA SAU SC SYC SD SDN SE SWE SG SGP SI SVN SK SVK SL SLE SN SEN SO SOM SS SSD SV SLV SY SYR SZ SWZ TD TCD TG TGO TH THA TJ TJK TM TKM TN TUN TR TUR TT TTO TW TWN TZ TZA UA UKR UG UGA US USA UY URY UZ UZB VE VEN VN VNM YE YEM ZA ZAF ZM ZMB ZW ZWE'.split(
    ' ',
  )
const pairs = Array.from({ length: THREE.length / 2 }, (_, at) => [THREE[at * 2]!, THREE[at * 2 + 1]!] as const)
const LANGUAGES = ['en', 'ar', 'sw', 'ru', 'fr']
/** What people write beside the official names. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  'great britain': 'GB',
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  uae: 'AE',
  emirates: 'AE',
  ksa: 'SA',
  'ivory coast': 'CI',
  'south korea': 'KR',
  'czech republic': 'CZ',
  turkey: 'TR',
  burma: 'MM',
  swaziland: 'SZ',
  السعودية: 'SA',
  الإمارات: 'AE',
  مصر: 'EG',
  россия: 'RU',
  сша: 'US',
  украина: 'UA',
  drc: 'CD',
  holland: 'NL',
  macedonia: 'MK',
  // As ISO 3166 has them.
  'democratic republic of the congo': 'CD',
  'republic of the congo': 'CG',
  'united republic of tanzania': 'TZ',
  'islamic republic of iran': 'IR',
  'republic of korea': 'KR',
  'democratic people s republic of korea': 'KP',
  'republic of moldova': 'MD',
  'bolivarian republic of venezuela': 'VE',
  'plurinational state of bolivia': 'BO',
  'former yugoslav republic of macedonia': 'MK',
  'state of palestine': 'PS',
  'province of china taiwan': 'TW',
  'russian federation': 'RU',
  'syrian arab republic': 'SY',
  'lao people s democratic republic': 'LA',
  'brunei darussalam': 'BN',
  'viet nam': 'VN',
  'cabo verde': 'CV',
  'kingdom of saudi arabia': 'SA',
  'federal republic of nigeria': 'NG',
  'republic of kenya': 'KE',
}

const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

let known: Map<string, string> | undefined
function names(): Map<string, string> {
  if (known) return known
  known = new Map()
  for (const locale of LANGUAGES) {
    const shown = new Intl.DisplayNames([locale], { type: 'region' })
    for (const [two] of pairs) known.set(folded(shown.of(two) ?? two), two)
  }
  for (const [two, three] of pairs) known.set(two.toLowerCase(), two).set(three.toLowerCase(), two)
  for (const [name, two] of Object.entries(ALSO)) known.set(folded(name), two)
  return known
}

/** "United States", "USA", "U.S.A.", "us" or "США" → US; nothing when no country is called that. */
export function countryOf(written: string): string | undefined {
  const [first = '', second = '', ...more] = written.split(',')
  // Lists in the order of the alphabet have "Korea, Republic of".
  const turned = second && more.length === 0 ? `${second} ${first}` : written
  const found = [written, turned].map((one) => names().get(folded(one).replace(/^the /, ''))).find(Boolean)
  return found ?? (/^(?:\p{L}\. ?){2,3}$/u.test(written.trim()) ? names().get(folded(written).replaceAll(' ', '')) : undefined)
}
