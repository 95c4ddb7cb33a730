import { sql } from 'kysely'
import type { Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { act, atOnce, type ActOutcome } from '#kit/server/document/act.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { correctShelf } from './correction.store.ts'
import { stockDocument } from './document.ts'
import { openPaper, PaperProblem, tellMoved, type Paper } from './document.store.ts'
import { draftHooks, nameOf, type PaperLine } from './draft.store.ts'
import { bringIn, type Incoming } from './receipt.store.ts'
import { ADJUST, relocate } from './relocation.store.ts'

/** Goods of a draft come in; it is a paper from then on. */
export const receiveDraft = act(stockDocument, 'receive', {
  async run(tx, { row, lines }) {
    if (row.kind !== 'receipt') throw PaperProblem.otherStep()
    const said = saidOf(lines)
    const coming = said.map(({ variant, quantity, unitCost, lot, expiresOn }) => ({
      variant,
      quantity,
      unitCost,
      lot,
      expiresOn,
    }))
    const free = coming.find((line) => line.unitCost === null)
    if (free) throw PaperProblem.noCost({ name: await nameOf(tx, free.variant) })
    const paper = await openPaper(tx, 'inventory.stock.receive', 'receipt', row)
    const source = row.reason === 'opening' ? 'opening' : 'supplier'
    const done = await bringIn(tx, paper, { source, lines: coming as readonly Incoming[] })
    return posted(tx, paper, { said, ...done, values: { reason: source } })
  },
})

/** A draft corrects a shelf, or moves goods from one to another. */
export const postDraft = act(stockDocument, 'post', {
  async run(tx, { row, lines }) {
    const { kind, reason, toLocation } = row
    if (kind !== 'adjustment' && kind !== 'transfer') throw PaperProblem.otherStep()
    const said = saidOf(lines)
    if (kind === 'adjustment' && !reason) throw PaperProblem.noReason()
    if (kind === 'transfer' && !toLocation) throw PaperProblem.noTarget()
    const paper = await openPaper(tx, ADJUST, kind, row)
    const done =
      kind === 'transfer'
        ? await relocate(tx, paper, { toLocation: toLocation!, lines: said })
        : await correctShelf(tx, paper, { reason: reason!, lines: said })
    return posted(tx, paper, { said, ...done })
  },
})

/** The same for a paper that was never kept. */
export const receiveNew = atOnce(stockDocument, receiveDraft, draftHooks('inventory.stock.receive'))
export const postNew = atOnce(stockDocument, postDraft, draftHooks(ADJUST))

/** It was not meant; nothing has moved. */
export const voidDraft = act(stockDocument, 'void')

interface Said {
  readonly id: string
  readonly variant: string
  readonly quantity: Qty
  readonly unitCost: Minor | null
  readonly lot: string | undefined
  readonly expiresOn: string | undefined
}

/** What is posted of a draft: the lines that say how many. */
function saidOf(lines: readonly PaperLine[]): readonly Said[] {
  const said = lines.flatMap(({ id, variant, quantity, unitCost, lotCode, expiresOn }) =>
    quantity === null ? [] : [{ id, variant, quantity, unitCost, lot: lotCode ?? undefined, expiresOn: expiresOn ?? undefined }],
  )
  if (said.length === 0) throw PaperProblem.noLines()
  return said
}

interface Posted {
  readonly said: readonly Said[]
  readonly lines: readonly { readonly variant: string; readonly lot: string | null }[]
  readonly value: Minor
  readonly values?: Readonly<Record<string, unknown>>
}

/** The draft becomes the paper of what was posted: without its empty lines, and its lots are those of the ledger. */
async function posted(tx: Tx, paper: Paper, { said, lines, value, values }: Posted): Promise<ActOutcome<never>> {
  await sql`delete from inventory_document_line where document = ${paper.id} and quantity is null`.execute(tx.db)
  await sql`update inventory_document_line l set lot = r.lot
    from unnest(${said.map((line) => line.id)}::uuid[], ${lines.map((line) => line.lot)}::uuid[]) as r(id, lot)
    where l.id = r.id`.execute(tx.db)
  tellMoved(tx, paper, lines)
  const { number, day: businessDay } = paper
  return { values: { ...values, number, businessDay, value, postedAt: tx.now }, told: { lines: lines.length } }
}
