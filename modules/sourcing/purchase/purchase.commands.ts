import { z } from 'zod'
import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { act } from '#kit/server/document/act.ts'
import { hasWritten } from '#kit/server/document/writers.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { damagedAt, takeIn, type Incoming } from '#modules/inventory/index.ts'
import { keepOnPaper } from '#modules/parties/index.ts'
import { loadPlace, theCompany, writingOf } from '#modules/places/index.ts'
import { arrivalInput, largePurchase, purchase, PurchaseProblem } from './purchase.ts'
import { isWhole, mostOf } from './purchase.rules.ts'
import type { PurchaseLine } from './purchase.store.ts'

onConstraint('sourcing_receipt_pkey', () => PurchaseProblem.receivedAlready())

/** From now on its lines stay, until it is sent back. */
export const submitPurchase = act(purchase, 'submit', {
  run(tx, { lines }) {
    if (lines.length === 0) throw PurchaseProblem.noLines()
    return { values: { submittedAt: tx.now } }
  },
})

/**
 * Somebody with the right agrees; above the company's limit it is never somebody who wrote on it. From now on the order is a paper that
 * stays as it was issued.
 */
export const approvePurchase = act(purchase, 'approve', {
  async run(tx, { row }) {
    const facts = { number: row.number, supplier: row.supplier, value: row.total }
    const isOwn = row.createdBy === tx.actor.id || (await hasWritten(tx, purchase, row.id))
    if (isOwn) await secondPerson(tx, largePurchase, { place: row.place, amount: row.total, facts })
    const { version: letterhead } = await writingOf(tx.db, row.place, undefined)
    const partner = await keepOnPaper(tx, row.supplier)
    return { values: { decidedBy: tx.actor.id, decidedAt: tx.now, letterhead, partner } }
  },
})

const because = { reason: z.string().trim().min(3).max(300) }
/** Back to its writer, with what is wrong with it. */
export const sendPurchaseBack = act(purchase, 'sendBack', {
  input: because,
  run: (_, { input }) => ({ values: { reason: input.reason } }),
})
/** Nothing of it has come, and nothing will. */
export const cancelPurchase = act(purchase, 'cancel', {
  input: because,
  run: (tx, { input }) => ({ values: { reason: input.reason, closedAt: tx.now } }),
})
/** What is still missing will not come. */
export const closePurchase = act(purchase, 'close', { run: (tx) => ({ values: { closedAt: tx.now } }) })

/**
 * Goods come, whole or in part: they lie on the shelf, what is damaged lies apart, both at the order's price. More than was
 * ordered is taken within the order's tolerance.
 */
export const receivePurchase = act(purchase, 'receive', {
  verbs: ['receivePart'],
  input: { receipt: z.uuid(), ...arrivalInput },
  async run(tx, { row, lines, input }) {
    const byId = new Map(lines.map((line) => [line.id, line]))
    const coming = input.lines.filter((one) => one.quantity + (one.damaged ?? 0n) > 0n)
    if (coming.length === 0) throw PurchaseProblem.nothing()
    const after = new Map(lines.map((line) => [line.id, { ...line }]))
    for (const { line: id, quantity, damaged = 0n as Qty } of coming) {
      const line = after.get(id)
      if (!line) throw PurchaseProblem.notOfIt()
      const most = mostOf(line, row.tolerance)
      if (quantity + damaged > most) throw PurchaseProblem.tooMuch({ name: line.name, most: quantityText(most) })
      after.set(id, {
        ...line,
        received: (line.received + quantity + damaged) as Qty,
        damaged: (line.damaged + damaged) as Qty,
      })
    }
    const good = coming.flatMap((one): Incoming[] => comingOf(byId.get(one.line)!, one.quantity, one))
    const broken = coming.flatMap((one): Incoming[] => comingOf(byId.get(one.line)!, one.damaged ?? (0n as Qty), one))
    const shared = { source: 'supplier', supplier: row.supplier, note: row.number, origin: row.id } as const
    const papers = []
    if (good.length > 0) papers.push(await takeIn(tx, RECEIVE, { id: newId(), location: row.location, lines: good, ...shared }))
    if (broken.length > 0) {
      const place = await loadPlace(tx.db, row.place)
      const apart = await damagedAt(tx, place, wordsFor((await theCompany(tx.db)).locale))
      papers.push(await takeIn(tx, RECEIVE, { id: newId(), location: apart, lines: broken, ...shared }))
    }
    const changed = [...after.values()].filter((line) => line.received !== byId.get(line.id)!.received)
    await writeReceived(tx, changed)
    // The first is known by what was sent, so that a delivery is taken in once.
    for (const [at, { paper }] of papers.entries())
      await tx.db
        .insertInto('sourcingReceipt')
        .values({
          id: at === 0 ? input.receipt : newId(),
          purchase: row.id,
          paper: paper.id,
          isDamaged: paper.location !== row.location,
          deliveryNote: input.deliveryNote ?? null,
          receivedBy: tx.actor.id!,
          receivedAt: tx.now,
        })
        .execute()
    return {
      verb: isWhole([...after.values()]) ? 'receive' : 'receivePart',
      told: { papers: papers.map(({ paper }) => paper.number) },
    }
  },
})
const RECEIVE = 'inventory.stock.receive'

function comingOf(
  { variant, price }: PurchaseLine,
  quantity: Qty,
  { lot, expiresOn }: { lot?: string | undefined; expiresOn?: string | undefined },
): Incoming[] {
  return quantity > 0n ? [{ variant, quantity, unitCost: price, lot, expiresOn }] : []
}

async function writeReceived(tx: Tx, lines: readonly PurchaseLine[]): Promise<void> {
  await sql`update sourcing_purchase_line l set received = r.received, damaged = r.damaged
    from unnest(${lines.map((line) => line.id)}::uuid[], ${lines.map((line) => line.received)}::bigint[], ${lines.map((line) => line.damaged)}::bigint[])
      as r(id, received, damaged) where l.id = r.id`.execute(tx.db)
}
