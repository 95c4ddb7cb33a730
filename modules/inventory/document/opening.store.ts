import { may, reachOf, reaches, type Actor } from '#kit/access.ts'
import { readNumber, withoutMark } from '#kit/import.ts'
import { readCounted, type Said } from '#kit/measure-said.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import { CommonProblem, problems } from '#kit/problem.ts'
import { extend, QTY_DECIMALS, type PriceUnit, type Qty } from '#kit/quantity.ts'
import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { importExtra, type Brought, type ExtraField, type TakenRow } from '#kit/server/import/extra.ts'
import type { Pass, Refusal, Trace } from '#kit/server/import/importable.ts'
import { countedUnder, PLACES } from '#modules/catalog/index.ts'
import { locationOf } from '../location/location.store.ts'
import { issue, receive } from '../stock/stock.store.ts'
import { general } from '#modules/ledger/account/chart.ts'
import { inLedgers, mostLines } from './document.ts'
import { openPaper, postCovered, postValue, writePaper, type Paper } from './document.store.ts'
import { columnsOfPlaces, ofNoPlace, placeCalled, placeColumn } from './opening.rules.ts'

export const OpeningProblem = problems('inventory.openingStock', {
  begun: { status: 409, say: 'Goods of this article have moved there already, so its quantity was left alone. Count it.' },
  belowNothing: { status: 422, say: 'Less than nothing can’t lie there; the article came without a quantity.' },
  service: { status: 422, say: 'A service lies on no shelf; it came without a quantity.' },
  tooFine: { status: 422, say: 'Its unit has no parts as small as that; the article came without a quantity.' },
  noSuchPlace: {
    status: 422,
    say: 'No place that takes goods in is called “{value}”, so this quantity was left out. Write one of these in the file: {places}.',
  },
  severalRows: {
    status: 422,
    say: 'Several rows say how much of this article lies at one place, so none was taken. Take the quantities by the place of each row, or leave one of them.',
  },
  archived: { status: 422, say: 'This article is not for sale; it came without a quantity.' },
})

const RIGHT = 'inventory.stock.receive'
const FIELD = 'openingStock:'
/** Each row names its place. */
const BY_ROW = `${FIELD}row`

/**
 * The quantities of a file of products become opening stock, for whoever asks for it: one receipt for each place and portion of
 * the file, posted like any other, at the cost of each article. What has begun to move at a place is left alone there, so the
 * same file taken twice brings nothing twice.
 */
export const openingStock = importExtra({
  name: 'openingStock',
  kind: 'catalog.product',
  can: [RIGHT, 'catalog.cost.read'],
  tables: ['inventory_document'],
  async fieldsFor({ db, actor }, header) {
    const places = await placesFor(db, actor)
    const [named, nobodys] = [placeColumn(header, PLACES), ofNoPlace(header)]
    // One column of quantities for all places: each row says of which it is.
    const isByRow = named !== undefined && nobodys !== undefined
    const columns = isByRow ? new Map<string, string>() : columnsOfPlaces(header, places)
    return [
      ...(isByRow && places.length > 0 ? [{ name: BY_ROW, label: named, isNumber: true, column: nobodys }] : []),
      ...places.map(({ id, name }): ExtraField => {
        const column = columns.get(id)
        return { name: `${FIELD}${id}`, label: name, isNumber: true, ...(column && { column }) }
      }),
    ]
  },
  async take(tx, rows, pass) {
    const all: Brought[] = []
    const fields = new Set(rows.flatMap(({ cells }) => Object.keys(cells).filter((name) => name.startsWith(FIELD))))
    for (const field of [...fields].toSorted()) {
      const { parts, warnings } =
        field === BY_ROW ? await byPlace(tx, rows) : { parts: [[field.slice(FIELD.length), rows]] as const, warnings: [] }
      all.push({ warnings })
      for (const [location, own] of parts) all.push(await takeAt(tx, { field, location }, own, pass))
    }
    return {
      rows: all.flatMap((one) => one.rows ?? []),
      traces: all.flatMap((one) => one.traces ?? []),
      warnings: all.flatMap((one) => one.warnings ?? []),
      counts: countsOf(all),
    }
  },
  async undo(tx, traces) {
    const done = []
    for (const { record } of traces) done.push(await takeBack(tx, record))
    return { kept: done.reduce((all, one) => all + one.kept, 0), stays: done.flatMap((one) => one.stays) }
  },
})

/** Where this person may take goods in, by name. */
async function placesFor(db: Db, actor: Actor): Promise<{ id: string; name: string; names: string[] }[]> {
  const reach = reachOf(actor, RIGHT)
  if (!reach || !may(actor, RIGHT)) return []
  const rows = await db
    .selectFrom('inventoryLocation')
    .select(['id', 'name', 'code', 'place'])
    .where('kind', '=', 'storage')
    .where('archivedAt', 'is', null)
    .orderBy('name')
    .execute()
  return rows
    .filter(({ place }) => place !== null && reaches(reach, place))
    .map(({ id, name, code }) => ({ id, name, names: [name, code] }))
}

/** Rows by the place that each names; one that is none of ours is told with those that there are. */
async function byPlace(tx: Tx, rows: readonly TakenRow[]) {
  const places = await placesFor(tx.db, tx.actor)
  const listed = places.map(({ name }) => name).join(', ')
  const parts = new Map<string, TakenRow[]>()
  const warnings: Refusal[] = []
  for (const row of rows) {
    if (!says(row.cells[BY_ROW])) continue
    const name = row.cells['location']?.trim() ?? ''
    const place = placeCalled(name, places)
    if (place) parts.set(place.id, [...(parts.get(place.id) ?? []), row])
    else {
      const params = { value: name.slice(0, 80), places: listed.slice(0, 400) }
      warnings.push({ row: row.number, field: 'location', problem: 'inventory.openingStock.noSuchPlace', params })
    }
  }
  return { parts: [...parts], warnings }
}

/** Shopify writes so where an article is not kept, Wix where nobody counts it. */
const says = (cell: string | undefined): boolean =>
  !/^(?:not stocked|in ?stock|out ?of ?stock|[-–—]*)$/i.test(withoutMark(cell ?? '').trim())

const countsOf = (all: readonly Brought[]): Record<string, bigint> => {
  const sums: Record<string, bigint> = { articles: 0n, units: 0n, withoutCost: 0n }
  for (const { counts = {} } of all) for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0n) + count
  return sums
}

interface Lying {
  readonly row: number
  readonly variant: string
  readonly quantity: Qty
  /** What the cell counts it in. */
  readonly unit?: Said | undefined
}

/** What the file says of one place becomes one paper. */
async function takeAt(
  tx: Tx,
  { field, location }: { field: string; location: string },
  rows: readonly TakenRow[],
  pass: Pass,
): Promise<Brought> {
  const warnings: Refusal[] = []
  const found = rows.flatMap((row) => readLying(row, field, pass, warnings))
  if (found.length === 0) return { warnings }
  const ofOne = Map.groupBy(found, ({ variant }) => variant)
  const counted = await countedUnder(
    tx,
    pass.headings[field] ?? '',
    [...ofOne.keys()],
    found.some(({ unit }) => unit),
  )
  const read = found.flatMap((one): Lying[] => {
    const quantity = counted(one.variant, one.quantity, one.unit)
    if (ofOne.get(one.variant)!.length > 1) warnings.push({ row: one.row, field, problem: 'inventory.openingStock.severalRows' })
    else if (typeof quantity !== 'object') return [{ ...one, quantity }]
    else warnings.push({ row: one.row, field, problem: 'catalog.product.quantityOfOther', params: { value: quantity.said } })
    return []
  })
  const facts = await factsOf(tx, location, read)
  const lines = read.flatMap(({ row, variant, quantity }): Line[] => {
    const { kind, isArchived, cost, priceUnit, decimals, hasBegun } = facts.get(variant)!
    const problem =
      kind !== 'stocked'
        ? 'inventory.openingStock.service'
        : isArchived
          ? 'inventory.openingStock.archived'
          : hasBegun
            ? 'inventory.openingStock.begun'
            : quantity % BigInt(10 ** (QTY_DECIMALS - decimals)) !== 0n && 'inventory.openingStock.tooFine'
    if (problem) warnings.push({ row, field, problem })
    return problem ? [] : [{ row, variant, quantity, unitCost: cost, value: extend(cost, quantity, priceUnit) }]
  })
  const traces: Trace[] = []
  for (let at = 0; at < lines.length; at += MOST_LINES)
    traces.push({
      table: 'inventory_document',
      record: await post(tx, location, lines.slice(at, at + MOST_LINES)),
      created: true,
    })
  return {
    rows: lines.map(({ row }) => row),
    traces,
    warnings,
    counts: {
      articles: BigInt(lines.length),
      units: lines.reduce((all, line) => all + line.quantity, 0n),
      withoutCost: BigInt(lines.filter((line) => line.unitCost === 0n).length),
    },
  }
}

/** No paper is longer than one that a person writes. */
const MOST_LINES = mostLines.receipt

type Line = { row: number; variant: string; quantity: Qty; unitCost: Minor; value: Minor }

/** The receipt, its moves and its entry, as `inventory.document.receiveNew` writes them. @returns the paper */
async function post(tx: Tx, location: string, lines: readonly Line[]): Promise<string> {
  const paper = await openPaper(tx, RIGHT, 'receipt', { id: newId(), location })
  const covered = await receive(tx, await locationOf(tx, 'opening'), location, lines, why(paper), paper.costing)
  await refuseBegun(tx, location, lines)
  const value = sum(lines.map((line) => line.value))
  await writePaper(tx, paper, { reason: 'opening', value }, lines)
  await postValue(tx, paper, general.openingEquity, [value])
  await postCovered(tx, paper, covered)
  return paper.id
}

/**
 * The rows are locked now. What somebody else brought between the look and the lock is seen here: the portion is tried again,
 * and left alone then.
 */
async function refuseBegun(tx: Tx, location: string, lines: readonly Line[]): Promise<void> {
  const { rowCount } = await tx.client.query(
    `select from inventory_balance b join unnest($2::uuid[], $3::bigint[]) as l(variant, quantity) on l.variant = b.variant
     where b.location = $1 and b.lot is null and b.owner is null and b.on_hand::bigint <> l.quantity limit 1`,
    [location, lines.map((line) => line.variant), lines.map((line) => line.quantity)],
  )
  if (rowCount) throw CommonProblem.busy()
}

const why = (paper: Paper) => ({
  documentKind: inLedgers[paper.kind],
  document: paper.id,
  businessDay: paper.day,
  reason: 'opening',
})

function readLying({ number, cells, ids }: TakenRow, field: string, pass: Pass, warnings: Refusal[]): Lying[] {
  const text = cells[field]?.trim()
  const variant = ids['variant']
  if (!text || !variant || !says(text)) return []
  const { number: bare, unit } = readCounted(text)
  const read = readNumber(bare, { field, scale: QTY_DECIMALS, pass })
  if (typeof read === 'object')
    warnings.push({ ...read, params: { ...read.params, value: withoutMark(text).slice(0, 80) }, row: number })
  else if (read < 0n) warnings.push({ row: number, field, problem: 'inventory.openingStock.belowNothing' })
  else if (read > 0n) return [{ row: number, variant, quantity: read as Qty, unit }]
  return []
}

interface Facts {
  readonly kind: string
  readonly isArchived: boolean
  /** For so many units. */
  readonly cost: Minor
  readonly priceUnit: PriceUnit
  readonly decimals: number
  /** Something lies there, or other goods of it have come or gone than those of an opening that was taken back. */
  readonly hasBegun: boolean
}

async function factsOf(tx: Tx, location: string, read: readonly Lying[]): Promise<Map<string, Facts>> {
  const { rows } = await tx.client.query<{
    id: string
    kind: string
    isArchived: boolean
    cost: bigint | null
    priceUnit: PriceUnit
    decimals: number
    hasBegun: boolean
  }>(
    `select v.id, v.kind, v.is_archived as "isArchived", v.cost::bigint as cost, v.price_unit as "priceUnit", v.decimals,
       exists (select from inventory_balance b where b.variant = v.id and b.location = $2 and b.on_hand::bigint <> 0)
       or exists (select from inventory_move m where m.variant = v.id and $2 in (m.from_location, m.to_location)
         and $3 not in (m.from_location, m.to_location)) as "hasBegun"
     from catalog_variant_fact v where v.id = any($1::uuid[])`,
    [read.map((one) => one.variant), location, await locationOf(tx, 'opening')],
  )
  return new Map(rows.map((row) => [row.id, { ...row, cost: minor(row.cost ?? 0n) }]))
}

/**
 * The opening of one paper, taken back by another one: where nothing else of an article has moved since, at the value at which it
 * came.
 */
async function takeBack(tx: Tx, document: string): Promise<{ kept: number; stays: string[] }> {
  const paper = await tx.db.selectFrom('inventoryDocument').select('location').where('id', '=', document).executeTakeFirst()
  if (!paper) return { kept: 0, stays: [] }
  // Locked before it is looked at: what is sold meanwhile is sold before, and its line stays.
  await tx.client.query(
    `select from inventory_balance where location = $2 and variant in (select variant from inventory_document_line where document = $1)
     order by variant, id for update`,
    [document, paper.location],
  )
  const lines = await tx.client.query<{ variant: string; quantity: Qty; isOurs: boolean }>(
    `select l.variant, l.quantity::bigint as quantity,
       exists (select from inventory_balance b where b.variant = l.variant and b.location = $2 and b.lot is null and b.owner is null
         and b.on_hand - b.reserved >= l.quantity)
       and not exists (select from inventory_move m where m.variant = l.variant and $2 in (m.from_location, m.to_location)
         and $3 not in (m.from_location, m.to_location)) as "isOurs"
     from inventory_document_line l where l.document = $1 order by l.variant`,
    [document, paper.location, await locationOf(tx, 'opening')],
  )
  const back = lines.rows.filter((line) => line.isOurs)
  const kept = lines.rows.length - back.length
  if (back.length === 0) return { kept, stays: [] }
  const reversal = await openPaper(tx, RIGHT, 'adjustment', { id: newId(), location: paper.location })
  const costs = await issue(tx, paper.location, await locationOf(tx, 'opening'), back, why(reversal), reversal.costing)
  const value = minor(-sum(costs))
  const taken = back.map(({ variant, quantity }) => ({ variant, quantity: -quantity as Qty }))
  await writePaper(tx, reversal, { reason: 'opening', value }, taken)
  await postValue(tx, reversal, general.openingEquity, [value])
  return { kept, stays: back.map((line) => line.variant) }
}
