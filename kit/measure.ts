/** Units of mass, volume and length, and what one is in another; what they are called, `measure-names.ts` knows. */

type Dimension = 'mass' | 'volume' | 'length'
type Measure = readonly [Dimension, bigint]

/** In billionths of a gram, of a thousandth of a litre or of a metre. */
const measures = {
  mg: ['mass', 1_000_000n],
  g: ['mass', 1_000_000_000n],
  kg: ['mass', 1_000_000_000_000n],
  t: ['mass', 1_000_000_000_000_000n],
  lb: ['mass', 453_592_370_000n],
  oz: ['mass', 28_349_523_125n],
  ml: ['volume', 1_000_000_000n],
  cl: ['volume', 10_000_000_000n],
  dl: ['volume', 100_000_000_000n],
  l: ['volume', 1_000_000_000_000n],
  mm: ['length', 1_000_000_000n],
  cm: ['length', 10_000_000_000n],
  m: ['length', 1_000_000_000_000n],
  in: ['length', 25_400_000_000n],
  ft: ['length', 304_800_000_000n],
  yd: ['length', 914_400_000_000n],
} as const satisfies Record<string, Measure>

export type MeasureName = keyof typeof measures

/** How many of `to` one of `from` is, as a fraction; nothing where they measure different things. */
export function ratioOf(from: MeasureName, to: MeasureName): readonly [bigint, bigint] | undefined {
  const [one, other]: [Measure, Measure] = [measures[from], measures[to]]
  return one[0] === other[0] ? [one[1], other[1]] : undefined
}

const FINE = 10_000_000_000n
/** Is the smallest part of it that is sold at most ten grams or ten millilitres, so that the nearest one is near enough? */
export function isFineMeasure(name: MeasureName, decimals: number): boolean {
  const [dimension, size]: Measure = measures[name]
  return dimension !== 'length' && size <= FINE * 10n ** BigInt(decimals)
}
