import { codeKey } from '#kit/barcode.ts'
import { code, isOfView, text, variationsOf, type Row } from './row.rules.ts'

interface Rows {
  readonly rows: readonly Row[]
}

/**
 * A product of Magento names its variants in a cell, and each has a row of its own wherever it likes: they are brought together,
 * with the options that the cell gives them.
 */
export function gathered<Group extends Rows>(all: readonly Group[]): readonly Group[] {
  const groups = withViews(all)
  const own = new Map<string, Group>()
  for (const group of groups) {
    const { row, others } = ownOf(group)
    const sku = others.length === 0 && row ? code(row, 'sku') : null
    if (sku) own.set(codeKey(sku), group)
  }
  const taken = new Set<Group>()
  const found = groups.map((group): Group => {
    const { row: parent, others, views } = ownOf(group)
    if (!parent || text(parent, 'variations') === null) return group
    const labels = labelsOf(parent)
    const variants = variationsOf(parent).flatMap(({ sku, options }) => {
      const other = own.get(codeKey(sku))
      // What is a parent itself, or named twice, is nobody's variant.
      if (!other || other === group || taken.has(other) || text(ownOf(other).row!, 'variations') !== null) return []
      taken.add(other)
      const { row, views: its } = ownOf(other)
      return [asVariation(row!, parent, options, labels), ...its]
    })
    return { ...group, rows: [parent, ...others, ...variants, ...views] }
  })
  return taken.size === 0 ? groups : found.filter((_, at) => !taken.has(groups[at]!))
}

/** The rows of a product with variants have another key than what views say of it: they are brought together by its SKU. */
function withViews<Group extends Rows>(groups: readonly Group[]): readonly Group[] {
  const skuOf = (row: Row | undefined) => codeKey((row && code(row, 'sku')) ?? '')
  const views = groups.filter((group) => ownOf(group).row === undefined)
  if (views.length === 0) return groups
  const bySku = Map.groupBy(views, ({ rows }) => skuOf(rows[0]))
  const placed = new Set<Group>()
  const whole = groups.map((group): Group => {
    const { row } = ownOf(group)
    const own = (row && bySku.get(skuOf(row))?.filter((one) => !placed.has(one))) ?? []
    for (const one of own) placed.add(one)
    return own.length > 0 ? { ...group, rows: [...group.rows, ...own.flatMap(({ rows }) => rows)] } : group
  })
  return whole.filter((_, at) => !placed.has(groups[at]!))
}

/** The row that all store views have in common, and those of views. */
function ownOf({ rows }: Rows): { row: Row | undefined; others: readonly Row[]; views: readonly Row[] } {
  const [row, ...others] = rows.filter((one) => !isOfView(one))
  return { row, others, views: rows.filter(isOfView) }
}

/** What is said of the product stands in the row of its parent; there a name is "Hoodie-XS-Black", and nobody finds it by itself. */
const OF_PRODUCT = new Set('name handle description category productCategory tags'.split(' '))

function asVariation(
  row: Row,
  parent: Row,
  options: readonly (readonly [string, string])[],
  labels: ReadonlyMap<string, string>,
) {
  const rest = Object.entries(row.cells).filter(([field]) => !OF_PRODUCT.has(field))
  const attributes = options.map(([name, value]) => `${labels.get(name.toLowerCase()) ?? name}: ${value}`).join(',')
  return { ...row, cells: { ...Object.fromEntries(rest), parent: text(parent, 'sku') ?? '', attributes } }
}

/** "size=Size,color=Colour". */
const labelsOf = (parent: Row): Map<string, string> =>
  new Map(
    (text(parent, 'variationLabels') ?? '').split(',').flatMap((one) => {
      const [name = '', label = ''] = one.split('=').map((part) => part.trim())
      return name && label ? [[name.toLowerCase(), label] as const] : []
    }),
  )
