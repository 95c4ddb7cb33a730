import { packOf } from '#kit/measure-names.ts'
import { saidIn, type Said } from '#kit/measure-said.ts'
import { QTY_ONE, type PriceUnit, type Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { namesOfSeed } from '#kit/server/host/words.ts'
import { meaning } from './meaning.rules.ts'
import { quantityAs, type ArticleUnit, type Holds } from './price-unit.rules.ts'

export interface PricedArticle {
  readonly price: bigint
  readonly per: PriceUnit
  readonly unit: ArticleUnit | null
  /** What else it is counted in. */
  readonly packs: readonly Pack[]
}

/** A unit that holds so many millionths of an article's own. */
export interface Pack {
  readonly code: string
  readonly name: string
  readonly factor: bigint
}

export async function articlesOf(tx: Tx, variants: readonly string[]): Promise<Map<string, PricedArticle>> {
  const { rows } = await tx.client.query<
    { id: string; product: string; price: bigint; per: PriceUnit } & { [Name in keyof ArticleUnit]: ArticleUnit[Name] | null }
  >(
    `select v.id, v.product, v.price::bigint as price, v.price_unit as per, u.code, u.name, u.decimals from catalog_variant v
     join catalog_product p on p.id = v.product left join catalog_unit u on u.id = p.unit where v.id = any($1::uuid[])`,
    [variants],
  )
  const packs = await packsOf(tx, { variants })
  return new Map(
    rows.map(({ id, product, price, per, code, name, decimals }) => [
      id,
      {
        price: BigInt(price),
        per,
        unit: code === null ? null : { code, name: name!, decimals: decimals! },
        packs: packs.get(product) ?? [],
      },
    ]),
  )
}

/** The packs of some products, or of those whose variants these are, by product. */
export async function packsOf(
  tx: Tx,
  { products = [], variants = [] }: { products?: readonly string[]; variants?: readonly string[] },
): Promise<Map<string, Pack[]>> {
  const { rows } = await tx.client.query<Omit<Pack, 'factor'> & { product: string; factor: string }>(
    `select c.product, c.factor::bigint as factor, u.code, u.name from catalog_conversion c join catalog_unit u on u.id = c.unit
     where c.product = any($1::uuid[]) or c.product in (select product from catalog_variant where id = any($2::uuid[]))`,
    [products, variants],
  )
  return Map.groupBy(
    rows.map((row) => ({ ...row, factor: BigInt(row.factor) })),
    (row) => row.product,
  )
}

/** Is a word of a file what the shop calls the unit itself, in any language? */
const isCalled = (unit: Pick<ArticleUnit, 'code' | 'name'>, word: string): boolean =>
  [unit.code, unit.name, ...namesOfSeed('unit', unit.name)].some((name) => meaning(name) === meaning(word))

/**
 * How much of an article is in what a file calls so: in its own unit, in a pack of that name, or in its one pack of that kind,
 * whatever it is called: "ctns" where the shop says "Carton". Nothing where packs of different sizes are called alike.
 */
export const holdsOf =
  (unit: ArticleUnit | null, packs: readonly Pack[]): Holds =>
  (word) => {
    const all: readonly Pack[] = unit ? [{ ...unit, factor: QTY_ONE }, ...packs] : packs
    const [called, kind] = [all.filter((one) => isCalled(one, word)), packOf(word)]
    const found = called.length > 0 || !kind ? called : packs.filter((one) => packOf(one.code, one.name) === kind)
    return new Set(found.map(({ factor }) => factor)).size === 1 ? found[0]!.factor : undefined
  }

/**
 * Reads the quantities under a heading in the unit of each article: "Min (kg)" of what is sold by the gram, or "5 kg" in a cell.
 * What is said comes back in place of a quantity that can't be said exactly in that unit.
 */
export async function countedUnder(tx: Tx, heading: string, variants: readonly string[], isInCells = false) {
  const above = saidIn(heading)
  const articles = above || isInCells ? await articlesOf(tx, variants) : undefined
  return (variant: string, quantity: bigint, own?: Said): Qty | { readonly said: string } => {
    const said = own ?? above
    if (!said) return quantity as Qty
    const { unit = null, packs = [] } = articles?.get(variant) ?? {}
    const counted = quantityAs(quantity, said, unit, holdsOf(unit, packs))
    // Counted in two ways at once it is in neither.
    const isTwofold = own && above && quantityAs(quantity, above, unit, holdsOf(unit, packs)) !== counted
    return counted === null || isTwofold ? { said: said.text } : (counted as Qty)
  }
}
