import { isGtin } from '#kit/barcode.ts'
import { parseAmount, type Minor } from '#kit/money.ts'

export interface ImportedVariant {
  readonly row: number
  readonly optionValues: string[]
  readonly sku: string | null
  readonly price: Minor
  readonly comparePrice: Minor | null
  readonly cost: Minor | null
  readonly weight: bigint | null
  readonly barcode: string | null
}

export interface ImportedProduct {
  readonly row: number
  readonly handle: string
  readonly name: string
  readonly description: string | null
  readonly vendor: string | null
  readonly category: string | null
  readonly tags: string[]
  readonly optionNames: string[]
  readonly taxable: boolean
  readonly active: boolean
  readonly variants: ImportedVariant[]
}

/** What the columns are called in the two generations of Shopify's product CSV, and in plain lists. */
export const productColumns = [
  { name: 'handle', aliases: ['Handle', 'URL handle', 'Slug'] },
  { name: 'name', required: true, aliases: ['Title', 'Name', 'Product', 'Product name', 'Item'] },
  { name: 'description', aliases: ['Body (HTML)', 'Description'] },
  { name: 'vendor', aliases: ['Vendor', 'Brand', 'Supplier'] },
  { name: 'category', aliases: ['Type', 'Product category', 'Category', 'Tags'] },
  { name: 'tags', aliases: ['Tags'] },
  { name: 'published', aliases: ['Published', 'Published on online store', 'Status'] },
  ...[1, 2, 3].flatMap((n) => [
    { name: `option${n}Name`, aliases: [`Option${n} Name`] },
    { name: `option${n}Value`, aliases: [`Option${n} Value`] },
  ]),
  { name: 'sku', aliases: ['Variant SKU', 'SKU', 'Code', 'Item code'] },
  { name: 'barcode', aliases: ['Variant Barcode', 'Barcode', 'GTIN', 'EAN', 'UPC'] },
  { name: 'price', required: true, aliases: ['Variant Price', 'Price', 'Selling price', 'Retail price'] },
  { name: 'comparePrice', aliases: ['Variant Compare At Price', 'Compare-at price'] },
  { name: 'cost', aliases: ['Cost per item', 'Cost', 'Buying price'] },
  { name: 'grams', aliases: ['Variant Grams', 'Weight value (grams)'] },
  { name: 'taxable', aliases: ['Variant Taxable', 'Charge tax'] },
] as const

export interface RowProblem {
  readonly row: number
  readonly field: string | null
  readonly problem: string
  readonly params?: Record<string, unknown>
}

type Row = { readonly number: number; readonly cells: Readonly<Record<string, string>> }

/** "Clay Plant Pot" → "clay-plant-pot": letters of any script stay. */
export const handleOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
    .slice(0, 200)

/** A code that people can read and that a second run finds again. */
export const skuOf = (handle: string, options: readonly string[]): string =>
  [handle, ...options.filter((value) => value !== 'Default Title').map(handleOf)].join('-').toUpperCase().slice(0, 80)

/**
 * Reads the rows of one product. Shopify repeats the handle for every variant and leaves the other columns of the product
 * empty; rows that only carry one more picture are passed over.
 */
export function readProduct(rows: readonly Row[], decimals: number): { product: ImportedProduct | null; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const first = rows[0]!
  const text = (row: Row, name: string) => row.cells[name]?.trim() || null
  const name = text(first, 'name')
  if (!name) problems.push({ row: first.number, field: 'name', problem: 'required' })
  const handle = text(first, 'handle') ?? handleOf(name ?? '')
  const optionNames = [1, 2, 3].flatMap((n) =>
    text(first, `option${n}Name`) && text(first, `option${n}Name`) !== 'Title' ? [text(first, `option${n}Name`)!] : [],
  )
  const variants = rows.flatMap((row) =>
    isVariant(row, rows.length) ? readVariant(row, optionNames.length, decimals, problems) : [],
  )
  const seen = new Set<string>()
  for (const variant of variants) {
    const options = variant.optionValues.join(' / ')
    if (seen.has(options))
      problems.push({ row: variant.row, field: 'option1Value', problem: 'catalog.product.variantTwice', params: { options } })
    seen.add(options)
  }
  if (variants.length === 0 && problems.length === 0) problems.push({ row: first.number, field: 'price', problem: 'required' })
  if (problems.length > 0) return { product: null, problems }
  const published = text(first, 'published')?.toLowerCase()
  return {
    problems,
    product: {
      row: first.number,
      handle,
      name: name!.slice(0, 200),
      description: plainText(text(first, 'description')),
      vendor: text(first, 'vendor')?.slice(0, 120) ?? null,
      category: text(first, 'category')?.split(/[>,]/).at(0)?.trim().slice(0, 80) || null,
      tags: (text(first, 'tags') ?? '')
        .split(',')
        .map((tag) => tag.trim().slice(0, 100))
        .filter(Boolean)
        .slice(0, 50),
      optionNames,
      taxable: text(first, 'taxable')?.toLowerCase() !== 'false',
      active: published === undefined || !['false', 'draft', 'archived', '0', '-1'].includes(published),
      variants,
    },
  }
}

const isVariant = (row: Row, count: number) =>
  count === 1 || ['price', 'sku', 'barcode', 'option1Value'].some((name) => row.cells[name]?.trim())

function readVariant(row: Row, options: number, decimals: number, problems: RowProblem[]): ImportedVariant[] {
  const text = (name: string) => row.cells[name]?.trim() || null
  const before = problems.length
  const amount = (name: string): Minor | null => {
    const value = text(name)
    if (value === null) return null
    const read = parseAmount(value.replace(/^[^\d.,-]+/, ''), decimals)
    if (read === null || read < 0n || read > 1_000_000_000_000_000n)
      problems.push({ row: row.number, field: name, problem: 'import.unreadable', params: { value: value.slice(0, 40) } })
    return read
  }
  const price = amount('price')
  if (text('price') === null) problems.push({ row: row.number, field: 'price', problem: 'required' })
  const barcode = text('barcode')?.replace(/^'/, '') ?? null
  if (barcode && /^(\d{8}|\d{12,14})$/.test(barcode) && !isGtin(barcode))
    problems.push({ row: row.number, field: 'barcode', problem: 'catalog.product.badBarcode', params: { code: barcode } })
  const sku = text('sku')
  if (sku && sku.length > 80) problems.push({ row: row.number, field: 'sku', problem: 'too_big' })
  const [comparePrice, cost] = [amount('comparePrice'), amount('cost')]
  const grams = text('grams')
  if (problems.length > before) return []
  return [
    {
      row: row.number,
      optionValues: [1, 2, 3].slice(0, options).map((n) => text(`option${n}Value`) ?? '—'),
      sku,
      price: price!,
      comparePrice,
      cost,
      barcode,
      weight: grams && /^\d{1,9}(\.\d+)?$/.test(grams) ? BigInt(Math.round(Number(grams) * 1000)) * 1000n : null,
    },
  ]
}

/** Product texts come as HTML; we keep the words. */
function plainText(html: string | null): string | null {
  if (!html) return null
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }
  const text = html
    .replace(/<(br|\/p|\/li|\/h\d|\/div)[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name]!)
    .replace(/[ \t]+/g, ' ')
    .replace(/(?<!\s)\s+/g, (gap) => (gap.includes('\n') ? '\n' : gap))
    .trim()
  return text.slice(0, 20_000) || null
}
