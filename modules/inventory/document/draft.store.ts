import { sql } from 'kysely'
import { holdsAt, type Actor } from '#kit/access.ts'
import type { LineInput, LineRow } from '#kit/document.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { storageAt } from '../location/location.store.ts'
import { shelvesOf, type Shelf } from '../stock/shelf.store.ts'
import { adjustReasons } from '../stock/stock.ts'
import { quantityOf, stockDocument } from './document.ts'
import { PaperProblem } from './document.store.ts'

type Of<D> = D extends { fields: infer F; lines: { fields: infer LF } } ? [F, LF] : never
type Hooks = DocumentHooks<Of<typeof stockDocument>[0], Of<typeof stockDocument>[1]>
type Input = LineInput<Of<typeof stockDocument>[1]>
export type PaperLine = LineRow<Of<typeof stockDocument>[1]>

/** Why a paper of each kind may say that it was written; nothing else is said until it is posted. */
const REASONS: Readonly<Record<string, readonly string[]>> = { receipt: ['supplier', 'opening'], adjustment: adjustReasons }

/** How a paper is written by those who hold a right at its place. */
export const draftHooks = (right: string): Hooks => ({
  async write(tx, head, given, before) {
    const { kind, location, toLocation, supplier, reason } = { ...before?.row, ...head } as Head
    if (kind === 'count') throw PaperProblem.countIt()
    const { place } = await storageAt(tx, right, location)
    if (reason && !REASONS[kind]?.includes(reason)) throw PaperProblem.otherReason()
    await refuseQuantities(tx, kind, given)
    const lines = before ? keepingCosts(tx.actor, before, given) : given
    return {
      values: {
        place,
        toLocation: kind === 'transfer' ? (toLocation ?? null) : null,
        supplier: kind === 'receipt' && reason !== 'opening' ? (supplier ?? null) : null,
        ...(!before && { businessDay: await businessDayAt(tx.db, place, tx.now), createdAt: tx.now }),
      },
      lines: lines.map((line) => (kind === 'receipt' ? line : { ...line, unitCost: null, expiresOn: null })),
      isJudged: true,
    }
  },
  async describe({ db, actor }, lines, row) {
    const isDraft = row.state === 'draft'
    const [named, shelves] = await Promise.all([
      namesOf(db, row.id),
      isDraft
        ? shelvesOf(
            db,
            row.location,
            lines.map((line) => line.variant),
          )
        : new Map<string, Shelf>(),
    ])
    const seesCosts = maySeeCosts(actor, row)
    return new Map(
      lines.map((line) => {
        const costs = seesCosts ? {} : { unitCost: null, isCostHidden: line.unitCost !== null }
        const shelf = isDraft && { onHand: shelves.get(line.variant)?.onHand ?? '0', lots: shelves.get(line.variant)?.lots ?? [] }
        return [line.id, { ...named.get(line.id), ...costs, ...shelf }]
      }),
    )
  },
  async also({ db }, { id }) {
    const { rows } = await sql<Also>`
      select (select json_build_object('id', b.id, 'number', b.number) from inventory_document b where b.reverses = d.id) as "reversedBy",
        (select json_build_object('id', c.id, 'number', c.number) from inventory_stock_count c where c.paper = d.id) as "stockCount",
        d.origin is not null as "isOfOrder"
      from inventory_document d where d.id = ${id}`.execute(db)
    return { ...rows[0] }
  },
})

interface Head {
  readonly kind: 'receipt' | 'adjustment' | 'count' | 'transfer'
  readonly location: string
  readonly toLocation: string | null
  readonly supplier: string | null
  readonly reason: string | null
}
interface Also {
  readonly reversedBy: { readonly id: string; readonly number: string } | null
  readonly stockCount: { readonly id: string; readonly number: string } | null
  readonly isOfOrder: boolean
}

/** Whoever began a draft sees the costs that they typed; other costs are for those who may see what goods cost. */
const maySeeCosts = (
  actor: Actor,
  row: { readonly state: string; readonly place: string; readonly createdBy: string | null },
): boolean => holdsAt(actor, 'catalog.cost.read', row.place) || (row.state === 'draft' && row.createdBy === actor.id)

/** A cost that the writer isn't told stays as it is, unless they say another one. */
function keepingCosts(
  actor: Actor,
  { row, lines }: { readonly row: Parameters<typeof maySeeCosts>[1]; readonly lines: readonly PaperLine[] },
  given: readonly Input[],
): readonly Input[] {
  if (maySeeCosts(actor, row)) return given
  const old = new Map(lines.map((line) => [line.id, line.unitCost]))
  return given.map((line) => ({ ...line, unitCost: line.unitCost ?? (line.id ? (old.get(line.id) ?? null) : null) }))
}

async function refuseQuantities(tx: Tx, kind: Head['kind'], lines: readonly Input[]): Promise<void> {
  const wrong = lines.find(({ quantity }) => quantity !== null && !quantityOf[kind].safeParse(quantity).success)
  if (wrong) throw PaperProblem.wrongQuantity({ name: await nameOf(tx, wrong.variant) })
}

export const nameOf = async ({ db }: Pick<Tx, 'db'>, variant: string): Promise<string> =>
  (await db.selectFrom('catalogVariantFact').select('name').where('id', '=', variant).executeTakeFirst())?.name ?? '?'

interface Named {
  readonly name: string
  readonly sku: string
  readonly decimals: number
  readonly priceUnit: string
  readonly unit: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
}

/** What each line of a paper is called, as it was issued, and its lot by the code that people read. */
async function namesOf(db: Reading['db'], document: string): Promise<Map<string, Named>> {
  const { rows } = await sql<Named & { id: string }>`
    select l.id, coalesce(l.name, v.name) as name, coalesce(l.sku, v.sku) as sku, v.decimals, l.price_unit as "priceUnit", l.unit,
      coalesce(t.code, l.lot_code) as lot, coalesce(t.expires_on, l.expires_on)::text as "expiresOn"
    from inventory_document_line l join catalog_variant_fact v on v.id = l.variant left join inventory_lot t on t.id = l.lot
    where l.document = ${document}`.execute(db)
  return new Map(rows.map(({ id, ...named }) => [id, named]))
}
