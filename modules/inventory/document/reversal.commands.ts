import { z } from 'zod'
import { noteSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Qty } from '#kit/quantity.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { command, onConstraint } from '#kit/server/door/command.ts'
import { documentKinds, wastage } from './document.ts'
import { openPaper, PaperProblem, writePaper, type DocumentLine } from './document.store.ts'
import { bookedAgainst, movesOf, takeBack } from './reversal.store.ts'

onConstraint('inventory_document_reverses', () => PaperProblem.reversed())

/**
 * Takes a goods paper back by another one that does the opposite, today and once. The first stays as it was issued.
 * @throws `inventory.stock.short` where what came has gone on, `inventory.document.ofDocument` for a paper that an order made
 */
export const reverseDocument = command({
  name: 'inventory.reverseDocument',
  can: 'inventory.stock.adjust',
  reviewed: true,
  input: z.object({ id: z.uuid(), newDocument: z.uuid(), reason: noteSchema.max(300) }),
  async run(tx, { id, newDocument, reason }) {
    // Nothing locks a paper that was posted, which nobody can change: that it is taken back once is the last judge's.
    const old = await tx.db.selectFrom('inventoryDocument').selectAll().where('id', '=', id).executeTakeFirst()
    if (!old) throw CommonProblem.notFound()
    tx.mayAt('inventory.stock.adjust', old.place)
    if (old.state !== 'posted') throw CommonProblem.wrongStep({ state: old.state })
    if (old.origin) throw PaperProblem.ofDocument()
    const kind = documentKinds.find((one) => one === old.kind)
    if (!kind || old.reverses) throw PaperProblem.isReversal()
    const moves = await movesOf(tx, id)
    if (moves.length === 0) throw PaperProblem.movedNothing()
    // What went from one shelf to another goes the other way.
    const [location, toLocation] = old.toLocation ? [old.toLocation, old.location] : [old.location, undefined]
    const paper = await openPaper(tx, 'inventory.stock.adjust', kind, { id: newDocument, location })
    const value = await takeBack(tx, paper, moves, bookedAgainst(kind, old.reason))
    // What takes goods out again is judged as what writes them off.
    if (value < 0n)
      await secondPerson(tx, wastage, {
        place: old.place,
        amount: -value,
        facts: { value: -value, reason, articles: moves.length },
      })
    const lines = moves.map((move): DocumentLine => {
      const cameHere = move.toLocation === old.location
      // A count and an adjustment say by how much, the others how many.
      const quantity = (kind === 'receipt' || kind === 'transfer' || !cameHere ? move.quantity : -move.quantity) as Qty
      return { variant: move.variant, lot: move.lot, quantity }
    })
    await writePaper(
      tx,
      paper,
      { ...(toLocation && { toLocation }), supplier: old.supplier, reason: 'reversal', note: reason, value, reverses: id },
      lines,
    )
    return { id: paper.id, number: paper.number }
  },
})
