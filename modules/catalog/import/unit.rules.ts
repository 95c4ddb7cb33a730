/** What shops and their programs call the common units, by our codes: Odoo "Units", ERPNext "Nos", Zoho "pcs", in the languages we speak. */
const WORDS: Readonly<Record<string, string>> = {
  pc: 'pc pcs pce piece pieces unit units each ea nos item items kipande vipande قطعة قطع حبة وحدة шт штука штук штуки',
  kg: 'kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramu كجم كغ كغم كيلو كيلوجرام كيلوغرام кг килограмм',
  g: 'g gr grs gm gms gram grams gramme grammes gramu جم غ غم جرام غرام г гр грамм',
  mg: 'mg milligram milligrams мг ملجم',
  t: 't ton tons tonne tonnes طن т тонна',
  lb: 'lb lbs pound pounds',
  oz: 'oz ounce ounces أونصة اونصة унция',
  l: 'l lt ltr ltrs liter liters litre litres lita لتر л литр литра литров',
  m: 'm mtr mtrs meter meters metre metres mita متر м метр метра метров',
  box: 'box boxes صندوق علبة коробка',
}
const codes = new Map(Object.entries(WORDS).flatMap(([code, words]) => words.split(' ').map((word) => [word, code] as const)))

/** The code of a common unit by its name: "Kgs" and "KG." are kg; nothing when the word is not one of these. */
export const unitCodeOf = (name: string): string | undefined =>
  codes.get(
    name
      .trim()
      .toLowerCase()
      .replace(/\(s\)$|\.{1,3}$/, ''),
  )

/** Billionths of a gram in one. */
const GRAMS = {
  mg: 1_000_000n,
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
  t: 1_000_000_000_000_000n,
  lb: 453_592_370_000n,
  oz: 28_349_523_125n,
} as const
export type WeightUnit = keyof typeof GRAMS

export const weightUnitOf = (name: string): WeightUnit | undefined => {
  const code = unitCodeOf(name)
  return code !== undefined && code in GRAMS ? (code as WeightUnit) : undefined
}

/** Millionths of a gram, from millionths of the unit. */
export const inGrams = (amount: bigint, unit: WeightUnit): bigint => (amount * GRAMS[unit] + 500_000_000n) / 1_000_000_000n

/**
 * The unit that a heading names: "Weight (kg)", "Weight lbs", "Variant Grams", "Вес, кг". What stands in brackets has to be one;
 * null when it is none that we know, undefined when the heading says nothing of a unit.
 */
export function unitInHeading(heading: string): WeightUnit | null | undefined {
  const bracketed = /[([]([^()[\]]+)[)\]]\s*$/.exec(heading)?.[1]?.trim()
  if (bracketed && !/^(?:net|gross|optional)$/i.test(bracketed)) return weightUnitOf(bracketed.replace(/^in\s+/i, '')) ?? null
  // One letter alone may be anything.
  const last =
    heading
      .split(/[([]/, 1)[0]!
      .trim()
      .split(/[\s,_:/-]+/)
      .at(-1) ?? ''
  return last.length > 1 || last === 'г' ? weightUnitOf(last) : undefined
}
