import { isGtin } from '#kit/barcode.ts'

/** Variants as they are typed on the form of a new product. */
export interface OptionDraft {
  readonly name: string
  readonly values: readonly string[]
}
export interface VariantDraft {
  /** Minor units as text, or what was typed instead. */
  readonly price: string | null
  readonly cost: string | null
  readonly sku: string
  readonly barcode: string
}
export const emptyVariant: VariantDraft = { price: null, cost: null, sku: '', barcode: '' }
export const MOST_VARIANTS = 200

/** Every combination of the options' values, in their order; one without values when there are no options. */
export function combinationsOf(options: readonly OptionDraft[]): readonly (readonly string[])[] {
  return options
    .filter((option) => option.values.length > 0)
    .reduce<string[][]>((rows, option) => rows.flatMap((row) => option.values.map((value) => [...row, value])), [[]])
}

export const keyOf = (values: readonly string[]): string => values.join('\u0001')

const isAmount = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text)

/** Does it look like a GTIN and have a wrong check digit? */
export const isMistyped = (barcode: string): boolean => /^\d{8}$|^\d{12,14}$/.test(barcode) && !isGtin(barcode)

/** The variants as the server takes them, or null while something is missing or wrong. */
export function variantsOf(
  rows: readonly (readonly string[])[],
  drafts: Readonly<Record<string, VariantDraft>>,
  otherwise: string | null = null,
) {
  if (rows.length === 0 || rows.length > MOST_VARIANTS) return null
  const first = drafts[keyOf(rows[0]!)] ?? emptyVariant
  const all = rows.map((optionValues) => {
    const { price, cost, sku, barcode } = drafts[keyOf(optionValues)] ?? emptyVariant
    return {
      optionValues: [...optionValues],
      // A variant that costs what the first one costs need not be typed again.
      price: price ?? first.price ?? otherwise,
      cost: cost ?? first.cost,
      ...(sku.trim() && { sku: sku.trim() }),
      barcodes: barcode.trim() ? [{ code: barcode.trim() }] : [],
    }
  })
  const isRight = all.every(
    (one) =>
      isAmount(one.price) && (one.cost === null || isAmount(one.cost)) && !one.barcodes.some(({ code }) => isMistyped(code)),
  )
  return isRight ? all : null
}
