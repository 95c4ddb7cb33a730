/** An article, and how many labels of it. */
export interface Labelled {
  readonly variant: string
  readonly count: number
}

/** So many articles stand in one address; a server takes no longer one. */
export const MOST_NAMED = 500

/** An id in as few signs as an address can have. */
const pack = (id: string): string =>
  btoa(String.fromCharCode(...(id.replaceAll('-', '').match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16))))
    .replaceAll('+', '-')
    .replaceAll('/', '*')
    .replaceAll('=', '')

function unpack(packed: string): string | null {
  if (!/^[\w*-]{22}$/.test(packed) || packed.includes('_')) return null
  const hex = [...atob(packed.replaceAll('-', '+').replaceAll('*', '/'))].map((sign) =>
    sign.charCodeAt(0).toString(16).padStart(2, '0'),
  )
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Articles and their numbers as they stand in the address of the page of labels. */
export const packItems = (items: readonly Labelled[]): string =>
  items.map(({ variant, count }) => pack(variant) + (count === 1 ? '' : `.${count}`)).join('_')

/** What cannot be read is left out: an address may have been cut by a message. */
export const unpackItems = (packed: string): Labelled[] =>
  packed.split('_').flatMap((one) => {
    const [id = '', count = '1'] = one.split('.')
    const variant = unpack(id)
    return variant && /^[1-9]\d{0,3}$/.test(count) ? [{ variant, count: Number(count) }] : []
  })

const PATH = '/catalog/labels'
const shortened = (more: number): Readonly<Record<string, string>> => (more > 0 ? { more: String(more) } : {})

/** Where labels of these articles are printed. Of more than an address holds, the first; the page says how many are missing. */
export function labelsOf(items: readonly Labelled[]): { to: string; search: Readonly<Record<string, string>> } {
  const counts = new Map<string, number>()
  for (const { variant, count } of items) counts.set(variant, (counts.get(variant) ?? 0) + count)
  const all = [...counts].map(([variant, count]) => ({ variant, count }))
  return {
    to: PATH,
    search: { of: packItems(all.slice(0, MOST_NAMED)), ...shortened(all.length - MOST_NAMED) },
  }
}

/** The same for all variants of these products, one label each. */
export const labelsOfProducts = (products: readonly string[]): ReturnType<typeof labelsOf> => ({
  to: PATH,
  search: {
    products: packItems(products.slice(0, MOST_NAMED).map((variant) => ({ variant, count: 1 }))),
    ...shortened(products.length - MOST_NAMED),
  },
})

const PIECE = 1_000_000n
/** As many labels as came of it: one a piece, and one for what is weighed or measured. */
export const labelsFor = (quantity: bigint, unit: string | null): number =>
  unit || quantity < PIECE ? 1 : Number(quantity / PIECE > 999n ? 999n : quantity / PIECE)
