import { packOf } from '#kit/measure-names.ts'
import { saidIn, withoutMeasure } from '#kit/measure-said.ts'

/**
 * How shops call the column of what lies there, with the place where one has several: both generations of Shopify's file,
 * WooCommerce, Medusa, Loyverse "In stock [Main]", Square "Current Quantity Main" and "New Quantity Main", Odoo, ERPNext, Zoho,
 * Lightspeed "inventory_Main_Outlet" and "Qty.", Open Source POS "location_stock".
 */
const HEADINGS: readonly RegExp[] = [
  /^variant inventory (?:qty|quantity)$/i,
  /^inventory quantity$/i,
  /^(?:stock|quantity|qty\.?|on hand|in stock|stock on hand|opening stock|opening qty|current stock|available quantity|stockonhand)$/i,
  // Shopify's own file of quantities.
  /^(?:on hand|in stock|stock|qty|quantity|quantity on hand|stock on hand) \((?:current|now|pcs|pieces|units?)\)$/i,
  // Wix, Daftra, Noon, Sage 50.
  /^(?:quantity on hand|qty on hand|stock quantity|quantity in stock|inventory|fbp_stock|fbn_stock)$/i,
  /^in stock \[(?<place>.+)\]$/i,
  /^(?:current|new) quantity (?<place>.+)$/i,
  /^(?:inventory|location)_(?<place>.+)$/i,
  /^(?<place>.+?) - (?:quantity on hand|qoh)$/i,
  /^opening stock \[?(?<place>[^\]]+)\]?$/i,
  /^(?:idadi|كمية|الكمية|المخزون|العدد|الرصيد|остаток|количество)$/i,
]
/** What is a quantity though another word in it is not. */
const PLAIN =
  /^(?:closing stock|closing qty|closing balance|(?:qty|quantity) in hand|in hand|(?:stock|current|available|total) (?:qty|quantity|stock|level|balance)|units in stock|balance|available|кол-во|остатки?|остат(?:ок|ки) на складе|в наличии|(?:ال)?كمي[ةه] (?:ال)?(?:متاح|متوفر|حالي)[ةه]|(?:ال)?رصيد (?:ال)?(?:حالي|متاح)|(?:ال)?مخزون(?: الحالي)?|idadi iliyopo|kiasi kilichopo)$/i
/** "Opening Stock Value" and "Opening Stock Rate" are money, "location_id" and "inventory_policy" facts about the place or the way. */
const OTHER =
  /(?:^|[\s_[(-])(?:value|rate|price|cost|status|policy|alert|level|id|name|code|type|item|management|tracker|tracked|min|minimum|max|maximum|low|reorder|committed|incoming|reserved)(?=$|[\s_\])-])/i

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Columns of a heading that say how much lies there, with the name of the place that some of them tell. */
export const quantityColumns = (header: readonly string[]): { column: string; place?: string }[] =>
  header.flatMap((column) => {
    // "Stock (kg)" says in which unit as well, "Stock (cartons)" in which pack; "Quantity per carton" is no quantity.
    const said = withoutPack(withoutMeasure(column.trim()))
    if (PLAIN.test(said)) return [{ column }]
    const found = HEADINGS.map((one) => one.exec(said)).find(Boolean)
    if (!found || OTHER.test(withoutPlace(said, found.groups?.['place']))) return []
    return [{ column, ...(found.groups?.['place'] && { place: found.groups['place'] }) }]
  })

function withoutPack(column: string): string {
  const [whole, inside] = /[([]([^()[\]]{1,30})[)\]]$/.exec(column) ?? []
  return inside && (packOf(inside) || saidIn(column)) ? column.slice(0, -whole!.length).trimEnd() : column
}

/** A place may be called "Low street"; what stands in underscores is a field of some program. */
const withoutPlace = (column: string, place: string | undefined): string =>
  place !== undefined && !/^(?:inventory|location)_/i.test(column) && !/^opening stock /i.test(column)
    ? column.replace(place, '')
    : column

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
    const column = own[0]?.column ?? header.find((one) => names.some((name, at) => isStockOf(one, name, at === 0)))
    if (column !== undefined) found.set(id, column)
  }
  const [only] = places
  const one = ofNoPlace(header) ?? (columns.length === 1 ? columns[0]?.column : undefined)
  if (found.size === 0 && only && places.length === 1 && one) found.set(only.id, one)
  return found
}

/** "Stock at Main Street", "Main Street_qty", and its whole name alone; a short code alone may be anything. */
function isStockOf(column: string, name: string, isWhole: boolean): boolean {
  const [all, own] = [column.slice(0, 200), name].map((text) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(Boolean),
  ) as [string[], string[]]
  const at = all.findIndex((_, from) => own.length > 0 && own.every((word, index) => all[from + index] === word))
  if (at < 0) return false
  const rest = all
    .toSpliced(at, own.length)
    .filter((word) => !AT.has(word))
    .join(' ')
  return rest === '' ? isWhole : quantityColumns([rest]).some(({ place }) => place === undefined)
}
const AT = new Set('at in the for of на в في kwa katika'.split(' '))

/** The column of quantities that names no place: what lies there now, before what lay there once. */
export function ofNoPlace(header: readonly string[]): string | undefined {
  const nobodys = quantityColumns(header).filter(({ place }) => place === undefined)
  return (nobodys.find(({ column }) => /on ?hand/i.test(column)) ?? nobodys[0])?.column
}

/** The column in which each row names the place of its quantity, as in Shopify's file of quantities, by what such are called. */
export const placeColumn = (header: readonly string[], called: readonly string[]): string | undefined => {
  const known = new Set(called.map(plain))
  return header.find((column) => known.has(plain(column)))
}

/** The place that a row means; nothing where none is called so, or several are. */
export function placeCalled<Place extends Named>(name: string, places: readonly Place[]): Place | undefined {
  const all = name.trim() ? places.filter(({ names }) => names.some((one) => plain(one) === plain(name))) : []
  return all.length === 1 ? all[0] : undefined
}
