/**
 * How shops call the column of what lies there, with the place where one has several: both generations of Shopify's file,
 * WooCommerce, Medusa, Loyverse "In stock [Main]", Square "Current Quantity Main" and "New Quantity Main", Odoo, ERPNext, Zoho,
 * Lightspeed "inventory_Main_Outlet" and "Qty.", Open Source POS "location_stock".
 */
const HEADINGS: readonly RegExp[] = [
  /^variant inventory (?:qty|quantity)$/i,
  /^inventory quantity$/i,
  /^(?:stock|quantity|qty\.?|on hand|in stock|stock on hand|opening stock|opening qty|current stock|available quantity|stockonhand)$/i,
  /^quantity on hand$/i,
  /^in stock \[(?<place>.+)\]$/i,
  /^(?:current|new) quantity (?<place>.+)$/i,
  /^(?:inventory|location)_(?<place>.+)$/i,
  /^(?<place>.+?) - (?:quantity on hand|qoh)$/i,
  /^opening stock \[?(?<place>[^\]]+)\]?$/i,
  /^(?:idadi|كمية|الكمية|المخزون|остаток|количество)$/i,
]
/** "Opening Stock Value" and "Opening Stock Rate" are money. */
const MONEY = /\b(?:value|rate|price|cost|status|policy|alert|level)\b/i

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Columns of a heading that say how much lies there, with the name of the place that some of them tell. */
export const quantityColumns = (header: readonly string[]): { column: string; place?: string }[] =>
  header.flatMap((column) => {
    const found = HEADINGS.map((one) => one.exec(column.trim())).find(Boolean)
    if (!found || MONEY.test(column)) return []
    return [{ column, ...(found.groups?.['place'] && { place: found.groups['place'] }) }]
  })

interface Named {
  readonly id: string
  readonly names: readonly string[]
}

/**
 * Which column holds the quantities of which place: by name; and one column alone is that of the only place. What is not sure is
 * left to a person. @returns columns by the place's id
 */
export function columnsOfPlaces(header: readonly string[], places: readonly Named[]): Map<string, string> {
  const columns = quantityColumns(header)
  const found = new Map<string, string>()
  for (const { id, names } of places) {
    const own = columns.filter(({ place }) => place !== undefined && names.some((name) => plain(name) === plain(place)))
    if (own[0]) found.set(id, own[0].column)
  }
  const [only] = places
  const nobodys = columns.filter(({ place }) => place === undefined)
  // What lies there now, before what lay there once.
  const one =
    nobodys.find(({ column }) => /on ?hand/i.test(column)) ?? nobodys[0] ?? (columns.length === 1 ? columns[0] : undefined)
  if (found.size === 0 && only && places.length === 1 && one) found.set(only.id, one.column)
  return found
}
