import { isTotalName } from '#kit/import.ts'
import { readCode } from './code.rules.ts'
import { MORE_BARCODES } from './columns.rules.ts'

/** What a row of a file of products is, by its cells. */

export interface Row {
  readonly number: number
  readonly cells: Readonly<Record<string, string>>
}

export const text = ({ cells }: Row, name: string): string | null => cells[name]?.trim() || null
export const lower = (row: Row, name: string): string => text(row, name)?.toLowerCase() ?? ''

export const isVariable = (row: Row) =>
  /\bvariable\b/.test(lower(row, 'rowType')) ||
  !['', 'no', '0', 'false'].includes(lower(row, 'hasVariants')) ||
  text(row, 'variations') !== null
export const isVariation = (row: Row) =>
  /\bvariation\b/.test(lower(row, 'rowType')) || (text(row, 'parent') !== null && !isVariable(row))
export const hasOptions = (row: Row) =>
  !/^simple\b/.test(lower(row, 'rowType')) &&
  ['option1Value', 'optionValues', 'variationName', 'attributes'].some(
    (name) => !['', 'default title'].includes(lower(row, name)),
  )
/** Without what a spreadsheet put around it; a spoilt one as it stands, to be refused later. */
export const code = ({ cells }: Row, name: 'sku' | (typeof CODES)[number]): string | null => {
  const read = name === 'sku' ? readCode(cells[name], name) : readCode(codesIn({ cells }, name)[0], 'barcode')
  return 'problem' in read ? read.value : read.code
}
export const CODES = ['barcode', ...MORE_BARCODES] as const
/** Several codes of one article in a cell: parted as our own files have them, or by any sign where each is one of digits. */
export const codesIn = ({ cells }: Pick<Row, 'cells'>, name: (typeof CODES)[number]): string[] => {
  const cell = cells[name] ?? ''
  const parts = cell.split(/[,;|/\n]/)
  return parts.every((part) => /^\d{6,14}$/.test(part.trim())) ? parts : cell.split(/, |[;|]/)
}
export const anyBarcode = (row: Row): string | null => CODES.map((name) => code(row, name)).find((one) => one !== null) ?? null

/** The last line of a list adds up the others; an article has a code, or options, or a product above. */
export const isTotal = (row: Row): boolean => {
  const called = [text(row, 'name'), code(row, 'sku'), anyBarcode(row)].filter((one) => one !== null)
  // It may stand in the first column, where codes are.
  return (
    called.length === 1 &&
    isTotalName(called[0]!) &&
    row.cells['name'] !== undefined &&
    !['handle', 'parent', 'option1Value', 'attributes', 'category'].some((name) => text(row, name) !== null)
  )
}
/** A row that carries one more picture only is none. */
export const isVariant = (row: Row, count: number) =>
  !isVariable(row) &&
  (count === 1 ||
    ['price', 'sku', ...CODES, 'option1Value', 'attributes', 'optionValues', 'variationName'].some(
      (name) => text(row, name) !== null,
    ))

/** "Size|Colour", or as our own files have it "Size, Colour". */
export const listOf = (written: string | null): string[] | undefined =>
  written?.split(written.includes('|') ? '|' : ',').map((one) => one.trim())

/** What one store view of Magento calls an article, or charges for it. */
export const isOfView = (row: Row): boolean => text(row, 'storeView') !== null

/** "sku=T-S,size=S,color=Black|sku=T-M,…": the variants that Magento names in the row of their product. */
export const variationsOf = (row: Row): { sku: string; options: [name: string, value: string][] }[] =>
  (text(row, 'variations') ?? '').split('|').flatMap((written) => {
    const pairs: [string, string][] = []
    for (const part of written.split(',')) {
      const at = part.indexOf('=')
      const last = pairs.at(-1)
      if (at > 0) pairs.push([part.slice(0, at).trim(), part.slice(at + 1).trim()])
      else if (last) last[1] += `,${part}`
    }
    const sku = pairs.find(([name]) => name.toLowerCase() === 'sku')?.[1]
    return sku ? [{ sku, options: pairs.filter(([name]) => name.toLowerCase() !== 'sku') }] : []
  })
