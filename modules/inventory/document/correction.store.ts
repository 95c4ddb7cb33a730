import { minor, sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { locationOf } from '../location/location.store.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { goods } from '../stock/stock.chart.ts'
import { issue, receive } from '../stock/stock.store.ts'
import { comparedWithShelf, worthHere, type ComparedLine, type CountedLine } from './count.store.ts'
import { inLedgers, wastage } from './document.ts'
import { openPaper, postCovered, postValue, refuseParts, writePaper, type Paper } from './document.store.ts'

/**
 * Posts what was counted at a storage location: a paper with every line, moves and an entry for what differs from what should
 * have lain there when it was counted. Lock order: the caller's document, then goods by variant.
 * @throws `inventory.location.unknown`, `inventory.document.tooFine`, `inventory.count.badMoment`, `inventory.count.soldMore`
 */
export async function postCount(
  tx: Tx,
  { id, location, note, lines }: { id: string; location: string; note?: string | undefined; lines: readonly CountedLine[] },
): Promise<{ paper: Paper; value: Minor; compared: readonly ComparedLine[] }> {
  const paper = await openPaper(tx, 'inventory.stock.adjust', 'count', { id, location })
  await refuseParts(
    tx,
    lines.map(({ variant, counted }) => ({ variant, quantity: counted })),
  )
  const compared = await comparedWithShelf(tx, { location: paper.location, lines, locks: true })
  const differing = compared.filter((line) => line.quantity !== 0n)
  const value = await correct(tx, paper, differing, 'count')
  await writePaper(
    tx,
    paper,
    { reason: 'count', note, value },
    compared.map((line) => ({ ...line, quantity: line.counted })),
  )
  return { paper, value, compared }
}

/** Why goods move, as their ledger says it. */
export const why = (paper: Paper, reason: string) => ({
  documentKind: inLedgers[paper.kind],
  document: paper.id,
  businessDay: paper.day,
  reason,
})

/** What an adjustment does to stock and books, whoever writes it; lots are named by their codes. */
export async function correctShelf(
  tx: Tx,
  paper: Paper,
  { lines: given, reason }: { readonly lines: readonly Corrected[]; readonly reason: string },
) {
  const lots = await lotsOf(tx, given, false)
  const lines = given.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
  return { value: await correct(tx, paper, lines, reason), lines }
}
interface Corrected {
  readonly variant: string
  readonly quantity: Qty
  readonly lot?: string | undefined
}

/** Takes what is less and puts what is more, at the cost that the goods have now, and posts both differences. */
export async function correct(
  tx: Tx,
  paper: Paper,
  lines: readonly { variant: string; lot: string | null; quantity: Qty }[],
  reason: string,
): Promise<Minor> {
  const loss = await locationOf(tx, 'loss')
  const less = lines.filter((line) => line.quantity < 0n).map((line) => ({ ...line, quantity: -line.quantity as Qty }))
  const more = lines.filter((line) => line.quantity > 0n)
  const costs = less.length > 0 ? await issue(tx, paper.location, loss, less, why(paper, reason), paper.costing) : []
  if (costs.length > 0)
    await secondPerson(tx, wastage, {
      place: paper.place,
      amount: sum(costs),
      facts: { value: sum(costs), reason, articles: less.length },
    })
  const worth = await worthHere(
    tx.db,
    paper.location,
    more.map((line) => line.variant),
  )
  const found = more.map((line) => ({ ...line, value: worth(line.variant, line.quantity) }))
  const covered = found.length > 0 ? await receive(tx, loss, paper.location, found, why(paper, reason), paper.costing) : minor(0)
  await postValue(
    tx,
    paper,
    goods.stockLoss,
    costs.map((cost) => minor(-cost)),
    reason,
  )
  await postValue(
    tx,
    paper,
    goods.stockGain,
    found.map((line) => line.value),
    reason,
  )
  await postCovered(tx, paper, covered)
  return minor(sum(found.map((line) => line.value)) - sum(costs))
}
