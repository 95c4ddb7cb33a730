import { reachOf } from '#kit/access.ts'
import { codeKey } from '#kit/barcode.ts'
import { foldText } from '#kit/fold.ts'
import { decimalText } from '#kit/money.ts'
import { Problem, problems } from '#kit/problem.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { refuseHidden } from '#kit/server/list/crud.ts'
import type { Refusal } from '#kit/server/import/importable.ts'
import { ProductProblem, variant, variantName } from '../product/product.ts'
import { refuseAsking, refuseFigures } from '../product/product.store.ts'
import { productOf, variantFor, type Known, type KnownProduct, type KnownVariant, type Taking } from './known.store.ts'
import { meaning } from './meaning.rules.ts'
import { rateOf } from './tax.rules.ts'
import { unitCodeOf } from './unit.rules.ts'
import type { Fine, ImportedProduct, ImportedVariant } from './imported.ts'

export const FileProblem = problems('catalog.productFile', {
  noSuchTax: { status: 422, say: 'No tax class of the company is called {value} or has that rate today. There are: {classes}.' },
  severalTaxes: { status: 422, say: '{value} fits several tax classes. Write the name of the one that is meant: {classes}.' },
  noTemplate: {
    status: 422,
    say: 'The product {parent}, of which this is a variant, is not in the file. Add its row, above or below.',
  },
  variantOffered: {
    status: 422,
    say: 'This variant is not for sale in the file, and its product is. Here it will be for sale with it: take its row out if it should not.',
  },
  storeViews: {
    status: 422,
    say: 'What the store views {views} say of this article was left out: it has one name and one price here, those of its own row.',
  },
  variantsAbsent: {
    status: 422,
    say: 'These variants of it have no row in the file: {skus}. Add their rows, or bring them later.',
  },
  otherOption: {
    status: 422,
    say: 'The product has no option {value}, but {option}. Write it so in the file for a new variant.',
  },
  notReducedNow: {
    status: 422,
    say: 'The reduced price {value} is not one of today ({days}), so it was left out. The regular price stays.',
  },
  reducedUntilChanged: {
    status: 422,
    say: 'The reduced price {value} ({days}) was taken, and does not end by itself here. Set the regular price again when its days are over.',
  },
  tooDeep: { status: 422, say: 'The category {value} goes on for more than {most} levels. Write a shorter path.' },
  tooMany: {
    status: 422,
    say: 'More than {most} rows have one name or code, and would be one product. Tell them apart: {value}.',
  },
  tooManyOptions: { status: 422, say: 'A product has at most {most} options here: {value}. Join two of them in the file.' },
  askedBeside: {
    status: 422,
    say: 'Here the price of a product is asked at the till for all of its variants or for none. Write a price for this one, or bring it as a product of its own.',
  },
  total: { status: 422, say: 'This looks like the total of a list. An article that is called so needs a code.' },
})

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

/** A price that is there already is changed by who sets prices everywhere, also to nought or to none. */
export function refusedChanges(
  { tx, maySetPrices }: Taking,
  wanted: ImportedProduct,
  mine: ReadonlyMap<number, KnownVariant>,
): Refusal[] {
  const refusals: Refusal[] = []
  for (const one of wanted.variants) {
    const own = mine.get(one.row)
    const field = (['price', 'comparePrice', 'cost'] as const).find(
      // Whether a cost is the right one is told to nobody who may not see it.
      (name) => own && one[name] !== undefined && (name === 'cost' || String(one[name]) !== String(own[name])),
    )
    if (!field) continue
    try {
      refuseHidden(tx, variant, { [field]: one[field] })
      if (field !== 'cost' && !maySetPrices) throw ProductProblem.priceOfAll()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refusals.push({ row: one.row, field, problem: error.code, params: { said: error.message } })
    }
  }
  return refusals
}

const ASKED = ['asksPrice', 'leastPrice', 'mostPrice'] as const

/** Whose price is asked at the till, and between which bounds, says who sets prices, and of what is sold already, everywhere. */
export function refusedAsking({ tx, maySetPrices }: Taking, wanted: ImportedProduct, found: KnownProduct | undefined): Refusal[] {
  const now = (name: (typeof ASKED)[number]) => String(found?.[name] ?? (name === 'asksPrice' ? false : null))
  const field = ASKED.find((name) => wanted[name] !== undefined && String(wanted[name]) !== now(name))
  if (!field) return badBounds(wanted, found)
  try {
    refuseAsking(tx, { asksPrice: true })
    if (found && !maySetPrices) throw ProductProblem.priceOfAll()
    return badBounds(wanted, found)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ row: wanted.row, field, problem: error.code, params: { said: error.message } }]
  }
}

function badBounds(wanted: ImportedProduct, found: KnownProduct | undefined): Refusal[] {
  const [least, most] = (['leastPrice', 'mostPrice'] as const).map(
    (name) => wanted[name] ?? (found?.[name] as bigint | null | undefined),
  )
  const isBad = least != null && most != null && BigInt(least) > BigInt(most)
  return isBad ? [{ row: wanted.row, field: 'mostPrice', problem: 'catalog.product.badBounds' }] : []
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
    const left = new Set<string>()
    const said = [...(one.sku ? [['sku', one.sku] as const] : []), ...one.barcodes.map((code) => ['barcode', code] as const)]
    for (const [kind, code] of said) {
      const plain = codeKey(code)
      const field = kind === 'sku' ? kind : (one.columns.get(plain) ?? kind)
      const key = `code:${plain}`
      const other = [known.skus.get(plain), known.barcodes.get(plain)].find((id) => id !== undefined && id !== own?.id)
      const isFree = (codes.get(key) ?? one.row) === one.row && pass.memory.get(key) === undefined
      if (isFree && other === undefined) {
        codes.set(key, one.row)
        continue
      }
      const problem = kind === 'sku' ? 'catalog.product.skuTaken' : 'catalog.product.barcodeTaken'
      const refusal = {
        row: one.row,
        field,
        problem,
        params:
          kind === 'sku'
            ? { sku: code }
            : { code, name: other ? nameOf(known, other) : (pass.memory.get(key) ?? given.name ?? given.handle) },
      }
      // By this code it is told from others, so it can't be left out.
      if (given.by === 'code' && given.variants[0] === one && (kind === 'sku' || !one.sku)) {
        refused.push(isFree ? refusal : { row: one.row, field, problem: 'import.twice' })
        continue
      }
      pass.memory.set(`shared:${kind}`, code)
      left.add(`${kind} ${code}`)
      if (isLeftEmpty) warnings.push({ ...refusal, problem: 'catalog.product.codeLeftOut', params: { code } })
      else refused.push(refusal)
    }
    return {
      ...one,
      sku: left.has(`sku ${one.sku}`) ? null : one.sku,
      barcodes: one.barcodes.filter((code) => !left.has(`barcode ${code}`)),
    }
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
    // A shop's own name goes before what others call a common unit, and before a rate.
    const named = all.get(meaning(name))
    if (named) return named
    if (field === 'taxClass') return classByRate(known, name, wanted.row, refusals)
    const common = unitCodeOf(name)
    const id = common && all.get(common)
    if (!id) refusals.push({ row: wanted.row, field, problem: 'import.unknownRef', params: { value: name.slice(0, 80) } })
    return id
  }
  const [taxClass, unit] = [look('taxClass', known.taxClasses), look('unit', known.units)]
  return {
    ...(wanted.taxable === false ? { taxClass: null } : taxClass ? { taxClass } : {}),
    ...(unit && { unit }),
  }
}

/** The one class whose rate today is what a cell says. */
function classByRate(known: Known, text: string, row: number, refusals: Refusal[]): string | undefined {
  const said = rateOf(text)
  const fitting = (said?.rates ?? [])
    .map((rate) =>
      known.taxRates.filter((one) => one.rate === rate && (!said?.words || meaning(one.name) === meaning(said.words))),
    )
    .find((all) => all.length > 0)
  if (fitting?.length === 1) return fitting[0]!.id
  const listed = (fitting ?? known.taxRates).map(({ name, rate }) => `${name} (${decimalText(rate, 4)}%)`).join(', ')
  const problem = fitting ? 'catalog.productFile.severalTaxes' : 'catalog.productFile.noSuchTax'
  refusals.push({ row, field: 'taxClass', problem, params: { value: text.slice(0, 80), classes: listed.slice(0, 400) } })
  return undefined
}

/** What a new one needs that a known one may leave out. */
export function missingForNew(tx: Tx, wanted: ImportedProduct): Refusal[] {
  const mayPrice = reachOf(tx.actor, 'catalog.price.edit') !== undefined
  return [
    ...(wanted.name ? [] : [{ row: wanted.row, field: 'name', problem: 'required' }]),
    ...(mayPrice && !wanted.asksPrice ? wanted.variants : []).flatMap((one) =>
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
    const at = wanted.optionNames.findIndex((name, at) => name !== 'Variant' && !isCalled(name, found.optionNames[at]!))
    if (at >= 0) {
      const params = { value: wanted.optionNames[at]!, option: found.optionNames[at]! }
      return [{ row: one.row, field: `option${at + 1}Name`, problem: 'catalog.productFile.otherOption', params }]
    }
    return one.price === undefined && !(wanted.asksPrice ?? found.asksPrice)
      ? [{ row: one.row, field: 'price', problem: 'required' }]
      : []
  })
const isCalled = (name: string, known: string) => foldText(name) === foldText(known)
