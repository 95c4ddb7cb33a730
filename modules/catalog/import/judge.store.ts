import { reachOf } from '#kit/access.ts'
import { codeKey } from '#kit/barcode.ts'
import { Problem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Refusal } from '#kit/server/import/importable.ts'
import { refuseFigures } from '../product/product.store.ts'
import { meaning, variantFor, type Known, type KnownProduct, type KnownVariant, type Taking } from './known.store.ts'
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
  const codes = new Set<string>()
  const mine = new Map<number, KnownVariant>()
  const variants = given.variants.map((one) => {
    const own = found && variantFor(known, given, one, found)
    if (own) mine.set(one.row, own)
    const kept = { sku: one.sku, barcode: one.barcode }
    for (const field of ['sku', 'barcode'] as const) {
      const code = one[field]
      if (!code) continue
      const said = field === 'sku' ? code : codeKey(code)
      const holder = (field === 'sku' ? known.skus : known.barcodes).get(said)
      const key = `${field}:${said}`
      if (!codes.has(key) && !pass.memory.get(key) && (holder === undefined || holder === own?.id)) {
        codes.add(key)
        continue
      }
      if (given.by === 'code' && given.variants[0] === one && (field === 'sku' || !one.sku)) {
        refused.push({ row: one.row, field, problem: 'import.twice' })
        continue
      }
      pass.memory.set(`shared:${field}`, code)
      kept[field] = null
      const problem = field === 'sku' ? 'catalog.product.skuTaken' : 'catalog.product.barcodeTaken'
      const refusal = { row: one.row, field, problem, params: field === 'sku' ? { sku: code } : { code, name: '' } }
      if (isLeftEmpty) warnings.push({ ...refusal, problem: 'catalog.product.codeLeftOut', params: { code } })
      else refused.push(refusal)
    }
    return { ...one, ...kept }
  })
  return { wanted: { ...given, variants }, mine, codes, refused, warnings }
}

export interface Refs {
  readonly taxClass?: string | null
  readonly unit?: string
}

export function refsOf(known: Known, wanted: ImportedProduct, refusals: Refusal[]): Refs {
  const look = (field: 'taxClass' | 'unit', all: ReadonlyMap<string, string>): string | undefined => {
    const name = wanted[field]
    if (name === undefined) return undefined
    const id = all.get(meaning(name))
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
