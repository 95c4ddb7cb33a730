import { reachOf } from '#kit/access.ts'
import { codeKey } from '#kit/barcode.ts'
import { Problem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Refusal } from '#kit/server/import/importable.ts'
import { variantName } from '../product/product.ts'
import { refuseFigures } from '../product/product.store.ts'
import { meaning, productOf, variantFor, type Known, type KnownProduct, type KnownVariant, type Taking } from './known.store.ts'
import { unitCodeOf } from './unit.rules.ts'
import type { Fine, ImportedProduct, ImportedVariant } from './product-file.rules.ts'

/** Before anything is compared: whether a cost is the right one is told to nobody who may not see it. */
export function* refusedFigures(tx: Tx, variants: readonly ImportedVariant<Fine>[]): Generator<Refusal> {
  for (const one of variants) {
    for (const field of ['price', 'comparePrice', 'cost'] as const) {
      try {
        refuseFigures(tx, { [field]: one[field] })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        yield { row: one.row, field, problem: error.code, params: { said: error.message } }
      }
    }
  }
}

/** SKUs and barcodes belong to one variant each: the second that says the same is refused, or left without, as was decided. */
export function withoutShared({ pass, known }: Taking, given: ImportedProduct, found: KnownProduct | undefined) {
  const isLeftEmpty = pass.options['sharedCodes'] === 'empty'
  const refused: Refusal[] = []
  const warnings: Refusal[] = []
  /** Rows by the codes that they have. */
  const codes = new Map<string, number>()
  const mine = new Map<number, KnownVariant>()
  const variants = given.variants.map((one) => {
    const own = found && variantFor(known, given, one, found)
    if (own) mine.set(one.row, own)
    const kept = { sku: one.sku, barcode: one.barcode }
    for (const field of ['sku', 'barcode'] as const) {
      const code = one[field]
      if (!code) continue
      const said = codeKey(code)
      const key = `code:${said}`
      const other = [known.skus.get(said), known.barcodes.get(said)].find((id) => id !== undefined && id !== own?.id)
      const isFree = (codes.get(key) ?? one.row) === one.row && pass.memory.get(key) === undefined
      if (isFree && other === undefined) {
        codes.set(key, one.row)
        continue
      }
      const problem = field === 'sku' ? 'catalog.product.skuTaken' : 'catalog.product.barcodeTaken'
      const refusal = {
        row: one.row,
        field,
        problem,
        params:
          field === 'sku'
            ? { sku: code }
            : { code, name: other ? nameOf(known, other) : (pass.memory.get(key) ?? given.name ?? given.handle) },
      }
      // By this code it is told from others, so it can't be left out.
      if (given.by === 'code' && given.variants[0] === one && (field === 'sku' || !one.sku)) {
        refused.push(isFree ? refusal : { row: one.row, field, problem: 'import.twice' })
        continue
      }
      pass.memory.set(`shared:${field}`, code)
      kept[field] = null
      if (isLeftEmpty) warnings.push({ ...refusal, problem: 'catalog.product.codeLeftOut', params: { code } })
      else refused.push(refusal)
    }
    return { ...one, ...kept }
  })
  return { wanted: { ...given, variants }, mine, codes, refused, warnings }
}

const nameOf = (known: Known, id: string): string => {
  const of = productOf(known, id)
  return of ? variantName(of.name, of.variants.find((one) => one.id === id)?.optionValues ?? []) : ''
}

export interface Refs {
  readonly taxClass?: string | null
  readonly unit?: string
}

export function refsOf(known: Known, wanted: ImportedProduct, refusals: Refusal[]): Refs {
  const look = (field: 'taxClass' | 'unit', all: ReadonlyMap<string, string>): string | undefined => {
    const name = wanted[field]
    if (name === undefined) return undefined
    // A shop's own name goes before what others call a common unit.
    const common = field === 'unit' ? unitCodeOf(name) : undefined
    const id = all.get(meaning(name)) ?? (common && all.get(common))
    if (!id) refusals.push({ row: wanted.row, field, problem: 'import.unknownRef', params: { value: name.slice(0, 80) } })
    return id
  }
  const [taxClass, unit] = [look('taxClass', known.taxClasses), look('unit', known.units)]
  return {
    ...(wanted.taxable === false ? { taxClass: null } : taxClass ? { taxClass } : {}),
    ...(unit && { unit }),
  }
}

/** What a new one needs that a known one may leave out. */
export function missingForNew(tx: Tx, wanted: ImportedProduct): Refusal[] {
  const mayPrice = reachOf(tx.actor, 'catalog.price.edit') !== undefined
  return [
    ...(wanted.name ? [] : [{ row: wanted.row, field: 'name', problem: 'required' }]),
    ...(mayPrice ? wanted.variants : []).flatMap((one) =>
      one.price === undefined ? [{ row: one.row, field: 'price', problem: 'required' }] : [],
    ),
  ]
}
export const missingIn = (wanted: ImportedProduct, found: KnownProduct, mine: ReadonlyMap<number, KnownVariant>): Refusal[] =>
  wanted.variants.flatMap((one) => {
    if (mine.has(one.row)) return []
    // One more variant has to say which, and what it costs.
    if (one.optionValues.length !== found.optionNames.length)
      return [
        { row: one.row, field: found.optionNames.length > 0 ? 'option1Value' : 'sku', problem: 'catalog.product.whichVariant' },
      ]
    return one.price === undefined ? [{ row: one.row, field: 'price', problem: 'required' }] : []
  })
