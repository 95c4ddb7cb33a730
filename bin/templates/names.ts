/** The names that follow from `pos/stock-take`: for files, tables, identifiers and sentences. */
export interface Names {
  readonly module: string
  /** As the folder and the files are called: `stock-take`. */
  readonly slice: string
  /** As permissions, events and words name it: `pos.stockTake`. */
  readonly name: string
  /** The value of the definition: `stockTake`; with the module in front where the word belongs to the language. */
  readonly value: string
  /** Inside other names: `StockTake`. */
  readonly inside: string
  readonly table: string
  /** In the middle of a sentence: `stock take`. */
  readonly said: string
  readonly saidMany: string
  readonly path: string
}

const reserved = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await package interface public private protected'.split(
    ' ',
  ),
)

/** Modules are one word: events and permissions begin with it. */
export const isModuleName = (text: string): boolean => /^[a-z]+$/.test(text)
export const isName = (text: string): boolean => /^[a-z]+(?:-[a-z]+)*$/.test(text)
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const pascal = (text: string): string => text.split('-').map(capital).join('')
const many = (word: string): string =>
  /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
export const article = (said: string): string => (/^[aeiou]/.test(said) ? `an ${said}` : `a ${said}`)

export function namesOf(module: string, slice: string): Names {
  const inside = pascal(slice)
  const camel = inside.charAt(0).toLowerCase() + inside.slice(1)
  const said = slice.replaceAll('-', ' ')
  return {
    module,
    slice,
    name: `${module}.${camel}`,
    value: reserved.has(camel) ? module + inside : camel,
    inside,
    table: `${module}_${slice}`.replaceAll('-', '_'),
    said,
    saidMany: many(said),
    path: `/${module}/${many(slice)}`,
  }
}
